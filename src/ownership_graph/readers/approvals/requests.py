"""Requests at gates and what was answered, as the graph states them, from whatever system.

A `Request` becomes one Approval with its relationships. Where the system does not say how it
ended, that follows from the answers and from how many must say yes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from ownership_graph.importing.values import RowError, property_check
from ownership_graph.model import LABELS
from ownership_graph.records import ABSENT, Node, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ownership_graph.readers.moments import Day
    from ownership_graph.readers.stating import End
    from ownership_graph.records import Properties, Record

EVENTS = ("Approval", "CONCERNS", "AT")
"""What a source of requests always speaks about."""

YES = frozenset({"approved", "conditional", "waived", "expired"})
"""Answers that let a request pass, or once did."""

OPEN = frozenset({"pending", "returned"})
"""Where somebody has yet to answer, or the requester has to mend something."""

ENDED = YES | {"rejected", "withdrawn"}
"""Where a request stands that nobody has to decide any more."""

_DAYS = ("requested", "assigned", "decided", "due", "valid_until")
_CHECKS = {
    name: property_check(LABELS["Approval"].properties[name], "Approval", lambda _: None)
    for name in ("status", *(f"{day}_day" for day in _DAYS))
}
_LEFT_UNANSWERED = "the request was decided without an answer from here"
_ANSWERED = "the request waits for others, who have yet to answer"


class Answer(NamedTuple):
    """What one decider said, and when; pending where nothing was said yet.

    `line` is where that stands, where it is not the request's own.
    """

    decider: End | None
    status: str = "pending"
    day: Day = None
    line: int = 0


class Outcome(NamedTuple):
    """Where a request stands, and since when it is decided."""

    status: str
    day: Day = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request at one gate for one version of a model.

    `status` is what the system says; where it is blank, it follows from the answers. `needed`
    is how many of them must be a yes, 0 for all. `step` tells apart what is asked for at one
    gate. `after` are the ids of the requests that it waits for, `own` further properties.
    """

    id: str
    gate: str
    models: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    status: str = ""
    needed: int = 0
    step: str = ""
    name: str = ""
    version: str = ""
    requested: Day = None
    assigned: Day = None
    decided: Day = None
    due: Day = None
    valid_until: Day = None
    round: int = 0
    requested_by: tuple[End, ...] = ()
    after: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    own: Properties = field(default_factory=dict)
    file: str = ""
    line: int = 0


Found: TypeAlias = Request | Node | Rejected
"""What one entry of a source comes to."""


def outcome(answers: Sequence[Answer], needed: int) -> Outcome:
    """Where a request stands after these answers, of which `needed` must be a yes (0: all).

    It is rejected once so many have said no that the others are too few. Who was released from
    answering (withdrawn) does not count.

    >>> outcome([Answer(None, "approved", 7), Answer(None)], needed=1)
    Outcome(status='approved', day=7)
    >>> outcome([Answer(None, "approved", 7), Answer(None)], needed=2).status
    'pending'
    """
    counted = [each for each in answers if each.status != "withdrawn"]
    if not counted:
        return Outcome("withdrawn" if answers else "pending", _of_rank(answers, len(answers)))
    needed = min(needed or len(counted), len(counted))
    yes = [each for each in counted if each.status in YES]
    no = [each for each in counted if each.status == "rejected"]
    if len(yes) >= needed:
        return Outcome(_kind_of_yes(yes), _of_rank(yes, needed))
    spare = len(counted) - needed
    if len(no) > spare:
        return Outcome("rejected", _of_rank(no, spare + 1))
    returned = any(each.status == "returned" for each in counted)
    return Outcome("returned" if returned else "pending")


def _kind_of_yes(yes: Sequence[Answer]) -> str:
    """What several answers come to that all let it pass: the weakest of them."""
    said = {each.status for each in yes}
    return next((each for each in ("expired", "conditional") if each in said), "") or (
        "waived" if said == {"waived"} else "approved"
    )


def _of_rank(answers: Sequence[Answer], rank: int) -> Day:
    """The day on which the answer of that rank came, where the days of all are known."""
    days = [each.day for each in answers if isinstance(each.day, int)]
    return sorted(days)[rank - 1] if answers and len(days) == len(answers) else None


