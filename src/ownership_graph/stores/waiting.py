"""Waiting for another writer to be done."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeVar

from ownership_graph.errors import StoreLockedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

T = TypeVar("T")

PAUSE = 0.25
"""Seconds between two looks whether the other is done."""


@contextmanager
def patiently(take: Callable[[], AbstractContextManager[T]], wait: float) -> Iterator[T]:
    """What `take` gives, tried again for `wait` seconds while another process has it."""
    with ExitStack() as stack:
        yield _taken(stack, take, time.monotonic() + wait)


def _taken(stack: ExitStack, take: Callable[[], AbstractContextManager[T]], until: float) -> T:
    while True:
        try:
            return stack.enter_context(take())
        except StoreLockedError:
            left = until - time.monotonic()
            if left <= 0:
                raise
            time.sleep(min(PAUSE, left))
