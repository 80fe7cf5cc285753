"""A share of a few, and between which shares chance leaves the true one (Wilson 1927).

Two of three is no two thirds: the fewer there are, the wider the interval. Wilson's never leaves
the range from 0 to 1, and says something of 0 of n too, where the usual one says "exactly 0".
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from collections.abc import Set as AbstractSet

Name = TypeVar("Name", bound="Hashable")

CONFIDENCE = 0.95


def interval(part: int, whole: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The lowest and the highest share of which `part` of `whole` is no surprise.

    Those are the shares p at which the one that was seen lies exactly `z` standard errors of p
    away, `z` being the quantile of the normal distribution (score interval without correction for
    continuity; Wilson 1927, Journal of the American Statistical Association 22, 209 to 212).
    Of nothing nothing is known: from 0 to 1.

    >>> low, high = interval(2, 3)
    >>> round(low, 2), round(high, 2)
    (0.21, 0.94)
    >>> interval(0, 0)
    (0.0, 1.0)
    """
    if not whole:
        return 0.0, 1.0
    share, z = part / whole, NormalDist().inv_cdf((1 + confidence) / 2)
    spread = z * sqrt(share * (1 - share) / whole + (z / (2 * whole)) ** 2)
    centre, scale = share + z * z / (2 * whole), 1 + z * z / whole
    # At 0 and at all of them the bound is exact; what is reckoned misses it by a rounding.
    low = (centre - spread) / scale if part else 0.0
    high = (centre + spread) / scale if part < whole else 1.0
    return low, high


@dataclass(frozen=True, slots=True)
class Share:
    """How many of one group have what is counted, and which share of all that are not in it.

    `others` is `None` where there are no others.
    """

    part: int
    whole: int
    others: float | None

    @property
    def share(self) -> float:
        """The share that was seen."""
        return self.part / self.whole

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which shares chance leaves the true one."""
        return interval(self.part, self.whole)

    def shown(self) -> dict[str, object]:
        """The share, its bounds and that of the others as columns, in hundredths.

        >>> Share(1, 4, 0.125).shown()
        {'share': 0.25, 'lowest': 0.05, 'highest': 0.7, 'others': 0.12}
        """
        lowest, highest = self.bounds
        return {
            "share": round(self.share, 2),
            "lowest": round(lowest, 2),
            "highest": round(highest, 2),
            "others": None if self.others is None else round(self.others, 2),
        }


def beside_others(
    groups: Mapping[Name, tuple[AbstractSet[str], AbstractSet[str]]],
) -> dict[Name, Share]:
    """For each group, the whole and the part of it that has what is counted, its share.

    Groups may overlap: what is in this group is none of the others, even if it is in theirs too.

    >>> both = {"a": ({"1", "2"}, {"1"}), "b": ({"2", "3"}, {"3"})}
    >>> [(each.share, each.others) for each in beside_others(both).values()]
    [(0.5, 1.0), (0.5, 1.0)]
    """
    whole = set[str]().union(*(members for members, _ in groups.values()))
    part = set[str]().union(*(counted for _, counted in groups.values()))
    return {
        name: Share(
            len(counted),
            len(members),
            (len(part) - len(counted)) / (len(whole) - len(members))
            if len(whole) > len(members)
            else None,
        )
        for name, (members, counted) in groups.items()
    }
