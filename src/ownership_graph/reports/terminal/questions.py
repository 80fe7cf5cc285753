"""One question at a time: its rows with their evidence, and the first step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ownership_graph.days import ago
from ownership_graph.reports.terminal.grids import INDENT, SEVERITY, grid, name_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.findings.answer import Answer, Checked, Finding
    from ownership_graph.queries.question import Column

FEW_COLUMNS = 3
"""Columns of a question that is asked among others."""


def findings(checked: Checked, answer: Answer, show: int, *, alone: bool) -> Group:
    """The findings of one question; asked alone it shows all it has, ids included."""
    asked = answer.question
    listed = answer.findings[: show or None]
    left = len(answer.findings) - len(listed)
    body: list[Table | Text] = []
    if alone:
        body.append(Text(f"{asked.why}\n", "dim"))
    if listed:
        rows, evidence = _finding_rows(checked, answer, listed, alone=alone)
        columns = [each.name for each in (*asked.subject, *evidence)]
        wide = alone and len(columns) > FEW_COLUMNS
        body.extend(_blocks(columns, rows) if wide else [grid(columns, rows)])
    if left:
        body.append(Text(f"and {left:,} more: ownership-graph check {asked.code}", "dim"))
    if listed:
        body.append(Text.assemble(("First step: ", "green"), asked.remedy))
    if listed and asked.actor.words:
        body.append(Text(f"By: {asked.actor.words}", "dim"))
    padded = (Padding(each, INDENT, expand=False) for each in body)
    return Group(_head(checked, answer), *padded, Text())


def _head(checked: Checked, answer: Answer) -> Text:
    asked = answer.question
    word, colour = "clear", "green"
    if answer.findings:
        word, colour = SEVERITY[max(found.severity for found in answer.findings)]
    count = f"{len(answer.findings):,}"
    if asked.among and answer.among is not None:
        count += f" of {answer.among:,} {asked.among.what}"
    states = [each.state for each in answer.findings if checked.trend]
    changed = [f"{n} {name}" for name in ("new", "came back") if (n := states.count(name))]
    return Text.assemble(
        (f"{word:<8}", f"bold {colour}"),
        "  ",
        (asked.title, "bold"),
        f": {count}",
        (f", {', '.join(changed)}" if changed else "", "bold"),
        *_as_of(checked, answer),
        (f"  {asked.code}", "dim"),
    )


def _as_of(checked: Checked, answer: Answer) -> Iterable[tuple[str, str]]:
    """Up to when it is known, where it rests on a stale source."""
    if answer.as_of is not None:
        yield f"  as of {ago(checked.today - answer.as_of)}", "yellow"


def _finding_rows(
    checked: Checked, answer: Answer, listed: Sequence[Finding], *, alone: bool
) -> tuple[list[list[str]], list[Column]]:
    """The subjects by name with their evidence, and which evidence that is.

    A column that nothing fills is left out; among other questions, so are all but the first.
    """
    subject = answer.question.subject
    evidence = [
        each
        for each in answer.question.columns
        if each not in subject
        and each.name != "severity"
        and any(found.row.get(each.name) not in (None, "", []) for found in listed)
    ]
    if not alone:
        evidence = evidence[: max(0, FEW_COLUMNS - len(subject))]
    rows = [
        [
            *(
                name_of(checked, *end, with_id=alone)
                for end in zip(f.labels, f.subject, strict=True)
            ),
            *(shown(_cell(checked, each, f.row)) for each in evidence),
        ]
        for f in listed
    ]
    return rows, evidence


def _blocks(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[Table | Text]:
    """Each row as a block of its own, a line a column: what is too wide for a table."""
    for first, *others in rows:
        yield Text(first, "bold")
        block = Table.grid(padding=(0, 2, 0, 0))
        for name, value in zip(columns[1:], others, strict=True):
            if value:
                block.add_row(Text(f"  {name.replace('_', ' ')}", "dim"), Text(value))
        yield block


def _cell(checked: Checked, column: Column, row: Mapping[str, object]) -> object:
    """The cell of an evidence column, ids of lists by their names."""
    value = row.get(column.name)
    if column.labels and isinstance(value, list):
        return [
            next((n for label in column.labels if (n := checked.names.get((label, each)))), each)
            for each in value
        ]
    return value


def listing(checked: Checked, answer: Answer, show: int) -> Group:
    """The rows of a listing."""
    asked, rows = answer.question, answer.rows
    listed = rows.dicts()[: show or None] if rows else []
    cells = [
        [
            name_of(checked, each.labels[0], str(row[each.name]), with_id=True)
            if each.labels and not each.many
            else shown(_cell(checked, each, row))
            for each in asked.columns
        ]
        for row in listed
    ]
    total = len(rows.rows) if rows else 0
    head = Text.assemble(
        ("list      ", "bold blue"),
        (asked.title, "bold"),
        f": {total:,}",
        *_as_of(checked, answer),
        (f"  {asked.code}", "dim"),
    )
    body: list[Table | Text] = [grid([each.name for each in asked.columns], cells)]
    if total > len(listed):
        left = total - len(listed)
        body.append(Text(f"and {left:,} more: ownership-graph check {asked.code} --show 0", "dim"))
    return Group(head, *(Padding(each, INDENT, expand=False) for each in body), Text())
