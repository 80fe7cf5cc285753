"""The made-up organisation as node and edge tables, written as it is made."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from ownership_graph.days import date_of
from ownership_graph.errors import OwnershipGraphError
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

    from ownership_graph.model import Property
    from ownership_graph.records import Relationship, Value, Written

_NODE_KEYS, _EDGE_KEYS = ("id", "entity"), ("from_label", "from", "to_label", "to")
_BUFFER = 1 << 16


def write_tables(records: Iterable[Node | Relationship], folder: Path) -> dict[str, int]:
    """Write `nodes_<Label>.csv` and `rels_<TYPE>.csv` into a folder; how many rows each has.

    The folder is made where it is missing. A row is written as it comes, so that memory does not
    grow with their number; a table has a column for each property of the model, days are ISO
    dates, lists are joined by `;`. The tables appear together when the last row is written, and
    none of them where that fails. Tables of another name that lie there stay.

    Errors: OwnershipGraphError where they cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".tables-") as name:
            part = Path(name)
            with ExitStack() as files:
                rows = _write(records, part, files)
            for each in part.iterdir():
                each.replace(folder / each.name)
    except OSError as error:
        raise OwnershipGraphError(
            f"writing tables into {folder}: {error.strerror}. Name a folder that you may write to,"
            " and that has room."
        ) from error
    return rows


def _write(
    records: Iterable[Node | Relationship], folder: Path, files: ExitStack
) -> dict[str, int]:
    """Write each record into the table of its label or type, which is opened at its first row."""
    tables: dict[str, _Table] = {}
    for each in records:
        kind = each.label if isinstance(each, Node) else each.type
        if (table := tables.get(kind)) is None:
            name = f"{'nodes' if isinstance(each, Node) else 'rels'}_{kind}.csv"
            stream = files.enter_context(
                (folder / name).open("w", _BUFFER, encoding="utf-8", newline="")
            )
            table = tables[kind] = _Table(kind, stream)
        table.add(each)
    return {kind: table.rows for kind, table in tables.items()}


class _Table:
    """One table while it is written."""

    def __init__(self, kind: str, stream: TextIO) -> None:
        """A table that has its header; `kind` is a label or a relationship."""
        node = kind in LABELS
        known = (LABELS if node else RELATIONSHIPS)[kind].properties
        keys = _NODE_KEYS if node else _EDGE_KEYS
        columns = [name for name in known if name not in keys]
        self.rows = 0
        self._cells = {
            name: (place, _cell(known[name])) for place, name in enumerate(columns, len(keys))
        }
        self._blank = [""] * len(columns)
        self._write = csv.writer(stream, lineterminator="\n").writerow
        self._write((*keys, *columns))

    def add(self, each: Node | Relationship) -> None:
        """Write a row."""
        key: tuple[str, ...]
        if isinstance(each, Node):
            key = each.id, each.label
        else:
            key = each.from_label, each.from_id, each.to_label, each.to_id
        row = [*key, *self._blank]
        self._fill(row, each.properties)
        self._write(row)
        self.rows += 1

    def _fill(self, row: list[str], properties: Written) -> None:
        for name, value in properties.items():
            place, cell = self._cells[name]
            row[place] = cell(cast("Value", value))


def _cell(found: Property) -> Callable[[Value], str]:
    """How values of a property are written."""
    match found.kind:
        case "day":
            return _date
        case "list":
            return _joined
        case "bool":
            return _flag
        case _:
            return str


def _date(value: Value) -> str:
    return _iso(value) if isinstance(value, int) else str(value)


@lru_cache(maxsize=65_536)
def _iso(day: int) -> str:
    return date_of(day).isoformat()


def _flag(value: Value) -> str:
    return "true" if value else "false"


def _joined(value: Value) -> str:
    return ";".join(value) if isinstance(value, list) else str(value)
