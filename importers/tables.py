"""Node and edge tables: `nodes_<Label>.csv` and `rels_<TYPE>.csv`.

The way in for anything: a folder of CSV files (or .csv.gz), or one such file. A node table has
the column `id` and a column a property; a relationship table has `from_label`, `from`,
`to_label`, `to` and a column a property. A blank cell states nothing. A table that is there,
even with a header only, promises that the source says all it knows of that label or
relationship.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.delimited import BadRow, open_table
from ownership_graph.model import LABELS, RELATIONSHIPS, nearest
from ownership_graph.records import Node, Promise, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.importing.delimited import Table
    from ownership_graph.records import Properties, Record

PROVIDES: tuple[str, ...] = ()

_NAME = re.compile(r"(nodes|rels)_(.+?)\.csv(?:\.gz)?$", re.IGNORECASE)
_ENDS = ("from_label", "from", "to_label", "to")
_IGNORED = frozenset({"rejected_at", "rejected_because"})


def read(path: Path, *, encoding: str = "auto", delimiter: str = ",") -> Iterator[Record]:
    """Nodes first, then relationships, each table in the order of its name.

    Args:
        path: The folder of the tables, or one table.
        encoding: utf-8, cp1252 or the like; auto tells UTF-8 from cp1252.
        delimiter: What parts the cells; tab for a tabulator.
    """
    for table, kind, name in _tables(path):
        known = LABELS if kind == "nodes" else RELATIONSHIPS
        if name not in known:
            what = "label" if kind == "nodes" else "relationship"
            yield Rejected(
                table.name,
                1,
                f"there is no {what} {shown(name)}; none of this table's rows was taken."
                f"{nearest(name, known)}",
            )
            continue
        with open_table(table, file=table.name, encoding=encoding, delimiter=delimiter) as found:
            yield Promise(name)
            yield from _nodes(found, name) if kind == "nodes" else _relationships(found, name)


def _tables(path: Path) -> list[tuple[Path, str, str]]:
    """Each table with its kind and the label or relationship that its name says."""
    if not path.exists():
        raise SourceError(
            "reading the tables: there is no such file or folder. Check the path.", file=str(path)
        )
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    found = []
    for file in files:
        match = _NAME.fullmatch(file.name)
        if match:
            _refuse_outside(file, path)
            found.append((file, match[1].lower(), match[2]))
    if not found:
        raise SourceError(
            "reading the tables: there is none here. A table is called nodes_<Label>.csv or"
            " rels_<TYPE>.csv, such as nodes_Model.csv and rels_OWNS.csv; for any other table"
            " use `import table FILE --mapping MAPPING.toml`.",
            file=str(path),
        )
    return sorted(found, key=lambda each: (each[1], each[2]))


def _refuse_outside(file: Path, folder: Path) -> None:
    if folder.is_dir() and folder.resolve() not in file.resolve().parents:
        raise SourceError(
            "reading the tables: this is a link that leads out of the folder. Copy the file.",
            file=file.name,
        )


def _nodes(table: Table, label: str) -> Iterator[Record]:
    table.require(["id"])
    places = dict(table.columns)
    at_id, at_entity = places["id"], places.get("entity")
    kept = [(name, at) for name, at in table.columns if name not in {"id", "entity", *_IGNORED}]
    file = table.file
    for row in table.rows():
        cells = row.cells
        if isinstance(row, BadRow):
            yield _rejected(table, f"nodes_{label}", row)
        elif at_entity is not None and cells[at_entity].strip() != label:
            why = (
                f"the column entity says {shown(cells[at_entity])} in a table of {label}."
                " Move the row to that label's table."
            )
            yield _rejected(table, f"nodes_{label}", BadRow(row.line, why, cells))
        else:
            said: Properties = {name: value for name, at in kept if (value := cells[at])}
            yield Node(label, cells[at_id], said, file, row.line)


def _relationships(table: Table, type_: str) -> Iterator[Record]:
    table.require(_ENDS)
    places = dict(table.columns)
    from_label, from_id, to_label, to_id = (places[name] for name in _ENDS)
    left_out = {*_ENDS, "source", *_IGNORED}
    kept = [(name, at) for name, at in table.columns if name not in left_out]
    file = table.file
    for row in table.rows():
        cells = row.cells
        if isinstance(row, BadRow):
            yield _rejected(table, f"rels_{type_}", row)
            continue
        said: Properties = {name: value for name, at in kept if (value := cells[at])}
        yield Relationship(
            type_, cells[from_label], cells[from_id], cells[to_label], cells[to_id], said,
            file, row.line,
        )  # fmt: skip


def _rejected(table: Table, name: str, row: BadRow) -> Rejected:
    """The row with as many cells as there are, to be mended and imported again."""
    cells = {column: row.cells[at] for column, at in table.columns if at < len(row.cells)}
    return Rejected(table.file, row.line, f"the row {row.why}", name, cells)
