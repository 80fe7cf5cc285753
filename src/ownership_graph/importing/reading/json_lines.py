"""Tables in JSON Lines: an object a line, its keys the columns."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import msgspec

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.importing.reading.nested import MOST_COLUMNS, as_text, flat
from ownership_graph.importing.reading.tables import LONGEST_ROW, Table, fault_in, names_in
from ownership_graph.importing.text_files import open_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.reading.tables import Row

_decode = msgspec.json.Decoder().decode


@contextmanager
def open_json_lines(path: Path, *, encoding: str, doing: str) -> Iterator[Table]:
    """The table of the objects in the file at `path`: it is read twice, first for all keys.

    Raises:
        SourceError: the file cannot be read (see `open_text`), or no line of it is an object.
    """
    with open_text(path, encoding=encoding, doing=doing) as text:
        header = tuple(_keys(text))
    if not header or len(header) > MOST_COLUMNS:
        why = (
            f"its objects have more than {MOST_COLUMNS:,} keys. Keys must be what is alike in all."
            if header
            else 'no line is a JSON object. JSON Lines has one object a line, as {"id": 1}: of a'
            " list, jq -c '.[]' makes that."
        )
        raise SourceError(f"{doing}: {why}", file=str(path), line=1)
    with open_text(path, encoding=encoding, doing=doing) as text:
        yield Table(names_in(header), 1, _rows(text, header))


def _keys(text: IO[str]) -> dict[str, None]:
    """All keys of all objects, in the order in which they are met."""
    found: dict[str, None] = {}
    for _, line in _lines(text):
        said = _object(line)
        if isinstance(said, dict) and not (found.keys() >= said.keys() and _is_flat(said)):
            found.update((name, None) for name, _ in flat(said))
            if len(found) > MOST_COLUMNS:
                break
    return found


def _is_flat(said: dict[str, object]) -> bool:
    return dict not in map(type, said.values())


def _lines(text: IO[str]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; one that is too long is cut off, and so no JSON."""
    number = 0
    while line := text.readline(LONGEST_ROW):
        number += 1
        yield number, line
        while line and not line.endswith(("\n", "\r")):
            line = text.readline(LONGEST_ROW)


def _object(line: str) -> dict[str, object] | str:
    """The object on the line, or why there is none."""
    if not line.strip():
        return {}
    try:
        said = _decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        return f"the line is no JSON: {brief(error)}. A line holds one whole object."
    if not isinstance(said, dict):
        return 'the line holds no JSON object. A row is an object, as {"id": 1}.'
    return said


def _rows(text: IO[str], header: Sequence[str]) -> Iterator[Row]:
    for number, line in _lines(text):
        said = _object(line)
        if isinstance(said, str):
            yield number, [], said
            continue
        value = (said if _is_flat(said) else dict(flat(said))).get
        cells = [each if type(each := value(name)) is str else as_text(each) for name in header]
        if any(cells):
            yield number, cells, fault_in(cells, header)
        else:
            yield number, [], ""
