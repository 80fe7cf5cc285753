"""Spans of days, from the first one to the one before the last; what several cover together."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Span: TypeAlias = tuple[int, int]


def together(spans: Iterable[Span]) -> list[Span]:
    """The days that lie in at least one of them, as spans apart from each other, in order.

    >>> together([(3, 7), (0, 5), (9, 10), (8, 8)])
    [(0, 7), (9, 10)]
    """
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif begin < end:
            found.append((begin, end))
    return found


def length(spans: Iterable[Span]) -> int:
    """How many days they have, each for itself.

    >>> length([(0, 5), (9, 10)])
    6
    """
    return sum(end - begin for begin, end in spans)
