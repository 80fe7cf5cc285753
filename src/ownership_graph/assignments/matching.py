"""Who acts by whose right: each person by one, and no right twice.

A right is somebody's own, or lent by whoever delegated it. That somebody and the deputy are one
voice and no two, so those who are to agree are matched with rights (Kuhn 1955, augmenting paths).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ownership_graph.assignments.workflow import Voice

Rights: TypeAlias = "Mapping[str, list[str]]"
"""By whose rights each person can act, the own one first."""


def rights_of(voices: Iterable[Voice]) -> Rights:
    """The rights of each person, in a stable order."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in sorted(voices, key=lambda voice: (voice.person != voice.right, voice)):
        found[each.person].append(each.right)
    return found


def is_plain(rights: Rights) -> bool:
    """Whether everybody acts by the own right alone, so that no two can be in each other's way."""
    return all(own == [person] for person, own in rights.items())


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
