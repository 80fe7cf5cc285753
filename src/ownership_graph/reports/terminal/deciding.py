"""What has to be decided about one model: the verdict first, then why, what frees it, the path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group as Lines
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ownership_graph.deciding.verdicts import late, next_step
from ownership_graph.reports.quoting import printable
from ownership_graph.reports.terminal.grids import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ownership_graph.deciding.answer import Able, Committee, Decisions, Other, Out, Step
    from ownership_graph.tracing.things import Thing

COLOURS = {
    "stuck": "bold red", "clear": "bold green", "nothing ahead": "bold",
    "not known": "bold yellow",
}  # fmt: skip
NAMED = 5
"""So many people are named in a line; the rest are counted."""
BODIES = 3
"""So many committees are told of; those with their quorum come first."""

_BODY = (0, 0, 0, 4)
_LONG = 400
_MARKS = {"passed": ("✓", "green"), "waiting": ("●", "yellow"), "ahead": ("○", "")}
_REASONS = {
    "gone": "has left", "recused": "is recused", "owner": "belongs to the owner",
    "away": "is away",
}  # fmt: skip


def decisions(found: Decisions) -> Lines:
    """The whole answer; the verdict is the first line."""
    parts: list[Text | Padding | Table] = [Text(_line(found.verdict), COLOURS[found.state])]
    if found.why:
        parts.append(_indented(Text.assemble(("Because ", "bold"), _line(found.why), ".")))
    if found.state in ("clear", "not known"):
        step = next_step(found.ahead)
        told = f"{_line(step.gate.name)}, {_standing(step)}"
        parts.append(_indented(Text.assemble(("Next: ", "bold"), told)))
    parts += map(_indented, _freeing(found))
    parts += map(_indented, _hanging(found))
    if found.path:
        parts += [Text(), Text(_whence(found), "bold underline"), Text()]
        known = not found.missing
        parts += (line for step in found.path for line in _step(step, known=known))
    if found.others:
        parts += [Text(), Text("Other decisions about it", "bold underline"), Text()]
        parts.append(_others(found.others))
    return Lines(*parts)


def _freeing(found: Decisions) -> Iterator[Text]:
    """What would free it, each with whoever may do it."""
    for number, each in enumerate(found.changes):
        label = "To free it: " if number == 0 else "        or: "
        if not each.alone:
            yield Text.assemble(("To free it: ", "green"), _line(each.change))
            continue
        by = _names(each.by) if each.by else f"nobody may, {_line(each.nobody)}"
        yield Text.assemble((label, "green"), _line(each.change), (f"  ({by})", "dim"))


def _hanging(found: Decisions) -> Iterator[Text]:
    """Whose absence would stop it, and one way to share the gates out."""
    if found.hangs_on:
        each = (f"{_line(n.person.name)} ({_names(n.gates)})" for n in found.hangs_on)
        yield Text.assemble(("Hangs on: ", "yellow"), ", ".join(each))
    if found.rules and found.assignment:
        for rule in found.rules:
            yield Text.assemble(("Rule: ", "dim"), _line(rule))
        told = (
            f"{_line(each.gate.name)} by "
            + (f"{_line(each.committee.name)}: " if each.committee else "")
            + ", ".join(map(_able, each.people))
            for each in found.assignment
        )
        yield Text.assemble(("One way: ", "dim"), "; ".join(told))


def _whence(found: Decisions) -> str:
    facts = [found.stage or "stage unknown"]
    facts.append("not classified" if found.tier is None else f"risk tier {found.tier}")
    facts += [f"version {found.version}"] if found.version else []
    return f"From where it stands ({_line(', '.join(facts))}) to production"


def _step(step: Step, *, known: bool) -> Iterator[Text | Padding]:
    mark, colour = _MARKS[step.state]
    yield Text.assemble(
        (f"  {mark} ", colour), (_line(step.gate.name), "bold"), f"  {_line(_standing(step))}"
    )
    for label, text in _about(step, known=known):
        yield _indented(Text.assemble((label, "dim"), text))


def _standing(step: Step) -> str:
    """Where the request stands."""
    request = step.request
    if request is None:
        return late(step)
    if step.state == "waiting":
        outs = {each.who: each for each in step.cannot}
        before = _some([
            f"{_line(each.name)} ({_reason(outs[each])})" if each in outs else _line(each.name)
            for each in request.before
        ])  # fmt: skip
        return f"{late(step)}, before {before or 'nobody named'}"
    before = _names(request.before)
    on = f" on {request.decided}" if request.decided else ""
    return f"{request.status}{on}{f' by {before}' if before else ''}"


def _about(step: Step, *, known: bool) -> Iterator[tuple[str, str]]:
    if step.note:
        yield "earlier: ", _line(step.note)
    if step.state == "passed":
        return
    can = _can(step)
    yield "can: ", can or ("nobody" if known else "not known")
    if step.cannot:
        yield "cannot: ", _some([_out(each) for each in step.cannot], "; ")


def _can(step: Step) -> str:
    """Who can decide there: single people, a committee, or by a standing right."""
    parts = []
    if step.able:
        parts.append(_single(step, _some([_able(each) for each in step.able])))
    able_first = sorted(step.committees, key=lambda each: not each.has_quorum)
    parts += map(_committee, able_first[:BODIES])
    left = len(able_first) - BODIES
    parts += [f"{left:,} more {plural('committee', left)}"] if left > 0 else []
    if step.by_right:
        parts.append(f"{_names(step.by_right)} by a standing right")
    return "; or ".join(parts)


def _single(step: Step, people: str) -> str:
    if step.wanted == 1:
        return people
    if len(step.able) < step.wanted:
        return f"{people}, too few: {step.wanted} must agree"
    return f"{step.wanted} of {people}"


def _committee(each: Committee) -> str:
    quorum = "" if each.has_quorum else ", too few"
    return (
        f"{_line(each.body.name)} with {each.wanted} of its {each.members} members:"
        f" {len(each.able)} can{quorum}"
    )


def _able(each: Able) -> str:
    stands_in = f" for {_line(each.in_place_of.name)}" if each.in_place_of else ""
    return f"{_line(each.who.name)}{stands_in}"


def _out(each: Out) -> str:
    return f"{_line(each.who.name)} {_reason(each)}"


def _reason(each: Out) -> str:
    """Why they cannot decide there."""
    of = _line(each.of.name) if each.of else ""
    told = {
        **_REASONS,
        "deputy": f"stands in for {of}, who cannot",
        "separate": f"must not decide both here and at '{of}'",
        "same": f"would have to decide at '{of}' as well, and cannot",
    }
    return told[each.reason]


def _others(others: Sequence[Other]) -> Padding:
    """A line for each answer; kinds of decision about the model itself share one."""
    alike: dict[object, list[Other]] = {}
    for each in others:
        alike.setdefault((each.about, each.state, each.by, each.why), []).append(each)
    table = Table.grid(padding=(0, 2, 0, 0))
    for group in alike.values():
        table.add_row(Text(_line(", ".join(each.words for each in group))), _taker(group[0]))
    return Padding(table, (0, 0, 0, 2), expand=False)


def _taker(each: Other) -> Text:
    if each.state == "open":
        return Text(_names(each.by))
    if each.state == "escalates":
        return Text.assemble(_names(each.by), (f": {_line(each.why)}", "dim"))
    if each.state in ("raised", "not known"):
        return Text(_line(each.why), "dim")
    return Text.assemble(("nobody", "red"), f", because {_line(each.why)}")


def _names(things: Iterable[Thing]) -> str:
    return _some([_line(each.name) for each in things])


def _some(told: Sequence[str], between: str = ", ") -> str:
    left = len(told) - NAMED
    return between.join(told[:NAMED]) + (f" and {left:,} more" if left > 0 else "")


def _line(text: str) -> str:
    return printable(text, longest=_LONG)


def _indented(text: Text) -> Padding:
    return Padding(text, _BODY, expand=False)
