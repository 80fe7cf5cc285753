"""Approvals in a table of our own: who was asked at which gate, for which model, and the answer.

Columns: model, version, gate, step, after, decider, decider_type, rule, requested_by,
requested_at, assigned_at, decided_at, result, forum, due_at, valid_until, cites. Only model,
gate and result must be there. Also understood: id, name, round, days_with_requester, conditions.
Other columns are passed over.

A row is what one decider was asked, and said. Rows with the same model, version, gate, step and
day of the request are one request (or those with the same id, where there is such a column).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import Table, open_table, require_columns
from ownership_graph.importing.recognising import Found
from ownership_graph.importing.values import near
from ownership_graph.readers.approvals.requests import EVENTS, Request, stated
from ownership_graph.readers.approvals.rows import COLUMNS, NEEDED, Reading, Row, requests_in
from ownership_graph.records import Promise, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.records import Record

PROVIDES = EVENTS
MODE = "events"

_DOING = "reading the approvals"
_PROMISED = {
    "DECIDED_BY": ("decider", "forum"),
    "REQUESTED_BY": ("requested_by",),
    "AFTER": ("after",),
    "CITES": ("cites",),
}


def inputs(path: Path, **_: object) -> tuple[Path, ...]:
    """The files that are all that `read` looks at."""
    return (path,)


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each table with these columns."""
    for file in surroundings.tables():
        header = surroundings.header(file)
        if set(NEEDED).issubset(map(_folded, header.columns)):
            yield Found(file, "a table of approvals", header.options)


def read(
    path: Path,
    *,
    dates: tuple[str, ...] = (),
    prefix: str = "approval:",
    encoding: str = "auto",
    delimiter: str = ",",
    sheet: str = "",
) -> Iterator[Record]:
    """The requests of the table, each an Approval with its relationships.

    Args:
        path: The table: CSV, Excel, Parquet or JSON Lines.
        dates: How days are written besides 2026-03-01, as %d.%m.%Y; several are tried in turn.
        prefix: What the ids of the approvals begin with.
        encoding: Its encoding, such as utf-8 or cp1252; auto tells UTF-8, UTF-16 and cp1252.
        delimiter: What parts its columns: one character, or comma, semicolon, tab, pipe.
        sheet: The sheet of a workbook; else the one with most of the columns.
    """
    rows: list[Row] = []
    with open_table(
        path, encoding=encoding, delimiter=delimiter, sheet=sheet, known=_known, doing=_DOING
    ) as table:
        columns = _columns(table, str(path))
        for row in _rows(table, columns, path.name):
            if isinstance(row, Row):
                rows.append(row)
            else:
                yield row
    for need, sources in _PROMISED.items():
        if not set(columns).isdisjoint(sources):
            yield Promise(need)
    for found in requests_in(rows, Reading(path.name, dates, prefix)):
        yield from stated(found) if isinstance(found, Request) else (found,)


def _folded(name: str) -> str:
    return name.casefold().replace(" ", "_").replace("-", "_")


def _known(header: Sequence[str]) -> int:
    return len(set(COLUMNS).intersection(map(_folded, header)))


def _columns(table: Table, file: str) -> tuple[str, ...]:
    """The names of the columns as they are known here; what is almost one of them is refused."""
    named = replace(table, header=tuple(map(_folded, table.header)))
    used = replace(named, header=tuple(each for each in named.header if each in COLUMNS))
    missing = [each for each in COLUMNS if each not in named.header]
    for name in named.header:
        hint = near(name, missing)
        if name not in COLUMNS and hint:
            raise SourceError(
                f"{_DOING}: the column {shown(name)} is not known.{hint} Rename it.",
                file=file,
                line=table.header_line,
            )
    require_columns(used, NEEDED, file=file, doing=_DOING)
    return named.header


def _rows(table: Table, columns: Sequence[str], file: str) -> Iterator[Row | Rejected]:
    places = [(place, name) for place, name in enumerate(columns) if name in COLUMNS]
    for line, cells, why in table.rows:
        if why:
            yield Rejected(file, line, why)
        elif cells:
            said = {name: cell for place, name in places if (cell := cells[place].strip())}
            row = Row(line, said)
            blank = next((each for each in ("model", "gate") if not row[each]), "")
            if blank:
                yield Rejected(file, line, f"the column '{blank}' is blank. Fill it in.")
            else:
                yield row
