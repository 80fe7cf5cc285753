"""Whether an assignment exists: worked examples, known hard graphs, and every case tried."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from assignments.workflows import (
    can_be_shared_out,
    keeps_rules,
    pairs,
    step,
    workflow,
    workflows,
)
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from ownership_graph.assignments import Solved, Step, Voice, Way, Workflow, solve


def takers(plan):
    return {own_id: {each.person for each in chosen.voices} for own_id, chosen in plan.items()}


def shared_out(*steps, **rules):
    plan = solve(workflow(*steps, **rules)).plan
    return plan and {own_id: "".join(sorted(who)) for own_id, who in takers(plan).items()}


def test_nothing_to_be_done_is_done():
    assert solve(workflow()) == Solved({})


def test_one_step_wants_somebody():
    assert shared_out(step("x", "ba")) == {"x": "a"}
    assert shared_out(step("x", "")) is None


def test_as_many_as_are_wanted_must_agree():
    assert shared_out(step("x", "abc", wanted=2)) == {"x": "ab"}
    assert shared_out(step("x", "a", wanted=2)) is None


def test_a_committee_takes_the_step_in_place_of_single_people():
    plan = solve(workflow(step("x", "a", "2:bcd", wanted=2))).plan
    assert (plan["x"].body, takers(plan)) == ("2:bcd", {"x": {"b", "c"}})
    assert shared_out(step("x", "a", "2:b", wanted=2)) is None


def test_the_same_person_must_not_take_steps_that_are_separate():
    assert shared_out(step("x", "ab"), step("y", "a"), separate=["xy"]) == {"x": "b", "y": "a"}
    assert shared_out(step("x", "a"), step("y", "a"), separate=["xy"]) is None
    assert shared_out(step("x", "a"), step("y", "a")) == {"x": "a", "y": "a"}


def test_nobody_of_one_group_may_be_in_the_other():
    two = step("x", "abc", wanted=2), step("y", "abc", wanted=2)
    assert shared_out(*two, separate=["xy"]) is None
    assert shared_out(*two, step("z", "abc"), separate=["xz"]) == {"x": "ab", "y": "ab", "z": "c"}


def test_the_same_person_must_take_steps_that_belong_together():
    assert shared_out(step("x", "ab"), step("y", "bc"), same=["xy"]) == {"x": "b", "y": "b"}
    assert shared_out(step("x", "a"), step("y", "b"), same=["xy"]) is None


def test_the_smaller_group_is_part_of_the_larger():
    found = shared_out(step("x", "cd"), step("y", "abc", wanted=2), same=["xy"])
    assert found["x"] == "c"
    assert "c" in found["y"]
    assert shared_out(step("x", "d"), step("y", "abc", wanted=2), same=["xy"]) is None


def test_the_same_and_never_the_same_cannot_be():
    assert shared_out(step("x", "ab"), step("y", "ab"), same=["xy"], separate=["xy"]) is None
    tied = {"same": ["xy", "yz"], "separate": ["xz"]}
    assert shared_out(step("x", "ab"), step("y", "ab"), step("z", "ab"), **tied) is None


def test_what_is_done_binds_what_is_to_be_done():
    assert shared_out(step("x", "ab"), separate=["xy"], y="a") == {"x": "b"}
    assert shared_out(step("x", "a"), separate=["xy"], y="a") is None
    assert shared_out(step("x", "ab"), same=["xy"], y="b") == {"x": "b"}
    assert shared_out(step("x", "a"), same=["xy"], y="b") is None
    assert shared_out(step("x", "abc", wanted=2), same=["xy"], y="c") == {"x": "ac"}
    assert shared_out(step("x", "a"), same=["xy"], y="") == {"x": "a"}
    # By way of a step that is done, though nobody knows who took it.
    assert shared_out(step("x", "a"), step("z", "b"), same=["xy", "yz"], y="") is None


def test_a_deputy_acts_in_somebodys_place_and_is_no_second_voice():
    assert shared_out(step("x", "a", lent=["ba"])) == {"x": "a"}
    assert shared_out(step("x", "a"), step("y", "a", lent=["ba"]), separate=["xy"]) == {
        "x": "a",
        "y": "b",
    }
    assert shared_out(step("x", "a", lent=["ba"], wanted=2)) is None
    plan = solve(workflow(step("x", "ac", lent=["bc"], wanted=2), same=["xy"], y="ab")).plan
    assert plan["x"].voices == (Voice("a", "a"), Voice("b", "c"))


def test_it_gives_up_where_it_would_take_too_long():
    flow = workflow(step("x", "ab"), step("y", "ab"), separate=["xy"])
    assert solve(flow, most=1) == Solved(None, known=False)
    assert solve(flow, most=2).plan is not None


ORDER = {
    "create order": "clerk buyer",
    "approve order": "buyer head",
    "sign receipt": "clerk store",
    "create payment": "clerk buyer",
    "countersign receipt": "store buyer",
    "approve payment": "head buyer",
}
RULES = {
    "separate": [
        ("create order", "approve order"),
        ("sign receipt", "countersign receipt"),
        ("create payment", "approve payment"),
    ],
    "same": [("create order", "sign receipt")],
}


def purchase_order(people):
    return Workflow(
        tuple(
            Step(name, (Way(1, frozenset(Voice(each, each) for each in who.split())),))
            for name, who in people.items()
        ),
        frozenset(map(frozenset, RULES["separate"])),
        frozenset(map(frozenset, RULES["same"])),
    )


def test_the_purchase_order_of_the_literature():
    """Its steps are those of Crampton 2005, "A reference monitor for workflow systems"."""
    found = takers(solve(purchase_order(ORDER)).plan)
    assert found["create order"] == found["sign receipt"] == {"clerk"}
    assert found["countersign receipt"] != found["sign receipt"]
    # The head is away: the buyer can approve either, but the clerk must then create both.
    away = {name: who.replace("head", "") for name, who in ORDER.items()}
    assert takers(solve(purchase_order(away)).plan) == {
        "create order": {"clerk"},
        "approve order": {"buyer"},
        "sign receipt": {"clerk"},
        "create payment": {"clerk"},
        "countersign receipt": found["countersign receipt"],
        "approve payment": {"buyer"},
    }
    # The clerk is away: nobody else can both create the order and sign for the goods.
    away = {name: who.replace("clerk", "") for name, who in ORDER.items()}
    assert solve(purchase_order(away)) == Solved(None)


@pytest.mark.parametrize(
    ("graph", "colours"),
    [
        (nx.petersen_graph(), 3),
        (nx.mycielski_graph(4), 4),  # Grötzsch: no triangle, and four colours are wanted
        (nx.chvatal_graph(), 4),
        (nx.complete_graph(6), 6),
        (nx.cycle_graph(7), 3),
    ],
)
def test_people_are_the_colours_of_a_graph(graph, colours):
    """Wang and Li 2010 show how hard it is in this way: steps are nodes, separation the edges."""
    edges = [frozenset(map(str, edge)) for edge in graph.edges]

    def people(count):
        voices = frozenset(Voice(f"p{each}", f"p{each}") for each in range(count))
        steps = tuple(Step(str(node), (Way(1, voices),)) for node in graph)
        return Workflow(steps, frozenset(edges))

    assert solve(people(colours - 1)) == Solved(None)
    plan = takers(solve(people(colours)).plan)
    assert all(plan[one] != plan[two] for one, two in edges)


def test_a_large_pool_costs_no_more_than_a_small_one():
    crowd = [f"p{number}" for number in range(500)]
    steps = [step(str(number), crowd, wanted=5) for number in range(8)]
    apart = ["".join(pair) for pair in combinations("01234567", 2)]
    plan = solve(workflow(*steps, separate=apart), most=60).plan
    assert len(set().union(*takers(plan).values())) == 40
    few = [step(str(number), crowd[:39], wanted=5) for number in range(8)]
    assert solve(workflow(*few, separate=apart), most=60) == Solved(None)


@given(workflows())
@hypothesis_settings(max_examples=300)
def test_there_is_one_exactly_where_trying_all_finds_one(flow):
    solved = solve(flow)
    assert solved.known
    assert (solved.plan is not None) == can_be_shared_out(flow)


@given(workflows())
def test_what_it_finds_keeps_the_rules(flow):
    plan = solve(flow).plan
    if plan is None:
        return
    assert plan.keys() == {each.id for each in flow.steps}
    for each in flow.steps:
        chosen = plan[each.id]
        way = next(way for way in each.ways if way.body == chosen.body)
        assert set(chosen.voices) <= way.voices
        assert len(chosen.voices) == way.wanted
        assert len({voice.person for voice in chosen.voices}) == way.wanted
        assert len({voice.right for voice in chosen.voices}) == way.wanted
    assert keeps_rules(flow, {own_id: frozenset(who) for own_id, who in takers(plan).items()})


@given(workflows())
def test_fewer_rules_never_make_it_harder(flow):
    if solve(flow).plan is not None:
        freer = Workflow(flow.steps, pairs(), flow.same, flow.done)
        assert solve(freer).plan is not None
