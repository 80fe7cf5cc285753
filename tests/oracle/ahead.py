"""The gates ahead of a model, and who is able there, as the oracle's rules take them."""

from __future__ import annotations

from oracle.absences import Voice
from oracle.centralisation import in_force, is_committee
from oracle.granted import here, people_of
from oracle.paths import must_pass, valid_at, younger

OPEN = {"pending", "returned"}
KNOWN_STAGES = {"idea", "experiment", "pilot", "production"}


class Gates:
    """The gates in force."""

    def __init__(self, graph, today):
        self.today = today
        self.all = {each for each in graph.all("Gate") if in_force(each, today)}
        self.tiered = {each for each in self.all if each.get("min_tier") is not None}

    def asked_of(self, model):
        """Those that the model must pass, by its tier or by name, the first first."""
        named = self.all.intersection(model.after("SUBJECT_TO", "Gate"))
        return in_order(named | {each for each in self.tiered if must_pass(model, each)})

    def ahead(self, model, *, at_any_stage=False):
        """Those where it asks, or that it must pass and has not passed yet, the first first.

        What is live already was never asked to pass a gate that is younger than the release. What
        is at no stage that is known is on its way only where it asked.
        """
        asked, released = asked_at(model), model.get("stage_day")
        if not (asked or at_any_stage or model.get("stage") in KNOWN_STAGES):
            return []
        wanted = set(self.asked_of(model)) - valid_at(model, self.today)
        if model.get("stage") == "production":
            wanted = {each for each in wanted if not younger(each, released)}
        return in_order(wanted | (asked & self.all))


def in_order(gates):
    """The gates in the order in which they are passed."""
    return sorted(gates, key=lambda each: (each.get("seq", 0), each.id))


def asked_at(model):
    """The gates at which a request about the model is open."""
    requests = model.before("CONCERNS", "Approval")
    opened = [each for each in requests if each.get("status") in OPEN]
    return {gate for each in opened for gate in each.after("AT", "Gate")}


def bodies_at(gate, barred=frozenset()):
    """Who decides as one at the gate: so many of the single people, or a committee's quorum.

    A body whose members nobody wrote down is one voice, as a person is. Who is barred, or recused
    from the gate, is left out.
    """
    barred = barred.union(gate.before("RECUSED_FROM", "Person"))
    single, bodies = set(), []
    for who in filter(here, gate.before("CAN_DECIDE")):
        members = people_of(who) if who.label == "Team" else {who}
        present = frozenset(filter(here, members)) - barred
        if not members:
            single.add(who)
        elif who.label == "Team" and is_committee(who):
            bodies.append(Voice(present, max(who.get("quorum", 1), 1)))
        else:
            single |= present
    return [Voice(frozenset(single), max(gate.get("quorum", 1), 1)), *bodies]
