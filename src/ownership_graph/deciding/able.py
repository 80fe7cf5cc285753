"""Who can decide at a gate, and why others who look entitled there cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, reduce
from typing import TYPE_CHECKING

from ownership_graph.assignments import Step, Voice, Way, solve
from ownership_graph.deciding.answer import Able, Committee, Out
from ownership_graph.deciding.naming import somebody
from ownership_graph.tracing.things import Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.assignments import Workflow
    from ownership_graph.assignments.workflow import Pair, Rule
    from ownership_graph.rights.passing import Passing, Verdict
    from ownership_graph.rights.reading import Standing

MOST_TRIED = 50
"""Of so many people at a gate it is tried whether each can take part; of more it is not."""


@dataclass(frozen=True)
class Abilities:
    """The gates ahead of one model; the verdict is about those that no standing right passes."""

    passing: Passing
    standing: Standing
    verdict: Verdict

    @cached_property
    def _flow(self) -> Workflow:
        return self.passing.workflow(self.standing)

    def able(self, gate: str) -> tuple[Able, ...]:
        """The single people who can, in their own right before those who stand in for others."""
        ties = self._tied(gate)
        ordered = sorted(self._step(gate).ways[0].voices, key=lambda v: (v.person != v.right, v))
        found: dict[str, Able] = {}
        for voice in ordered:
            if voice.person not in ties:
                found.setdefault(voice.person, able(voice))
        return tuple(found.values())

    def committees(self, gate: str) -> tuple[Committee, ...]:
        """The bodies that decide as one, with those of their members who can."""
        ties, entitled = self._tied(gate), self.passing.rights.entitled
        return tuple(
            Committee(
                somebody(way.body),
                way.wanted,
                len(entitled[way.body].members),
                tuple(somebody(who) for who in sorted(way.people) if who not in ties),
            )
            for way in self._step(gate).ways[1:]
        )

    def cannot(self, gate: str) -> tuple[Out, ...]:
        """Everyone else who is entitled, or stands in for somebody, each with the reason."""
        outs = self.passing.outs(self.standing, gate)
        told = [Out(somebody(who), why) for who, why in outs.items()]
        told += self._deputies_of_nobody(gate)
        ties = self._tied(gate)
        told += [ties[who] for who in sorted(ties)]
        first = {each.who.id: each for each in reversed(told)}
        return tuple(first[who] for who in sorted(first))

    def _step(self, gate: str) -> Step:
        return next(step for step in self._flow.steps if step.id == gate)

    def _deputies_of_nobody(self, gate: str) -> Iterator[Out]:
        """Those who stand in for somebody who cannot decide either."""
        can = {voice.person for way in self._step(gate).ways for voice in way.voices}
        for who in self.passing.outs(self.standing, gate):
            for deputy in self.passing.deputies(gate, who):
                if deputy not in can:
                    yield Out(somebody(deputy), "deputy", somebody(who))

    def _tied(self, gate: str) -> dict[str, Out]:
        """Who would be able, and is kept out by a rule that ties this gate to another."""
        flow, step = self._flow, self._step(gate)
        people = {who for way in step.ways for who in way.people}
        found: dict[str, Out] = {}
        rules: tuple[tuple[Rule, frozenset[Pair]], ...]
        rules = (("same", flow.same), ("separate", flow.separate))
        for rule, pairs in rules:
            for other, group in sorted(flow.done.items()):
                if frozenset((gate, other)) not in pairs:
                    continue
                barred = people & group if rule == "separate" else people - group
                if rule == "same" and any(way.wanted > len(group) for way in step.ways):
                    continue
                found |= {who: self._out(who, rule, other) for who in barred}
        return found | self._tied_ahead(gate, people - found.keys())

    def _tied_ahead(self, gate: str, people: set[str]) -> dict[str, Out]:
        """Who cannot take part here, whoever decides at the gates that rules tie to this one."""
        flow, step = self.verdict.workflow, self._step(gate)
        pairs = {pair for pair in flow.separate | flow.same if gate in pair}
        plan = self.verdict.solved.plan
        if plan is None or gate not in plan or not pairs or len(people) > MOST_TRIED:
            return {}
        return {
            who: out
            for who in sorted(people)
            if (out := self._tried(flow, step, who, pairs)) is not None
        }

    def _tried(self, flow: Workflow, step: Step, who: str, pairs: set[Pair]) -> Out | None:
        """Why that one cannot take part in the step, `None` where that is possible."""
        tried = _taking_part(flow, step, who)
        solved = solve(tried)
        if solved.plan is not None or not solved.known:
            return None
        ordered = sorted(pairs, key=sorted)
        without = reduce(lambda left, pair: left.lifting(_rule(flow, pair), pair), ordered, tried)
        if solve(without).plan is None:
            return None
        blamed = (p for p in ordered if solve(tried.lifting(_rule(flow, p), p)).plan is not None)
        pair = next(blamed, ordered[0])
        [other] = pair - {step.id}
        return self._out(who, _rule(flow, pair), other)

    def _out(self, who: str, rule: Rule, other: str) -> Out:
        return Out(somebody(who), rule, Thing("Gate", other, self.passing.rights.name(other)))


def _taking_part(flow: Workflow, step: Step, who: str) -> Workflow:
    """The same, where that one takes part in the step; where nobody can tell, as it was.

    The step is tied to a further one that only they can take, and the same must take. Where it is
    tied in this way already, they have to be the only one who takes it.
    """
    if not any(step.id in pair for pair in flow.same):
        further = Step(f"\0{step.id}", (Way(1, frozenset({Voice(who, who)})),))
        same = flow.same | {frozenset((step.id, further.id))}
        return replace(flow, steps=(*flow.steps, further), same=same)
    if len(step.ways) > 1 or step.wanted > 1:
        return flow
    voices = frozenset(each for each in step.ways[0].voices if each.person == who)
    alone = Step(step.id, (Way(1, voices),))
    return replace(flow, steps=tuple(alone if s.id == step.id else s for s in flow.steps))


def _rule(flow: Workflow, pair: Pair) -> Rule:
    return "separate" if pair in flow.separate else "same"


def able(voice: Voice) -> Able:
    """Whoever acts by a voice, and in whose place."""
    stands_in = voice.person != voice.right
    return Able(somebody(voice.person), somebody(voice.right) if stands_in else None)
