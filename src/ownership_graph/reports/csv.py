"""CSV: a row a finding, or the rows of a query as they came."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

import msgspec

from ownership_graph.reports.quoting import cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ownership_graph.deciding import Decisions
    from ownership_graph.findings.answer import Answer, Checked
    from ownership_graph.records import Rows

SUFFIX = ".csv"
COLUMNS = (
    "code", "query", "title", "state", "severity", "rank", "subject", "name", "identity",
    "among", "cause", "actor", "remedy", "evidence",
)  # fmt: skip


def write_checked(checked: Checked, out: TextIO, *, show: int = 0) -> None:
    """A row for each finding; a question that was not assessed, or has none, gets one row."""
    _write(
        COLUMNS, (row for answer in checked.answers for row in _rows(checked, answer, show)), out
    )


def write_decisions(found: Decisions, out: TextIO) -> None:
    """A row for each gate, each change that would free the model, and each other decision."""
    write_rows(found.rows(), out)


def write_rows(rows: Rows, out: TextIO) -> None:
    """The rows as they came."""
    _write(rows.columns, rows.rows, out)


def _write(columns: Iterable[str], rows: Iterable[Iterable[object]], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)


def _rows(checked: Checked, answer: Answer, show: int) -> Iterable[tuple[object, ...]]:
    asked = answer.question
    head = (asked.code, asked.name, asked.title)
    if not answer.findings:
        yield (*head, answer.state, *[""] * 5, answer.among, "", "", "", _why_none(answer))
    for found in answer.findings[: show or None]:
        names = (
            checked.names.get(end, end[1]) for end in zip(found.labels, found.subject, strict=True)
        )
        yield (
            *head, found.state, found.severity, found.rank, list(found.subject), list(names),
            found.identity, answer.among, found.cause, found.actor, asked.remedy,
            msgspec.json.encode(found.row).decode(),
        )  # fmt: skip


def _why_none(answer: Answer) -> str:
    if answer.state == "rollout":
        return f"{answer.recorded} recorded"
    return ", ".join(need.text for need in answer.missing) or answer.reason
