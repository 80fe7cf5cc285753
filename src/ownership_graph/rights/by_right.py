"""Gates that models get through by a standing right, whoever is entitled there.

A right to let models through may be about everything, a gate, a model or a use case that it
serves. Whoever holds it needs no entitlement, and the rules that tie the gate to others do not
hold: it is what is left where there is no other way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.rights.holders import Holders, read_holders
from ownership_graph.rights.passing import Passing
from ownership_graph.rights.reading import by_part, read_rights

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ownership_graph.rights.passing import Verdict
    from ownership_graph.rights.reading import Row, Standing

Needed: TypeAlias = "Mapping[str, tuple[str, ...]]"
"""People, each with the gates that nobody else can pass."""

PROMOTE = "promote"
"""The kind of decision that lets a model through a gate."""


@dataclass(frozen=True)
class ByRight:
    """What is asked about the gates, and who has a standing right to let models through them."""

    passing: Passing
    holders: Holders
    _deciders: dict[object, tuple[str, ...]] = field(default_factory=dict)
    _without: dict[str, ByRight] = field(default_factory=dict)

    def deciders(self, model: str, gate: str) -> tuple[str, ...]:
        """Those who can let the model through the gate by a standing right."""
        key = self.holders.about(model), gate
        if key not in self._deciders:
            outlooks = self.holders.standing(PROMOTE, (model, gate))
            able = {who for each in outlooks if each.state == "open" for who in each.deciders}
            self._deciders[key] = tuple(sorted(able))
        return self._deciders[key]

    def judged(self, standing: Standing) -> Iterator[tuple[Standing, Verdict]]:
        """Models with what becomes of them; where only a right helps, before what it leaves."""
        verdict = self.passing.verdict(standing)
        if verdict.solved.plan is not None:
            yield standing, verdict
            return
        for left in self.left(standing):
            yield left, self.passing.verdict(left)

    def left(self, standing: Standing) -> Iterator[Standing]:
        """The models before the gates that no right opens, apart where these differ."""
        if not self._is_any:
            yield standing
            return
        ordered = sorted(standing.models, key=lambda each: (self.holders.about(each), each))
        for _, models in groupby(ordered, self.holders.about):
            alike = tuple(models)
            ahead = tuple(each for each in standing.ahead if not self.deciders(alike[0], each))
            yield replace(standing, models=alike, ahead=ahead)

    def needed(self, standing: Standing) -> Iterator[tuple[Standing, Needed]]:
        """Models, and the people without any one of whom they cannot get through, and where."""
        for left in self.left(standing):
            needed = dict(self.passing.needed(left))
            if self.passing.verdict(left).solved.plan is not None:
                needed |= self._behind(replace(standing, models=left.models), needed)
            yield left, {who: gates for who, gates in needed.items() if gates}

    def _behind(self, standing: Standing, needed: Collection[str]) -> Needed:
        """Those who hold rights and may be needed, with what stops while they are away, if any.

        Where somebody is away a right may open fewer gates, or more: of two who hold it and would
        have to settle it one is left.
        """
        found = {}
        for who in sorted(self._people(standing)):
            if who in needed or self._closes(standing, who):
                [(_, verdict)] = self.without(who).judged(standing)
                found[who] = verdict.reason.steps if verdict.reason else ()
        return found

    def _people(self, standing: Standing) -> frozenset[str]:
        """Everyone behind a right to let these models through, which are about the same."""
        rights = self.holders.over(PROMOTE, (standing.models[0], *standing.ahead))
        return frozenset[str]().union(*(each.people for each in rights))

    def _closes(self, standing: Standing, who: str) -> bool:
        """Whether a gate that a right opens stays shut while that one is away."""
        model, away = standing.models[0], self.without(who)
        return any(
            self.deciders(model, gate) and not away.deciders(model, gate)
            for gate in standing.ahead
        )

    def without(self, person: str) -> ByRight:
        """The same while that person is away."""
        if person not in self._without:
            away = self.passing.away | {person}
            self._without[person] = ByRight(
                Passing(self.passing.rights, away), replace(self.holders, away=away)
            )
        return self._without[person]

    @cached_property
    def _is_any(self) -> bool:
        return any(each.kind == PROMOTE for each in self.holders.rights)


def read_by_right(rows: Iterable[Row], away: frozenset[str] = frozenset()) -> ByRight:
    """The gates and the rights that the rows tell, where these people are away."""
    parts = by_part(rows)
    return ByRight(Passing(read_rights(parts), away), read_holders(parts, away))
