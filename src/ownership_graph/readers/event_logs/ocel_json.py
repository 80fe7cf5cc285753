"""Events out of OCEL 2.0 in JSON, read as a stream."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import ijson

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.importing.text_files import open_chunks
from ownership_graph.readers.event_logs.events import DOING, Batch, OutOfOrderError
from ownership_graph.readers.event_logs.ocel import Reader, Roles, require_model
from ownership_graph.readers.picking import at, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ownership_graph.readers.event_logs.events import Clock

LONGEST_SILENCE = 64 * 1024 * 1024
"""Bytes that may pass without the end of an object or an event: each is whole in memory."""

DEEPEST = 1_000
"""How deep lists and objects may stand in one another."""

_PIECE = 8_192
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


class OcelJson:
    """A log whose events can be read again and again; a line is the number of an event.

    In memory are the objects of the types that matter.
    """

    def __init__(self, path: Path, named: Mapping[str, str], clock: Clock) -> None:
        """`named` says which object types and attributes mean what, where their names do not."""
        self._path, self._named, self._clock = path, named, clock
        self._roles = Roles(named)
        self._types: set[str] = set()
        self._of_object: dict[str, str] = {}

    def events(self) -> Iterator[Batch]:
        """The events of each object of the model's type.

        Raises:
            OutOfOrderError: objects stand behind events; now they are known.
            SourceError: it is no JSON, cut off, or holds an object or event that is too large.
            UsageError: no object type of the log is the model.
        """
        number, late = 0, False
        reader = Reader(self._of_object, self._clock, self._path.name)
        for objects, events in self._entries():
            late = self._learn(objects, late=number > 0) or late
            if not late:
                for line, each in enumerate(events, start=number + 1):
                    self._take(each, line, reader)
                yield reader.batch()
            number += len(events)
        require_model(self._named, self._types)
        if late:
            raise OutOfOrderError

    def _entries(self) -> Iterator[tuple[list[object], list[object]]]:
        """The objects and the events, as far as they are read."""
        objects, events = ijson.sendable_list(), ijson.sendable_list()
        with _told(self._path), open_chunks(self._path, doing=DOING) as chunks:
            readers = [
                ijson.items_coro(target, prefix, use_float=True)
                for target, prefix in ((objects, "objects.item"), (events, "events.item"))
            ]
            silence = _Silence(str(self._path))
            for chunk in chunks:
                for start in range(0, len(chunk), _PIECE):
                    piece, before = chunk[start : start + _PIECE], len(objects) + len(events)
                    for each in readers:
                        each.send(piece)
                    silence.pass_over(piece, ended=len(objects) + len(events) > before)
                yield list(objects), list(events)
                if events and self._types:
                    del readers[:-1]  # the objects stood before the events, and are all known
                objects.clear()
                events.clear()
            for each in readers:
                each.close()

    def _learn(self, objects: list[object], *, late: bool) -> bool:
        """Learn what the objects are; whether one is new that events before it could be about."""
        known = len(self._of_object)
        for each in objects:
            kind = text(each, "type")
            self._types.add(kind)
            if self._roles[kind]:
                self._of_object[str(at(each, "id"))] = self._roles[kind]
        return late and len(self._of_object) > known

    def _take(self, event: object, line: int, reader: Reader) -> None:
        said: dict[str, str] = {}
        for attribute in tables(event, "attributes"):
            role = self._roles[text(attribute, "name")]
            if role and (value := text(attribute, "value")):
                said.setdefault(role, value)
        about = [
            own_id
            for tie in tables(event, "relationships")
            if isinstance(own_id := tie.get("objectId"), str)
        ]
        reader.take(text(event, "type"), text(event, "time"), line, said, about)


class _Silence:
    """What was read since an object or an event ended: how much it is, and how deep it nests."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._bytes = self._open = 0
        self._in_text = False

    def pass_over(self, piece: bytes, *, ended: bool) -> None:
        """Pass over the next bytes, in which an object or an event may have ended.

        Raises:
            SourceError: it is too much, or nests too deep, which takes time without end.
        """
        if ended:
            self._bytes, self._open, self._in_text = 0, 0, False
            return
        self._bytes += len(piece)
        bare = _TEXT.sub(b"", b'"' + piece if self._in_text else piece)
        bare, quote, _ = bare.partition(b'"')
        self._in_text = bool(quote)
        self._open += sum(map(bare.count, (b"[", b"{"))) - sum(map(bare.count, (b"]", b"}")))
        if self._bytes > LONGEST_SILENCE or self._open > DEEPEST:
            raise SourceError(
                f"{DOING}: for {self._bytes:,} bytes no object and no event ended. This is no"
                " event log.",
                file=self._file,
            )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell of a fault of the JSON."""
    try:
        yield
    except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(
            f"{DOING}: the JSON is damaged, or cut off: {brief(error)}. Get it again.",
            file=str(path),
        ) from error
