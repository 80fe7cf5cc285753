"""How two things are tied, on small graphs whose answer is known."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import fill

from ownership_graph.errors import UsageError
from ownership_graph.model import RELATIONSHIPS
from ownership_graph.stores import open_store
from ownership_graph.tracing import ways_between
from ownership_graph.tracing.words import WORDS


def told(found):
    return [[(each.how, each.thing.id) for each in way] for way in found.ways]


def test_every_relationship_has_words_for_both_ends():
    assert WORDS.keys() == RELATIONSHIPS.keys()
    assert all(len(each) == 2 and all(each) for each in WORDS.values())


def test_each_step_is_told_in_words_with_the_owners(store):
    fill(
        store,
        """\
Person p1 name=Ada
Team t1 name=Risk
Model m1 name=Triage
Person p1 MEMBER_OF Team t1 role=lead
Team t1 OWNS Model m1 role=accountable
Model m2 DEPENDS_ON Model m1
""",
    )
    found = ways_between(store, "ada", "m2")
    assert told(found) == [
        [
            ("", "p1"),
            ("is in (lead)", "t1"),
            ("owns (accountable)", "m1"),
            ("is relied on by", "m2"),
        ]
    ]
    assert [str(owner) for owner in found.ways[0][2].owners] == ["Risk (accountable)"]
    assert found.headline() == "1 way of 3 steps between Ada (p1) and m2; none is shorter."
    assert list(found.statement()) == [
        "The steps above are stated by test (3, last imported 2026-01-01).",
        "1 above without a known owner who is still here.",
        "All relationships were looked at, from both ends; what nobody stated is not there.",
        "1 of 2 live models have stated dependencies; on what the other 1 stand is unknown.",
        "Dependencies are stated by test (1, last imported 2026-01-01).",
    ]
    back = ways_between(store, "m2", "p1")
    assert told(back) == [
        [("", "m2"), ("stands on", "m1"), ("is owned by (accountable)", "t1"),
         ("has as a member (lead)", "p1")]
    ]  # fmt: skip


def test_several_relationships_between_two_are_told_together(store):
    fill(store, "Team t1 OWNS Model m1 role=accountable\nTeam t1 WORKED_ON Model m1\n"
                "Team t1 OWNS Model m1 role=risk")  # fmt: skip
    found = ways_between(store, "t1", "m1")
    assert told(found) == [
        [("", "t1"), ("owns (accountable) and owns (risk) and worked on", "m1")]
    ]
    assert found.ways[0][1].relationships == ("OWNS", "WORKED_ON")
    assert found.headline().startswith("1 way of 1 step between")


def test_ways_that_go_one_way_come_first_then_those_of_smaller_ids(store):
    fill(
        store,
        """\
Model a DEPENDS_ON Model z
Model z DEPENDS_ON Model b
Model a DEPENDS_ON Model x
Model b DEPENDS_ON Model x
Model a DEPENDS_ON Model y
Model b DEPENDS_ON Model y
""",
    )
    found = ways_between(store, "a", "b")
    assert [[id_ for _, id_ in way] for way in told(found)] == [
        ["a", "z", "b"], ["a", "x", "b"], ["a", "y", "b"],
    ]  # fmt: skip
    fewer = ways_between(store, "a", "b", shown=1)
    assert [[id_ for _, id_ in way] for way in told(fewer)] == [["a", "z", "b"]]
    assert fewer.headline().startswith("3 ways of 2 steps between a and b, 1 told;")


def test_ways_that_join_and_part_again_are_all_counted(store):
    fill(store, "".join(
        f"Model {a} DEPENDS_ON Model {b}\n"
        for a, b in ("aw", "ax", "wm", "xm", "my", "mz", "yb", "zb")
    ))  # fmt: skip
    found = ways_between(store, "a", "b", shown=3)
    assert (found.count, len(found.ways)) == (4, 3)
    assert [each.thing.id for each in found.ways[0]] == ["a", "w", "m", "y", "b"]


def test_none_within_so_many_steps_is_said_as_such(store):
    chain = "\n".join(f"Model m{n + 1} DEPENDS_ON Model m{n}" for n in range(8))
    fill(store, f"{chain}\nModel alone\n")
    assert ways_between(store, "m0", "m6").count == 1
    for end in ("m7", "alone"):
        found = ways_between(store, "m0", end)
        assert (found.ways, found.count, found.sources) == ((), 0, ())
        assert found.headline() == (
            "None known within 6 steps: no chain of so many stated relationships ties m0 and"
            f" {end}."
        )
        assert list(found.statement()) == [
            "All relationships were looked at, from both ends; what nobody stated is not there.",
            "8 of 10 live models have stated dependencies; on what the other 2 stand is unknown.",
            "Dependencies are stated by test (8, last imported 2026-01-01).",
        ]
    assert len(ways_between(store, "m0", "m7", steps=7).ways[0]) == 8


def test_one_and_the_same_thing_has_no_way_to_itself(store):
    fill(store, "Model m1 name=Triage")
    with pytest.raises(UsageError, match=r"are one and the same, Triage \(m1\)"):
        ways_between(store, "m1", "triage")


EDGES = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=16)


@given(edges=EDGES, steps=st.integers(1, 7))
@settings(max_examples=80)
def test_all_shortest_ways_are_found_and_the_same_whatever_the_order(edges, steps):
    lines = [f"Model m{n}" for n in range(7)]
    lines += [f"Model m{a} DEPENDS_ON Model m{b}" for a, b in sorted(edges)]
    store = fill(open_store("none").copy_in_memory(), "\n".join(lines))
    other = fill(open_store("none").copy_in_memory(), "\n".join(reversed(lines)))
    known = nx.Graph()
    known.add_nodes_from(range(7))
    known.add_edges_from(edges)
    expected = set()
    if nx.has_path(known, 0, 6) and nx.shortest_path_length(known, 0, 6) <= steps:
        expected = {tuple(walk) for walk in nx.all_shortest_paths(known, 0, 6)}
    found = ways_between(store, "m0", "m6", steps=steps, shown=1000)
    assert {tuple(int(each.thing.id[1:]) for each in way) for way in found.ways} == expected
    assert found.count == len(found.ways) == len(expected)
    again = ways_between(other, "m0", "m6", steps=steps, shown=1000)
    assert told(again) == told(found)
