"""Requests out of issues of Jira: its own approvals, or the way of an issue through statuses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.days import number_of
from ownership_graph.importing.quoting import shown
from ownership_graph.readers.addresses import address
from ownership_graph.readers.approvals.requests import Answer, Request
from ownership_graph.readers.moments import day_of, moment_of
from ownership_graph.readers.people import folded, stated
from ownership_graph.readers.picking import at, table, tables, text
from ownership_graph.records import Node, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from ownership_graph.readers.approvals.linking import Models
    from ownership_graph.readers.moments import Day
    from ownership_graph.readers.stating import End

ANSWERS = {"approved": "approved", "declined": "rejected", "pending": "pending"}
"""What an approval of Jira Service Management, and each approver of it, can say."""

USUAL_DATE = "%d/%b/%y %I:%M %p"
"""How an export writes points in time unless its administrator says otherwise."""

_VALUES = ("value", "name", "displayName", "key")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is meant by statuses, fields and names of people, and the file that is told of.

    `gates` are the statuses in which an issue waits for a decision, in their order; `answers`
    say what each status means to which an issue then goes.
    """

    models: Models
    gates: tuple[str, ...]
    answers: Mapping[str, str]
    person: tuple[str, ...]
    file: str
    dates: tuple[str, ...] = ()

    def gate(self, status: str) -> str:
        """The gate that this status is, as it was written; blank for any other."""
        return next((each for each in self.gates if folded(each) == folded(status)), "")

    def after(self, gate: str, status: str) -> str:
        """What it means that an issue went from a gate to a status; blank where nobody says."""
        onward = self.gate(status)
        if onward:
            forth = self.gates.index(onward) > self.gates.index(gate)
            return "approved" if forth else "returned"
        return self.answers.get(folded(status), "")

    def day(self, said: str) -> Day:
        """The day that is written there, in one of the usual ways or of those that were stated."""
        return day_of(said, (*self.dates, USUAL_DATE))


def meanings(
    approved: Sequence[str],
    rejected: Sequence[str],
    returned: Sequence[str],
    withdrawn: Sequence[str],
) -> dict[str, str]:
    """What each status means to which an issue goes from a gate."""
    said = {"approved": approved, "rejected": rejected, "returned": returned}
    said["withdrawn"] = withdrawn
    return {folded(each): answer for answer, statuses in said.items() for each in statuses}


def values_of(said: object) -> list[str]:
    """What a field says, whatever its shape: a text, a choice, a list of either.

    >>> values_of([{"value": "fraud"}, "triage", None])
    ['fraud', 'triage']
    """
    several = said if isinstance(said, list) else [said]
    found = (
        next(filter(None, (text(each, name) for name in _VALUES)), "") or text(each)
        for each in several
    )
    return [each for each in found if each]


def models_of(issue: Mapping[str, object], meaning: Meaning) -> tuple[str, ...]:
    """The models that an issue is about; one that names none is counted."""
    said = values_of(at(issue, "fields", meaning.models.where))
    return meaning.models.of(text(issue, "key"), said)


def asked_in(
    issue: Mapping[str, object], approvals: Sequence[object], meaning: Meaning
) -> Iterator[Request | Node]:
    """The approvals of Jira Service Management that an issue holds."""
    models = models_of(issue, meaning) if approvals else ()
    key, given_up = text(issue, "key"), meaning.day(text(issue, "fields", "resolutiondate"))
    for each in approvals if models else ():
        status = ANSWERS.get(text(each, "finalDecision").casefold(), text(each, "finalDecision"))
        decided = meaning.day(_moment(at(each, "completedDate")))
        if status == "pending" and given_up is not None:
            status, decided = "withdrawn", given_up
        people = tables(each, "approvers")
        gate = stated(text(each, "name")) or "approval"
        requested = meaning.day(_moment(at(each, "createdDate")))
        yield Request(
            id=f"jira:{key}/approval/{text(each, 'id')}",
            name=f"{gate}: {key}",
            gate=gate,
            models=models,
            step=key,
            status=status,
            answers=tuple(_answer(one, meaning) for one in people),
            requested=requested,
            assigned=requested,
            decided=decided,
            due=meaning.day(text(issue, "fields", "duedate")),
            requested_by=_ends(at(issue, "fields", "reporter"), meaning),
            file=meaning.file,
        )
        yield from (node for one in people for node in _service(at(one, "approver"), meaning))


def _answer(said: Mapping[str, object], meaning: Meaning) -> Answer:
    decision = text(said, "approverDecision")
    decider = next(iter(_ends(at(said, "approver"), meaning)), None)
    return Answer(decider, ANSWERS.get(decision.casefold(), decision))


