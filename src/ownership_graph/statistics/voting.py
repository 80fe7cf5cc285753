"""How much power a vote has, and how free a body is to act at all.

A body decides where those in favour have together as many votes as it wants. All ways to vote
for or against count alike; they are counted exactly, by how many ways there are to each number of
votes, and not one by one. Cost: voters times votes, and that again for each weight; where all
votes weigh the same, the voters.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def power_to_act(votes: Sequence[int], needed: int) -> Fraction:
    """The share of all ways to vote in which the body decides for what was asked (Coleman 1971).

    The greater, the easier it is to get something decided; a simple majority has a half.

    >>> power_to_act([1, 1, 1], 2), power_to_act([1, 1, 1], 3)
    (Fraction(1, 2), Fraction(1, 8))
    """
    return Fraction(sum(_ways(Counter(votes))[max(needed, 0) :]), 2 ** len(votes))


def deciding_votes(votes: Sequence[int], needed: int) -> list[Fraction]:
    """For each voter, the share of the others' ways to vote in which its vote decides.

    That is Banzhaf's power (Penrose 1946, Banzhaf 1965); divided by the sum, his index.

    >>> deciding_votes([2, 1, 1], 3)
    [Fraction(3, 4), Fraction(1, 4), Fraction(1, 4)]
    """
    voters = Counter(votes)
    by_weight = {weight: _swings(voters - Counter([weight]), weight, needed) for weight in voters}
    return [Fraction(by_weight[weight], 2 ** (len(votes) - 1)) for weight in votes]


def _swings(others: Mapping[int, int], weight: int, needed: int) -> int:
    """In how many ways of the others to vote `weight` more votes are what is lacking."""
    return sum(_ways(others)[max(needed - weight, 0) : max(needed, 0)])


def _ways(voters: Mapping[int, int]) -> list[int]:
    """In how many ways each number of votes, from none to all, comes together.

    `voters` says of each weight how many have it: those who have the same are counted at once.
    """
    ways = [1]
    for weight, many in voters.items():
        more = [0] * (len(ways) + weight * many)
        groups = 1
        for yes in range(many + 1):
            for votes, each in enumerate(ways, yes * weight):
                more[votes] += each * groups
            groups = groups * (many - yes) // (yes + 1)
        ways = more
    return ways
