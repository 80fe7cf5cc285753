"""A progress line for people: on a terminal only, on stderr, gone when the work is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ownership_graph.cli import logs


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int], None] | None]:
    """A function that shows a stage and a count; `None` where nobody is looking."""
    if logs.as_json() or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 -- only where used

    console = Console(stderr=True)
    with console.status("Starting …") as status:
        yield lambda stage, count: status.update(f"{stage}: {count:,}")
