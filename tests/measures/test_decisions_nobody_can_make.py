"""DEC-03: the decisions that nobody can make, why, and which to repair first."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.decisions_nobody_can_make import GIVES, TAKES, measure


def decision(own_id, deciders="p", here=None, **more):
    row = {
        "decision": own_id,
        "name": own_id.upper(),
        "rule": None,
        "quorum": None,
        "deciders": list(deciders),
        "deciders_here": list(deciders if here is None else here),
        "consents": [],
        "consents_here": [],
        "blocked_by": [],
        "about": [],
        "days": 7,
    } | {name: list(value) if name in LISTS else value for name, value in more.items()}
    assert tuple(row) == TAKES
    return row


LISTS = {"consents", "consents_here", "blocked_by", "about"}


def why(*rows):
    return {row["decision"]: row["why"] for row in measure(rows, {})}


@pytest.mark.parametrize(
    "row",
    [
        decision("a"),
        decision("a", "xyz", "z"),  # contested is not impossible
        decision("a", "xyz", "z", rule="any"),
        decision("a", "xyz", "z", rule="one"),
        decision("a", "xyz", rule="all"),
        decision("a", "xyz", "xy", rule="k_of_n", quorum=2),
        decision("a", "xyz", "x", rule="k_of_n"),  # no quorum is known: one will do
        decision("a", consents="c", consents_here="c"),
        decision("a", blocked_by=["made"]),
    ],
)
def test_what_those_who_are_here_can_decide_is_not_listed(row):
    assert measure([row], {}) == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (decision("a", ""), "nobody is named to decide"),
        (decision("a", "xy", ""), "everyone who decides has gone"),
        (decision("a", "xyz", "xy", rule="all"), "all 3 who decide must agree, and 2 can"),
        (
            decision("a", "xyz", "x", rule="k_of_n", quorum=2),
            "2 of 3 who decide must agree, and 1 can",
        ),
        (
            decision("a", "xy", rule="k_of_n", quorum=3),
            "3 of 2 who decide must agree, and 2 can",
        ),
        (
            decision("a", consents="cd", consents_here="d"),
            "somebody whose consent it needs has gone",
        ),
        (decision("a", blocked_by="a"), "waits in a circle: A → A"),
        (decision("a", "", blocked_by="a"), "nobody is named to decide; waits in a circle: A → A"),
    ],
)
def test_each_reason_is_told(row, reason):
    assert why(row) == {"a": reason}


def test_a_circle_is_told_from_where_one_stands():
    rows = [decision("a", blocked_by="b"), decision("b", blocked_by="c")]
    rows.append(decision("c", blocked_by="a"))
    assert why(*rows) == {
        "a": "waits in a circle: A → B → C → A",
        "b": "waits in a circle: B → C → A → B",
        "c": "waits in a circle: C → A → B → C",
    }


def test_a_long_circle_is_cut_short():
    ids = "abcdefgh"
    rows = [decision(own, blocked_by=ids[(at + 1) % 8]) for at, own in enumerate(ids)]
    assert why(*rows)["a"] == "waits in a circle of 8: A → B → C → D → … → A"


def test_what_waits_for_a_stuck_one_is_stuck_and_names_it():
    rows = [decision("a", ""), decision("b", blocked_by="a"), decision("c", blocked_by="bd")]
    rows.append(decision("d"))
    assert why(*rows) == {
        "a": "nobody is named to decide",
        "b": "waits for A, which nobody can make",
        "c": "waits for B, which nobody can make",
    }


def test_a_long_list_is_cut_short_and_a_name_that_is_blank_is_the_id():
    rows = [decision(own, "", name="") for own in "abcdefgh"]
    rows.append(decision("x", blocked_by="abcdefgh"))
    assert why(*rows)["x"] == "waits for a, b, c, d, e, f and 2 more, which nobody can make"


def test_those_whose_repair_frees_most_come_first():
    rows = [
        decision("a", "", blocked_by="f"),  # free once f is, but not by itself
        decision("b", ""),
        decision("c", "", ""),
        decision("d", blocked_by="c"),
        decision("e", blocked_by="d"),
        decision("f", blocked_by="f"),
        decision("g", blocked_by="bc"),  # two must be repaired before it
    ]
    found = [(row["decision"], row["frees"]) for row in measure(rows, {})]
    assert found == [("c", 2), ("b", 0), ("f", 0), ("a", 0), ("d", 0), ("e", 0), ("g", 0)]


def test_a_row_has_all_that_is_declared():
    row = decision("a", "yx", "y", rule="all", consents="zx", consents_here="", about=["m1"])
    assert measure([row], {}) == [
        dict(
            zip(
                GIVES,
                ("a", "all 2 who decide must agree, and 1 can", ["x", "y", "z"], ["x", "z"], [], 0,
                 ["m1"], 7),
                strict=True,
            )
        )
    ]  # fmt: skip


VOICES = ("p", "q", "r")
IDS = ("a", "b", "c", "d", "e")


@st.composite
def decisions(draw):
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=5))
    some = st.lists(st.sampled_from(VOICES), unique=True, max_size=3)
    rows = []
    for own_id in ids:
        deciders, consents, gone = draw(some), draw(some), set(draw(some))
        rows.append(
            decision(
                own_id,
                deciders,
                [who for who in deciders if who not in gone],
                rule=draw(st.sampled_from([None, "one", "any", "all", "k_of_n"])),
                quorum=draw(st.sampled_from([None, 1, 2, 3])),
                consents=consents,
                consents_here=[who for who in consents if who not in gone],
                blocked_by=draw(st.lists(st.sampled_from(IDS), unique=True, max_size=3)),
            )
        )
    return rows


def agreed(row):
    """Whether some set of those who are here makes the decision: all sets are tried."""
    count = len(row["deciders"])
    least = {"all": count, "k_of_n": row["quorum"] or 1}.get(row["rule"], 1)
    here = {*row["deciders_here"], *row["consents_here"]}
    return any(
        len({*group} & {*row["deciders"]}) >= max(least, 1) and {*row["consents"]} <= {*group}
        for size in range(len(here) + 1)
        for group in combinations(sorted(here), size)
    )


def made_in_some_order(rows):
    """What can be made when each is tried again and again, in whatever order works."""
    known = {row["decision"] for row in rows}
    made = set()
    for _ in rows:
        made |= {
            row["decision"] for row in rows if agreed(row) and {*row["blocked_by"]} & known <= made
        }
    return made


@given(decisions())
def test_it_lists_exactly_what_no_order_of_deciding_makes(rows):
    found = {row["decision"] for row in measure(rows, {})}
    assert found == {row["decision"] for row in rows} - made_in_some_order(rows)


@given(decisions())
def test_waits_and_circles_are_those_of_the_graph(rows):
    found = {row["decision"]: row for row in measure(rows, {})}
    waits = nx.DiGraph(
        (row["decision"], other)
        for row in rows
        for other in row["blocked_by"]
        if row["decision"] in found and other in found
    )
    for own_id, row in found.items():
        expected = sorted(waits.successors(own_id)) if own_id in waits else []
        assert row["waits_for"] == expected
        in_circle = any(own_id in circle for circle in nx.simple_cycles(waits))
        assert ("in a circle" in row["why"]) == in_circle


@given(decisions())
def test_a_repair_frees_as_many_as_it_says(rows):
    before = {row["decision"] for row in measure(rows, {})}
    for found in measure(rows, {}):
        own_id = found["decision"]
        stuck_first = "which nobody can make" in found["why"]
        mended = [decision(own_id) if row["decision"] == own_id else row for row in rows]
        after = {row["decision"] for row in measure(mended, {})}
        if not stuck_first:
            assert found["frees"] == len(before - after) - 1
        else:
            assert found["frees"] == 0


@given(decisions(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    shuffled = [*rows]
    random.shuffle(shuffled)
    assert measure(shuffled, {}) == measure(rows, {})


@given(decisions(), st.sampled_from(IDS))
def test_one_more_who_can_decide_alone_never_makes_it_worse(rows, own_id):
    more = [
        row | {"deciders": [*row["deciders"], "z"], "deciders_here": [*row["deciders_here"], "z"],
               "rule": "any"}
        if row["decision"] == own_id
        else row
        for row in rows
    ]  # fmt: skip
    before = {row["decision"] for row in measure(rows, {})}
    assert {row["decision"] for row in measure(more, {})} <= before
