"""What is drawn by chance while an organisation grows, in the shapes of large ones."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

Drawn = TypeVar("Drawn")
_SPREAD = 0.7
"""The standard deviation of the logarithm of a wait: one of twenty takes three medians."""


class Draw:
    """Chance for one part: what is drawn for another does not change it."""

    def __init__(self, seed: int, topic: str) -> None:
        """The same seed and topic give the same draws in the same order."""
        self._random = Random(f"{seed}:{topic}")  # noqa: S311 -- made-up data, no secret
        self.share = self._random.random
        """A number from 0 to 1."""

    def chance(self, share: float) -> bool:
        """Whether it is so, in that share of all cases."""
        return self.share() < share

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, each as likely as the others."""
        return low + int((high - low + 1) * self.share())

    def one_of(self, choices: Sequence[Drawn]) -> Drawn:
        """One of them, each as likely as the others."""
        return choices[int(len(choices) * self.share())]

    def shared_out(self, choices: Sequence[tuple[Drawn, float]]) -> Drawn:
        """One of them; the number beside each is its share and those of all before it."""
        drawn = self.share()
        return next(choice for choice, up_to in choices if drawn < up_to)

    def zipf(self, count: int) -> int:
        """A number below `count`; the one of rank r comes as often as 1 / r (Zipf 1949)."""
        return int((count + 1) ** self.share()) - 1

    def early(self, count: int, tail: float) -> int:
        """A number below `count`; one of rank r comes as often as r to the power 1 / tail - 1.

        Drawn for one thing after the other, the numbers of times that each comes follow a power
        law of exponent 1 + tail / (tail - 1).
        """
        return int(count * self.share() ** tail)

    def wait(self, median: float) -> int:
        """Days until something happens, one at least: lognormal, so that few take very long."""
        return 1 + int(median * self._random.lognormvariate(0, _SPREAD))

    def age(self, mean: float) -> int:
        """Days since something happened, one at least: exponential."""
        return 1 + int(mean * self._random.expovariate(1))
