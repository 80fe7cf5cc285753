"""What can be planted: a function that fills an island, with the code that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING, Literal, TypeAlias

from ownership_graph.organisation.planting.island import Island

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from ownership_graph.organisation.stating import End
    from ownership_graph.records import Node, Relationship

What: TypeAlias = Literal["defect", "near miss"]
Sow: TypeAlias = "Callable[[Island], End | tuple[End, ...]]"
"""Fills an island, and names the subject in the order of the question's columns.

Its docstring says in one sentence why that is a fault, or why it is none.
"""


@dataclass(frozen=True, slots=True)
class Planted:
    """One thing that is known of a generated organisation.

    `subject` holds the ids of the finding in their order, none where it is about the whole. A
    defect must be found; of a near miss nothing may be found under this code: no finding has this
    subject, or begins with it.
    """

    code: str
    what: What
    subject: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Grown:
    """An island that was filled, and what is known of it.

    `second` is what another source states about it; that source sees every live model but those
    in `unseen`.
    """

    facts: list[Node | Relationship]
    second: list[Node | Relationship]
    unseen: list[str]
    known: list[Planted]

    @property
    def of_two_sources(self) -> bool:
        """Whether what is known shows only once the second source was imported, too."""
        return bool(self.second or self.unseen)


@dataclass(frozen=True, slots=True)
class Plot:
    """A function that fills an island, and the code that it is about."""

    code: str
    what: What
    sow: Sow

    @property
    def name(self) -> str:
        """Its name, as it stands in ids."""
        return f"{self.code.casefold()}-{self.sow.__name__.replace('_', '-')}"

    def grow(self, *, today: int, seed: int, copy: int) -> Grown:
        """One copy of the island."""
        island = Island(self.name, today=today, seed=seed, copy=copy)
        sown = self.sow(island)
        why = " ".join(cleandoc(self.sow.__doc__ or "").split())
        known = [Planted(self.code, self.what, _ids(sown), why)]
        known += [Planted(code, "defect", _ids(ends), why) for code, ends in island.found]
        return Grown(island.facts, island.second, island.unseen, known)


NOBODY: End = ("", "")
"""Stands in a subject where the finding leaves a column blank."""


def _ids(sown: End | tuple[End, ...]) -> tuple[str, ...]:
    """The ids of one end or of several."""
    ends = (sown,) if sown and isinstance(sown[0], str) else sown
    return tuple(own_id for _, own_id in ends)


def defect(code: str) -> Callable[[Sow], Plot]:
    """Marks a function that plants a fault."""
    return lambda sow: Plot(code, "defect", sow)


def near_miss(code: str) -> Callable[[Sow], Plot]:
    """Marks a function that plants what only looks like a fault."""
    return lambda sow: Plot(code, "near miss", sow)


def plots_of(theme: ModuleType) -> Iterator[Plot]:
    """All that a theme can plant, in the order of its file."""
    return (each for each in vars(theme).values() if isinstance(each, Plot))
