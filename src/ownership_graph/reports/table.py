"""Tables for people at a terminal: the worst first, each with its reason and its first step."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich.padding import Padding
from rich.text import Text

from ownership_graph.days import ago, date_of
from ownership_graph.reports.quoting import printable
from ownership_graph.reports.terminal import causes, deciding, questions
from ownership_graph.reports.terminal.grids import INDENT, console_on, grid, plural, shown

if TYPE_CHECKING:
    from rich.console import Console

    from ownership_graph.deciding import Decisions
    from ownership_graph.findings.answer import Answer, Checked, Trend
    from ownership_graph.records import Rows

SUFFIX = ".txt"


def write_causes(checked: Checked, out: TextIO) -> None:
    """Where to begin, then all findings by what stands behind them, then what is not known."""
    console = console_on(out)
    if checked.groups:
        console.print(causes.first(checked))
        console.print(causes.groups(checked))
    _print_unanswered(console, checked)
    _print_end(console, checked)


def write_checked(checked: Checked, out: TextIO, *, show: int = 3) -> None:
    """The findings by rank, then what could not be assessed and why.

    Of many questions each shows its first columns only, and listings are left out; a question
    asked alone shows all it has, ids included.
    """
    console = console_on(out)
    alone = len(checked.answers) == 1
    found = [each for each in checked.answers if each.findings or (alone and _is_clear(each))]
    for answer in sorted(found, key=lambda each: min((f.rank for f in each.findings), default=0)):
        console.print(questions.findings(checked, answer, show, alone=alone))
    for answer in checked.answers:
        if alone and answer.question.severity is None and answer.rows:
            console.print(questions.listing(checked, answer, show))
    _print_unanswered(console, checked)
    _print_end(console, checked)


def _is_clear(answer: Answer) -> bool:
    return answer.question.severity is not None and answer.state == "assessed"


def write_rows(rows: Rows, out: TextIO, *, show: int = 0) -> None:
    """The rows as a table."""
    console = console_on(out)
    listed = rows.rows[: show or None]
    console.print(grid(rows.columns, [[shown(value) for value in row] for row in listed]))
    left = len(rows.rows) - len(listed)
    more = " (the limit; there are more)" if rows.cut else ""
    tail = f", {left} more not shown" if left else ""
    console.print(Text(f"{len(rows.rows):,} {plural('row', len(rows.rows))}{more}{tail}", "dim"))


def write_decisions(found: Decisions, out: TextIO) -> None:
    """What has to be decided about one model, the verdict first."""
    console_on(out).print(deciding.decisions(found))


def _print_unanswered(console: Console, checked: Checked) -> None:
    for state, title in (
        (
            "not answered",
            "Not answered: what these would find is unknown; --timeout gives more time",
        ),
        ("rollout", "Being recorded"),
        ("not assessable", "Not assessable: no data on"),
    ):
        rows = [
            [each.question.code, each.question.title, _why(each)]
            for each in checked.answers
            if each.state == state
        ]
        if rows:
            console.print(Text(title, "bold"))
            console.print(Padding(grid(("", "", ""), rows), INDENT, expand=False))
            console.print()


def _print_end(console: Console, checked: Checked) -> None:
    if checked.stale:
        console.print(_stale(checked))
    console.print(_summary(checked))


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
        f"; {resting} {plural('answer', resting)} {'rests' if resting == 1 else 'rest'} on that"
        if resting
        else ""
    )
    return Text(f"Not imported for too long: {listed}{told}", "yellow")


def _summary(checked: Checked) -> Text:
    findings = sum(len(each.findings) for each in checked.answers)
    asked = [each for each in checked.answers if each.question.severity is not None]
    having = sum(1 for each in asked if each.findings)
    clear = sum(1 for each in asked if each.state == "assessed" and not each.findings)
    silent = len(checked.unanswered)
    open_ = sum(1 for each in asked if each.state in {"not assessable", "rollout"})
    today = date_of(checked.today)
    day = f"{today.day} {today:%B %Y}"
    text = f"{findings:,} {plural('finding', findings)} from {having} of {len(asked)} questions"
    text += f", {clear} clear"
    if open_:
        text += f", {open_} not assessed"
    if silent:
        text += f", {silent} not answered"
    if checked.trend:
        text += f"; {told(checked.trend)}"
    seconds = sum(each.seconds for each in checked.answers)
    return Text.assemble((text, "bold"), (f"  reckoned to {day} in {seconds:.1f} s", "dim"))
