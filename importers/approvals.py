"""Approvals in a table of our own: who was asked at which gate, for which model, and the answer.

Columns: model, version, gate, step, after, decider, decider_type, rule, requested_by,
requested_at, assigned_at, decided_at, result, forum, due_at, valid_until, cites. Only model,
gate and result must be there. Also understood: id, name, round, days_with_requester, conditions.
Other columns are passed over. Columns and results are also known by other usual names, such as
approver, decision date, yes; --columns and --results say what yours mean.

A row is what one decider was asked, and said. Rows with the same model, version, gate, step and
day of the request are one request (or those with the same id, where there is such a column).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ownership_graph.importing.reading import Table, open_table, require_columns
from ownership_graph.importing.recognising import Found
from ownership_graph.readers.approvals.columns import columns_in, is_approvals, require
from ownership_graph.readers.approvals.columns import results as meanings
from ownership_graph.readers.approvals.requests import EVENTS, Request, stated
from ownership_graph.readers.approvals.rows import COLUMNS, Reading, Row, requests_in
from ownership_graph.readers.pairs import pairs
from ownership_graph.records import Promise, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
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
        if is_approvals(header.columns):
            yield Found(file, "a table of approvals", header.options)


def read(  # noqa: PLR0913 -- an option is an argument
    path: Path,
    *,
    dates: tuple[str, ...] = (),
    columns: tuple[str, ...] = (),
    results: tuple[str, ...] = (),
    prefix: str = "approval:",
    encoding: str = "auto",
    delimiter: str = ",",
    sheet: str = "",
) -> Iterator[Record]:
    """The requests of the table, each an Approval with its relationships.

    Args:
        path: The table: CSV, Excel, Parquet or JSON Lines.
        dates: How days are written besides 2026-03-01, as %d.%m.%Y; several are tried in turn.
        columns: What a column of yours is here, as Approver=decider; may be given several times.
        results: What a word for a result means, as genehmigt=approved; may be given several times.
        prefix: What the ids of the approvals begin with.
        encoding: Its encoding, such as utf-8 or cp1252; auto tells UTF-8, UTF-16 and cp1252.
        delimiter: What parts its columns: one character, or comma, semicolon, tab, pipe.
        sheet: The sheet of a workbook; else the one with most of the columns.
    """
    told, said = pairs("columns", columns), meanings(pairs("results", results))
    rows: list[Row] = []
    with open_table(
        path, encoding=encoding, delimiter=delimiter, sheet=sheet, known=_known, doing=_DOING
    ) as table:
        names = _names(table, told, str(path))
        for row in _rows(table, names, path.name):
            if isinstance(row, Row):
                rows.append(row)
            else:
                yield row
    for need, sources in _PROMISED.items():
        if not set(names).isdisjoint(sources):
            yield Promise(need)
    for found in requests_in(rows, Reading(path.name, dates, prefix, said)):
        yield from stated(found) if isinstance(found, Request) else (found,)


def _known(header: Sequence[str]) -> int:
    return len(set(COLUMNS).intersection(columns_in(header, {})))


def _names(table: Table, told: Mapping[str, str], file: str) -> tuple[str, ...]:
    """The columns by our names; what is almost one of them, or missing, is refused."""
    names = columns_in(table.header, told)
    require(table.header, names, file=file, line=table.header_line, doing=_DOING)
    used = replace(table, header=tuple(each for each in names if each in COLUMNS))
    require_columns(used, (), file=file, doing=_DOING)  # none of them twice
    return names


def _rows(table: Table, names: Sequence[str], file: str) -> Iterator[Row | Rejected]:
    places = [(place, name) for place, name in enumerate(names) if name in COLUMNS]
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
