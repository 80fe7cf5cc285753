"""Events put in the order of time on disk, where no memory needs to hold them all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from ownership_graph.readers.event_logs.events import Event
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BATCH = 10_000


def in_order(events: Iterable[Event | Rejected]) -> Iterator[Event | Rejected]:
    """The rejections, then the events by their time; those of one time in the order they came."""
    encode = msgspec.msgpack.Encoder().encode
    decode = msgspec.msgpack.Decoder(Event).decode
    with (
        TemporaryDirectory(prefix="ownership-graph-") as folder,
        closing(sqlite3.connect(Path(folder) / "events")) as database,
    ):
        database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
            "CREATE TABLE events (time REAL, number INTEGER PRIMARY KEY, event BLOB);"
        )
        waiting = iter(events)
        while batch := list(islice(waiting, _BATCH)):
            yield from (each for each in batch if isinstance(each, Rejected))
            database.executemany(
                "INSERT INTO events (time, event) VALUES (?, ?)",
                [
                    (each.time.timestamp(), encode(each))
                    for each in batch
                    if isinstance(each, Event)
                ],
            )
        for (event,) in database.execute("SELECT event FROM events ORDER BY time, number"):
            yield decode(event)
