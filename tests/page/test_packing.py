"""Circles side by side."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.page.packing import around, pack, rings

CIRCLES = st.lists(st.floats(20, 200), min_size=1, max_size=25)


@given(CIRCLES, st.randoms(use_true_random=False))
def test_no_two_circles_overlap_and_none_is_lost_far_away(radii, random):
    ties = [{} for _ in radii]
    for _ in radii:
        one, other = random.randrange(len(radii)), random.randrange(len(radii))
        if one != other:
            ties[one][other] = ties[other][one] = random.randint(1, 9)
    spots = pack(radii, ties)
    for one, at in enumerate(spots):
        for other in range(one):
            assert math.dist(at, spots[other]) >= (radii[one] + radii[other]) * 0.999
    reach = max(math.hypot(*at) for at in spots)
    assert reach <= 2 * sum(radii)
    assert spots == pack(radii, ties)


def test_what_is_tied_lies_nearer_than_what_is_not():
    ties = [{} for _ in range(20)]
    ties[3][17] = ties[17][3] = 5
    spots = pack([10.0] * 20, ties)
    assert math.dist(spots[3], spots[17]) == pytest.approx(20)


def test_where_every_gap_is_taken_a_circle_goes_beside_all():
    radii = [300, 5, 5, 1.5, 2, 5, 1.5, 10, 5]
    strong = {(0, 8): 25, (1, 6): 77, (3, 6): 96, (6, 8): 16, (7, 8): 75}
    ties = [{} for _ in radii]
    for (one, other), weight in strong.items():
        ties[one][other] = ties[other][one] = weight
    spots = pack(radii, ties)
    for one, other in itertools.combinations(range(len(radii)), 2):
        assert math.dist(spots[one], spots[other]) >= (radii[one] + radii[other]) * 0.999


def test_a_huge_circle_among_many_small_ones_overlaps_none():
    radii = [5000.0, *(20.0 + each % 7 for each in range(300))]
    ties = [dict.fromkeys(range(1, 301), 1.0), *({0: 1.0} for _ in range(300))]
    spots = pack(radii, ties)
    for one, other in itertools.combinations(range(len(radii)), 2):
        assert math.dist(spots[one], spots[other]) >= (radii[one] + radii[other]) * 0.999


def test_nothing_and_circles_without_a_size_are_packed():
    assert pack([], []) == []
    assert pack([0.0, 0.0, 0.0], [{}, {}, {}]) == [(0.0, 0.0)] * 3


def test_around_holds_all_circles():
    circles = [(0.0, 0.0, 5.0), (20.0, 3.0, 9.0), (-7.0, -30.0, 2.0)]
    x, y, radius = around(circles)
    assert all(math.dist((x, y), (cx, cy)) + r <= radius + 1e-9 for cx, cy, r in circles)


def test_rings_hold_six_twelve_eighteen():
    reach = [round(math.hypot(*at)) for at in rings(37, 0, 10.0)]
    assert [reach.count(10 * ring) for ring in range(4)] == [1, 6, 12, 18]
    assert rings(0, 1, 10.0) == []
