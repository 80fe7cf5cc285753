"""Whether numbers rise or fall in their order, and whether chance could do that as well.

The test of Mann (1945) and Kendall (1975) asks of each pair which is greater, the earlier or the
later, and nothing of how much. How often chance alone goes as far is counted exactly, ties and
all, where tables end at ten numbers without ties and the normal distribution only comes near.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from math import comb
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Trend:
    """`rises` are the pairs of which the later is greater, less those of which it is smaller.

    `chance` is the share of all orders of the same numbers in which that goes as far, up or down.
    """

    rises: int
    chance: float


def trend(numbers: Sequence[float]) -> Trend:
    """The test of Mann and Kendall, two-sided and exact. Cost: the cube of the numbers.

    Each order is taken to be as likely as the others: numbers that hang on those before them
    show a trend more often than `chance` says.

    >>> trend([1, 2, 3, 4])
    Trend(rises=6, chance=0.08333333333333333)
    """
    rises = sum((one < two) - (one > two) for one, two in combinations(numbers, 2))
    ways = _by_falls(Counter(numbers).values())
    # In so many pairs the numbers differ; where `falls` of them fall, the others rise.
    pairs = len(ways) - 1
    as_far = sum(way for falls, way in enumerate(ways) if abs(pairs - 2 * falls) >= abs(rises))
    return Trend(rises, as_far / sum(ways))


def slope(points: Iterable[tuple[float, float]]) -> float:
    """By how much two points or more rise in one step: the median over all pairs (Sen 1968).

    >>> slope([(0, 1), (1, 3), (3, 7)])
    2.0
    """
    return median(
        (two - one) / (end - begin) for (begin, one), (end, two) in combinations(points, 2)
    )


def _by_falls(ties: Collection[int]) -> list[int]:
    """In how many different orders each number of pairs falls, from none to all that differ.

    `ties` says of each number how often it is there. It is the Gaussian multinomial: the product
    of all (1 - q^i) up to the count of numbers, divided by that product for each tie (MacMahon
    1913), term by term, for it comes out even.
    """
    count = sum(ties)
    pairs = comb(count, 2) - sum(comb(each, 2) for each in ties)
    ways = [1, *[0] * pairs]
    for size in range(1, count + 1):
        for falls in range(pairs, size - 1, -1):
            ways[falls] -= ways[falls - size]
    for tie in ties:
        for size in range(1, tie + 1):
            for falls in range(size, pairs + 1):
                ways[falls] += ways[falls - size]
    return ways
