"""Requests out of a table with a row for each decider that was asked."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ownership_graph.days import date_of
from ownership_graph.importing.known import alike
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.values import near
from ownership_graph.model import LABELS
from ownership_graph.readers.approvals.requests import (
    OPEN,
    Answer,
    Request,
    fault_of,
    in_rounds,
    outcome,
)
from ownership_graph.readers.moments import day_of, first_of
from ownership_graph.readers.people import stated as said
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ownership_graph.readers.moments import Day
    from ownership_graph.readers.stating import End
    from ownership_graph.records import Properties

NEEDED = ("model", "gate", "result")
COLUMNS = (
    *NEEDED, "version", "step", "after", "decider", "decider_type", "rule", "requested_by",
    "requested_at", "assigned_at", "decided_at", "forum", "due_at", "valid_until", "cites", "id",
    "name", "round", "days_with_requester", "conditions",
)  # fmt: skip
"""The columns that are understood; the first ones must be there."""

STATUSES = LABELS["Approval"].properties["status"].values
"""The results, as the graph keeps them."""

_LABELS = ("Person", "Team")
_OF = re.compile(r"(\d{1,4})\s*-?\s*of(?:\s*-?\s*\d+)?", re.ASCII)
_ROUND = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_OF_EXCEL = re.compile(r"[45]\d{4}", re.ASCII)
_EXCEL_BEFORE_1970 = 25_569
_DAY_FIRST = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}", re.ASCII)
_SLASHES = re.compile(r"\d{1,2}/\d{1,2}/\d{4}", re.ASCII)
_SAME = ("model", "version", "gate", "step", "rule")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line, and its cells by column; a column that is not there is blank."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of that column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows are meant: their file, how days are written, how ids begin, what words say."""

    file: str
    dates: tuple[str, ...]
    prefix: str
    results: Mapping[str, str]

    def status(self, row: Row) -> str:
        """What the result of the row is; pending where it says nothing."""
        written = row["result"]
        status = written.casefold() or "pending"
        if status not in STATUSES:
            status = self.results.get(alike(written), "")
        if not status:
            raise _WrongError(
                f"the result {shown(written)} is not one of {', '.join(STATUSES)}."
                f"{near(written.casefold(), STATUSES)} Write one of these, or say what it means,"
                f" as in --results {shown(f'{written}=pending')}."
            )
        return status

    def day(self, row: Row, column: str) -> Day:
        """The day in that column."""
        found = day_of(row[column], self.dates)
        if isinstance(found, str):
            raise _WrongError(f"{column} is {shown(found)}, {_no_day(found)}")
        return found

    def first_day(self, rows: Iterable[Row], column: str) -> Day:
        """The first of the days that the rows of a request say."""
        return first_of(self.day(row, column) for row in rows)


class _WrongError(Exception):
    """Why the rows of a request cannot be taken; it never leaves this module."""


def requests_in(rows: Iterable[Row], reading: Reading) -> Iterator[Request | Rejected]:
    """The requests that the rows come to, with their rounds and what each waits for.

    Of a request with a row at fault all rows are rejected: without one of its answers it would
    be another request.
    """
    requests: list[Request] = []
    waiting: dict[str, str] = {}
    for several in _by_request(rows, reading.dates).values():
        try:
            request, after = _request(several, reading), _one(several, "after")
        except _WrongError as error:
            yield from (Rejected(reading.file, row.line, str(error)) for row in several)
        else:
            requests.append(request)
            waiting[request.id] = after
    yield from _in_order(in_rounds(requests), waiting)


def _by_request(rows: Iterable[Row], dates: Sequence[str]) -> dict[tuple[Day, ...], list[Row]]:
    """The rows of each request together, in the order of their first ones."""
    found: dict[tuple[Day, ...], list[Row]] = defaultdict(list)
    for row in rows:
        own = (row["id"],)
        shared = tuple(row[each] for each in ("model", "version", "gate", "step"))
        found[own if row["id"] else (*shared, day_of(row["requested_at"], dates))].append(row)
    return found


