"""The path to production, gate by gate: passed, waiting or ahead, and who can decide there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.days import date_of
from ownership_graph.deciding.able import Abilities
from ownership_graph.deciding.answer import Request, Step
from ownership_graph.deciding.naming import somebody
from ownership_graph.tracing.things import Thing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.deciding.asked import Asked
    from ownership_graph.rights.passing import Passing, Verdict
    from ownership_graph.rights.reading import Request as Told
    from ownership_graph.rights.reading import Standing

OPEN = ("pending", "returned")
GRANTED = ("approved", "conditional", "waived")


@dataclass(frozen=True, slots=True)
class Steps:
    """What is needed to tell each step; `by_right` are those with a standing right to a gate."""

    asked: Asked
    passing: Passing
    standing: Standing
    verdict: Verdict
    by_right: Mapping[str, tuple[str, ...]]
    today: int

    def all(self) -> tuple[Step, ...]:
        """Every gate that the model must pass, in their order."""
        abilities = Abilities(self.passing, self.standing, self.verdict)
        return tuple(self._step(gate, abilities) for gate in self.standing.wanted)

    def _step(self, gate: str, abilities: Abilities) -> Step:
        requests = [each for each in self.standing.requests if each.gate == gate]
        thing = Thing("Gate", gate, self.passing.rights.name(gate))
        if gate not in self.standing.ahead:
            passed = next(each for each in reversed(requests) if self._counts(each))
            return Step(thing, "passed", self._told(passed))
        waiting = sorted((each for each in requests if each.status in OPEN), key=self._lies)
        ended = [each for each in requests if each.status not in OPEN]
        return Step(
            thing,
            "waiting" if waiting else "ahead",
            self._told(waiting[0]) if waiting else None,
            self._note(ended[-1]) if ended else "",
            self.passing.rights.gates[gate].wanted,
            abilities.able(gate),
            abilities.committees(gate),
            tuple(somebody(each) for each in self.by_right.get(gate, ())),
            abilities.cannot(gate),
        )

    @staticmethod
    def _lies(request: Told) -> tuple[bool, bool, int]:
        """Before the gate comes before with the requester, then the oldest first."""
        day = request.requested_day
        return (request.status != "pending", day is None, day or 0)

    def _counts(self, request: Told) -> bool:
        """Whether the gate is passed by it."""
        return (
            request.status in GRANTED
            and not self._has_expired(request)
            and not self._is_of_another(request)
        )

    def _has_expired(self, request: Told) -> bool:
        return request.valid_until_day is not None and request.valid_until_day < self.today

    def _is_of_another(self, request: Told) -> bool:
        """Whether it was about another version."""
        return None not in (request.version, self.asked.version) and (
            request.version != self.asked.version
        )

    def _told(self, request: Told) -> Request:
        waits = request.status in OPEN and request.requested_day is not None
        return Request(
            request.id,
            request.status,
            _iso(request.requested_day),
            _iso(request.decided_day),
            tuple(somebody(each) for each in request.deciders),
            self._waited(request) if waits else None,
            self.asked.promised.get(request.gate) if waits else None,
        )

    def _waited(self, request: Told) -> int:
        """Days since the request, without those at the requester."""
        lain = self.asked.with_requester.get(request.id, 0)
        return max(self.today - (request.requested_day or 0) - lain, 0)

    def _note(self, request: Told) -> str:
        """Why what was last decided there does not count."""
        day = _iso(request.decided_day)
        on = f" on {day}" if day else ""
        if self._counts(request):
            return f"{request.status}{on}, and asked for again"
        if request.status in GRANTED and self._has_expired(request):
            return f"{request.status}{on}, which held until {_iso(request.valid_until_day)}"
        if request.status in GRANTED:
            return (
                f"{request.status}{on} for version {request.version}, and this is version"
                f" {self.asked.version}"
            )
        return f"{request.status or 'decided'}{on}"


def _iso(day: int | None) -> str:
    return "" if day is None else date_of(day).isoformat()


def named_gates(passing: Passing, gates: Sequence[str]) -> tuple[Thing, ...]:
    """Gates with their names, in the order of gates."""
    ordered = sorted(gates, key=passing.rights.place)
    return tuple(Thing("Gate", each, passing.rights.name(each)) for each in ordered)
