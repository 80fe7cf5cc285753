"""Events put in the order of time on disk, where no memory needs to hold them all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import msgspec

from ownership_graph.readers.event_logs.events import Batch, Events, Told, by_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BATCH = 1_000
_TIME: Final = 4


def in_order(batches: Iterable[Batch]) -> Iterator[Batch]:
    """The rejections, then the events by their time; those of one time in the order they came."""
    encode = msgspec.msgpack.Encoder().encode
    decode = msgspec.msgpack.Decoder(Told).decode
    with (
        TemporaryDirectory(prefix="ownership-graph-") as folder,
        closing(sqlite3.connect(Path(folder) / "events")) as database,
    ):
        database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
            "CREATE TABLE events (time REAL, number INTEGER PRIMARY KEY, event BLOB);"
        )
        for events, rejected in batches:
            yield Batch(Events(), rejected)
            database.executemany(
                "INSERT INTO events (time, event) VALUES (?, ?)",
                ((each[_TIME].timestamp(), encode(each)) for each in zip(*events, strict=True)),
            )
        found = database.execute("SELECT event FROM events ORDER BY time, number")
        while rows := found.fetchmany(_BATCH):
            yield Batch(by_column([decode(event) for (event,) in rows]))