def _request(rows: Sequence[Row], reading: Reading) -> Request:
    """What the rows of one request come to."""
    for column in _SAME:
        _one(rows, column)
    first = rows[0]
    requested = reading.first_day(rows, "requested_at")
    answers = [each for row in rows for each in _answers(row, reading)]
    _check_order(requested, answers)
    request = Request(
        id=reading.prefix + (first["id"] or _id(first, requested)),
        name=_one(rows, "name") or _name(first),
        gate=first["gate"],
        step=first["step"],
        models=(first["model"],),
        version=first["version"],
        answers=tuple(answers),
        needed=_needed(_one(rows, "rule"), answers),
        requested=requested,
        assigned=reading.first_day(rows, "assigned_at"),
        due=reading.first_day(rows, "due_at"),
        valid_until=reading.first_day(rows, "valid_until"),
        round=_round(_one(rows, "round")),
        requested_by=tuple(
            dict.fromkeys(_end(each, "Person") for each in _all_parts(rows, "requested_by"))
        ),
        cites=tuple(dict.fromkeys(_all_parts(rows, "cites"))),
        own=_own(rows),
        file=reading.file,
        line=first.line,
    )
    if why := fault_of(request):
        raise _WrongError(why)
    return request


def _check_order(requested: Day, answers: Iterable[Answer]) -> None:
    """Nothing is decided before it was asked for."""
    for each in answers:
        if isinstance(each.day, int) and isinstance(requested, int) and each.day < requested:
            raise _WrongError(
                f"decided_at is {date_of(each.day)}, before requested_at, {date_of(requested)}."
                " Mend the one that is wrong."
            )


def _id(row: Row, requested: Day) -> str:
    """The id of a request that has none of its own: what tells it from others."""
    version = f"@{row['version']}" if row["version"] else ""
    step = f"/{row['step']}" if row["step"] else ""
    day = f"/{date_of(requested).isoformat()}" if isinstance(requested, int) else ""
    return f"{row['model']}{version}/{row['gate']}{step}{day}"


def _name(row: Row) -> str:
    step = f", {row['step']}" if row["step"] else ""
    version = f" {row['version']}" if row["version"] else ""
    return f"{row['gate']}{step}: {row['model']}{version}"


def _parts(cell: str) -> list[str]:
    """The ids in a cell; what only fills it, as TBD, is none."""
    return [part for each in cell.split(";") if (part := said(each))] if cell else []


def _all_parts(rows: Iterable[Row], column: str) -> Iterator[str]:
    """The ids in a column of several rows, which mostly say the same."""
    for cell in dict.fromkeys(row[column] for row in rows):
        yield from _parts(cell)


def _one(rows: Sequence[Row], column: str) -> str:
    """What the rows of a request say in a column in which they must agree."""
    first = rows[0][column]
    if all(row[column] == first for row in rows[1:]):
        return first
    found = dict.fromkeys(cell for row in rows if (cell := row[column]))
    if len(found) > 1:
        both = " and ".join(shown(each) for each in list(found)[:2])
        raise _WrongError(
            f"the rows of one request differ in the column '{column}': {both}. They must agree."
        )
    return next(iter(found), "")


def _no_day(written: str) -> str:
    """Why a text is no day, and what to do."""
    if _OF_EXCEL.fullmatch(written):
        day = date_of(int(written) - _EXCEL_BEFORE_1970).isoformat()
        return f"as Excel counts days: {day}. Give the column the format of a date in the sheet."
    if _DAY_FIRST.fullmatch(written):
        return "which is no day as 2026-03-01. Say how yours are written: --dates %d.%m.%Y."
    if _SLASHES.fullmatch(written):
        how = "--dates %d/%m/%Y, or %m/%d/%Y where the month stands first"
        return f"which is no day as 2026-03-01. Say how yours are written: {how}."
    return (
        "which is no day. Write it as 2026-03-01, or say how yours are written with --dates, as"
        " %d.%m.%Y."
    )


