"""Planted faults, and near misses that must not be found: for each code what is known of both.

A module is a theme; in it, a function is an island: the smallest set of facts that holds one
fault, with ids of its own, so that islands do not disturb each other. The first copy of an island
lies as near to its threshold as can be, others anywhere beyond. What is about the whole cannot
stand beside others: it has an organisation of its own, in `alone`. What two sources say
differently shows where the second is imported, too.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from ownership_graph.organisation.planting import (
    control,
    criteria,
    decisions,
    gates,
    ground,
    ownership,
    paths,
    rewards,
    rights,
    sources,
    standing,
    waiting,
    whole,
)
from ownership_graph.organisation.planting.plots import Grown, Planted, Plot, plots_of
from ownership_graph.organisation.shape import Shape
from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ownership_graph.records import Relationship

__all__ = ["ALONE", "CODES", "PLOTS", "Grown", "Planted", "Plot", "alone", "copies", "islands"]

_THEMES = (
    ownership, gates, waiting, criteria, rewards, paths, control, decisions, rights, standing,
    sources,
)  # fmt: skip
_SHARE = 10
"""One node in so many, or one AI system, belongs to an island."""

PLOTS = tuple(plot for theme in _THEMES for plot in plots_of(theme))
"""All that can be planted beside each other."""

ALONE = tuple(plots_of(whole))
"""What can be planted only by itself."""

CODES = tuple(sorted({plot.code for plot in (*PLOTS, *ALONE)}))
"""The questions for which something can be planted."""


def copies(size: int | Shape, codes: Collection[str] = ()) -> int:
    """How many copies of each island an organisation of that size has room for.

    None where one of each would be more than half of it, else a tenth of its nodes, and at least
    one. Of a `Shape` the AI systems count, and not the nodes.
    """
    nodes = _one_of_each(frozenset(codes))
    if isinstance(size, Shape):
        room, each = size.systems, nodes["Model"]
    else:
        room, each = size, nodes.total()
    return max(room // (_SHARE * max(each, 1)), 1) if room >= 2 * each else 0


def islands(
    *, today: int, seed: int, defects: int, codes: Collection[str] = ()
) -> Iterator[Grown]:
    """The ground, and so many copies of each island, or only of those for some codes."""
    if defects:
        yield Grown([*ground.facts()], [], [], [])
    for copy in range(1, defects + 1):
        for plot in PLOTS:
            if not codes or plot.code in codes:
                yield plot.grow(today=today, seed=seed, copy=copy)


def alone(
    *, today: int, seed: int = 7, codes: Collection[str] = ()
) -> Iterator[tuple[str, list[Node | Relationship], list[Planted]]]:
    """For each island about the whole its name, an organisation of its own, and what is known."""
    for plot in ALONE:
        if not codes or plot.code in codes:
            grown = plot.grow(today=today, seed=seed, copy=1)
            yield plot.name, [*ground.facts(), *grown.facts], grown.known


@cache
def _one_of_each(codes: frozenset[str]) -> Counter[str]:
    """The nodes of one copy of each island, by label."""
    return Counter(
        each.label
        for grown in islands(today=20_000, seed=0, defects=1, codes=codes)
        for each in grown.facts
        if isinstance(each, Node)
    )
