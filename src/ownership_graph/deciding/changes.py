"""What would free a model, and who has the right to do it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ownership_graph.deciding.answer import Change
from ownership_graph.deciding.naming import somebody
from ownership_graph.deciding.others import POLICY, takers
from ownership_graph.deciding.steps import named_gates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ownership_graph.rights.holders import Outlook
    from ownership_graph.rights.implied import Implied
    from ownership_graph.rights.passing import Passing
    from ownership_graph.rights.superiors import Lines
    from ownership_graph.rights.telling import Offer


@dataclass(frozen=True, slots=True)
class Changing:
    """Who may change what: the rules of a gate, and who sits in a committee.

    A gate is changed by whoever owns it or has a standing right to; a committee's seats are filled
    by its lead, else by whoever leads the nearest team above it, else with the gate.
    """

    passing: Passing
    lines: Lines
    policy: dict[str, Outlook]

    @classmethod
    def of(cls, passing: Passing, lines: Lines, implied: Sequence[Implied]) -> Changing:
        """As the rows tell it."""
        return cls(
            passing, lines, {each.about: each.outlook for each in implied if each.kind == POLICY}
        )

    def offered(self, offer: Offer) -> Change:
        """The change with those who may make it, or why nobody may."""
        body = somebody(offer.body) if offer.body else None
        gates = named_gates(self.passing, offer.gates)
        change = Change(offer.words, offer.kind, gates, offer.more, body)
        if offer.kind == "several":
            return replace(change, alone=False)
        leads = self._leads(offer.body) if offer.kind == "seat" else ()
        if leads:
            return replace(change, by=tuple(map(somebody, leads)))
        return self._with_owners(change)

    def not_waiting(self, gate: str) -> Change:
        """That a request no longer waits for others, which wait for it."""
        words = f"let the request at '{self.passing.rights.name(gate)}' wait no more"
        return self._with_owners(Change(words, "wait", named_gates(self.passing, [gate])))

    def _with_owners(self, change: Change) -> Change:
        """With those who may change the gates; each of them has to be somebody's to change."""
        held = {
            gate.id: takers(self.policy[gate.id])
            for gate in change.gates
            if gate.id in self.policy
        }
        for gate in change.gates:
            if not held.get(gate.id):
                return replace(change, nobody=self._why_nobody(gate.id))
        by = dict.fromkeys(who for gate in change.gates for who in held[gate.id])
        return replace(change, by=tuple(map(somebody, by)))

    def _why_nobody(self, gate: str) -> str:
        if gate in self.policy:
            return self.policy[gate].why
        return f"nobody is known to own the gate '{self.passing.rights.name(gate)}'"

    def _leads(self, body: str) -> tuple[str, ...]:
        """The leads of a team or of the nearest above it that has any who are here."""
        level, seen = [body], {body}
        while level:
            leads = {lead for team in level for lead in self._team_leads(team)}
            if leads:
                return tuple(sorted(leads))
            above = {up for team in level for up in self._above(team)} - seen
            seen |= above
            level = sorted(above)
        return ()

    def _team_leads(self, team: str) -> tuple[str, ...]:
        known = self.lines.teams.get(team)
        return known.leads if known and not known.gone else ()

    def _above(self, team: str) -> tuple[str, ...]:
        known = self.lines.teams.get(team)
        return known.above if known else ()
