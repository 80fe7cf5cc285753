"""A run begun: after all others, and those that it finds broken off."""

from __future__ import annotations

import importlib.metadata
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.records import ImportRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from ownership_graph.records import RunKind


def timestamp(now: datetime, seconds: float = 0) -> str:
    """That time, and so many seconds later, as ISO 8601 in UTC.

    >>> from datetime import UTC, datetime
    >>> timestamp(datetime(2026, 11, 23, tzinfo=UTC), 1.5)
    '2026-11-23T00:00:01Z'
    """
    later = now + timedelta(seconds=seconds)
    return later.isoformat(timespec="seconds").replace("+00:00", "Z")


def new_run(
    runs: Sequence[ImportRun],
    source: str,
    importer: str,
    now: datetime,
    kind: RunKind = "import",
) -> ImportRun:
    """A run that comes after all others."""
    seq = max((each.seq for each in runs), default=0) + 1
    return ImportRun(
        id=f"{source}#{seq}",
        seq=seq,
        source=source,
        importer=importer,
        started=timestamp(now),
        kind=kind,
        version=importlib.metadata.version("ownership-graph"),
    )


def broken_off(runs: Iterable[ImportRun], by: ImportRun) -> tuple[ImportRun, ...]:
    """Those of the runs that were broken off while they wrote, told of as failed by another."""
    why = f"it was broken off while it wrote; {by.id} came after it"
    return tuple(
        replace(each, state="failed", why=why)
        for each in runs
        if each.state == "applying" and each.id != by.id
    )
