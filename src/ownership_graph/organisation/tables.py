"""The made-up organisation as node and edge tables, the same bytes for the same facts."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TYPE_CHECKING

from ownership_graph.days import date_of
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.model import Property
    from ownership_graph.records import Relationship, Value


def write_tables(records: Iterable[Node | Relationship], folder: Path) -> None:
    """Write `nodes_<Label>.csv` and `rels_<TYPE>.csv` into a folder, which is made.

    Rows are sorted, columns are those that hold something, days are ISO dates, lists are
    joined by `;`. Tables of another name that lie there stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    nodes: dict[str, list[tuple[tuple[str, ...], Mapping[str, Value]]]] = {}
    ties: dict[str, list[tuple[tuple[str, ...], Mapping[str, Value]]]] = {}
    for each in records:
        if isinstance(each, Node):
            nodes.setdefault(each.label, []).append(((each.id, each.label), each.properties))
        else:
            ends = each.from_label, each.from_id, each.to_label, each.to_id
            ties.setdefault(each.type, []).append((ends, each.properties))
    for label, rows in nodes.items():
        known = LABELS[label].properties
        _write(folder / f"nodes_{label}.csv", ("id", "entity"), known, rows)
    for type_, rows in ties.items():
        known, ends = RELATIONSHIPS[type_].properties, ("from_label", "from", "to_label", "to")
        _write(folder / f"rels_{type_}.csv", ends, known, rows)


def _write(
    file: Path,
    ends: Sequence[str],
    known: Mapping[str, Property],
    rows: list[tuple[tuple[str, ...], Mapping[str, Value]]],
) -> None:
    used = {name for _, properties in rows for name in properties}
    columns = {name: _cell(each) for name, each in known.items() if name in used}
    written = sorted(
        (*key, *("" if (value := held.get(name)) is None else cell(value)
                 for name, cell in columns.items()))
        for key, held in rows
    )  # fmt: skip
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow((*ends, *columns))
        writer.writerows(written)


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
