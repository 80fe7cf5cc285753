"""CEN-08: who lies on every path to production, against networkx's dominators of all routes."""

from __future__ import annotations

from itertools import combinations, pairwise, product

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.on_every_path import GIVES, TAKES, measure

EVERY = {"min_models": 0}


def voice(people, *, needed=1, committee=False, replaceable=""):
    return {
        "people": list(people),
        "replaceable": list(replaceable),
        "committee": committee,
        "needed": needed,
    }


def gate(name, *voices, tier=1, wanted=1, models=1, pending=0):
    return dict(zip(TAKES, (name, tier, wanted, list(voices), models, pending), strict=True))


def found(*rows, **parameters):
    rows = measure(rows, EVERY | parameters)
    assert all(tuple(each) == GIVES for each in rows)
    return {each["decider"]: each["gates"] for each in rows}


def test_who_stands_alone_at_a_gate_lies_on_every_path():
    assert found(gate("g", voice("a")), gate("h", voice("a"), voice("b"))) == {"a": ["g"]}


def test_parallel_routes_through_teams_end_in_the_same_person():
    assert found(gate("g", voice("a"), voice("ab"), voice("a"), wanted=2)) == {
        "a": ["g"], "b": ["g"],
    }  # fmt: skip
    assert found(gate("g", voice("a"), voice("a"))) == {"a": ["g"]}


def test_one_is_in_the_committee_and_may_decide_alone():
    committee = voice("abc", needed=3, committee=True)

    assert found(gate("g", committee)) == {who: ["g"] for who in "abc"}
    assert found(gate("g", committee, voice("a"))) == {"a": ["g"]}
    assert found(gate("g", committee, voice("d"))) == {}


def test_a_row_tells_where_from_which_tier_and_how_many():
    rows = [
        gate("g", voice("a"), tier=3, models=2, pending=5),
        gate("h", voice("a"), tier=2, models=7, pending=1),
        gate("i", voice("b"), tier=3, models=2),
        gate("j", voice("c"), tier=3, models=2),
    ]

    assert [tuple(each.values()) for each in measure(rows, {"min_models": 2})] == [
        ("a", ["g", "h"], 2, 7, 6), ("b", ["i"], 3, 2, 0), ("c", ["j"], 3, 2, 0),
    ]  # fmt: skip
    assert found(*rows, min_models=3) == {"a": ["g", "h"]}


PEOPLE = "abcd"
SOME = st.frozensets(st.sampled_from(PEOPLE), max_size=3).map(sorted)


@st.composite
def voices(draw):
    people, committee = draw(SOME), draw(st.booleans())
    if not people:
        return voice("", needed=draw(st.sampled_from([0, 1])), committee=committee)
    needed = draw(st.integers(1, 3)) if committee else 1
    return voice(people, needed=needed, committee=committee)


@st.composite
def paths(draw):
    rows = []
    for name in "ghi"[: draw(st.integers(1, 3))]:
        deputies = draw(SOME)
        told = draw(st.lists(voices(), max_size=3))
        for each in told:
            each["replaceable"] = [who for who in each["people"] if who in deputies]
        rows.append(gate(name, *told, wanted=draw(st.integers(1, 2))))
    return rows


def routes(row):
    """Each set of people, those who decide in somebody's place included, that passes the gate."""
    alone = {who for each in row["voices"] if not each["committee"] for who in each["people"]}
    bundles = [(alone, row["wanted"])]
    bundles += [(each["people"], each["needed"]) for each in row["voices"] if each["committee"]]
    deputies = {who for each in row["voices"] for who in each["replaceable"]}
    for people, needed in bundles:
        for group in combinations(sorted(people), needed):
            yield from product(
                *([who, f"for {who}"] if who in deputies else [who] for who in group)
            )
    if any(not each["needed"] for each in row["voices"]):
        yield ()


def dominators(rows):
    """Those whom networkx finds on every path through the gates that can be passed at all."""
    graph, here = nx.DiGraph(), "start"
    for row in rows:
        if passes := list(routes(row)):
            there = f"after {row['gate']}"
            for route in passes:
                steps = [(row["gate"], who) for who in sorted(route)]
                graph.add_edges_from(pairwise([here, *steps, there]))
            here = there
    up = nx.immediate_dominators(graph, "start") if len(graph) else {}
    found = []
    while here != "start":
        found.append(here)
        here = up[here]
    return {each for each in found if isinstance(each, tuple) and " " not in each[1]}


@given(paths())
def test_they_are_the_dominators_of_production(rows):
    assert {(at, who) for who, gates in found(*rows).items() for at in gates} == dominators(rows)


@given(paths(), st.sampled_from(PEOPLE))
def test_one_more_who_may_decide_alone_frees_everyone_there(rows, who):
    for row in rows:
        row["wanted"] = 1
    more = [row | {"voices": [*row["voices"], voice("x"), voice("y")]} for row in rows]

    assert found(*more) == {}
