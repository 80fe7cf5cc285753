"""The oracle's rules of people who must be found for all gates ahead of a model.

Every way to share the gates out among people is tried, gate by gate. A voice is a person and by
whose right that person acts: the own one, or that of somebody who delegated it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from oracle.ahead import OPEN, Gates
from oracle.centralisation import is_committee
from oracle.granted import (
    claims,
    deciders,
    here,
    in_force,
    live,
    people_of,
    teams_of,
)
from oracle.implied import CAN, by_right, parts
from oracle.paths import GRANTED
from oracle.rules import rule
from oracle.separation import OVERSIGHT


@dataclass(frozen=True, slots=True)
class Way:
    """One way to decide at a gate: so many voices, of different people by different rights."""

    voices: frozenset
    wanted: int

    def groups(self, away=None):
        """Every group of people that can decide; `away` is nobody's own part in it."""
        lent = {}
        for who, right in self.voices:
            if who is not away:
                lent.setdefault(who, set()).add(right)
        for group in combinations(sorted(lent, key=lambda each: each.id), self.wanted):
            if can_act([lent[each] for each in group]):
                yield frozenset(group)


def can_act(rights, used=frozenset()):
    """Whether each of the people has a right that no other of them uses."""
    if not rights:
        return True
    return any(can_act(rights[1:], used | {each}) for each in rights[0] - used)


@rule("DEC-05")
def no_way_through(graph, today, min_confidence=0.5, model=""):
    situations = Situations(graph, today, min_confidence)
    return {(each.id,) for each in asked_about(graph, model) if not situations.can_pass(each)}


@rule("DEC-06")
def one_absence(graph, today, min_confidence=0.5, model=""):
    """Those without whom what can be passed no longer can.

    Whoever takes no part where all gates are shared out is not needed.
    """
    situations = Situations(graph, today, min_confidence)
    return {
        (who.id,)
        for each in asked_about(graph, model)
        if situations.can_pass(each)
        for who in situations.taking_part(each)
        if not situations.can_pass(each, away=who)
    }


def asked_about(graph, model):
    """Pilots and other live models that ask somewhere; else one model, whatever its stage."""
    return [
        each
        for each in graph.all("Model")
        if each.id == model
        or (not model and live(each) and (each.get("stage") == "pilot" or asks(each)))
    ]


def asks(model):
    """Whether a request about it is open, at whatever gate."""
    return any(each.get("status") in OPEN for each in model.before("CONCERNS", "Approval"))


class Situations:
    """Where models stand; what stands alike is looked at once."""

    def __init__(self, graph, today, min_confidence):
        self.gates = Gates(graph, today)
        self.today, self.min_confidence = today, min_confidence
        self.known = {}
        self.rights = [
            each
            for each in graph.all("Decision")
            if each.get("kind") == "promote" and each.get("status") is None
            if parts(each, "decide")
        ]

    def of(self, model):
        gates = self.gates.ahead(model, at_any_stage=True)
        recused = frozenset(model.before("RECUSED_FROM", "Person"))
        owners = frozenset(owning(model, self.min_confidence))
        done = decided(model, self.today)
        key = tuple(gates), recused, owners, frozenset(done.items())
        if key not in self.known:
            ways = {each: ways_at(each, recused, owners, self.today) for each in gates}
            self.known[key] = Situation(ways, done)
        return self.known[key]

    def can_pass(self, model, away=None):
        """Whether all gates can be shared out, or those that no right opens."""
        situation = self.of(model)
        if situation.can_share(away):
            return True
        opened = {gate for gate in situation.ways if self.opens(model, gate, away)}
        return bool(opened) and situation.without(opened).can_share(away)

    def opens(self, model, gate, away):
        """Whether somebody has a right to let the model through the gate."""
        return any(
            by_right(each, away) == CAN
            for each in self.rights
            if not each.after("ABOUT")
            or {model, gate, *model.after("SERVES", "UseCase")}.intersection(each.after("ABOUT"))
        )

    def taking_part(self, model):
        """The people who have a part in one way of sharing out, or in a right."""
        situation = self.of(model)
        opened = {gate for gate in situation.ways if self.opens(model, gate, None)}
        groups = (situation.without(opened).shared() or {}).values()
        held = (each.end for right in self.rights for each in right.out("NEEDS"))
        behind = ({who} if who.label == "Person" else people_of(who) for who in held)
        return {who for each in (*groups, *behind) for who in each if who.label == "Person"}


def owning(model, min_confidence):
    """The teams that answer for it, and the people who own it other than to watch over it."""
    for each in claims(model, min_confidence):
        team, role = each.start.label == "Team", each.get("role")
        if team and role == "accountable" and each.start.get("kind") != "group":
            yield each.start
        if not team and role not in OVERSIGHT:
            yield each.start


