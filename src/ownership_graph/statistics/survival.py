"""How long something takes, with what is not done yet kept in (Kaplan and Meier 1958).

An average over what is done forgets the rest, and the rest are those that take longest. Here
whatever still waits counts as long as it has been waiting, and says no more than that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROUNDING = 1e-9
"""A share this close to the one that is asked for is that one."""


@dataclass(frozen=True, slots=True)
class Survival:
    """Which share of all still waits: after `times[i]` it is `shares[i]`, and 1 before the first.

    `last` is the longest time that anything has taken, or waited: beyond it nothing is known.
    """

    times: tuple[float, ...]
    shares: tuple[float, ...]
    last: float

    def share(self, time: float) -> float:
        """The share that waits longer than `time`."""
        place = bisect_right(self.times, time)
        return self.shares[place - 1] if place else 1.0

    def quantile(self, done: float) -> float | None:
        """The shortest time within which that share is done; `None` where so much never was.

        >>> survival([3, 5, 9], [4]).quantile(0.5)
        5
        >>> survival([3], [4, 8, 9]).quantile(0.5) is None
        True
        """
        for time, share in zip(self.times, self.shares, strict=True):
            if share <= 1 - done + _ROUNDING:
                return time
        return None

    def mean(self) -> float:
        """The mean time, as far as it is known: whatever still waits at `last` ends there.

        So it is never too long (restricted mean: the area under the curve up to `last`).

        >>> survival([2, 4], []).mean()
        3.0
        """
        ends = (*self.times, self.last)
        shares = (1.0, *self.shares)
        starts = (0.0, *self.times)
        return sum(
            share * (end - start) for share, start, end in zip(shares, starts, ends, strict=True)
        )


def survival(done: Iterable[float], waiting: Iterable[float] = ()) -> Survival:
    """The product-limit estimate: what is `done` with its time, the rest with its time so far.

    What is done and what still waits after the same time: the latter could have been done later,
    so it counts as waiting then. Cost: n log n.
    """
    ended, kept = Counter(done), Counter(waiting)
    at_risk = ended.total() + kept.total()
    times, shares, share = [], [], 1.0
    for time in sorted(ended | kept):
        if ended[time]:
            share *= 1 - ended[time] / at_risk
            times.append(time)
            shares.append(share)
        at_risk -= ended[time] + kept[time]
    return Survival(tuple(times), tuple(shares), max(ended | kept, default=0.0))
