"""Tables in JSON Lines: an object a line, its keys the columns."""

from __future__ import annotations

import io
from contextlib import contextmanager
from itertools import count, repeat
from typing import IO, TYPE_CHECKING, Any, TypeAlias

import msgspec

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.importing.reading.blocks import next_block
from ownership_graph.importing.reading.nested import MOST_COLUMNS, as_text, flat
from ownership_graph.importing.reading.tables import (
    LONGEST_CELL,
    LONGEST_ROW,
    Table,
    fault_in,
    names_in,
)
from ownership_graph.importing.text_files import open_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.importing.reading.tables import Row

MOST_AT_ONCE = 200
"""Keys of the objects that are read in blocks: each is looked for along all of them."""

_Plain: TypeAlias = str | int | float | bool | list[Any] | None
_FAULTS = (msgspec.DecodeError, RecursionError, UnicodeEncodeError)
_decode = msgspec.json.Decoder().decode


@contextmanager
def open_json_lines(path: Path, *, encoding: str, doing: str) -> Iterator[Table]:
    """The table of the objects in the file at `path`: it is read twice, first for all keys.

    Raises:
        SourceError: the file cannot be read (see `open_text`), or no line of it is an object.
    """
    with open_text(path, encoding=encoding, doing=doing) as text:
        keys = _keys(text)
        if not 0 < len(keys) <= MOST_COLUMNS:
            why = (
                f"its objects have more than {MOST_COLUMNS:,} keys. Keys must be what is alike in"
                " all."
                if keys
                else 'no line is a JSON object. JSON Lines has one object a line, as {"id": 1}: of'
                " a list, jq -c '.[]' makes that."
            )
            raise SourceError(f"{doing}: {why}", file=str(path), line=1)
        text.seek(0)
        yield Table(names_in(keys), 1, _rows(text, keys))


def _keys(text: IO[str]) -> dict[str, bool]:
    """All keys of all objects, as they are met, each with whether only texts stand under it."""
    found: dict[str, bool] = {}
    alike = _Alike(found)
    while block := next_block(text, LONGEST_ROW):
        if not alike.holds(block):
            before = found.copy()
            for said in map(_object, _lines(block)):
                if isinstance(said, dict):
                    for name, value in flat(said):
                        found[name] = found.get(name, True) and type(value) is str
            if len(found) > MOST_COLUMNS:
                break
            alike = alike if found == before else _Alike(found)
    return found


class _Alike:
    """Reads blocks in which each line is an object of plain values under keys that are known."""

    def __init__(self, keys: Mapping[str, bool]) -> None:
        """The keys, each with whether only texts stand under it."""
        if len(keys) > MOST_AT_ONCE or any(map(_is_odd, keys)):
            keys = {}  # so that no block is such a one
        self._others = [place for place, only_texts in enumerate(keys.values()) if not only_texts]
        names = {f"_{place}": key for place, key in enumerate(keys)}
        kinds = (str if only_texts else _Plain for only_texts in keys.values())
        fields = [(name, kind, "") for name, kind in zip(names, kinds, strict=True)]
        self._decoder = msgspec.json.Decoder(
            msgspec.defstruct("_Alike", fields, rename=names, forbid_unknown_fields=True, gc=False)
        )

    def holds(self, block: str) -> bool:
        """Whether the block is such a one, but for how it is parted into lines."""
        try:
            self._decoder.decode_lines(block)
        except _FAULTS:
            return False
        return True

    def rows(self, block: str) -> list[list[str]]:
        """The cells of each line, if all can be taken and none is blank; else nothing."""
        block = block.removesuffix("\n")
        if "\r" in block:  # to look for one character is ten times as quick as for two
            block = block.replace("\r\n", "\n")
        has_nul = "\\" in block and "\\u0000" in block
        if has_nul or "\r" in block or len(block) > min(LONGEST_CELL, LONGEST_ROW):
            return []
        try:
            objects = list(map(self._decoder.decode, block.split("\n")))
        except _FAULTS:
            return []
        rows = list(map(list, map(msgspec.structs.astuple, objects)))
        for place in self._others:
            for row in rows:
                row[place] = as_text(row[place])
        return rows if all(map(any, rows)) else []


def _is_odd(key: str) -> bool:
    """Whether no field can be called so."""
    return not key.isprintable() or '"' in key or "\\" in key


def _lines(block: str) -> Iterator[str]:
    """The lines; one that is too long is cut off, and so no JSON."""
    return (line[:LONGEST_ROW] for line in io.StringIO(block, newline=""))


def _object(line: str) -> dict[str, object] | str:
    """The object on the line, or why there is none."""
    if not line.strip():
        return {}
    try:
        said = _decode(line)
    except _FAULTS as error:
        return f"the line is no JSON: {brief(error)}. A line holds one whole object."
    if not isinstance(said, dict):
        return 'the line holds no JSON object. A row is an object, as {"id": 1}.'
    return said


def _rows(text: IO[str], keys: Mapping[str, bool]) -> Iterator[Row]:
    alike, header, number = _Alike(keys), tuple(keys), 1
    while block := next_block(text, LONGEST_ROW):
        if rows := alike.rows(block):
            yield from zip(count(number), rows, repeat(""))
            number += len(rows)
            continue
        for line in _lines(block):
            yield _row(number, line, header)
            number += 1


def _row(number: int, line: str, header: Sequence[str]) -> Row:
    said = _object(line)
    if isinstance(said, str):
        return number, [], said
    value = (said if _is_flat(said) else dict(flat(said))).get
    cells = [each if type(each := value(name)) is str else as_text(each) for name in header]
    return (number, cells, fault_in(cells, header)) if any(cells) else (number, [], "")


def _is_flat(said: dict[str, object]) -> bool:
    return dict not in map(type, said.values())
