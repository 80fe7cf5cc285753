"""What good enough means: CRI-01 to CRI-07, and TOF-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.plots import defect, near_miss

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End


def _asked(island: Island, days: int, decided: int | None = None) -> End:
    """A model that asked so many days ago."""
    model, deciders = island.model(), island.panel()
    gate = island.gate("", *deciders)
    island.request("", model, gate, deciders[0], asked=days, decided=decided)
    return model


@defect("CRI-01")
def added(island: Island) -> tuple[End, ...]:
    """A bar was added on the day after the request, which is pending."""
    days = island.over(9)
    model = _asked(island, days)
    return model, island.bar("", model, since=days - 1)


@defect("CRI-01")
def dropped(island: Island) -> tuple[End, ...]:
    """A bar was dropped between the request and the decision."""
    days = island.over(40)
    model = _asked(island, days, decided=10)
    return model, island.bar("", model, since=500, until=11)


@defect("CRI-01")
def superseded(island: Island) -> tuple[End, ...]:
    """A tighter bar took the place of the old one while the request was pending."""
    days = island.over(40)
    model = _asked(island, days)
    old = island.bar("old", model, since=500, until=20, status="superseded", metric="share")
    new = island.bar("new", model, since=20, metric="share", threshold=0.6)
    island.tie("SUPERSEDES", new, old)
    island.also("CRI-01", model, old)
    return model, new


@near_miss("CRI-01")
def added_with_the_request(island: Island) -> tuple[End, ...]:
    """The bar was added on the very day of the request."""
    days = island.over(9)
    model = _asked(island, days)
    return model, island.bar("", model, since=days)


@near_miss("CRI-01")
def added_with_the_decision(island: Island) -> tuple[End, ...]:
    """The bar was added on the day of the decision, and holds for what comes next."""
    days = island.over(9)
    model = _asked(island, 60 + days, decided=days)
    return model, island.bar("", model, since=days)


def _proposed(island: Island, days: int, *dimensions: str) -> End:
    """A model with a proposed metric for each of these dimensions."""
    model = island.model()
    for number, dimension in enumerate(dimensions, 1):
        island.bar(str(number), model, status="proposed", since=days, dimension=dimension)
    return model


@defect("CRI-02")
def rivals(island: Island) -> End:
    """Two metrics for one dimension have been proposed for more than 60 days."""
    return _proposed(island, island.over(60), "value", "value")


@near_miss("CRI-02")
def young_rivals(island: Island) -> End:
    """Two metrics for one dimension have been proposed for 60 days, and not longer."""
    return _proposed(island, island.within(60), "value", "value")


@near_miss("CRI-02")
def no_rivals(island: Island) -> End:
    """Two metrics have been proposed for long, for two dimensions."""
    return _proposed(island, island.over(60), "value", "cost")


@near_miss("CRI-02")
def settled_rivals(island: Island) -> End:
    """Two metrics have been proposed for long, and a third is agreed."""
    model = _proposed(island, island.over(60), "value", "value")
    island.bar("agreed", model, dimension="value")
    return model


@defect("CRI-03")
def no_bar(island: Island) -> End:
    """It is a pilot without any bar."""
    return island.pilot("", island.job(judged=False))


@defect("CRI-03")
def one_sided_bar(island: Island) -> End:
    """Those who own it agreed to its bar, and nobody who decides about it."""
    model = island.pilot("", island.job(judged=False))
    island.tie("SUBJECT_TO", model, island.gate())
    island.bar("", model, by=(island.crew(),))
    return model


@defect("CRI-03")
def bar_that_ran_out(island: Island) -> End:
    """Its only bar ran out today or before."""
    model = island.pilot("", island.job(judged=False))
    island.bar("", model, since=400, until=island.over(-1, 30))
    return model


@near_miss("CRI-03")
def two_sided_bar(island: Island) -> End:
    """Those who own it and one who decides about it agreed to its bar."""
    model, deciders = island.pilot("", island.job(judged=False)), island.panel()
    island.tie("SUBJECT_TO", model, island.gate("", *deciders))
    island.bar("", model, by=(island.crew(), deciders[1]))
    return model


@near_miss("CRI-03")
def bar_of_the_use_case(island: Island) -> End:
    """It has no bar of its own, but its use case has."""
    return island.pilot("", island.job())


@near_miss("CRI-03")
def bar_in_words(island: Island) -> End:
    """Its bar is agreed in words, and not in numbers."""
    model = island.pilot("", island.job(judged=False))
    island.bar("", model, threshold=None, threshold_text="The desk would use it again.")
    return model


@near_miss("CRI-03")
def bar_until_tomorrow(island: Island) -> End:
    """Its bar holds for one more day at least."""
    model = island.pilot("", island.job(judged=False))
    island.bar("", model, since=400, until=-1)
    return model


@defect("TOF-01")
def no_trade_off(island: Island) -> End:
    """It is a pilot, and nobody has written down what wins."""
    model = island.pilot("", None)
    island.bar("", model)
    return model


@defect("TOF-01")
def trade_off_in_draft(island: Island) -> End:
    """What wins is written down in a draft."""
    model = island.pilot("", None)
    island.bar("", model)
    island.trade_off(model, status="draft")
    return model


@near_miss("TOF-01")
def trade_off_of_the_use_case(island: Island) -> End:
    """It has no trade-off of its own, but its use case has."""
    return island.pilot("", island.job())


def _approved(
    island: Island, *results: tuple[float, int], cited: bool = False, version: str | None = None
) -> End:
    """An approval of 40 days ago, of a model with a bar and with results."""
    model, deciders = island.model(), island.panel()
    gate = island.gate("", *deciders)
    request = island.request(
        "", model, gate, deciders[0], asked=60, decided=40, version=version and "2"
    )
    bar = island.bar("", model)
    for number, (value, ago) in enumerate(results, 1):
        result = island.result(str(number), model, bar, value, ago, version=version)
        if cited:
            island.tie("CITES", request, result)
    return request


@defect("CRI-04")
def missed(island: Island) -> End:
    """Approved on the day after its latest result missed the bar, which is not cited."""
    return _approved(island, (0.7, 90), (0.49, island.over(40)))


@near_miss("CRI-04")
def missed_and_cited(island: Island) -> End:
    """The latest result missed the bar, and the approval cites it."""
    return _approved(island, (0.49, island.over(40)), cited=True)


@near_miss("CRI-04")
def missed_afterwards(island: Island) -> End:
    """The result that missed the bar came on the day of the decision, or later."""
    return _approved(island, (0.5, 50), (0.49, island.within(40)))


@near_miss("CRI-04")
def missed_at_first(island: Island) -> End:
    """A result missed the bar, and a later one, before the decision, just met it."""
    return _approved(island, (0.49, 90), (0.5, island.over(40)))


@near_miss("CRI-04")
def missed_by_another_version(island: Island) -> End:
    """What missed the bar was an older version than the one that was approved."""
    return _approved(island, (0.49, island.over(40)), version="1")


_MET, _MISSED = 0.5, 0.49
"""Just meeting a bar of one half is enough."""


def _tried(
    island: Island, model: End, bars: Sequence[End], versions: Sequence[Sequence[float | None]]
) -> End:
    """For each version what was measured against each of the bars, if anything was."""
    for version, values in enumerate(versions, 1):
        for number, (bar, value) in enumerate(zip(bars, values, strict=True), 1):
            if value is not None:
                part, ago = f"{version}-{number}", 100 - 10 * version
                island.result(part, model, bar, value, ago, version=str(version))
    return model


def _bars(island: Island, model: End, *dimensions: str) -> list[End]:
    """An agreed bar of each dimension."""
    return [island.bar(each, model, dimension=each) for each in dimensions]


@defect("CRI-05")
def each_misses_one_of_two(island: Island) -> End:
    """One version meets the first of two demands, another the second, and none meets both."""
    model = island.model()
    bars = _bars(island, model, "accuracy", "cost")
    return _tried(island, model, bars, [(_MET, _MISSED), (_MISSED, _MET)])


@defect("CRI-05")
def each_misses_one_of_three(island: Island) -> End:
    """Any two of three demands are met by some version, and no version meets all three."""
    model = island.model()
    bars = _bars(island, model, "accuracy", "cost", "latency")
    versions = [(_MET, _MET, _MISSED), (_MET, _MISSED, _MET), (_MISSED, _MET, _MET)]
    return _tried(island, model, bars, versions)


@defect("CRI-05")
def against_its_use_case(island: Island) -> End:
    """What it has to meet, and what its use case has to, no version meets together."""
    model, job = island.model(), island.use_case()
    island.tie("SERVES", model, job)
    bars = [island.bar("own", model), island.bar("job", job, dimension="cost")]
    return _tried(island, model, bars, [(0.7, 0.3), (0.4, 0.6)])


@near_miss("CRI-05")
def one_just_meets_both(island: Island) -> End:
    """Two versions each miss one of two demands, and a third just meets both."""
    model = island.model()
    bars = _bars(island, model, "accuracy", "cost")
    return _tried(island, model, bars, [(_MET, _MISSED), (_MISSED, _MET), (_MET, _MET)])


@near_miss("CRI-05")
def one_never_met(island: Island) -> End:
    """No version ever met the second demand, which is a hard one and no clash."""
    model = island.model()
    bars = _bars(island, model, "accuracy", "cost")
    return _tried(island, model, bars, [(_MET, _MISSED), (0.8, 0.4)])


@near_miss("CRI-05")
def perhaps_both(island: Island) -> End:
    """A third version meets the one demand, and was never measured against the other."""
    model = island.model()
    bars = _bars(island, model, "accuracy", "cost")
    return _tried(island, model, bars, [(_MET, _MISSED), (_MISSED, _MET), (_MET, None)])


@near_miss("CRI-05")
def one_demand_was_superseded(island: Island) -> End:
    """Each version misses one of two demands, of which one was superseded."""
    model = island.model()
    bars = [
        island.bar("old", model, status="superseded", until=20, since=400),
        island.bar("cost", model, dimension="cost"),
    ]
    return _tried(island, model, bars, [(_MET, _MISSED), (_MISSED, _MET)])


def _set(island: Island, since: int, result: int) -> tuple[End, ...]:
    """A bar that was set and a result that came so many days ago."""
    model = island.model()
    bar = island.bar("", model, since=since)
    island.result("", model, bar, 0.6, result)
    return model, bar


@defect("CRI-06")
def set_afterwards(island: Island) -> tuple[End, ...]:
    """The bar was set on the day after the result, or later."""
    return _set(island, 30, island.over(30))


@near_miss("CRI-06")
def set_on_the_day(island: Island) -> tuple[End, ...]:
    """The bar was set on the day of the result, or before."""
    return _set(island, 30, island.within(30))


@defect("CRI-07")
def unreported(island: Island) -> End:
    """Its result was not reported."""
    model = island.model()
    island.result("", model, island.bar("", model), 0.6, island.over(9), reported=False)
    return model


@near_miss("CRI-07")
def perhaps_reported(island: Island) -> End:
    """Nobody wrote down whether its result was reported: unknown is not bad."""
    model = island.model()
    island.result("", model, island.bar("", model), 0.6, island.over(9), reported=None)
    return model


@near_miss("CRI-07")
def unreported_of_the_retired(island: Island) -> End:
    """Its result was not reported, and it was retired."""
    model = island.model(stage="retired")
    island.result("", model, island.bar("", model), 0.6, island.over(9), reported=False)
    return model
