"""One thing that is set to run, with all the places in which its model may be named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Running:
    """A workload of a cluster, or an endpoint of a serving platform.

    `where` is its namespace, or the platform. `said` tells what stands in each place, as in
    `label:model`. `serves` are the models that the platform itself names, each with its version
    where that is known; empty for what may be anything. `stands_on` are models of others that
    it passes requests on to, each with who sells it. `runs` is false where it is switched off,
    or has failed for good.
    """

    kind: str
    name: str
    where: str
    said: Mapping[str, Sequence[str]]
    serves: tuple[tuple[str, str], ...] = ()
    stands_on: tuple[tuple[str, str], ...] = ()
    runs: bool = True

    @property
    def called(self) -> str:
        """What a person calls it, as in 'Deployment prod/ranker'."""
        return (
            f"{self.kind} {self.where}/{self.name}" if self.where else f"{self.kind} {self.name}"
        )
