"""Who acts by whose right: each person by one, and no right twice.

A right is somebody's own, or lent by whoever delegated it. That somebody and the deputy are one
voice and no two, so those who are to agree are matched with rights (Kuhn 1955, augmenting paths).
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ownership_graph.assignments.workflow import Voice

Rights: TypeAlias = "Mapping[str, list[str]]"
"""By whose rights each person can act, the own one first."""

REMEMBERED = 4096
"""Sets of voices whose rights are kept: those of a gate are asked about for every model."""


@lru_cache(maxsize=REMEMBERED)
def rights_of(voices: frozenset[Voice]) -> Rights:
    """The rights of each person; those who act by their own come first, by id."""
    found: dict[str, list[str]] = defaultdict(list)
    in_order = ((each.person != each.right, each.person, each.right) for each in voices)
    for _, person, right in sorted(in_order):
        found[person].append(right)
    return dict(found)


@lru_cache(maxsize=REMEMBERED)
def is_plain(voices: frozenset[Voice]) -> bool:
    """Whether everybody acts by the own right alone, so that no two can be in each other's way."""
    return all(each.person == each.right for each in voices)


def matched(rights: Rights, people: Iterable[str]) -> dict[str, str]:
    """As many of the people as can act together, by the right that each of them uses.

    >>> matched({"ann": ["ann"], "ben": ["ann"]}, ["ann", "ben"])
    {'ann': 'ann'}
    >>> matched({"ann": ["ann", "cy"], "ben": ["ann"]}, ["ann", "ben"])
    {'ann': 'ben', 'cy': 'ann'}
    """
    holders: dict[str, str] = {}

    def placed(person: str, tried: set[str]) -> bool:
        for right in rights[person]:
            if right in tried:
                continue
            tried.add(right)
            if right not in holders or placed(holders[right], tried):
                holders[right] = person
                return True
        return False

    for person in people:
        placed(person, set())
    return holders