def decided(model, today):
    """By gate passed, who decided there, as people and teams."""
    found = {}
    for approval in model.before("CONCERNS", "Approval"):
        versions = {approval.get("version"), model.get("version")} - {None}
        if (
            approval.get("status") in GRANTED
            and approval.get("valid_until_day", today) >= today
            and len(versions) < 2
        ):
            for gate in approval.after("AT", "Gate"):
                found[gate] = found.get(gate, frozenset()) | deciders(approval)
    return found


def ways_at(gate, recused, owners, today):
    """The ways to decide at the gate: by single people and their deputies, or a committee each."""
    barred = recused.union(gate.before("RECUSED_FROM", "Person"))
    independent = gate.get("independence") != "not_required"

    def may(who):
        own = independent and (who in owners or (who.label == "Person" and teams_of(who) & owners))
        return here(who) and who not in barred and not own

    single, ways = set(), []
    for who in filter(here, gate.before("CAN_DECIDE")):
        members = people_of(who) if who.label == "Team" else set()
        if members and is_committee(who):
            voices = frozenset((each, each) for each in members if may(each))
            ways.append(Way(voices, max(who.get("quorum", 1), 1)))
        else:
            single.update(filter(may, members or {who}))
    lent = {
        (tie.end, who)
        for who in single
        for tie in who.out("DELEGATES_TO", "Person")
        if tie.get("scope", "*") in {"*", "promote", gate.id}
        and in_force(tie, today)
        and may(tie.end)
    }
    voices = frozenset(lent | {(each, each) for each in single})
    return [Way(voices, max(gate.get("quorum", 1), 1)), *ways]


class Situation:
    """The gates ahead with the ways to decide there, and who decided at those that are passed."""

    def __init__(self, ways, done):
        self.ways = ways
        self.done = {gate: who for gate, who in done.items() if gate not in ways}
        known = {*ways, *self.done}
        self.apart = {
            gate: {other for other in tied(gate, "SEPARATE_FROM") & known if other is not gate}
            for gate in known
        }
        self.same = {gate: reached(gate, known) - {gate} for gate in known}
        self.parts = self.parted()
        self.shareable = {}

    def without(self, gates):
        """The same where these gates need not be shared out."""
        ways = {gate: way for gate, way in self.ways.items() if gate not in gates}
        return Situation(ways, {gate: who for gate, who in self.done.items() if gate not in gates})

    def can_share(self, away):
        """Whether the gates can be shared out while that one is away."""
        if away not in self.shareable:
            self.shareable[away] = self.shared(away) is not None
        return self.shareable[away]

    def parted(self):
        """The gates ahead in groups of those that a rule ties, also by way of what is passed."""
        left, parts = list(self.ways), []
        while left:
            part, edge = [], [left[0]]
            while edge:
                gate = edge.pop()
                if gate in left:
                    left.remove(gate)
                    part.append(gate)
                    edge += self.apart[gate] | self.same[gate]
            parts.append(part)
        return parts

    def shared(self, away=None):
        """A group of people for each gate, found by parts that are tied; None if impossible."""
        plan = {}
        for part in self.parts:
            found = self.shared_out(part, {}, away)
            if found is None:
                return None
            plan |= found
        return plan

    def shared_out(self, left, taken, away):
        """The gates that are taken, with a group for each one that is left; None if impossible."""
        if not left:
            return taken
        gate, *others = left
        tries = (
            self.shared_out(others, {**taken, gate: group}, away)
            for way in self.ways[gate]
            for group in way.groups(away)
            if self.is_allowed(gate, group, taken)
        )
        return next((each for each in tries if each is not None), None)

    def is_allowed(self, gate, group, taken):
        """Whether no rule that ties the gate to one that is taken or passed forbids the group."""
        apart, same = self.apart[gate], self.same[gate]
        return (
            not any(group & taken[each] for each in apart & taken.keys())
            and not any(group & self.done[each] for each in apart & self.done.keys())
            and all(is_one(group, taken[each]) for each in same & taken.keys())
            and all(is_one(group, sat(self.done[each])) for each in same & self.done.keys())
        )


def is_one(group, other):
    """Whether they are one group: the smaller is part of the larger; unknown may be anybody."""
    return other is None or group <= other or other <= group


def sat(who):
    """The people who decided, the members of teams included; None where nobody knows them."""
    people = [people_of(each) if each.label == "Team" else {each} for each in who]
    return set().union(*people) if all(people) and people else None


def tied(gate, type_):
    """The gates to which such a rule ties it, read both ways."""
    return {*gate.after(type_, "Gate"), *gate.before(type_, "Gate")}


def reached(gate, known):
    """The gates at which the same must decide, directly or by way of others."""
    found, edge = {gate}, [gate]
    while edge:
        onward = (tied(edge.pop(), "SAME_AS") & known) - found
        found |= onward
        edge += onward
    return found