def stated(request: Request) -> Iterator[Record]:
    """What a request states: an Approval and its relationships, or why it cannot be taken.

    An open request is DECIDED_BY those who have yet to answer, a decided one by those who did.
    The others are denied, since they may have been stated while it was open.
    """
    why = fault_of(request)
    if why:
        yield Rejected(request.file, request.line, why)
        return
    found = outcome(request.answers, request.needed)
    status = request.status or found.status
    decided = request.decided if request.decided is not None else found.day
    properties: Properties = {**request.own, "status": status}
    for name, value in (
        ("name", request.name),
        ("version", request.version),
        ("round", request.round),
        *((f"{day}_day", getattr(request, day)) for day in _DAYS if day != "decided"),
        ("decided_day", decided if status in ENDED else None),
    ):
        if value not in (None, "") and (name, value) != ("round", 0):
            properties[name] = value
    yield Node("Approval", request.id, properties, request.file, request.line)
    for type_, end in _ends(request):
        yield _tie(request, type_, end, {}, request.line)
    lines = {each.decider: each.line or request.line for each in reversed(request.answers)}
    for end, denied in _deciders(request.answers, status).items():
        no: Properties = {ABSENT: True, "why": denied} if denied else {}
        yield _tie(request, "DECIDED_BY", end, no, lines[end])


def fault_of(request: Request) -> str:
    """Why the request cannot be taken as a whole, or an empty text."""
    for each in _DAYS:
        if why := _fault(f"{each}_day", getattr(request, each)):
            return why
    for answer in request.answers:
        if why := _fault("decided_day", answer.day) or _fault("status", answer.status):
            return why
    return _fault("status", request.status)


@lru_cache(65_536)
def _fault(name: str, value: Day) -> str:
    """Why the property cannot have that value, or an empty text."""
    if value is None:
        return ""
    try:
        _CHECKS[name](value)
    except RowError as error:
        return error.why
    return ""


def _ends(request: Request) -> Iterator[tuple[str, End]]:
    yield from (("CONCERNS", ("Model", each)) for each in request.models)
    yield "AT", ("Gate", request.gate)
    yield from (("REQUESTED_BY", each) for each in request.requested_by)
    yield from (("AFTER", ("Approval", each)) for each in request.after)
    yield from (("CITES", ("Result", each)) for each in request.cites)


def _deciders(answers: Iterable[Answer], status: str) -> dict[End, str]:
    """Who decides or decided the request, and why those do not who were asked, too."""
    asked: dict[End, set[str]] = defaultdict(set)
    for each in answers:
        if each.decider:
            asked[each.decider].add(each.status)
    chosen = OPEN if status == "pending" else YES | {"rejected"}
    why = _ANSWERED if status == "pending" else _LEFT_UNANSWERED
    counts = {end: bool(said & chosen) for end, said in asked.items()}
    if status not in (*ENDED, "pending") or not any(counts.values()):
        return dict.fromkeys(asked, "")
    return {end: "" if counted else why for end, counted in counts.items()}


def _tie(
    request: Request, type_: str, end: End, properties: Properties, line: int
) -> Relationship:
    return Relationship(type_, "Approval", request.id, *end, properties, request.file, line)


def on_line(found: Iterable[Found], line: int) -> Iterator[Found]:
    """The same, each said to stand on that line: of an answer the number of its entry."""
    for each in found:
        if isinstance(each, Request):
            yield replace(each, line=line)
        else:
            yield msgspec.structs.replace(each, line=line)


def in_rounds(requests: Iterable[Request]) -> list[Request]:
    """The same, each with the round that it is; one after a yes is a first round again.

    What is asked again is the same step of the same gate for the same version of a model. A
    round that is stated stays; none is reckoned where a day of the request is missing.
    """
    asked = list(requests)
    series: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, each in enumerate(asked):
        series[each.models, each.version, each.gate, each.step].append(place)
    for places in series.values():
        days = {place: asked[place].requested for place in places}
        if len(places) == 1 or all(isinstance(day, int) for day in days.values()):
            places.sort(key=days.__getitem__)  # type: ignore[arg-type]  # one alone, or whole numbers
            number = 0
            for place in places:
                each = asked[place]
                number = each.round or number + 1
                asked[place] = replace(each, round=number)
                status = each.status or outcome(each.answers, each.needed).status
                number = 0 if status in YES else number
    return asked
