"""Whether models can get through the gates ahead of them: who is able there, and in which ways.

Able is who is entitled, or sits in a team that is, is still here, and is not recused from the gate
or the model. Where a gate asks for independence, whoever owns the model or sits in the team that
does must keep out, in a committee as well. A deputy acts in the place of somebody who is able;
when that somebody has left, nothing is left to stand in for, and what was delegated cannot be
delegated further.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from ownership_graph.assignments import (
    Change,
    Reason,
    Solved,
    Step,
    Voice,
    Way,
    Workflow,
    indispensable,
    single_changes,
    smallest_help,
    smallest_reason,
    solve,
)
from ownership_graph.assignments.solving import MOST
from ownership_graph.assignments.workflow import Pair, classes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ownership_graph.rights.reading import Entitled, Gate, Rights, Standing

WAITING_TO_GO_LIVE = "promote"
"""The kind of decision that a gate makes, as a delegation may name it in its scope."""

LEAST = 200
"""Places that are filled for each situation at the least, however many were too hard before."""

Out: TypeAlias = Literal["gone", "recused", "owner", "away"]
"""Why somebody who is entitled cannot decide."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether there is a way through, and if not, why not and what would make one.

    `waived` are gates at which the owner would be enough; `help` the fewest gates at which one
    more each would be, where no single change is.
    """

    workflow: Workflow
    solved: Solved
    reason: Reason | None = None
    changes: tuple[Change, ...] = ()
    waived: tuple[str, ...] = ()
    help: tuple[str, ...] = ()


@dataclass(slots=True)
class Passing:
    """All that is asked about the gates, each distinct situation answered once.

    Who is `away` decides nothing; whoever stands in can.
    """

    rights: Rights
    away: frozenset[str] = frozenset()
    _verdicts: dict[object, Verdict] = field(default_factory=dict)
    _needed: dict[object, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    _open: dict[str, _Open] = field(default_factory=dict)
    _most: int = MOST

    def verdict(self, standing: Standing) -> Verdict:
        """Whether models that stand so can get through."""
        key = self._key(standing)
        if key not in self._verdicts:
            self._verdicts[key] = self._judged(standing)
        return self._verdicts[key]

    def needed(self, standing: Standing) -> Mapping[str, tuple[str, ...]]:
        """The people without any one of whom such models cannot get through, with the gates."""
        key = self._key(standing)
        if key not in self._needed:
            flow = self.workflow(standing)
            self._needed[key] = {
                who: reason.steps
                for who in indispensable(flow, most=self._most)
                if who in self.rights.people
                and (reason := smallest_reason(flow.without(who))) is not None
            }
        return self._needed[key]

    def workflow(self, standing: Standing, waived: str = "") -> Workflow:
        """The gates ahead as steps; at the gate `waived` the owner may decide as well."""
        ahead = [self.rights.gates[each] for each in standing.ahead]
        steps = tuple(self.step(standing, gate.id, waived=waived == gate.id) for gate in ahead)
        return Workflow(steps, *self._rules(standing), self._done(standing, waived))

    def outs(self, standing: Standing, gate: str) -> Mapping[str, Out]:
        """Who is entitled at the gate and cannot decide on this model, and why."""
        open_ = self.open(gate)
        away: dict[str, Out] = dict.fromkeys(sorted(self.away & open_.able), "away")
        barred: dict[str, Out] = {
            who: "recused" if who in standing.recused else "owner"
            for who in sorted(self.barred(standing, gate))
        }
        return open_.outs | away | barred

    def deputies(self, gate: str, who: str) -> tuple[str, ...]:
        """Those to whom somebody delegated what the gate decides, whether they can or not."""
        scopes = {gate, WAITING_TO_GO_LIVE, "*"}
        known = self.rights.people.get(who)
        return tuple(
            deputy for deputy, scope in (known.deputies if known else ()) if scope in scopes
        )

    def barred(self, standing: Standing, gate: str, *, waived: bool = False) -> frozenset[str]:
        """Those who are able at the gate and must not decide on this model."""
        open_ = self.open(gate)
        barred = standing.recused & open_.able
        if self.rights.gates[gate].independent and not waived:
            barred |= standing.owners & open_.able
            barred |= {who for team in standing.owners for who in open_.sitting(team)}
        return frozenset(barred)

    def open(self, gate: str) -> _Open:
        """Who is able at the gate, whatever the model."""
        if gate not in self._open:
            self._open[gate] = _Open(self, self.rights.gates[gate])
        return self._open[gate]

    def _key(self, standing: Standing) -> object:
        """The same for all situations that cannot differ."""
        barred = (
            (gate, self.barred(standing, gate), self.barred(standing, gate, waived=True))
            for gate in standing.ahead
        )
        done = self._done(standing)
        return (*barred, *self._rules(standing), frozenset(done.items()))

    def _judged(self, standing: Standing) -> Verdict:
        flow = self.workflow(standing)
        solved = solve(flow, most=self._most)
        if not solved.known:
            # Where many situations are as hard, the next ones have to be shorter.
            self._most = max(self._most // 2, LEAST)
            return Verdict(flow, solved)
        reason = smallest_reason(flow) if solved.plan is None else None
        if reason is None:
            return Verdict(flow, solved)
        changes = tuple(single_changes(flow, reason))
        waived = tuple(
            gate
            for gate in reason.steps
            if self.barred(standing, gate) != self.barred(standing, gate, waived=True)
            and solve(self.workflow(standing, gate)).plan is not None
        )
        help_ = () if changes or waived else smallest_help(flow)
        return Verdict(flow, solved, reason, changes, waived, help_)

    def step(self, standing: Standing, gate: str, *, waived: bool = False) -> Step:
        """The gate as a step for such models, with everyone who is able."""
        barred = self.barred(standing, gate, waived=waived)
        return Step(gate, self.open(gate).ways_without(barred, self.away))

    def _rules(self, standing: Standing) -> tuple[frozenset[Pair], frozenset[Pair]]:
        """The rules that tie the gates ahead to each other, and to those that are passed."""
        ahead, gates = {*standing.ahead}, self.rights.gates
        known = ahead | {each.gate for each in standing.decided}
        separate = {frozenset((a, b)) for a in ahead for b in gates[a].separate & known}
        same = {frozenset((a, b)) for a in known & gates.keys() for b in gates[a].same & known}
        tied = {each for ids in classes(known, same) if ahead.intersection(ids) for each in ids}
        return frozenset(separate), frozenset(pair for pair in same if pair <= tied)

    def _done(self, standing: Standing, waived: str = "") -> Mapping[str, frozenset[str]]:
        """Who decided the gates that are passed, as far as it matters for those ahead."""
        separate, same = self._rules(standing)
        bound = {each for pair in same for each in pair}
        found = {}
        for each in standing.decided:
            if each.gate in bound:
                members = [self._members(team) for team in each.teams]
                # Nobody knows who sat in a team whose members nobody wrote down.
                found[each.gate] = each.people.union(*members) if all(members) else frozenset()
                continue
            tied = [gate for gate in standing.ahead if frozenset((gate, each.gate)) in separate]
            steps = [self.step(standing, gate, waived=gate == waived) for gate in tied]
            ways = [way for step in steps for way in step.ways]
            could = (who for who in each.people | each.teams if any(who in w.people for w in ways))
            if group := frozenset(could):
                found[each.gate] = group
        return found

    def _members(self, team: str) -> frozenset[str]:
        known = self.rights.entitled.get(team)
        return frozenset(known.members if known else ())


@dataclass
class _Open:
    """Who is able at one gate, whatever the model."""

    passing: Passing
    gate: Gate

    @property
    def rights(self) -> Rights:
        """Everything that the rows tell."""
        return self.passing.rights

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The way of single people, then one for each body."""
        bodies = [each for each in self._entitled() if self._is_counted(each)]
        return (
            Way(self.gate.wanted, frozenset({*self._own(), *self._deputies()})),
            *(
                Way(
                    body.quorum,
                    frozenset(Voice(who, who) for who in body.members if not self.why_out(who)),
                    body.id,
                )
                for body in bodies
            ),
        )

    def ways_without(self, barred: Collection[str], away: Collection[str]) -> tuple[Way, ...]:
        """The same with those who can still go them.

        Nobody acts by the right of somebody `barred`; by that of somebody `away` a deputy does.
        """
        touched = {at for who in (*barred, *away) for at in self._going.get(who, ())}
        ways = list(self.ways)
        for at in touched:
            voices = (
                each
                for each in ways[at].voices
                if each.person not in barred and each.right not in barred
                if each.person not in away
            )
            ways[at] = replace(ways[at], voices=frozenset(voices))
        return tuple(ways) if touched else self.ways

    @cached_property
    def _going(self) -> Mapping[str, list[int]]:
        """The places of the ways that somebody goes, or by whose right somebody does."""
        found: dict[str, list[int]] = {}
        for at, way in enumerate(self.ways):
            for who in way.names:
                found.setdefault(who, []).append(at)
        return found

    @cached_property
    def able(self) -> frozenset[str]:
        """Everyone who is able, deputies included."""
        return frozenset[str]().union(*(way.people for way in self.ways))

    @cached_property
    def single(self) -> tuple[str, ...]:
        """Who is entitled other than in a body: people, and the members of teams."""
        return tuple(
            sorted(
                {
                    who
                    for each in self._entitled(gone=True)
                    if each.gone or not self._is_counted(each)
                    for who in self._people(each)
                }
            )
        )

    @cached_property
    def outs(self) -> dict[str, Out]:
        """Who is entitled, or sits in a team that is, and cannot decide there at all."""
        people = {who for each in self._entitled(gone=True) for who in self._people(each)}
        return {who: why for who in sorted(people) if (why := self.why_out(who))}

    def sitting(self, team: str) -> frozenset[str]:
        """Who of the able sits in the team."""
        return self._by_team.get(team, frozenset())

    @cached_property
    def _by_team(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for who in self.able & self.rights.people.keys():
            for team in self.rights.people[who].teams:
                found.setdefault(team, set()).add(who)
        return {team: frozenset(people) for team, people in found.items()}

    def why_out(self, who: str) -> Out | None:
        """Why somebody cannot decide there, whatever the model."""
        known = self.rights.people.get(who) or self.rights.entitled[who]
        if known.gone:
            return "gone"
        return "recused" if who in self.gate.recused else None

    def _entitled(self, *, gone: bool = False) -> list[Entitled]:
        known = (self.rights.entitled[each] for each in self.gate.entitled)
        return [each for each in known if gone or not each.gone]

    @staticmethod
    def _is_counted(entitled: Entitled) -> bool:
        """Whether it decides as one, with so many of its members."""
        return entitled.body and bool(entitled.members)

    @staticmethod
    def _people(entitled: Entitled) -> tuple[str, ...]:
        if entitled.gone:
            return (entitled.id,)
        return entitled.members or (entitled.id,)

    def _own(self) -> Iterator[Voice]:
        """Those who can decide by their own right."""
        for each in self._entitled():
            if not self._is_counted(each):
                yield from (Voice(who, who) for who in self._people(each) if not self.why_out(who))

    def _deputies(self) -> Iterator[Voice]:
        """Those who can decide in the place of one of them."""
        for voice in self._own():
            for deputy in self.passing.deputies(self.gate.id, voice.right):
                if not self.why_out(deputy):
                    yield Voice(deputy, voice.right)
