"""What would free a model, and who has the right to do it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ownership_graph.deciding.answer import Change
from ownership_graph.deciding.naming import somebody
from ownership_graph.deciding.others import takers
from ownership_graph.deciding.steps import named_gates
from ownership_graph.rights.telling import listed

if TYPE_CHECKING:
    from collections.abc import Collection

    from ownership_graph.rights.implied import Situation
    from ownership_graph.rights.passing import Passing
    from ownership_graph.rights.telling import Offer

_SEVERAL = "no single change: several requests would have to wait for no other"


@dataclass(frozen=True, slots=True)
class Changing:
    """Who may change what: the rules of a gate, and who sits in a committee.

    A gate is changed by whoever owns it or has a standing right to; a committee's seats are filled
    by its lead, else by whoever leads the nearest team above it, else with the gate.
    """

    situation: Situation
    passing: Passing

    def offered(self, offer: Offer) -> Change:
        """The change with those who may make it, or why nobody may."""
        body = somebody(offer.body) if offer.body else None
        gates = named_gates(self.passing, offer.gates)
        change = Change(offer.words, offer.kind, gates, offer.more, body)
        if offer.kind == "several":
            return replace(change, alone=False)
        leads = self.situation.holders.lines.leads(offer.body) if offer.kind == "seat" else ()
        if leads:
            return replace(change, by=tuple(map(somebody, leads)))
        return self._with_owners(change)

    def not_waiting(self, model: str, gates: Collection[str]) -> tuple[Change, ...]:
        """The requests that hold a model up in a circle: which of them alone would free it."""
        waiting = self.situation.waiting
        held = waiting.held()
        requests = {own for gate in gates for own in held.get((model, gate), ())}
        freeing = [
            own
            for own in sorted(requests)
            if not any((model, gate) in waiting.without(own).held() for gate in gates)
        ]
        told = (self._with_owners(self._not_waiting(own, model)) for own in freeing)
        return tuple(told) or (Change(_SEVERAL, "several", (), alone=False),)

    def _not_waiting(self, own: str, model: str) -> Change:
        known, waiting = self.passing.rights, self.situation.waiting
        at = listed(known, waiting.gates[own])
        others = " and ".join(waiting.models[own])
        whose = "" if model in waiting.models[own] else f" about '{others}'"
        gates = named_gates(
            self.passing, [each for each in waiting.gates[own] if each in known.gates]
        )
        return Change(f"let the request at {at}{whose} wait for no other", "wait", gates)

    def _with_owners(self, change: Change) -> Change:
        """With those who may change the gates; each of them has to be somebody's to change."""
        outlooks = [self.situation.changing(gate.id) for gate in change.gates]
        for outlook in outlooks:
            if not takers(outlook):
                return replace(change, nobody=outlook.why)
        if not outlooks:
            return replace(change, nobody="the gate is no longer in force")
        by = dict.fromkeys(who for outlook in outlooks for who in takers(outlook))
        return replace(change, by=tuple(map(somebody, by)))
