"""What waits too long or goes round: LAT-02 to LAT-04 and BOT-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.plots import defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End

PROMISED = 10
"""Days."""


def _waiting(island: Island, model: End, days: int, *, back: int | None = None) -> tuple[End, ...]:
    """A request that has waited so long where ten days were promised, and the gate."""
    deciders = island.panel()
    gate = island.gate("", *deciders, sla_days=PROMISED)
    request = island.request("", model, gate, deciders[0], asked=days, days_with_requester=back)
    return request, gate


@defect("LAT-02")
def longer_than_promised(island: Island) -> tuple[End, ...]:
    """It has waited more than twice the ten days that were promised."""
    return _waiting(island, island.model(), island.over(2 * PROMISED))


@near_miss("LAT-02")
def twice_as_long(island: Island) -> tuple[End, ...]:
    """It has waited twice the ten days that were promised, and not a day more."""
    return _waiting(island, island.model(), island.within(2 * PROMISED))


@near_miss("LAT-02")
def with_the_requester(island: Island) -> tuple[End, ...]:
    """It has waited longer, but for the rest it lay with the requester."""
    back = island.over(4, 20)
    return _waiting(island, island.model(), 2 * PROMISED + back, back=back)


def _unpromised(island: Island, days: int) -> tuple[End, ...]:
    """A request at a gate without a promise, where eleven and a half days are too long."""
    deciders = island.panel()
    gate, model = island.gate("", *deciders), island.model()
    for number, took in enumerate((3, 4, 4, 5, 5, 6, 6, 7, 7, 8), 1):
        asked = island.over(30, 200)
        island.request(
            str(number), model, gate, deciders[number % 2], asked=asked, decided=asked - took
        )
    return island.request("open", model, gate, deciders[0], asked=days), gate


@defect("LAT-02")
def longer_than_usual(island: Island) -> tuple[End, ...]:
    """Nothing was promised, and it has waited far longer than is usual there."""
    return _unpromised(island, island.over(11))


@near_miss("LAT-02")
def as_usual(island: Island) -> tuple[End, ...]:
    """Nothing was promised, and it has waited long, but not longer than is usual there."""
    return _unpromised(island, island.within(11))


def _rounds(island: Island, count: int) -> tuple[End, ...]:
    """A model that asked so many times at one gate."""
    deciders = island.panel()
    gate, model = island.gate("", *deciders), island.model()
    for number in range(1, count + 1):
        day = 20 * (count - number) + 5
        island.request(
            str(number), model, gate, deciders[0], asked=day + 10, decided=day,
            round=number, status="approved" if number == count else "rejected",
        )  # fmt: skip
    return model, gate


@defect("LAT-04")
def third_round(island: Island) -> tuple[End, ...]:
    """It asked three times and more."""
    return _rounds(island, island.over(2, 4))


@near_miss("LAT-04")
def second_round(island: Island) -> tuple[End, ...]:
    """It asked twice."""
    return _rounds(island, 2)


def _led(island: Island, lead: int, *waits: tuple[int, int | None]) -> End:
    """An experiment of so many days, with requests that were open from and to so many days ago."""
    model = island.model(stage_day=island.ago(lead))
    for number, (asked, decided) in enumerate(waits, 1):
        deciders = island.panel(f"panel-{number}")
        gate = island.gate(str(number), *deciders)
        island.request(str(number), model, gate, deciders[0], asked=asked, decided=decided)
    return model


@defect("LAT-03")
def mostly_waiting(island: Island) -> End:
    """Of a hundred days since it was begun its request has been open for more than eighty."""
    return _led(island, 100, (island.over(80, 95), None))


@defect("LAT-03")
def waiting_at_one_after_the_other(island: Island) -> End:
    """It waited at one gate, then at the next: more than eighty of a hundred days."""
    return _led(island, 100, (99, 50), (32, island.within(0)))


@defect("LAT-03")
def waiting_for_a_month(island: Island) -> End:
    """It was begun thirty days ago, and asked on the day after."""
    return _led(island, 30, (29, None))


@near_miss("LAT-03")
def four_fifths(island: Island) -> End:
    """Of a hundred days since it was begun its request has been open for eighty."""
    return _led(island, 100, (island.within(80), None))


@near_miss("LAT-03")
def waiting_side_by_side(island: Island) -> End:
    """Two requests waited eighty days together, but on the same forty days."""
    return _led(island, 100, (60, 20), (60, 20))


@near_miss("LAT-03")
def less_than_a_month(island: Island) -> End:
    """It was begun 29 days ago, and has waited since: too short to say anything."""
    return _led(island, 29, (28, None))


@near_miss("LAT-03")
def begun_nobody_knows_when(island: Island) -> End:
    """It has waited for a hundred days, and nobody knows when it was begun."""
    model, deciders = island.model(), island.panel()
    island.request("", model, island.gate("", *deciders), deciders[0], asked=100)
    return model


@near_miss("LAT-03")
def live_for_long(island: Island) -> End:
    """It waited for most of the time, and went into production more than two years ago."""
    model, deciders = island.live(owned=False), island.panel()
    island.owns(island.crew(), model, since_day=island.ago(2_400))
    gate = island.gate("", *deciders)
    island.request("", model, gate, deciders[0], asked=2_390, decided=2_010)
    return model


def _ready(island: Island, days: int, *values: float) -> End:
    """A model that was measured by its bar, day after day, and has waited so long."""
    model = island.model()
    bar = island.bar("", model)
    for number, value in enumerate(values, 1):
        island.result(str(number), model, bar, value, 60 - number)
    _waiting(island, model, days)
    return model


@defect("BOT-01")
def ready(island: Island) -> End:
    """It meets its bar, and waits longer than was promised."""
    return _ready(island, island.over(PROMISED, 2 * PROMISED), 0.5)


@defect("BOT-01")
def ready_by_now(island: Island) -> End:
    """It missed its bar once, meets it by now, and waits longer than was promised."""
    return _ready(island, island.over(PROMISED, 2 * PROMISED), 0.49, 0.51)


@near_miss("BOT-01")
def ready_and_in_time(island: Island) -> End:
    """It meets its bar, and has waited just as long as was promised."""
    return _ready(island, island.within(PROMISED), 0.5)


@near_miss("BOT-01")
def ready_no_more(island: Island) -> End:
    """It met its bar once, misses it by now, and waits longer than was promised."""
    return _ready(island, island.over(PROMISED, 2 * PROMISED), 0.51, 0.49)


@near_miss("BOT-01")
def one_bar_of_two(island: Island) -> End:
    """It meets one of its bars, and was never measured by the other."""
    model = _ready(island, island.over(PROMISED, 2 * PROMISED), 0.5)
    island.bar("other", model)
    return model
