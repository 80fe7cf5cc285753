"""Recorded decisions: DEC-01 to DEC-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.plots import defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End


def _people(island: Island, here: int, gone: int = 0) -> list[End]:
    """So many of the crew who are here, and so many who have left."""
    crew = island.crew()
    present = [island.person(f"here-{number + 1}", crew) for number in range(here)]
    return present + [island.left(f"gone-{number + 1}", crew) for number in range(gone)]


@defect("DEC-01")
def no_decider(island: Island) -> End:
    """Two have a say, and nobody is named to decide."""
    decision = island.decision()
    for one, role in zip(_people(island, 2), ("input", "agree"), strict=True):
        island.tie("NEEDS", decision, one, role=role)
    island.also("DEC-03", decision)
    return decision


@near_miss("DEC-01")
def one_decider(island: Island) -> End:
    """Two have a say, and one of them decides."""
    one, two = _people(island, 2)
    decision = island.decision("", one)
    island.tie("NEEDS", decision, two, role="input")
    return decision


@near_miss("DEC-01")
def no_decider_and_made(island: Island) -> End:
    """Nobody was named to decide, and it was made all the same."""
    made = island.ago(island.within(20))
    decision = island.decision(status="made", made_day=made)
    island.tie("NEEDS", decision, _people(island, 1)[0], role="input")
    return decision


@defect("DEC-02")
def no_rule(island: Island) -> End:
    """Two are to decide, and no rule says how."""
    return island.decision("", *_people(island, 2), rule=None)


@near_miss("DEC-02")
def written_rule(island: Island) -> End:
    """Two are to decide, and both must agree."""
    return island.decision("", *_people(island, 2), rule="all")


@near_miss("DEC-02")
def one_decider_without_a_rule(island: Island) -> End:
    """One is to decide, with two parts in it, and that needs no rule."""
    [one] = _people(island, 1)
    decision = island.decision("", one, rule=None)
    island.tie("NEEDS", decision, one, role="agree")
    return decision


@defect("DEC-03")
def deciders_left(island: Island) -> End:
    """Everyone who is to decide has left."""
    return island.decision("", *_people(island, 0, 2))


@defect("DEC-03")
def quorum_out_of_reach(island: Island) -> End:
    """Two of three must agree, and two have left."""
    return island.decision("", *_people(island, 1, 2), rule="k_of_n", quorum=2)


@defect("DEC-03")
def consent_of_the_gone(island: Island) -> End:
    """Whoever must consent has left."""
    here, gone = _people(island, 1, 1)
    decision = island.decision("", here)
    island.tie("NEEDS", decision, gone, role="agree")
    return decision


@defect("DEC-03")
def blocked_in_a_circle(island: Island) -> End:
    """It waits for another that waits for it."""
    [person] = _people(island, 1)
    one, two = island.decision("one", person), island.decision("two", person)
    island.tie("BLOCKED_BY", one, two)
    island.tie("BLOCKED_BY", two, one)
    island.also("DEC-03", two)
    return one


@defect("DEC-03")
def blocked_by_the_impossible(island: Island) -> End:
    """It waits for another, whose only decider has left."""
    here, gone = _people(island, 1, 1)
    one, two = island.decision("one", here), island.decision("two", gone)
    island.tie("BLOCKED_BY", one, two)
    island.also("DEC-03", two)
    return one


@near_miss("DEC-03")
def quorum_in_reach(island: Island) -> End:
    """Two of three must agree, and one has left."""
    return island.decision("", *_people(island, 2, 1), rule="k_of_n", quorum=2)


@near_miss("DEC-03")
def one_is_enough(island: Island) -> End:
    """One of two has left, and one is enough."""
    return island.decision("", *_people(island, 1, 1), rule="any")


@near_miss("DEC-03")
def committee_decides(island: Island) -> End:
    """A committee decides that has its quorum, though one has left."""
    return island.decision("", island.committee("board", here=3, quorum=3), rule="one")


@near_miss("DEC-03")
def no_longer_blocked(island: Island) -> End:
    """What stood in its way was made, by somebody who has left since."""
    here, gone = _people(island, 1, 1)
    one, two = island.decision("one", here), island.decision("two", gone, status="made")
    island.tie("BLOCKED_BY", one, two)
    return one


def _voices(island: Island, voices: int, vetoes: int) -> End:
    """A decision with so many voices; of those, so many must agree."""
    first, *others = _people(island, voices)
    decision = island.decision("", first)
    for number, one in enumerate(others):
        island.tie("NEEDS", decision, one, role="agree" if number < vetoes else "input")
    return decision


@defect("DEC-04")
def too_many_voices(island: Island) -> End:
    """Ten and more have a say."""
    return _voices(island, island.over(9, 12), 2)


@defect("DEC-04")
def too_many_vetoes(island: Island) -> End:
    """Three and more hold a veto."""
    return _voices(island, 6, island.over(2, 5))


@near_miss("DEC-04")
def nine_voices(island: Island) -> End:
    """Nine have a say, and two of them hold a veto."""
    return _voices(island, 9, 2)
