"""The requests of one case at its gates: asked, assigned, returned, asked again, decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from ownership_graph.readers.event_logs.events import Clock, Event
    from ownership_graph.readers.event_logs.meaning import Effect

RETURNED, EXPIRED = "returned", "expired"
_FAILED = frozenset({"rejected", "withdrawn"})


class Who(NamedTuple):
    """Who did something: a Person or a Team."""

    label: str
    id: str


@dataclass(slots=True)
class Request:
    """One request of a case at a gate; `number` counts those of the case there, from 1.

    `attempt` counts how often it was handed in: again after it was returned, or anew after it was
    rejected or withdrawn. `days_with_requester` are those from a return to the next attempt.
    """

    case: str
    gate: str
    number: int
    model: str
    line: int
    attempt: int = 1
    status: str = "pending"
    requested: datetime | None = None
    assigned: datetime | None = None
    decided: datetime | None = None
    returned: datetime | None = None
    days_with_requester: int = 0
    requested_by: Who | None = None
    deciders: dict[Who, None] = field(default_factory=dict)


class Requests:
    """All requests of a log, each case's in the order of time."""

    def __init__(self, clock: Clock) -> None:
        """`clock` says on which day something was."""
        self.all: list[Request] = []
        self._clock = clock
        self._last: dict[tuple[str, str], Request] = {}

    def take(self, effect: Effect, event: Event, who: Who | None) -> None:
        """Let an event do what it means at a gate; `who` did it, if that is known."""
        found = self._last.get((event.case, effect.gate))
        if effect.kind == "requested":
            self._ask(found, effect, event, who)
        elif effect.kind == "assigned":
            self._assign(found, effect, event, who)
        else:
            self._decide(found, effect, event, who)

    def _ask(self, found: Request | None, effect: Effect, event: Event, who: Who | None) -> None:
        if found and found.returned:
            days = self._clock.day(event.time) - self._clock.day(found.returned)
            found.days_with_requester += days
            found.attempt += 1
            found.status, found.returned = "pending", None
        elif found is None or found.decided:
            request = self._new(found, effect, event)
            request.requested, request.requested_by = event.time, who

    def _assign(
        self, found: Request | None, effect: Effect, event: Event, who: Who | None
    ) -> None:
        request = found if found and not found.decided else self._new(found, effect, event)
        request.assigned = request.assigned or event.time
        if who:
            request.deciders[who] = None

    def _decide(
        self, found: Request | None, effect: Effect, event: Event, who: Who | None
    ) -> None:
        """Decide the request; a later word on a decided one is the word that counts."""
        request = found or self._new(None, effect, event)
        if effect.what == RETURNED:
            request.returned, request.decided = event.time, None
        elif effect.what not in {EXPIRED, request.status}:
            request.returned, request.decided = None, event.time
        request.status = effect.what
        if who and effect.what != EXPIRED:
            request.deciders[who] = None

    def _new(self, before: Request | None, effect: Effect, event: Event) -> Request:
        number = before.number + 1 if before else 1
        attempt = before.attempt + 1 if before and before.status in _FAILED else 1
        request = Request(event.case, effect.gate, number, event.model, event.line, attempt)
        self._last[event.case, effect.gate] = request
        self.all.append(request)
        return request
