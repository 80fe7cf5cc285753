"""Trends, against what was published, and against trying every order."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations
from math import comb, factorial, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.statistics.trend import slope, trend

FOURTEEN = [
    12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7,
]  # fmt: skip


def test_a_worked_example_with_a_tie():
    """Little (College of the Holy Cross), "A Mann-Kendall Example (By Hand)": S = 54, Z = 2.9058.

    He takes the normal distribution, one-sided: 0.0018. Counted exactly it is 0.0012.
    """
    found = trend(FOURTEEN)
    spread = (14 * 13 * 33 - 2 * 1 * 9) / 18
    z = (found.rises - 1) / sqrt(spread)

    assert found.rises == 54
    assert z == pytest.approx(2.9058, abs=5e-5)
    assert 1 - NormalDist().cdf(z) == pytest.approx(0.0018, abs=5e-5)
    assert found.chance / 2 == pytest.approx(0.0012, abs=5e-5)


@pytest.mark.parametrize(
    ("numbers", "rises", "chance"),
    [
        (4, 4, 0.167), (4, 6, 0.042), (5, 6, 0.117), (5, 8, 0.042), (6, 11, 0.028),
        (7, 13, 0.035), (8, 16, 0.031), (9, 18, 0.038), (10, 19, 0.054), (10, 21, 0.036),
    ],
)  # fmt: skip
def test_the_table_that_is_printed_for_few_numbers(numbers, rises, chance):
    """The upper tail without ties, as printed by Gilbert 1987, table A18."""
    found = trend(order(numbers, falls=(comb(numbers, 2) - rises) // 2))

    assert found.rises == rises
    assert found.chance / 2 == pytest.approx(chance, abs=5e-4)


def order(numbers, *, falls):
    """The numbers from 0 on, in an order in which so many pairs fall."""
    left, found = list(range(numbers)), []
    while left:
        skipped = min(falls, len(left) - 1)
        falls -= skipped
        found.append(left.pop(skipped))
    return found


def test_numbers_that_are_all_the_same_have_no_trend():
    assert (trend([3, 3, 3]).rises, trend([3, 3, 3]).chance) == (0, 1.0)
    assert (trend([]).chance, trend([1]).chance) == (1.0, 1.0)


@given(st.lists(st.integers(0, 3), max_size=6))
def test_chance_is_what_comes_out_when_every_order_is_tried(numbers):
    found = trend(numbers)
    orders = [trend_of(order) for order in permutations(numbers)]

    assert found.rises == trend_of(numbers)
    as_far = sum(abs(each) >= abs(found.rises) for each in orders)
    assert found.chance == pytest.approx(as_far / len(orders))


def trend_of(numbers):
    return sum((one < two) - (one > two) for one, two in combinations(numbers, 2))


@pytest.mark.parametrize("ties", [(1, 1, 1, 1), (2, 1, 1), (2, 2, 2), (3, 2, 1), (4, 2), (5,)])
def test_all_orders_together_spread_as_the_correction_for_ties_says(ties):
    """Kendall 1975: n (n - 1) (2 n + 5) / 18, less the same of each tie."""
    numbers = [each for each, tie in enumerate(ties) for _ in range(tie)]
    orders = Counter(map(trend_of, set(permutations(numbers))))
    spread = sum(each**2 * many for each, many in orders.items()) / orders.total()

    def of(count):
        return count * (count - 1) * (2 * count + 5) / 18

    assert spread == pytest.approx(of(len(numbers)) - sum(map(of, ties)))


def test_sixty_quarters_are_counted_exactly():
    assert trend(range(60)).chance == 2 / factorial(60)
    assert trend([1] * 30 + [2] * 30).chance == 2 / comb(60, 30)


def test_one_outlier_does_not_make_a_slope():
    assert slope([(0, 1), (1, 2), (2, 3), (3, 4), (4, 1_000)]) == 1
