"""Tables for people at a terminal: the worst first, each with its reason and its first step."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ownership_graph.days import ago, date_of
from ownership_graph.reports.quoting import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.findings.answer import Answer, Checked, Finding, Trend
    from ownership_graph.queries.question import Column
    from ownership_graph.records import Rows

SUFFIX = ".txt"
SEVERITY = {
    1: ("low", "cyan"),
    2: ("medium", "yellow"),
    3: ("medium", "yellow"),
    4: ("high", "red"),
}
NARROWEST = 60
FEW_COLUMNS = 3
"""Columns of a question that is asked among others."""

_INDENT = (0, 0, 0, 10)


def write_checked(checked: Checked, out: TextIO, *, show: int = 3) -> None:
    """The findings by rank, then what could not be assessed and why.

    Of many questions each shows its first columns only, and listings are left out; a question
    asked alone shows all it has, ids included.
    """
    console = _console(out)
    alone = len(checked.answers) == 1
    found = [each for each in checked.answers if each.findings or (alone and _is_clear(each))]
    for answer in sorted(found, key=lambda each: min((f.rank for f in each.findings), default=0)):
        console.print(_findings(checked, answer, show, alone=alone))
    for answer in checked.answers:
        if alone and answer.question.severity is None and answer.rows:
            console.print(_listing(checked, answer, show))
    _print_unanswered(console, checked)
    if checked.stale:
        console.print(_stale(checked))
    console.print(_summary(checked))


def _is_clear(answer: Answer) -> bool:
    return answer.question.severity is not None and answer.state == "assessed"


def write_rows(rows: Rows, out: TextIO, *, show: int = 0) -> None:
    """The rows as a table."""
    console = _console(out)
    listed = rows.rows[: show or None]
    console.print(_grid(rows.columns, [[shown(value) for value in row] for row in listed]))
    left = len(rows.rows) - len(listed)
    more = " (the limit; there are more)" if rows.cut else ""
    tail = f", {left} more not shown" if left else ""
    console.print(Text(f"{len(rows.rows):,} {_plural('row', len(rows.rows))}{more}{tail}", "dim"))


def shown(value: object) -> str:
    """A value in a cell: blank for none, lists with commas, nothing that steers a terminal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3g}" if abs(value) < 1 else f"{value:,.1f}"
    if isinstance(value, list | tuple):
        return printable(", ".join(shown(each) for each in value))
    return printable(str(value))


def _console(out: TextIO) -> Console:
    console = Console(file=out, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = 110
    console.width = max(console.width, NARROWEST)
    return console


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"


def _grid(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> Table:
    columns = tuple(columns)
    table = Table(
        box=None,
        pad_edge=False,
        header_style="dim",
        padding=(0, 2, 0, 0),
        show_header=any(columns),
    )
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    return table


def _findings(checked: Checked, answer: Answer, show: int, *, alone: bool) -> Group:
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
        body.extend(_blocks(columns, rows) if wide else [_grid(columns, rows)])
    if left:
        body.append(Text(f"and {left:,} more: ownership-graph check {asked.code}", "dim"))
    if listed:
        body.append(Text.assemble(("First step: ", "green"), asked.remedy))
    if listed and asked.actor.words:
        body.append(Text(f"By: {asked.actor.words}", "dim"))
    padded = (Padding(each, _INDENT, expand=False) for each in body)
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
                _named(checked, *end, with_id=alone)
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


def _named(checked: Checked, label: str, own_id: str, *, with_id: bool) -> str:
    name = checked.names.get((label, own_id), own_id)
    return printable(f"{name} ({own_id})" if with_id and name != own_id else name)


def _cell(checked: Checked, column: Column, row: Mapping[str, object]) -> object:
    """The cell of an evidence column, ids of lists by their names."""
    value = row.get(column.name)
    if column.labels and isinstance(value, list):
        return [
            next((n for label in column.labels if (n := checked.names.get((label, each)))), each)
            for each in value
        ]
    return value


def _listing(checked: Checked, answer: Answer, show: int) -> Group:
    asked, rows = answer.question, answer.rows
    listed = rows.dicts()[: show or None] if rows else []
    cells = [
        [
            _named(checked, each.labels[0], str(row[each.name]), with_id=True)
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
    body: list[Table | Text] = [_grid([each.name for each in asked.columns], cells)]
    if total > len(listed):
        left = total - len(listed)
        body.append(Text(f"and {left:,} more: ownership-graph check {asked.code} --show 0", "dim"))
    return Group(head, *(Padding(each, _INDENT, expand=False) for each in body), Text())


def _print_unanswered(console: Console, checked: Checked) -> None:
    for state, title in (
        ("rollout", "Being recorded"),
        ("not assessable", "Not assessable: no data on"),
        ("not answered", "Not answered"),
    ):
        rows = [
            [each.question.code, each.question.title, _why(each)]
            for each in checked.answers
            if each.state == state
        ]
        if rows:
            console.print(Text(title, "bold"))
            console.print(Padding(_grid(("", "", ""), rows), _INDENT, expand=False))
            console.print()


def _why(answer: Answer) -> str:
    if answer.state == "rollout":
        what = answer.question.among.what if answer.question.among else ""
        return f"{answer.recorded:,} of {answer.among:,} {what} recorded"
    return ", ".join(need.text for need in answer.missing) or answer.reason


def told(trend: Trend) -> str:
    """What changed, in words.

    >>> from ownership_graph.findings.answer import Trend
    >>> told(Trend(since=20_777, new=12, came_back=0, resolved=("a", "b", "c")))
    '12 new, 3 resolved since 2026-11-20'
    """
    back = f"{trend.came_back:,} came back, " if trend.came_back else ""
    since = date_of(trend.since).isoformat()
    return f"{trend.new:,} new, {back}{len(trend.resolved):,} resolved since {since}"


def _stale(checked: Checked) -> Text:
    """Which sources are stale, and how many answers rest on them alone."""
    listed = ", ".join(
        f"{printable(source)} ({ago(checked.today - day)})"
        for source, day in sorted(checked.stale.items(), key=lambda each: each[1])
    )
    resting = sum(each.as_of is not None for each in checked.answers)
    told = (
        f"; {resting} {_plural('answer', resting)} {'rests' if resting == 1 else 'rest'} on that"
        if resting
        else ""
    )
    return Text(f"Not imported for too long: {listed}{told}", "yellow")


def _summary(checked: Checked) -> Text:
    findings = sum(len(each.findings) for each in checked.answers)
    asked = [each for each in checked.answers if each.question.severity is not None]
    having = sum(1 for each in asked if each.findings)
    clear = sum(1 for each in asked if each.state == "assessed" and not each.findings)
    open_ = sum(1 for each in asked if each.state != "assessed")
    today = date_of(checked.today)
    day = f"{today.day} {today:%B %Y}"
    text = f"{findings:,} {_plural('finding', findings)} from {having} of {len(asked)} questions"
    text += f", {clear} clear"
    if open_:
        text += f", {open_} not assessed"
    if checked.trend:
        text += f"; {told(checked.trend)}"
    seconds = sum(each.seconds for each in checked.answers)
    return Text.assemble((text, "bold"), (f"  reckoned to {day} in {seconds:.1f} s", "dim"))
