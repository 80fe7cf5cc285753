"""Requests out of rows of ServiceNow's table sysapproval_approver."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.approvals.requests import Answer, Request, in_rounds
from ownership_graph.readers.moments import day_of, first_of
from ownership_graph.readers.people import stated
from ownership_graph.readers.picking import text
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ownership_graph.readers.approvals.linking import Models
    from ownership_graph.readers.moments import Day

STATES = {
    "requested": "pending",
    "approved": "approved",
    "rejected": "rejected",
    "not_required": "withdrawn",
    "no_longer_required": "withdrawn",
    "cancelled": "withdrawn",
    "canceled": "withdrawn",
    "duplicate": "withdrawn",
    "skipped": "waived",
    "more_info_required": "returned",
    "more_information_required": "returned",
}
"""What its states say, by value or by what is displayed."""

NOT_ASKED = frozenset({"not_requested", "not_yet_requested"})

_FIELDS = (
    "sys_id", "state", "sysapproval", "sysapproval.number", "document_id", "group", "due_date",
    "sys_created_on", "sys_updated_on",
)  # fmt: skip
_SYS_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what is displayed in its fields, and the values behind that."""

    line: int
    displayed: Mapping[str, str]
    values: Mapping[str, str]

    def shown(self, *names: str) -> str:
        """What is displayed in the first of these fields that says anything."""
        found = (self.displayed.get(each, "") for each in names)
        return next((kept for each in found if each and (kept := stated(each))), "")

    def raw(self, name: str) -> str:
        """The value behind that field."""
        return self.values.get(name, "")


def row_of(line: int, fields: Mapping[str, object], wanted: Collection[str]) -> Row:
    """The row whose fields are texts, or hold a value and what is displayed of it."""
    displayed, values = {}, {}
    for name in wanted:
        said = fields.get(name)
        plain = text(said)
        shows, value = text(said, "display_value"), text(said, "value")
        displayed[name] = shows or value or plain
        values[name] = value or shows or plain
    return Row(line, displayed, values)


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields say what; of several the first that says anything counts."""

    models: Models
    gate: tuple[str, ...]
    person: tuple[str, ...]
    requested_by: tuple[str, ...]
    dates: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """All fields that are looked at."""
        return tuple(
            sorted(
                {
                    *_FIELDS,
                    self.models.where,
                    *self.gate,
                    *self.person,
                    *self.requested_by,
                }
            )
        )


def requests_in(rows: Iterable[Row], fields: Fields, file: str) -> Iterator[Request | Rejected]:
    """The requests that the rows come to, and what is wrong with the others.

    Who is no longer required to answer is released, so that the answers of the others say how
    a request ended, whatever its rule.
    """
    requests: list[Request] = []
    for (task, gate, _), several in _by_request(rows, fields).items():
        said = (each.shown(fields.models.where) for each in several)
        models = fields.models.of(task or several[0].raw("sys_id"), said)
        why = models and _fault(task, gate, several)
        if why:
            yield from (Rejected(file, each.line, why) for each in several)
        elif models:
            requests.append(_request(task, gate, models, several, fields, file))
    yield from in_rounds(requests)
    yield from fields.models.told(file)
    yield from _sys_ids(requests, file)


def _fault(task: str, gate: str, rows: Sequence[Row]) -> str:
    """Why the rows of a request cannot be taken, or an empty text."""
    if not task:
        return "no field says what is to be approved: sysapproval and document_id are blank."
    if not gate:
        return f"{shown(task)}: no field names the gate. Say with --gate-field which does."
    unknown = next((each.raw("state") for each in rows if _state(each) not in STATES), None)
    if unknown is None:
        return ""
    known = ", ".join(sorted({*STATES, *NOT_ASKED}))
    return f"{shown(task)}: the state {shown(unknown)} is not one of {known}."


def _by_request(rows: Iterable[Row], fields: Fields) -> dict[tuple[str, str, object], list[Row]]:
    """The rows by task, gate, and the group or the day on which they were made."""
    found: dict[tuple[str, str, object], list[Row]] = defaultdict(list)
    for row in rows:
        if _state(row) not in NOT_ASKED:
            task = row.shown("sysapproval.number", "sysapproval", "document_id")
            gate = row.shown(*fields.gate)
            own = row.raw("group") or _day(row, "sys_created_on", fields)
            found[task, gate, own].append(row)
    return found


def _state(row: Row) -> str:
    return row.raw("state").casefold().replace(" ", "_")


def _day(row: Row, name: str, fields: Fields) -> Day:
    return day_of(row.raw(name), fields.dates)


def _request(
    task: str,
    gate: str,
    models: tuple[str, ...],
    rows: Sequence[Row],
    fields: Fields,
    file: str,
) -> Request:
    asked = [each.shown(*fields.requested_by) for each in rows]
    group = rows[0].raw("group")
    first = first_of(_day(each, "sys_created_on", fields) for each in rows)
    return Request(
        id=f"snow:{task}/{gate}/{group or first}",
        name=f"{gate}: {task}",
        gate=gate,
        models=models,
        step=task,
        answers=tuple(_answer(each, fields) for each in rows),
        requested=first,
        assigned=first,
        due=first_of(_day(each, "due_date", fields) for each in rows),
        requested_by=tuple(dict.fromkeys(("Person", each) for each in asked if each)),
        file=file,
        line=rows[0].line,
    )


def _answer(row: Row, fields: Fields) -> Answer:
    status = STATES[_state(row)]
    person = row.shown(*fields.person)
    done = status not in ("pending", "returned")
    day = _day(row, "sys_updated_on", fields) if done else None
    return Answer(("Person", person) if person else None, status, day, row.line)


def _sys_ids(requests: Sequence[Request], file: str) -> Iterator[Rejected]:
    """A warning where people are told by what no other system knows them by."""
    people = {each.decider[1] for request in requests for each in request.answers if each.decider}
    bare = sorted(each for each in people if _SYS_ID.fullmatch(each))
    if bare:
        yield Rejected(
            file,
            0,
            f"{len(bare):,} of {len(people):,} approvers are told by their sys_id alone, such as"
            f" {bare[0]}. They went in so. Export displayed values with user names, name the field"
            " with --person-field, or join the ids to people in the identities.",
        )
