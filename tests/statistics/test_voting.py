"""Power in bodies that vote, against what was published, and against counting every vote."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.statistics.voting import deciding_votes, power_to_act


def index(votes, needed):
    power = deciding_votes(votes, needed)
    return [each / sum(power) for each in power]


def test_the_council_of_the_first_six():
    """Council of the EEC, 1958: Luxembourg had a vote and no power (Brams and Affuso 1976)."""
    votes = [4, 4, 4, 2, 2, 1]

    assert index(votes, 12) == [Fraction(n, 42) for n in (10, 10, 10, 6, 6, 0)]
    assert power_to_act(votes, 12) == Fraction(14, 64)


def test_the_county_board_of_which_three_had_all_the_power():
    """Nassau County, 1964 (Banzhaf 1965): 115 votes, 58 needed."""
    assert index([31, 31, 28, 21, 2, 2], 58) == [Fraction(1, 3)] * 3 + [0] * 3


def test_the_council_that_five_can_stop():
    """UN Security Council (Felsenthal and Machover 1998): 848 of 32,768 ways to vote decide."""
    votes = [7] * 5 + [1] * 10

    assert power_to_act(votes, 39) == Fraction(848, 32_768)
    assert index(votes, 39) == [Fraction(848, 5_080)] * 5 + [Fraction(84, 5_080)] * 10


def test_a_body_of_two_hundred_is_counted_exactly():
    assert power_to_act([1] * 201, 101) == Fraction(1, 2)
    assert float(deciding_votes([1] * 201, 101)[0]) == pytest.approx(0.0563, abs=5e-5)


def test_nobody_decides_nothing():
    assert power_to_act([], 1) == 0
    assert power_to_act([], 0) == 1
    assert deciding_votes([], 1) == []


BODIES = st.tuples(st.lists(st.integers(0, 5), max_size=7), st.integers(0, 20))


@given(BODIES)
def test_it_is_what_comes_out_when_every_way_to_vote_is_tried(body):
    votes, needed = body
    ways = [
        {place for place, yes in enumerate(way) if yes}
        for way in product((0, 1), repeat=len(votes))
    ]

    def decides(voters):
        return sum(votes[each] for each in voters) >= needed

    assert power_to_act(votes, needed) == Fraction(sum(map(decides, ways)), len(ways))
    assert deciding_votes(votes, needed) == [
        Fraction(
            2 * sum(decides(way) and not decides(way - {voter}) for way in ways if voter in way),
            len(ways),
        )
        for voter in range(len(votes))
    ]
