from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.approvals_in_a_circle import GIVES, measure


def row(approval, *waits_for, models=(), days=None):
    return {
        "approval": approval, "waits_for": list(waits_for), "models": list(models), "days": days,
    }  # fmt: skip


def circles(rows):
    return {each["approval"]: each["circle"] for each in measure(rows, {})}


def test_a_circle_names_each_that_waits_in_it_with_what_it_waits_for_there():
    rows = [
        row("a", "b", "x", models=["m1"], days=9),
        row("b", "c"),
        row("c", "a"),
        row("d", "a"),
        row("x", "y"),
    ]

    found = measure(rows, {})

    assert [tuple(each) for each in found] == [GIVES] * 3
    assert found[0] == {
        "approval": "a", "circle": ["a", "b", "c"], "waits_for": ["b"], "models": ["m1"],
        "days": 9,
    }  # fmt: skip
    assert circles(rows) == {name: ["a", "b", "c"] for name in "abc"}


def test_the_larger_circle_comes_first_whatever_the_order_of_the_rows():
    rows = [row("a", "b"), row("b", "a"), row("x", "y"), row("y", "z"), row("z", "x")]

    assert [each["approval"] for each in measure(rows, {})] == ["x", "y", "z", "a", "b"]
    assert measure(rows[::-1], {}) == measure(rows, {})


def test_two_circles_that_share_an_approval_are_one():
    rows = [row("a", "b", "c"), row("b", "a"), row("c", "a")]

    assert circles(rows) == {name: ["a", "b", "c"] for name in "abc"}


def test_a_chain_and_one_that_names_itself_are_no_circle():
    assert measure([row("a", "b"), row("b", "c"), row("d", "d")], {}) == []


def test_a_circle_of_a_hundred_is_found_whole():
    rows = [row(f"a{at:03}", f"a{(at + 1) % 100:03}") for at in range(100)]

    assert len(measure(rows, {})) == 100


NAMES = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(NAMES, NAMES), max_size=20))
def test_it_finds_those_that_can_be_reached_from_themselves_by_another_one(waits):
    ties = {(one, other) for one, other in waits if one != other}
    rows = [row(name, *sorted(b for a, b in ties if a == name)) for name in {a for a, _ in ties}]

    reached = set(ties)
    while more := {(a, d) for a, b in reached for c, d in ties if b == c} - reached:
        reached |= more
    wanted = {
        name: sorted(other for other in "abcdefgh" if {(name, other), (other, name)} <= reached)
        for name, _ in ties
        if (name, name) in reached
    }

    assert circles(rows) == wanted
