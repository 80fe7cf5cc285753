"""What follows from where things stand, and who has a standing right: DEC-09 and OWN-10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.ground import REWARD
from ownership_graph.organisation.planting.plots import NOBODY, defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End

_OF_OWNERS = ("stop", "roll_back", "retire", "accept_risk")


def _right(island: Island, kind: str, about: End, *holders: End) -> None:
    """A standing right over something, which any of these holds."""
    right = island.decision(kind, *holders, kind=kind, status=None)
    island.tie("ABOUT", right, about)


def _branch(island: Island) -> tuple[End, End, End, End]:
    """A department, its lead, and two teams in it."""
    above = island.team("above", led=False)
    lead = island.person("above-lead", above, role="lead")
    return above, lead, island.team("one", above), island.team("two", above)


def _strangers(island: Island) -> tuple[End, End]:
    """Two teams that nobody known stands above."""
    one, two = island.team("one", None), island.team("two", None)
    for each in (one, two):
        island.tie("REWARDED_BY", each, REWARD, weight=1.0)
    return one, two


def _claimed(island: Island, *owners: End) -> End:
    """An experiment that each of these answers for."""
    model = island.model(owned=False)
    for each in owners:
        island.owns(each, model)
    return model


@defect("DEC-09")
def end_on_one_desk(island: Island) -> tuple[End, ...]:
    """Two teams of one department both answer for it, and only the lead of both can settle it."""
    _, lead, one, two = _branch(island)
    island.also("OWN-02", _claimed(island, one, two))
    return lead, NOBODY


@defect("DEC-09")
def contested(island: Island) -> tuple[End, ...]:
    """Two teams both answer for it, no rule says who decides, and nobody stands above both."""
    one, two = _strangers(island)
    island.also("OWN-02", _claimed(island, one, two))
    return one, two


@defect("DEC-09")
def gate_of_nobody(island: Island) -> tuple[End, ...]:
    """Nobody owns the gate, so nobody can change it, while other gates have owners."""
    gate = island.node("Gate", since_day=island.ago(900))
    for each in island.panel():
        island.tie("CAN_DECIDE", each, gate)
    return gate, NOBODY


@defect("DEC-09")
def pilots_of_strangers(island: Island) -> tuple[End, ...]:
    """Two teams pilot one job that nobody owns, and nobody stands above both."""
    job = island.job(owned=False)
    for part, team in zip(("first", "second"), _strangers(island), strict=True):
        island.owns(team, island.pilot(part, job, owned=False))
    return job, NOBODY


@defect("DEC-09")
def waits_for_itself(island: Island) -> tuple[End, ...]:
    """Its requests at two gates wait for each other, so that nobody can let it through."""
    model = island.model()
    one, two = (
        island.request(part, model, island.gate(part, *island.panel(f"{part}-panel")))
        for part in ("one", "two")
    )
    island.tie("AFTER", one, two)
    island.tie("AFTER", two, one)
    island.also("CEN-06", one)
    island.also("CEN-06", two)
    return one, NOBODY


def _rival_metrics(island: Island, days: int) -> End:
    """Two metrics were proposed so long ago; two teams of a department have to choose."""
    _, lead, one, two = _branch(island)
    gate = island.node("Gate", since_day=island.ago(900))
    island.owns(two, gate)
    for each in island.panel():
        island.tie("CAN_DECIDE", each, gate)
    model = _claimed(island, one)
    island.tie("SUBJECT_TO", model, gate)
    for part in ("minutes", "letters"):
        island.bar(part, model, status="proposed", since=days, dimension="value")
    if days > 60:  # noqa: PLR2004 -- as CRI-02 says
        island.also("CRI-02", model)
    return lead


@defect("DEC-09")
def metric_for_the_desk_above(island: Island) -> tuple[End, ...]:
    """Two metrics have been proposed for more than 60 days, and only a desk above can choose."""
    return _rival_metrics(island, island.over(60)), NOBODY


@near_miss("DEC-09")
def metric_still_discussed(island: Island) -> End:
    """Two metrics have been proposed for 60 days, and not longer."""
    return _rival_metrics(island, island.within(60))


@near_miss("DEC-09")
def upper_decides(island: Island) -> End:
    """A team and the department above it both answer for it, and the upper one decides."""
    above, lead, one, _ = _branch(island)
    _claimed(island, above, one)
    return lead


@near_miss("DEC-09")
def settled_by_rights(island: Island) -> End:
    """Two teams of one department both answer for it, and it is written down who decides what."""
    above, lead, one, two = _branch(island)
    model = _claimed(island, one, two)
    for kind in _OF_OWNERS:
        _right(island, kind, model, above)
    island.also("OWN-02", model)
    return lead


@near_miss("DEC-09")
def one_owner_is_left(island: Island) -> End:
    """One owner has left and the other is here, of the same team."""
    gone, here = island.left("gone", island.crew()), island.person("here", island.crew())
    _claimed(island, gone, here)
    return gone


@near_miss("DEC-09")
def pilots_of_one_team(island: Island) -> End:
    """One team has both pilots of a job that nobody owns, and chooses."""
    job = island.job(owned=False)
    for part in ("first", "second"):
        island.pilot(part, job)
    return job


@near_miss("DEC-09")
def quorum_at_the_gate(island: Island) -> End:
    """Of a committee of three one has left, and two are enough to let it through."""
    gate = island.gate("", island.committee("board", here=2, quorum=2), island.panel()[0])
    island.tie("SUBJECT_TO", island.model(), gate)
    return gate


@defect("OWN-10")
def asks_another_team(island: Island) -> End:
    """Only somebody of another team may stop what it answers for."""
    _right(island, "stop", island.model(), island.person("holder", island.team("other")))
    return island.crew()


@defect("OWN-10")
def has_one_of_two_rights(island: Island) -> End:
    """One of its people may stop it, and only another team may retire it."""
    model = island.model()
    _right(island, "stop", model, island.person("holder", island.crew()))
    _right(island, "retire", model, island.team("other"))
    return island.crew()


@defect("OWN-10")
def holder_of_the_right_left(island: Island) -> End:
    """It is written down who may roll it back, and that one of its people has left."""
    _right(island, "roll_back", island.model(), island.left("holder", island.crew()))
    return island.crew()


@defect("OWN-10")
def delegation_that_ran_out(island: Island) -> End:
    """One of its people might stop it in the place of another until today, and no longer."""
    deputy, holder = island.person("deputy", island.crew()), island.person("holder")
    island.tie("MEMBER_OF", holder, island.team("other"), role="member")
    ended = island.ago(island.over(-1, 30))
    island.tie("DELEGATES_TO", holder, deputy, scope="stop", until_day=ended)
    _right(island, "stop", island.model(), holder)
    return island.crew()


@near_miss("OWN-10")
def one_of_its_people(island: Island) -> End:
    """One of its people may stop it, and somebody of another team may as well."""
    own = island.person("own", island.crew())
    _right(island, "stop", island.model(), own, island.person("duty", island.team("other")))
    return island.crew()


@near_miss("OWN-10")
def right_of_the_team_above(island: Island) -> End:
    """The department above it may stop it: one line."""
    above, _, one, _ = _branch(island)
    _right(island, "stop", _claimed(island, one), above)
    return one


@near_miss("OWN-10")
def deputy_until_tomorrow(island: Island) -> End:
    """Whoever may stop it has delegated that to one of its people, for one more day at least."""
    deputy, holder = island.person("deputy", island.crew()), island.person("holder")
    island.tie("MEMBER_OF", holder, island.team("other"), role="member")
    island.tie("DELEGATES_TO", holder, deputy, scope="stop", until_day=island.ago(-1))
    _right(island, "stop", island.model(), holder)
    return island.crew()


@near_miss("OWN-10")
def right_to_another_kind(island: Island) -> End:
    """Only another team may promote it, which an owner need not decide."""
    _right(island, "promote", island.model(), island.team("other"))
    return island.crew()


@near_miss("OWN-10")
def owner_by_a_guess(island: Island) -> End:
    """It answers for the model by a guess of a confidence below one half."""
    guessed, model = island.team("guessed"), island.model()
    island.owns(guessed, model, confidence=0.49)
    _right(island, "stop", model, island.person("holder", island.crew()))
    return guessed
