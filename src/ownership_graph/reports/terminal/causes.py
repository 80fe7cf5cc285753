"""All findings by what stands behind them: the first five whole, then a line each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group as Lines
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ownership_graph.findings.answer import URGENCIES
from ownership_graph.model import label_in_words
from ownership_graph.reports.quoting import printable
from ownership_graph.reports.terminal.grids import SEVERITY, name_of, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.findings.answer import Answer, Checked, Finding, Group

COLOURS = {"A": "red", "B": "red", "C": "yellow", "D": "cyan", "E": "dim"}
NAMED = 3
"""Things, or questions, that are named in one line; the rest are counted."""

_BODY = (0, 0, 0, 4)


def first(checked: Checked) -> Lines:
    """Where to begin: each with what was found, the first step, and who can take it."""
    begun = (
        line
        for number, each in enumerate(checked.first, 1)
        for line in _begun(checked, number, each)
    )
    return Lines(Text("Where to begin", "bold underline"), Text(), *begun)


def groups(checked: Checked) -> Lines:
    """A line for each group, under what it does to the organisation."""
    parts: list[Text | Padding] = [Text("Everything, by what stands behind it", "bold underline")]
    for urgency, those in groupby(checked.groups, lambda each: each.urgency):
        parts += [Text(), Text(f"{urgency}  {URGENCIES[urgency]}", f"bold {COLOURS[urgency]}")]
        table = Table.grid(padding=(0, 2, 0, 0))
        for each in those:
            word, colour = SEVERITY[each.severity]
            table.add_row(Text(word, colour), _line(checked, each))
        parts.append(Padding(table, _BODY, expand=False))
    more = "One of them whole: ownership-graph check CODE. All, by question: --by question."
    return Lines(*parts, Text(), Text(more, "dim"), Text())


def _begun(checked: Checked, number: int, group: Group) -> Iterator[Text | Padding]:
    """The lines of one of the first five."""
    yield Text.assemble(
        (f"{number}   ", "bold"),
        (_title(checked, group), "bold"),
        (f"  {URGENCIES[group.urgency]}", COLOURS[group.urgency]),
    )
    lines = [
        Text(_found(checked, group)),
        Text.assemble(("First step: ", "green"), group.question.remedy),
    ]
    if group.question.actor.words:
        lines.append(Text(f"By: {_by(checked, group)}", "dim"))
    yield from (Padding(each, _BODY, expand=False) for each in lines)
    yield Text()


def _line(checked: Checked, group: Group) -> Text:
    """One line: what stands behind it or what is asked, how many, and the codes."""
    codes = [code if n == 1 else f"{code} ({n:,})" for code, n in group.codes.items()]
    if len(group.codes) == 1:
        codes = list(group.codes)
    return Text.assemble(
        _title(checked, group),
        (f": {_count(checked, group)}", ""),
        (f"  {', '.join(codes)}", "dim"),
    )


def _title(checked: Checked, group: Group) -> str:
    if group.thing is None:
        return group.question.title
    kind = label_in_words(group.thing.label)
    named = f"{name_of(checked, group.thing.label, group.thing.id)} ({kind})"
    return named if len(group.codes) > 1 else f"{named}: {_begun_small(group.question.title)}"


def _begun_small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _count(checked: Checked, group: Group) -> str:
    answer = _answer(checked, group)
    if group.thing is not None:
        return f"{group.count:,} {plural('finding', group.count)}"
    if answer.question.among is None or answer.among is None:
        return f"{group.count:,} {plural('finding', group.count)}"
    text = f"{group.count:,} of {answer.among:,} {answer.question.among.what}"
    return f"{text}, a pattern" if group.pattern else text


def _found(checked: Checked, group: Group) -> str:
    """How many, and which: the questions behind one cause, or the things of one question."""
    if group.thing is not None:
        titles = {each.question.code: each.question.title for each in checked.answers}
        named = [f"{titles[code]} ({n:,} {code})" for code, n in group.codes.items()]
    else:
        findings = {each.identity: each for each in _answer(checked, group).findings}
        ours = [findings[own] for own in group.findings if own in findings]
        named = [_subject(checked, each) for each in ours if any(each.subject)]
    left = f" and {len(named) - NAMED:,} more" if len(named) > NAMED else ""
    said = "; ".join(named[:NAMED])
    return f"{_count(checked, group)}{': ' if said else ''}{said}{left}"


def _subject(checked: Checked, finding: Finding) -> str:
    ends = zip(finding.labels, finding.subject, strict=True)
    return ", ".join(name_of(checked, *end) for end in ends if end[1])


def _by(checked: Checked, group: Group) -> str:
    """Who may take the first step, by name where that is known."""
    words = group.question.actor.words
    names = ", ".join(name_of(checked, each.label, each.id) for each in group.actors)
    if group.thing is None and group.count > 1 and names:
        best = next(
            each for each in _answer(checked, group).findings if each.identity == group.findings[0]
        )
        return printable(f"{words}; for {_subject(checked, best)}: {names}", longest=200)
    if names:
        return printable(f"{names} ({words})", longest=200)
    return f"{words}: nobody is named" if group.question.actor.rights else words


def _answer(checked: Checked, group: Group) -> Answer:
    return next(each for each in checked.answers if each.question is group.question)
