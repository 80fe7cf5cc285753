"""The way to production: PIL-01, PIL-02, PTH-03, PTH-04 and INV-03."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.plots import defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End


def _pilots(island: Island, count: int, days: int) -> End:
    """A job that so many pilots try to do, the first of them since so many days."""
    job = island.job()
    for number in range(count):
        island.pilot(str(number + 1), job, stage_day=island.ago(days - number))
    return job


@defect("PIL-01")
def old_pilots(island: Island) -> End:
    """Three pilots try to do it, the first for more than 180 days, and nothing is live."""
    return _pilots(island, 3, island.over(180, 365))


@near_miss("PIL-01")
def pilots_of_180_days(island: Island) -> End:
    """Three pilots try to do it, the first for 180 days and not longer."""
    return _pilots(island, 3, island.within(180, 10))


@near_miss("PIL-01")
def two_pilots(island: Island) -> End:
    """Two old pilots try to do it."""
    return _pilots(island, 2, island.over(180, 365))


@near_miss("PIL-01")
def pilots_beside_the_live(island: Island) -> End:
    """Three old pilots try to do it, and another model does it already."""
    job = _pilots(island, 3, island.over(180, 365))
    island.live("live", job)
    return job


def _judged(island: Island, one: str, two: str, *, agreed: bool = False) -> End:
    """A job with two pilots, each with a bar of its own."""
    job = island.job(judged=agreed)
    for part, metric in (("one", one), ("two", two)):
        island.bar(part, island.pilot(part, job), metric=metric)
    return job


@defect("PIL-02")
def judged_apart(island: Island) -> End:
    """Its two pilots are judged by different numbers."""
    return _judged(island, "recall", "minutes saved")


@near_miss("PIL-02")
def judged_alike(island: Island) -> End:
    """Its two pilots are judged by one number."""
    return _judged(island, "recall", "recall")


@near_miss("PIL-02")
def judged_by_the_job(island: Island) -> End:
    """Its two pilots have numbers of their own, and the job has one for both."""
    return _judged(island, "recall", "minutes saved", agreed=True)


def _must_pass(island: Island, **properties: int | None) -> tuple[End, End]:
    """A live model that must pass a gate which is older than its release."""
    model, gate = island.live(version="2"), island.gate("", **properties)
    island.tie("SUBJECT_TO", model, gate)
    return model, gate


@defect("PTH-03")
def never_asked(island: Island) -> End:
    """It is live, and never asked at the gate that it must pass."""
    return _must_pass(island)[0]


@defect("PTH-03")
def ran_out(island: Island) -> End:
    """It is live, and its approval ran out yesterday or before."""
    model, gate = _must_pass(island)
    valid = island.ago(island.over(0, 300))
    island.request("", model, gate, asked=2100, decided=2050, valid_until_day=valid)
    return model


@defect("PTH-03")
def refused(island: Island) -> End:
    """It is live, and was refused."""
    model, gate = _must_pass(island)
    island.request("", model, gate, asked=2100, decided=2050, status="rejected")
    return model


@defect("PTH-03")
def another_version(island: Island) -> End:
    """It is live, and an older version than this was approved."""
    model, gate = _must_pass(island)
    island.request("", model, gate, asked=2100, decided=2050, version="1")
    return model


@near_miss("PTH-03")
def holds_until_today(island: Island) -> End:
    """It is live, and its approval holds until today at least."""
    model, gate = _must_pass(island)
    valid = island.ago(island.within(0, -300))
    island.request("", model, gate, asked=2100, decided=2050, valid_until_day=valid)
    return model


@near_miss("PTH-03")
def on_conditions(island: Island) -> End:
    """It is live, and was approved on conditions."""
    model, gate = _must_pass(island)
    island.request("", model, gate, asked=2100, decided=2050, status="conditional")
    return model


@near_miss("PTH-03")
def gate_younger_than_the_release(island: Island) -> End:
    """It is live since the day before the gate came, or longer."""
    return _must_pass(island, since_day=island.ago(1_999))[0]


@near_miss("PTH-03")
def retired_gate(island: Island) -> End:
    """It is live, and the gate that it had to pass was retired."""
    return _must_pass(island, retired_day=island.ago(island.within(300)))[0]


def _pilot_of(island: Island, days: int, target: int | None = None) -> End:
    """A pilot of so many days, with a day at which it should move on."""
    return island.pilot(
        stage_day=island.ago(days), target_day=None if target is None else island.ago(target)
    )


@defect("PTH-04")
def pilot_of_more_than_a_year(island: Island) -> End:
    """It has been a pilot for more than a year, and nothing is pending."""
    return _pilot_of(island, island.over(365))


@defect("PTH-04")
def past_its_day(island: Island) -> End:
    """It should have moved on yesterday or before, and nothing is pending."""
    return _pilot_of(island, 200, island.over(0, 90))


@near_miss("PTH-04")
def pilot_of_364_days(island: Island) -> End:
    """It has been a pilot for 364 days, or less."""
    return _pilot_of(island, island.within(364))


@near_miss("PTH-04")
def pilot_of_a_year(island: Island) -> End:
    """It has been a pilot for 365 days, and should move on today."""
    return _pilot_of(island, 365, 0)


@near_miss("PTH-04")
def long_pilot_that_asked(island: Island) -> End:
    """It has been a pilot for more than a year, and a request is pending."""
    model, deciders = _pilot_of(island, island.over(365)), island.panel()
    island.request("", model, island.gate("", *deciders), deciders[0])
    return model


@defect("INV-03")
def unclassified(island: Island) -> End:
    """It is a pilot, and nobody gave it a risk tier."""
    return island.pilot(risk_tier=None)


@near_miss("INV-03")
def unclassified_experiment(island: Island) -> End:
    """Nobody gave it a risk tier, and it is only an experiment."""
    return island.model()


@near_miss("INV-03")
def classified_as_low(island: Island) -> End:
    """It is a pilot of the lowest tier."""
    return island.pilot(risk_tier=1)
