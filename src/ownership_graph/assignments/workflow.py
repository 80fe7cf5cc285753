"""A workflow: steps, who may take them and in which ways, and which rules tie them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

Pair: TypeAlias = frozenset[str]
"""The ids of two steps that a rule ties."""
Rule: TypeAlias = Literal["separate", "same"]


@dataclass(frozen=True, slots=True, order=True)
class Voice:
    """Somebody who can act, and by whose right: the own one, or that of whoever delegated it."""

    person: str
    right: str


@dataclass(frozen=True)
class Way:
    """One way to take a step: `wanted` voices agree, of different people by different rights.

    `body` is the committee that they make up, blank where they act as single people.
    """

    wanted: int
    voices: frozenset[Voice]
    body: str = ""

    @cached_property
    def people(self) -> frozenset[str]:
        """Everyone who may take part."""
        return frozenset(each.person for each in self.voices)

    @cached_property
    def names(self) -> frozenset[str]:
        """The same, and everyone by whose right."""
        return self.people.union(each.right for each in self.voices)


@dataclass(frozen=True, slots=True)
class Step:
    """One step. The first of its `ways` is that of single people; others are committees."""

    id: str
    ways: tuple[Way, ...]

    @property
    def wanted(self) -> int:
        """How many single people must agree."""
        return self.ways[0].wanted


@dataclass(frozen=True, slots=True)
class Workflow:
    """Steps that are still to be taken, and the rules that tie them.

    A step is taken by a group of people. The groups of two steps that are `separate` share
    nobody. Those of steps that are the `same`, directly or by way of others, are one group:
    the smaller is part of the larger. `done` are the groups of the steps that were taken; the
    rules hold for them as well.
    """

    steps: tuple[Step, ...]
    separate: frozenset[Pair] = frozenset()
    same: frozenset[Pair] = frozenset()
    done: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def only(self, ids: Collection[str]) -> Workflow:
        """Those steps alone, with the rules that tie them to each other and to what is done."""
        kept = {*ids, *self.done}
        return Workflow(
            tuple(step for step in self.steps if step.id in ids),
            frozenset(pair for pair in self.separate if pair <= kept),
            frozenset(pair for pair in self.same if pair <= kept),
            self.done,
        )

    def with_ways(self, change: Callable[[Step, Way], Way]) -> Workflow:
        """The same with each way of each step replaced."""
        return replace(
            self,
            steps=tuple(
                Step(step.id, tuple(change(step, way) for way in step.ways)) for step in self.steps
            ),
        )

    def lifting(self, rule: Rule, pair: Pair) -> Workflow:
        """The same without one of its rules."""
        if rule == "separate":
            return replace(self, separate=self.separate - {pair})
        return replace(self, same=self.same - {pair})

    def without(self, person: str) -> Workflow:
        """The same while that person is away; who stands in for the person can still do so."""
        return self.with_ways(
            lambda _, way: (
                replace(
                    way, voices=frozenset(each for each in way.voices if each.person != person)
                )
                if person in way.people
                else way
            )
        )


def classes(ids: Collection[str], pairs: Collection[Pair]) -> list[tuple[str, ...]]:
    """The ids in groups of those that pairs tie, directly or by way of others; each sorted."""
    group = {each: {each} for each in ids}
    for pair in pairs:
        tied = [group[each] for each in pair if each in group]
        joined = set().union(*tied)
        for each in joined:
            group[each] = joined
    return sorted({tuple(sorted(each)) for each in group.values()})