def _moment(said: object) -> str:
    """A point in time that stands in a text, or in a table of its forms."""
    return text(said, "iso8601") or text(said, "jira") or text(said)


def person_of(said: object, meaning: Meaning) -> str:
    """The id of a person; blank where none of the fields says one."""
    for name in meaning.person:
        found = stated(text(said, name))
        if found:
            return address(found) or found
    return ""


def _ends(said: object, meaning: Meaning) -> tuple[End, ...]:
    person = person_of(said, meaning)
    return (("Person", person),) if person else ()


def _service(said: object, meaning: Meaning) -> Iterator[Node]:
    """What answers by itself is told to be no human."""
    person = person_of(said, meaning)
    if person and text(said, "accountType") == "app":
        name = {"name": text(said, "displayName")} if text(said, "displayName") else {}
        yield Node("Person", person, {"kind": "service", **name}, meaning.file)


class _Step(NamedTuple):
    """An issue went from one status to another."""

    moment: datetime
    day: Day
    who: object
    before: str
    after: str


@dataclass(slots=True)
class _Way:
    """An issue on its way: the requests so far, and where it stands."""

    issue: Mapping[str, object]
    meaning: Meaning
    requests: list[Request] = field(default_factory=list)
    visits: dict[str, int] = field(default_factory=dict)

    def enter(self, status: str, day: Day, who: object) -> None:
        """The issue comes to a status; at a gate that is a request."""
        gate = self.meaning.gate(status)
        if gate:
            key = text(self.issue, "key")
            self.visits[gate] = visit = self.visits.get(gate, 0) + 1
            self.requests.append(
                Request(
                    id=f"jira:{key}/{gate}/{visit}",
                    name=f"{gate}: {key}",
                    gate=gate,
                    models=(),
                    step=key,
                    requested=day,
                    requested_by=_ends(who, self.meaning),
                    file=self.meaning.file,
                )
            )

    def leave(self, step: _Step) -> str:
        """The issue goes on; from a gate that is an answer. Why it is none, or an empty text."""
        gate = self.meaning.gate(step.before)
        if not gate or not self.requests or self.requests[-1].status:
            return ""
        status = self.meaning.after(gate, step.after)
        if not status:
            del self.requests[-1]
            return (
                f"{text(self.issue, 'key')}: from {shown(gate)} it went to {shown(step.after)},"
                " and nothing says what that means. Add it to --approved, --rejected, --returned"
                " or --withdrawn."
            )
        decider = next(iter(_ends(step.who, self.meaning)), None)
        answers = (Answer(decider, status, step.day),) if status != "withdrawn" else ()
        self.requests[-1] = replace(
            self.requests[-1], status=status, decided=step.day, answers=answers
        )
        return ""

    def ended(self) -> list[Request]:
        """The requests: one that was sent back and asked again was refused, an open one waits."""
        *before, last = self.requests
        before = [
            replace(each, status="rejected") if each.status == "returned" else each
            for each in before
        ]
        if not last.status:
            deciders = _ends(at(self.issue, "fields", "assignee"), self.meaning)
            due = self.meaning.day(text(self.issue, "fields", "duedate"))
            answers = tuple(Answer(each) for each in deciders)
            last = replace(last, status="pending", answers=answers, due=due)
        return [*before, last]


def passed_in(
    issue: Mapping[str, object], histories: Sequence[Mapping[str, object]], meaning: Meaning
) -> Iterator[Request | Node | Rejected]:
    """The requests that an issue made by waiting in the statuses that are gates."""
    steps = sorted(_steps(histories, meaning), key=lambda each: each.moment)
    fields = table(issue, "fields")
    now = text(fields, "status", "name")
    way = _Way(issue, meaning)
    way.enter(
        steps[0].before if steps else now,
        meaning.day(text(fields, "created")),
        at(fields, "reporter"),
    )
    for each in steps:
        why = way.leave(each)
        if why:
            yield Rejected(meaning.file, 0, why)
        way.enter(each.after, each.day, each.who)
    models = models_of(issue, meaning) if way.requests else ()
    if models:
        yield from (replace(each, models=models) for each in way.ended())
        yield from (node for each in steps for node in _service(each.who, meaning))


def _steps(histories: Sequence[Mapping[str, object]], meaning: Meaning) -> Iterator[_Step]:
    """The changes of status; a comment, or a change of anything else, is no decision."""
    for each in histories:
        moment = moment_of(text(each, "created"), (*meaning.dates, USUAL_DATE))
        for item in tables(each, "items"):
            if text(item, "field") == "status" and moment is not None:
                day = number_of(moment)
                before, after = text(item, "fromString"), text(item, "toString")
                yield _Step(moment, day, at(each, "author"), before, after)
