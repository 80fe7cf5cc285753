"""Telling how far an import is, not more often than anybody can see."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PAUSE = 0.1
"""Seconds between two calls within one stage."""

T = TypeVar("T")


def counted(
    stage: str, items: Iterable[T], tell: Callable[[str, int], None] | None
) -> Iterable[T]:
    """The same items, with `tell` called on the way and at the end."""
    return items if tell is None else _telling(stage, items, tell)


def _telling(stage: str, items: Iterable[T], tell: Callable[[str, int], None]) -> Iterator[T]:
    count, due = 0, time.monotonic()
    for item in items:
        if time.monotonic() >= due:
            tell(stage, count)
            due = time.monotonic() + PAUSE
        count += 1
        yield item
    tell(stage, count)