def _answers(row: Row, reading: Reading) -> Iterator[Answer]:
    """What each decider of the row was asked and said; with a forum alone, what that said."""
    day, status = reading.day(row, "decided_at"), reading.status(row)
    if day is not None and status == "pending":
        raise _WrongError(
            f"decided_at is {shown(row['decided_at'])}, and the result is"
            f" {shown(row['result']) if row['result'] else 'blank'}. Say what was decided, or take"
            " the day out."
        )
    label = row["decider_type"].capitalize() or "Person"
    if label not in _LABELS:
        raise _WrongError(
            f"the decider_type {shown(row['decider_type'])} is not one of person, team."
            f"{near(row['decider_type'], ('person', 'team'))}"
        )
    deciders: list[End | None] = [_end(each, label) for each in _parts(row["decider"])]
    if not deciders:
        deciders = [("Team", forum) if (forum := said(row["forum"])) else None]
    return (Answer(each, status, day, row.line) for each in deciders)


def _end(written: str, label: str) -> End:
    """A person or a team: an id, or `Team` or `Person` before it."""
    first, _, rest = written.partition(" ")
    return (first, rest.strip()) if first in _LABELS and rest.strip() else (label, written)


def _needed(rule: str, answers: Sequence[Answer]) -> int:
    """How many must say yes, 0 for all."""
    folded = rule.casefold()
    if not folded:
        some, everyone = outcome(answers, 1), outcome(answers, 0)
        if some.status != everyone.status:
            raise _WrongError(
                f"of {len(answers)} deciders some have answered, or differently, and the column"
                " 'rule' does not say how many must say yes. Write any, all, or 2 of."
            )
        return 0
    found = _OF.fullmatch(folded)
    if found and int(found[1]):
        return int(found[1])
    if folded not in ("any", "all"):
        raise _WrongError(f"the rule {shown(rule)} is not any, all, or such as 2 of.")
    return 1 if folded == "any" else 0


def _round(written: str) -> int:
    if not written:
        return 0
    if not _ROUND.fullmatch(written):
        raise _WrongError(f"the round {shown(written)} is not a whole number from 1 to 9999.")
    return int(written)


def _own(rows: Sequence[Row]) -> Properties:
    """What is stated of the request besides: how long it lay with the requester, conditions."""
    forum = _one(rows, "forum") if any(row["decider"] for row in rows) else ""
    stated = {
        "forum": said(forum),
        "days_with_requester": _one(rows, "days_with_requester"),
        "conditions": "; ".join(
            dict.fromkeys(row["conditions"] for row in rows if row["conditions"])
        ),
    }
    return {name: value for name, value in stated.items() if value}


def _in_order(
    requests: Sequence[Request], waiting: Mapping[str, str]
) -> Iterator[Request | Rejected]:
    """The requests, each with those that it waits for; a rejection for each that is not there."""
    of_model: dict[tuple[object, ...], list[Request]] = defaultdict(list)
    for each in requests:
        of_model[each.models, each.version].append(each)
    for each in requests:
        before: list[str] = []
        for wanted in _parts(waiting[each.id]):
            found = _before(each, wanted, of_model[each.models, each.version])
            if found:
                before.append(found.id)
            else:
                yield Rejected(
                    each.file,
                    each.line,
                    f"it comes after {shown(wanted)}, which is neither a step nor a gate of"
                    " another request for this version of the model. The rest of it went in.",
                )
        yield replace(each, after=tuple(before)) if before else each


def _before(request: Request, wanted: str, others: Sequence[Request]) -> Request | None:
    """The request that this one comes after: an open one waits for what was asked last."""
    others = [each for each in others if each.id != request.id]
    named = (
        [each for each in others if each.step == wanted and each.gate == request.gate]
        or [each for each in others if each.step == wanted]
        or [each for each in others if each.gate == wanted]
    )
    named.sort(key=_asked)
    if outcome(request.answers, request.needed).status not in OPEN:
        named = [each for each in named if _asked(each) <= _asked(request)] or named[:1]
    return named[-1] if named else None


def _asked(request: Request) -> int:
    return request.requested if isinstance(request.requested, int) else 0
