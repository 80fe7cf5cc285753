"""Answers about the whole, each in an organisation of its own.

PTH-01, OWN-13, CEN-07 to CEN-09, DEC-08, and of DEC-09 what nobody is named for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.plots import NOBODY, defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End


@defect("PTH-01")
def tier_without_a_gate(island: Island) -> tuple[End, ...]:
    """There is a model of tier 1, and every gate begins at tier 2."""
    island.gate("", min_tier=2)
    island.model(risk_tier=1)
    return ()


@near_miss("PTH-01")
def gate_from_the_lowest_tier(island: Island) -> tuple[End, ...]:
    """There are models of every tier, and the gate begins at tier 1."""
    island.gate("", min_tier=1)
    for tier in (1, 2, 3):
        island.model(str(tier), risk_tier=tier)
    return ()


@near_miss("PTH-01")
def tier_with_a_gate_by_name(island: Island) -> tuple[End, ...]:
    """Every gate begins at tier 2, and the model of tier 1 is listed as subject to one."""
    gate = island.gate("", min_tier=2)
    island.tie("SUBJECT_TO", island.model(risk_tier=1), gate)
    return ()


def _portfolio(island: Island, held: int, others: int) -> tuple[End, list[End]]:
    """A centre that answers for so many models, of which others were seen at work."""
    centre, makers = island.team("centre"), island.team("makers")
    models = [island.model(str(number + 1), owned=False) for number in range(held)]
    for model in models:
        island.owns(centre, model)
        island.tie("WORKED_ON", makers, model, events=island.over(9))
    for number in range(others):
        island.owns(island.team(f"t{number + 1}"), island.model(f"o{number + 1}", owned=False))
    return centre, models


@defect("OWN-13")
def centre_on_paper(island: Island) -> End:
    """It answers for ten of 20 live models, and none of its people was seen on any."""
    return _portfolio(island, 10, 10)[0]


@near_miss("OWN-13")
def nine_models(island: Island) -> End:
    """It answers for nine of 18 live models, which is not yet much."""
    return _portfolio(island, 9, 9)[0]


@near_miss("OWN-13")
def a_tenth_of_the_models(island: Island) -> End:
    """It answers for ten of 100 live models, just a tenth."""
    return _portfolio(island, 10, 90)[0]


@near_miss("OWN-13")
def seen_on_one(island: Island) -> End:
    """It answers for half of all models, and one of its people was seen on one of them."""
    centre, models = _portfolio(island, 10, 10)
    island.tie("WORKED_ON", island.person("maker", centre), models[0], events=1)
    return centre


@near_miss("OWN-13")
def nobody_seen(island: Island) -> End:
    """It answers for half of all models, and who works on those nobody recorded."""
    centre = island.team("centre")
    for number in range(10):
        island.owns(centre, island.model(str(number + 1), owned=False))
        other = island.model(f"o{number + 1}")
        island.tie("WORKED_ON", island.crew(), other, events=5)
    return centre


def _decided(island: Island, *shares: int, ago: int = 30) -> tuple[End, ...]:
    """A gate at which each of so many people decided so often, so many days ago."""
    team, model = island.team("panel", led=False), island.model()
    deciders = [island.person(f"panel-{number + 1}", team) for number in range(len(shares))]
    gate = island.gate("", *deciders)
    for who, (decider, share) in enumerate(zip(deciders, shares, strict=True), 1):
        for number in range(share):
            part = f"{who}-{number + 1}"
            island.request(part, model, gate, decider, asked=ago + 5, decided=ago)
    return ()


@defect("CEN-07")
def two_must_leave(island: Island) -> tuple[End, ...]:
    """Of 20 decisions one made seven and one four: when both have left, eleven have no decider."""
    return _decided(island, 7, 4, *[1] * 9)


@near_miss("CEN-07")
def three_must_leave(island: Island) -> tuple[End, ...]:
    """Of 20 decisions one made six and one four: when both have left, half are still decided."""
    return _decided(island, 6, 4, *[1] * 10)


@near_miss("CEN-07")
def decisions_of_long_ago(island: Island) -> tuple[End, ...]:
    """One made them all, more than a year ago."""
    return _decided(island, 20, 0, ago=366)


@near_miss("CEN-07")
def nineteen_decisions(island: Island) -> tuple[End, ...]:
    """One made them all, but 19 are too few to say anything."""
    return _decided(island, 19, 0)


def _on_the_path(island: Island, *deciders: End) -> None:
    """A gate for all tiers, at which these may decide, and an experiment that has to pass it."""
    island.gate("", *deciders, min_tier=1)
    island.model(risk_tier=1)


@defect("CEN-08")
def alone_on_the_path(island: Island) -> End:
    """Everything of a tier has to pass a gate at which only this person may decide."""
    person, gone = island.panel()[0], island.left("gone")
    _on_the_path(island, person, gone)
    return person


@defect("CEN-08")
def at_the_bare_quorum(island: Island) -> tuple[End, ...]:
    """Everything has to pass a committee that has its quorum, and not one more."""
    board = island.committee("board", here=2, quorum=2)
    _on_the_path(island, board)
    first, second = (("Person", f"person:{island.name}-board-{number}") for number in (1, 2))
    island.also("CEN-08", second)
    return (first,)


@near_miss("CEN-08")
def two_on_the_path(island: Island) -> End:
    """Everything has to pass a gate at which two may decide."""
    one, two = island.panel()
    _on_the_path(island, one, two)
    return one


@near_miss("CEN-08")
def one_with_a_deputy(island: Island) -> End:
    """Only one may decide, and somebody may decide in the place of that one."""
    one, deputy = island.panel()
    _on_the_path(island, one)
    island.tie("DELEGATES_TO", one, deputy, scope="*", until_day=island.ago(-1))
    return one


@near_miss("CEN-08")
def one_where_nothing_comes(island: Island) -> End:
    """Only one may decide there, and nothing of a tier is on its way."""
    one, _ = island.panel()
    island.gate("", one, min_tier=2)
    island.model(risk_tier=1)
    return one


def _answered(island: Island, *shares: int) -> tuple[End, ...]:
    """A team for each share, which answers for so many models."""
    for team, share in enumerate(shares, 1):
        owner = island.team(str(team))
        for number in range(1, share + 1):
            island.owns(owner, island.model(f"{team}-{number}", owned=False))
    return ()


@defect("CEN-09")
def half_on_three_desks(island: Island) -> tuple[End, ...]:
    """Three of thirteen teams answer for ten of 20 models."""
    return _answered(island, 4, 3, 3, *[1] * 10)


@near_miss("CEN-09")
def half_on_four_desks(island: Island) -> tuple[End, ...]:
    """Three of fourteen teams answer for nine of 20 models, and it takes a fourth for half."""
    return _answered(island, 4, 3, 2, *[1] * 11)


@near_miss("CEN-09")
def nineteen_models(island: Island) -> tuple[End, ...]:
    """One team answers for all 19 models, which are too few to say anything."""
    return _answered(island, 19)


def _disputed(island: Island, departments: int, each: int) -> tuple[End, ...]:
    """In each department a team decides about so many models, each of another team."""
    for number in range(1, departments + 1):
        above = island.team(f"d{number}")
        decider = island.person(f"d{number}-decider", island.team(f"d{number}-deciders", above))
        gate = island.gate(f"d{number}", decider)
        for place in range(1, each + 1):
            part = f"d{number}-{place}"
            model = island.model(part, owned=False)
            island.owns(island.team(part, above), model)
            island.request(part, model, gate, decider)
    return ()


@defect("CEN-09")
def comes_up_to_three(island: Island) -> tuple[End, ...]:
    """What owners and deciders cannot agree on comes up to three heads of department in five."""
    return _disputed(island, 5, 4)


@near_miss("CEN-09")
def comes_up_to_four(island: Island) -> tuple[End, ...]:
    """What owners and deciders cannot agree on comes up to seven heads: for half it takes four."""
    return _disputed(island, 7, 3)


def _kinds(*kinds: str) -> tuple[End, ...]:
    """Kinds of decision, as the subject of a finding names them."""
    return tuple(("Decision", kind) for kind in kinds)


@defect("DEC-08")
def nobody_to_answer(island: Island) -> tuple[End, ...]:
    """Whoever answered for the only model has left, so nobody may stop it or do anything else."""
    owner = island.left("owner", island.crew())
    island.owns(owner, island.model(owned=False))
    for kind in ("roll_back", "retire", "accept_risk"):
        island.also("DEC-08", *_kinds(kind))
    return _kinds("stop")


@defect("DEC-08")
def nobody_to_change_a_gate(island: Island) -> tuple[End, ...]:
    """The team that owned the only gate was dissolved, so nobody may change what it asks for."""
    gate = island.node("Gate", since_day=island.ago(900))
    for each in island.panel():
        island.tie("CAN_DECIDE", each, gate)
    island.owns(island.team("dissolved", led=False, status="archived"), gate)
    return _kinds("change_policy")


@defect("DEC-08")
def nobody_to_let_it_through(island: Island) -> tuple[End, ...]:
    """All who may decide at the only gate that models have to pass have left."""
    gate = island.gate("", island.left("one"), island.left("two"))
    island.tie("SUBJECT_TO", island.model(), gate)
    return _kinds("promote")


@near_miss("DEC-08")
def somebody_on_duty(island: Island) -> tuple[End, ...]:
    """Whoever answered for the only model has left, and somebody on duty may stop any model."""
    island.owns(island.left("owner", island.crew()), island.model(owned=False))
    island.decision("duty", island.person("duty"), kind="stop", status=None)
    return _kinds("stop")


@near_miss("DEC-08")
def one_of_many_can(island: Island) -> tuple[End, ...]:
    """Whoever answered for nine models has left; for the tenth somebody is here."""
    gone = island.left("owner", island.crew())
    for number in range(9):
        island.owns(gone, island.model(str(number + 1), owned=False))
    island.model("10")
    return _kinds("retire")


@near_miss("DEC-08")
def only_far_up(island: Island) -> tuple[End, ...]:
    """Two teams answer for the only model, and a desk above both can settle what becomes of it."""
    model = island.model()
    island.owns(island.team("other"), model)
    return _kinds("retire")


@near_miss("DEC-08")
def nothing_recorded(island: Island) -> tuple[End, ...]:
    """Of no model is it recorded who answers for it: nobody can be missed."""
    island.model(owned=False)
    island.gate()
    return _kinds("retire")


@defect("DEC-09")
def nobody_is_named(island: Island) -> tuple[End, ...]:
    """Of two models one has an owner, and nobody is named who may stop the other or retire it."""
    island.model("owned")
    island.model("orphan", owned=False)
    return NOBODY, NOBODY


@near_miss("DEC-09")
def everybody_is_named(island: Island) -> tuple[End, ...]:
    """Two models have owners, and one that nobody owns was retired."""
    for number in range(2):
        island.model(str(number + 1))
    island.model("retired", owned=False, stage="retired")
    return NOBODY, NOBODY
