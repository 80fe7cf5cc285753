"""Python's search for objects that only hold each other, put off while many are made at once."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def not_collected() -> Iterator[None]:
    """Look for no circles of objects meanwhile: rows and what is made of them hold none.

    To look through them again and again took an eighth of a check of a million nodes, and a
    sixth of a page of fifty thousand.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
