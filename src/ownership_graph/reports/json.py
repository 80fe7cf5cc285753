"""JSON: what other programs build on; `CheckDocument` is its schema."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal, TextIO

import msgspec

from ownership_graph.days import date_of

if TYPE_CHECKING:
    from ownership_graph.deciding import Decisions
    from ownership_graph.findings.answer import Answer, Checked, Finding, Group, Trend
    from ownership_graph.records import NodeKey, Rows

SUFFIX = ".json"


class SourceDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """The last run of a source; `stale` where it was not imported for too long."""

    name: str
    finished: str
    state: str
    stale: bool = False


class AmongDocument(msgspec.Struct, frozen=True):
    """Who could have been affected."""

    what: str
    count: int


class FindingDocument(msgspec.Struct, frozen=True):
    """One row that is a problem. `urgency` is A to E, and A comes first."""

    identity: str
    subject: tuple[str, ...]
    severity: int
    urgency: str
    state: str
    rank: int
    cause: str
    actor: str
    implied_by: str | None
    row: dict[str, Any]


class ControlDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """A clause that the answer is evidence towards; days are ISO text, of the text a month, too.

    Where `applies_from` is not there, nothing binds from a day.
    """

    framework: str
    clause: str
    title: str
    text_day: str
    applies_from: str = ""
    note: str = ""


class ThingDocument(msgspec.Struct, frozen=True):
    """A node by label, id and name."""

    label: str
    id: str
    name: str


class GroupDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """Findings with one cause, or of one question; the list goes from the first to the last.

    `cause` is `kind:id`, then `thing` is what stands behind, or a question's code. `best` is the
    identity of the first finding, `codes` count those of each question, without the ones that
    stronger ones imply. `first` tells the five to begin with.
    """

    cause: str
    title: str
    urgency: str
    severity: int
    weight: float
    count: int
    codes: dict[str, int]
    best: str
    remedy: str
    actor: str
    actors: tuple[ThingDocument, ...]
    thing: ThingDocument | None = None
    pattern: bool = False
    first: bool = False


class QuestionDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question and its answer. `rows` are a listing's; `recorded` an absence rule's.

    `as_of` is the day up to which one of its needs is known, where stale sources alone meet it.
    """

    code: str
    query: str
    title: str
    severity: int | None
    state: Literal["assessed", "rollout", "not assessable", "not answered"]
    findings: tuple[FindingDocument, ...]
    seconds: float
    remedy: str = ""
    among: AmongDocument | None = None
    recorded: int | None = None
    parameters: dict[str, Any] = {}
    missing: tuple[str, ...] = ()
    reason: str = ""
    rows: tuple[dict[str, Any], ...] = ()
    as_of: str = ""
    controls: tuple[ControlDocument, ...] = ()


class TrendDocument(msgspec.Struct, frozen=True):
    """What changed since the check of a day that was recorded; `resolved` are identities."""

    since: str
    new: int
    came_back: int
    resolved: tuple[str, ...]


class CheckDocument(msgspec.Struct, frozen=True, kw_only=True):
    """All answers of one check. `schema` changes when a reader would have to."""

    schema: Literal[1] = 1
    store: str
    today: str
    sources: tuple[SourceDocument, ...]
    groups: tuple[GroupDocument, ...]
    questions: tuple[QuestionDocument, ...]
    trend: TrendDocument | msgspec.UnsetType = msgspec.UNSET


def check_schema() -> bytes:
    """The JSON Schema of `check --format json`."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(CheckDocument)), indent=2)


def write_checked(checked: Checked, out: TextIO, *, show: int = 0) -> None:
    """The check as one document."""
    document = CheckDocument(
        store=checked.store,
        today=date_of(checked.today).isoformat(),
        sources=tuple(
            SourceDocument(each.source, each.finished, each.state, each.source in checked.stale)
            for each in checked.runs
        ),
        groups=tuple(_group(checked, each) for each in checked.groups),
        questions=tuple(_question(answer, show) for answer in checked.answers),
        trend=_trend(checked.trend) if checked.trend else msgspec.UNSET,
    )
    out.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")


def write_rows(rows: Rows, out: TextIO) -> None:
    """The rows as a list of objects."""
    out.write(msgspec.json.format(msgspec.json.encode(rows.dicts()), indent=2).decode() + "\n")


def write_decisions(found: Decisions, out: TextIO) -> None:
    """What has to be decided about one model, as one document."""
    out.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")


def _question(answer: Answer, show: int) -> QuestionDocument:
    asked = answer.question
    listed = answer.rows.dicts() if asked.severity is None and answer.rows else []
    return QuestionDocument(
        code=asked.code,
        query=asked.name,
        title=asked.title,
        severity=asked.severity,
        state=answer.state,
        findings=tuple(_finding(found) for found in answer.findings[: show or None]),
        seconds=round(answer.seconds, 4),
        remedy=asked.remedy,
        among=None
        if asked.among is None or answer.among is None
        else AmongDocument(asked.among.what, answer.among),
        recorded=answer.recorded,
        parameters=dict(answer.parameters),
        missing=tuple(need.text for need in answer.missing),
        reason=answer.reason,
        rows=tuple(listed[: show or None]),
        as_of="" if answer.as_of is None else date_of(answer.as_of).isoformat(),
        controls=tuple(ControlDocument(**asdict(each)) for each in asked.controls),
    )


def _group(checked: Checked, group: Group) -> GroupDocument:
    thing = None if group.thing is None else _thing(checked, group.thing)
    return GroupDocument(
        cause=group.cause,
        title=thing.name if thing else group.question.title,
        urgency=group.urgency,
        severity=group.severity,
        weight=round(group.weight, 2),
        count=group.count,
        codes=dict(group.codes),
        best=group.findings[0],
        remedy=group.question.remedy,
        actor=group.question.actor.words,
        actors=tuple(_thing(checked, each) for each in group.actors),
        thing=thing,
        pattern=group.pattern,
        first=group in checked.first,
    )


def _thing(checked: Checked, key: NodeKey) -> ThingDocument:
    return ThingDocument(key.label, key.id, checked.names.get((key.label, key.id), key.id))


def _trend(trend: Trend) -> TrendDocument:
    since = date_of(trend.since).isoformat()
    return TrendDocument(since, trend.new, trend.came_back, trend.resolved)


def _finding(found: Finding) -> FindingDocument:
    return FindingDocument(
        found.identity, found.subject, found.severity, found.urgency, found.state, found.rank,
        found.cause, found.actor, found.implied_by, dict(found.row),
    )  # fmt: skip
