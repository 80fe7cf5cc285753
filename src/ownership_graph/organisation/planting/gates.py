"""Who decides at gates: CEN-01 to CEN-04, CEN-06, PTH-02 and APR-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.plots import NOBODY, defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End


def _shared_out(island: Island, *shares: int) -> tuple[End, list[End]]:
    """A gate with its deciders, each with so many decisions."""
    team, model = island.team("panel", led=False), island.model()
    deciders = [island.person(f"panel-{number}", team) for number in range(1, len(shares) + 1)]
    gate = island.gate("", *deciders)
    for decider, share in zip(deciders, shares, strict=True):
        for number in range(share):
            day = island.over(20, 300)
            part = f"{decider[1].rpartition('-')[2]}-{number + 1}"
            island.request(part, model, gate, decider, asked=day + 5, decided=day)
    return gate, deciders


@defect("CEN-01")
def few_decide(island: Island) -> End:
    """Seven share 26 decisions so unevenly that it is as if there were 5.5: index 0.1805."""
    return _shared_out(island, 6, 6, 5, 4, 2, 2, 1)[0]


@near_miss("CEN-01")
def enough_decide(island: Island) -> End:
    """Seven share 28 decisions, and the index is 0.179."""
    return _shared_out(island, 7, 6, 5, 4, 3, 2, 1)[0]


@near_miss("CEN-01")
def too_few_decisions(island: Island) -> End:
    """One decides everything, but 19 decisions are too few to say anything."""
    return _shared_out(island, 19, 0)[0]


@defect("CEN-02")
def one_decides(island: Island) -> tuple[End, ...]:
    """One of four decides eleven of twenty."""
    gate, deciders = _shared_out(island, 11, 3, 3, 3)
    island.also("CEN-01", gate)
    return deciders[0], gate


@near_miss("CEN-02")
def one_decides_half(island: Island) -> tuple[End, ...]:
    """One of six decides just half of twenty."""
    gate, deciders = _shared_out(island, 10, 2, 2, 2, 2, 2)
    island.also("CEN-01", gate)
    return deciders[0], gate


@defect("CEN-03")
def one_able(island: Island) -> End:
    """Of the two who may decide one has left."""
    team = island.team("panel", led=False)
    return island.gate("", island.person("here", team), island.left("gone", team))


@defect("CEN-03")
def committee_at_its_quorum(island: Island) -> End:
    """A committee decides that has its quorum, and not one more."""
    return island.gate("", island.committee("board", here=3, quorum=3))


@near_miss("CEN-03")
def two_able(island: Island) -> End:
    """Of the three who may decide one has left."""
    return island.gate("", *island.panel(), island.left("gone"))


@near_miss("CEN-03")
def committee_with_one_more(island: Island) -> End:
    """A committee decides that has one more than its quorum."""
    return island.gate("", island.committee("board", here=4, quorum=3))


@near_miss("CEN-03")
def gate_that_was_retired(island: Island) -> End:
    """Nobody may decide there any more, and it was retired."""
    gate = island.node("Gate", retired_day=island.ago(island.within(300)))
    island.tie("CAN_DECIDE", island.left("gone"), gate)
    return gate


def _asked_at(island: Island, model: End, gates: int) -> End:
    """The model asks at so many gates."""
    deciders = island.panel()
    for number in range(1, gates + 1):
        gate = island.gate(str(number), *deciders, function="risk")
        island.request(str(number), model, gate, deciders[0], asked=20, decided=15)
    return model


@defect("CEN-04")
def four_gates(island: Island) -> End:
    """It is of the lowest tier, and asked at four gates."""
    return _asked_at(island, island.model(risk_tier=1), 4)


@near_miss("CEN-04")
def three_gates(island: Island) -> End:
    """It is of the lowest tier, and asked at three gates."""
    return _asked_at(island, island.model(risk_tier=1), 3)


@near_miss("CEN-04")
def four_gates_at_tier_2(island: Island) -> End:
    """It asked at four gates, and is of tier 2."""
    return _asked_at(island, island.model(risk_tier=2), 4)


@defect("CEN-06")
def circle(island: Island) -> End:
    """Three requests wait for each other in a circle."""
    model, decider = island.model(), island.panel()[0]
    requests = [island.request(str(each), model, None, decider) for each in (1, 2, 3)]
    for one, other in zip(requests, requests[1:] + requests[:1], strict=True):
        island.tie("AFTER", one, other)
    island.also("CEN-06", requests[1])
    island.also("CEN-06", requests[2])
    return requests[0]


@near_miss("CEN-06")
def circle_that_was_cut(island: Island) -> End:
    """Two requests name each other, but one of them has been decided."""
    model, decider = island.model(), island.panel()[0]
    waiting = island.request("1", model, None, decider)
    done = island.request("2", model, None, decider, asked=9, decided=island.within(8))
    island.tie("AFTER", waiting, done)
    island.tie("AFTER", done, waiting)
    return waiting


@near_miss("CEN-06")
def row(island: Island) -> End:
    """Three requests wait for each other in a row."""
    model, decider = island.model(), island.panel()[0]
    first, second, third = (island.request(str(each), model, None, decider) for each in (1, 2, 3))
    island.tie("AFTER", first, second)
    island.tie("AFTER", second, third)
    return second


@defect("PTH-02")
def nobody_able(island: Island) -> End:
    """Everyone who may decide there has left, and a model has to pass."""
    gate = island.gate("", island.left("one"), island.left("two"))
    island.tie("SUBJECT_TO", island.model(), gate)
    island.also("CEN-03", gate)
    island.also("DEC-09", gate, NOBODY)
    return gate


@defect("PTH-02")
def fewer_than_must_agree(island: Island) -> End:
    """Two must agree there and one is left, before a request that is pending."""
    here = island.person("here", island.team("panel"))
    gate = island.gate("", here, island.left("gone"), quorum=2)
    model = island.model()
    island.request("", model, gate, here)
    island.also("CEN-03", gate)
    island.also("DEC-05", model)
    island.also("DEC-09", gate, NOBODY)
    return gate


@near_miss("PTH-02")
def quorum_met(island: Island) -> End:
    """A committee with its quorum decides there, though one has left."""
    gate = island.gate("", island.committee("board", here=3, quorum=3), quorum=3)
    island.tie("SUBJECT_TO", island.model(), gate)
    island.also("CEN-03", gate)
    return gate


@near_miss("PTH-02")
def nobody_able_and_nothing_blocked(island: Island) -> End:
    """Nobody may decide there any more, and the only model has passed."""
    gone, model = island.left("gone", island.team("panel")), island.model()
    gate = island.gate("", gone)
    island.tie("SUBJECT_TO", model, gate)
    island.request("", model, gate, gone, asked=500, decided=480)
    island.also("CEN-03", gate)
    return gate


@defect("APR-01")
def decider_left(island: Island) -> End:
    """It lies before somebody who has left."""
    return island.request("", island.model(), island.gate(), island.left("asked"))


@defect("APR-01")
def quorum_lost(island: Island) -> End:
    """It lies before a committee that has lost its quorum."""
    board = island.committee("board", here=2, quorum=3)
    return island.request("", island.model(), island.gate(), board)


@near_miss("APR-01")
def one_of_two_left(island: Island) -> End:
    """Of the two before whom it lies one has left."""
    here, _ = deciders = island.panel()
    gate = island.gate("", *deciders)
    return island.request("", island.model(), gate, here, island.left("asked"))


@near_miss("APR-01")
def committee_that_meets_its_quorum(island: Island) -> End:
    """It lies before a committee that has its quorum, and not one more."""
    board = island.committee("board", here=3, quorum=3)
    return island.request("", island.model(), island.gate(), board)


@near_miss("APR-01")
def nobody_asked(island: Island) -> End:
    """Nobody was asked, but two who are here may decide."""
    return island.request("", island.model(), island.gate())
