"""Events out of OCEL 2.0 in JSON, read as a stream."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import ijson
import msgspec

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.importing.text_files import open_chunks
from ownership_graph.readers.event_logs.events import DOING
from ownership_graph.readers.event_logs.ocel import Reader, Roles, require_model
from ownership_graph.readers.picking import tables, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ownership_graph.readers.event_logs.events import Batch, Clock

LONGEST_SILENCE = 64 * 1024 * 1024
"""Bytes that may pass without the end of an object or an event: each is whole in memory."""

DEEPEST = 1_000
"""How deep lists and objects may stand in one another."""

_PIECE = 8_192
_AT_ONCE = 16_384
_BATCH = 1_000
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


def events_in_ocel_json(path: Path, named: Mapping[str, str], clock: Clock) -> Iterator[Batch]:
    """The events of each object of the model's type; a line is the number of an event.

    The file is read twice, first for its objects, as far as it has to be. In memory are those of
    the types that matter.

    Raises:
        SourceError: it is no JSON, cut off, or holds an object or event that is too large.
        UsageError: no object type of the log is the model.
    """
    roles = Roles(named)
    types: set[str] = set()
    known: dict[str, str] = {}
    with _opened(path) as pieces:
        for own_id, kind in _objects(pieces):
            types.add(kind)
            if roles[kind]:
                known[own_id] = roles[kind]
        looked_at = pieces.taken
    require_model(named, types)
    reader, number, given = Reader(known, clock, path.name), 0, 0
    with _opened(path, looked_at) as pieces:
        for found in _together(pieces):
            for event in _shaped(found):
                number += 1
                _take(event, number, roles, reader)
            if number - given >= _BATCH:
                yield reader.batch()
                given = number
    yield reader.batch()


def _objects(pieces: _Pieces) -> Iterator[tuple[str, str]]:
    """The id and the type of each object, until events begin behind them."""
    said: dict[str, object] = {}
    met = False
    for place in ijson.parse(pieces, use_float=True, buf_size=_PIECE):
        match place:
            case ("objects.item.id" | "objects.item.type") as key, _, value:
                said[key] = value
            case "objects.item", "end_map", _:
                yield str(said.get("objects.item.id")), text(said.get("objects.item.type"))
                said.clear()
                pieces.ended = met = True
            case "events.item", "end_map", _:
                pieces.ended = True
            case "events", "start_array", _ if met:
                return


class _Attribute(msgspec.Struct, gc=False):
    name: str = ""
    value: Any = None


class _Tie(msgspec.Struct, gc=False):
    objectId: str  # noqa: N815 -- as the standard calls it


class _Event(msgspec.Struct, gc=False):
    """An event as the standard has it; what else is said of it is passed over."""

    type: str = ""
    time: str = ""
    attributes: list[_Attribute] = []
    relationships: list[_Tie] = []


def _together(pieces: _Pieces) -> Iterator[list[object]]:
    """The events, as many at once as lie in so many bytes: each can be as large as any.

    Where many are kept, Python looks through them for what may be thrown away, again and again.
    """
    found: list[object] = []
    until = _AT_ONCE
    for event in ijson.items(pieces, "events.item", use_float=True, buf_size=_PIECE):
        pieces.ended = True
        found.append(event)
        if pieces.taken >= until:
            yield found
            found, until = [], pieces.taken + _AT_ONCE
    yield found


def _shaped(found: list[object]) -> list[_Event]:
    """The events: all at once where each is as the standard has it, else what there is of each."""
    try:
        return msgspec.convert(found, list[_Event])
    except (msgspec.ValidationError, RecursionError):
        return list(map(_made_of, found))


def _made_of(found: object) -> _Event:
    ids = [tie.get("objectId") for tie in tables(found, "relationships")]
    return _Event(
        text(found, "type"),
        text(found, "time"),
        [
            _Attribute(text(each, "name"), each.get("value"))
            for each in tables(found, "attributes")
        ],
        [_Tie(each) for each in ids if isinstance(each, str)],
    )


def _take(event: _Event, number: int, roles: Roles, reader: Reader) -> None:
    said: dict[str, str] = {}
    for attribute in event.attributes:
        role = roles[attribute.name.strip()]
        if role and (value := text(attribute.value)):
            said.setdefault(role, value)
    about = [tie.objectId for tie in event.relationships]
    reader.take_all(event.type.strip(), event.time.strip(), number, said, about)


class _Pieces:
    """The bytes of a log in pieces, as long as what is read of them comes to an end now and then.

    Who reads says when an object or an event has `ended`. What lies before `looked_at` was read
    before.
    """

    def __init__(self, chunks: Iterable[bytes], file: str, looked_at: int) -> None:
        self.ended = False
        self.taken = 0
        self._pieces = (
            chunk[start : start + _PIECE]
            for chunk in chunks
            for start in range(0, len(chunk), _PIECE)
        )
        self._last = b""
        self._silence = _Silence(file)
        self._looked_at = looked_at

    def read(self, size: int) -> bytes:
        """The next bytes; none where none are wanted."""
        if not size:
            return b""
        known = self.taken <= self._looked_at
        self._silence.pass_over(self._last, ended=self.ended or known)
        self.ended = False
        self._last = next(self._pieces, b"")
        self.taken += len(self._last)
        return self._last


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
def _opened(path: Path, looked_at: int = 0) -> Iterator[_Pieces]:
    """The bytes of the file; a fault of the JSON is told."""
    try:
        with open_chunks(path, doing=DOING) as chunks:
            yield _Pieces(chunks, str(path), looked_at)
    except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(
            f"{DOING}: the JSON is damaged, or cut off: {brief(_why(error))}. Get it again.",
            file=str(path),
        ) from error


def _why(error: Exception) -> str:
    """What the parser says, without the drawing below it of where it stopped."""
    told = error.args[0] if len(error.args) == 1 else error
    text = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
    return text.partition("\n")[0]
