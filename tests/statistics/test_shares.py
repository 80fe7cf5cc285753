"""Wilson's interval, against published figures and against what it is by definition."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.statistics.shares import beside_others, interval

COUNTS = st.integers(1, 2_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_examples_of_newcombe(part, whole, low, high):
    """Newcombe 1998, Statistics in Medicine 17, 857 to 872: table I, method 3."""
    assert [round(each, 4) for each in interval(part, whole)] == [low, high]


@given(COUNTS)
def test_at_each_bound_what_was_seen_is_just_no_surprise(counts):
    part, whole = counts
    share = part / whole

    for bound in interval(part, whole):
        if 0 < bound < 1:
            away = abs(share - bound) / sqrt(bound * (1 - bound) / whole)
            assert away == pytest.approx(1.959964, abs=1e-4)


@given(COUNTS)
def test_what_was_seen_lies_within_and_the_rest_is_its_mirror(counts):
    part, whole = counts
    low, high = interval(part, whole)

    assert 0 <= low <= part / whole <= high <= 1
    assert (low == 0) == (part == 0)
    assert (high == 1) == (part == whole)
    assert interval(whole - part, whole) == pytest.approx((1 - high, 1 - low))


@given(COUNTS, st.integers(2, 20))
def test_more_of_the_same_says_more(counts, times):
    part, whole = counts
    low, high = interval(part, whole)
    closer_low, closer_high = interval(part * times, whole * times)

    assert closer_high - closer_low < high - low


def test_to_be_surer_takes_a_wider_one():
    low, high = interval(5, 20)
    wider_low, wider_high = interval(5, 20, 0.99)

    assert wider_low < low
    assert high < wider_high


def test_of_nothing_nothing_is_known():
    assert interval(0, 0) == (0.0, 1.0)


def group(members, part=()):
    return set(members), set(part)


def test_each_group_stands_beside_what_is_not_in_it():
    found = beside_others({"a": group("12", "1"), "b": group("23", "3"), "c": group("4")})

    assert {name: (each.part, each.whole, each.others) for name, each in found.items()} == {
        "a": (1, 2, 1 / 2),
        "b": (1, 2, 1 / 2),
        "c": (0, 1, 2 / 3),
    }
    assert found["a"].share == 1 / 2
    assert found["a"].bounds == interval(1, 2)


def test_whoever_has_everything_has_no_others():
    found = beside_others({"a": group("123", "1"), "b": group("1", "1")})

    assert found["a"].others is None
    assert found["b"].others == 0
    assert beside_others({}) == {}


MEMBERS = st.sets(st.sampled_from("abcdefgh"), min_size=1)


@given(st.lists(MEMBERS, min_size=1, max_size=5), MEMBERS)
def test_the_others_are_counted_one_by_one(wholes, part):
    found = beside_others({at: (whole, whole & part) for at, whole in enumerate(wholes)})

    for at, whole in enumerate(wholes):
        rest = set().union(*wholes) - whole
        assert found[at].others == (len(rest & part) / len(rest) if rest else None)
