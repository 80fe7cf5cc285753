"""The decisions that follow from where things stand, and what becomes of each.

What is not live has to be let through each gate ahead; what is live may have to be stopped, rolled
back, retired, or its risk accepted; rival metrics and rival pilots have to be settled, money to be
given, gates to be changed. What is recorded and open is not implied once more. Where it is written
down neither who answers for such things nor who has a right over the thing, nobody is missed; of
money somebody is where rights are written down at all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from ownership_graph.rights import telling
from ownership_graph.rights.holders import STATES, Holders, Outlook, best, read_holders
from ownership_graph.rights.passing import Passing
from ownership_graph.rights.reading import Standing, by_part, read_rights
from ownership_graph.rights.waiting import read_waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ownership_graph.rights.reading import Parts, Row
    from ownership_graph.rights.waiting import Waiting

OF_OWNERS = ("stop", "roll_back", "retire", "accept_risk")
"""What whoever answers for a model may decide about it."""


@dataclass(frozen=True, slots=True)
class Implied:
    """Decisions of one kind with the same outlook.

    `about` is the gate or the use case that they are about, blank for the models themselves;
    `count` is how many decisions they are, and `models` those that they concern.
    """

    kind: str
    outlook: Outlook
    models: tuple[str, ...]
    count: int
    about: str = ""


@dataclass
class Situation:
    """Everything that the rows of the question tell."""

    rows: Sequence[Row]
    _by_rights: dict[tuple[str, str, tuple[int, ...]], list[Outlook]] = field(default_factory=dict)

    @cached_property
    def parts(self) -> Parts:
        """The rows by what they are."""
        return by_part(self.rows)

    @cached_property
    def passing(self) -> Passing:
        """The gates and who is able there."""
        return Passing(read_rights(self.parts))

    @cached_property
    def holders(self) -> Holders:
        """Who answers for something, and who has a standing right."""
        return read_holders(self.parts)

    def implied(self) -> Iterator[Implied]:
        """All implied decisions, those that can be made included."""
        yield from self._promoting()
        yield from self._answering()
        yield from self._metrics()
        yield from self._merging()
        yield from self._funding()
        yield from self._gates()

    def _is_known(self, what: str) -> bool:
        """Whether it is recorded at all who answers for such things."""
        return any(row[what] for row in self.parts["known"])

    @cached_property
    def _recorded(self) -> defaultdict[str, set[str]]:
        """What decisions that are recorded and open are about, by their kind."""
        found = defaultdict(set)
        for row in self.parts["recorded"]:
            found[row["kind"]].update(row["about"])
        return found

    def _promoting(self) -> Iterator[Implied]:
        if not self.parts["entitled"]:
            return
        circles = self.circles
        for row in self.parts["promoting"]:
            standing = _alone(row)
            for gate in standing.ahead:
                models = self._open("promote", standing.models)
                held = [each for each in models if (each, gate) in circles]
                free = [each for each in models if (each, gate) not in circles]
                outlook = best([self._at_gate(standing, gate)])
                yield from self._by_right("promote", outlook, self._alike(free), gate)
                for model in held:
                    circle = outlook if outlook.state != "open" else circles[model, gate]
                    yield Implied("promote", circle, (model,), 1, gate)

    def _at_gate(self, standing: Standing, gate: str) -> Outlook:
        """What those can do who are entitled at a gate."""
        step = self.passing.step(standing, gate)
        entitled = self.passing.rights.gates[gate].entitled
        if any(len(way.people) >= way.wanted for way in step.ways):
            return Outlook("open", deciders=entitled)
        name, short = self.passing.rights.name(gate), telling.short(self.passing, standing, step)
        return Outlook("impossible", gate, "", f"nobody can decide at '{name}': {short}", entitled)

    def _answering(self) -> Iterator[Implied]:
        for row in self.parts["answering"]:
            outlook = best([self.holders.owners([tuple(claim) for claim in row["owners"]])])
            alike = self._alike(row["models"])
            for kind in OF_OWNERS:
                yield from self._by_right(kind, outlook, alike)

    def _metrics(self) -> Iterator[Implied]:
        """Whoever answers for the model and whoever decides first must find one metric."""
        for row in self.parts["metric"]:
            owners = [tuple(claim) for claim in row["owners"]]
            outlook = best([self._chosen(owners, row["gates"][:1])])
            yield from self._by_right("choose_metric", outlook, self._alike([row["id"]]))

    def _chosen(self, claims: Sequence[tuple[str, str]], first: Sequence[str]) -> Outlook:
        owner = self.holders.owners(claims)
        if owner.state != "open" or not first or not self.parts["entitled"]:
            return owner
        gate = self._at_gate(Standing.at(first), first[0])
        if gate.state != "open":
            return gate
        [row] = (each for each in self.parts["gate"] if each["id"] == first[0])
        deciding = [who for who in sorted(row["owners"]) if not self.holders.gone[who]]
        sides = list(product(owner.deciders, deciding or gate.deciders))
        if any(one == two or self.holders.lines.are_one_line(one, two) for one, two in sides):
            return Outlook("open", deciders=tuple(sorted({who for each in sides for who in each})))
        settled = (self.holders.settled(each, "have to agree on one metric") for each in sides)
        return min(settled, key=lambda each: (STATES.index(each.state), each.levels))

    def _merging(self) -> Iterator[Implied]:
        """Whoever owns the use case chooses among its pilots, else who is above their teams."""
        known = self._is_known("use_cases") or any(row["above"] for row in self.parts["team"])
        for row in self.parts["merging"]:
            merged = [self._merged(row)] if known else []
            yield from self._one("merge_pilots", merged, row["id"], row["models"])

    def _merged(self, row: Row) -> Outlook:
        if row["owners"]:
            return self.holders.owners([(who, "") for who in row["owners"]])
        here = [who for who in row["teams"] if not self.holders.gone[who]]
        if len(here) == 1:
            return Outlook("open", deciders=tuple(here))
        above = self.holders.settled(sorted(here), "own pilots") if here else None
        if above is None or above.state == "contested":
            why = "nobody owns the use case, and nobody known stands above all of its pilots"
            return Outlook("impossible", row["id"], "", why, tuple(sorted(here)))
        return above

    def _funding(self) -> Iterator[Implied]:
        """Nobody has the right to money by an office of the model: a right has to be written."""
        nobody = Outlook("impossible", why="nobody has the right to fund it")
        for row in self.parts["funding"]:
            known = [nobody] if self.holders.rights else []
            yield from self._one("fund", known, row["id"], row["models"])

    def _gates(self) -> Iterator[Implied]:
        for row in self.parts["gate"]:
            known = [self._owner(row)] if self._is_known("gates") else []
            yield from self._one("change_policy", known, row["id"], [])

    def _owner(self, gate: Row) -> Outlook:
        """What whoever owns a gate can do."""
        if gate["owners"]:
            return self.holders.owners([(who, "") for who in gate["owners"]])
        why = f"nobody owns the gate '{gate['name'] or gate['id']}'"
        return Outlook("impossible", gate["id"], "", why)

    def changing(self, gate: str) -> Outlook:
        """Who can change a gate, be that recorded already or not."""
        [owner] = [self._owner(row) for row in self.parts["gate"] if row["id"] == gate]
        return best([owner, *self.holders.standing("change_policy", [gate])])

    def _one(
        self, kind: str, known: list[Outlook], about: str, models: Sequence[str]
    ) -> Iterator[Implied]:
        """One decision about a gate or a use case, unless it is recorded or nothing is known."""
        outlooks = [*known, *self.holders.standing(kind, [about, *models])]
        if outlooks and about not in self._recorded[kind]:
            yield Implied(kind, best(outlooks), tuple(models), 1, about)

    def _open(self, kind: str, models: Iterable[str]) -> list[str]:
        """The models about which no such decision is recorded."""
        recorded = self._recorded[kind]
        return [each for each in models if each not in recorded]

    def _alike(self, models: Iterable[str]) -> Mapping[tuple[int, ...], list[str]]:
        """The models by the numbers of the rights that are about them."""
        found = defaultdict(list)
        for model in models:
            found[self.holders.about(model)].append(model)
        return found

    def _by_right(
        self,
        kind: str,
        outlook: Outlook,
        alike: Mapping[tuple[int, ...], Sequence[str]],
        gate: str = "",
    ) -> Iterator[Implied]:
        """The decisions about these models, with what standing rights make of each."""
        known = [outlook] if gate or self._models_are_known else []
        for rights, models in alike.items():
            group = self._open(kind, models)
            if not group:
                continue
            standing = self._standing(kind, gate, rights, group[0])
            if standing:
                yield Implied(kind, best([*standing, *known]), tuple(group), len(group), gate)
            elif known:
                yield Implied(kind, outlook, tuple(group), len(group), gate)

    def _standing(
        self, kind: str, gate: str, rights: tuple[int, ...], model: str
    ) -> list[Outlook]:
        """What those with a standing right can do about a model, one of many with those rights."""
        key = kind, gate, rights
        if key not in self._by_rights:
            self._by_rights[key] = self.holders.standing(kind, [model, gate])
        return self._by_rights[key]

    @cached_property
    def _models_are_known(self) -> bool:
        return self._is_known("models")

    @cached_property
    def waiting(self) -> Waiting:
        """The requests that wait for others."""
        return read_waiting(self.parts["waiting"])

    @cached_property
    def circles(self) -> Mapping[tuple[str, str], Outlook]:
        """By model and gate what becomes of requests that wait for themselves, or behind such."""
        return {
            at: Outlook("impossible", knot[0], "", self.circle(knot))
            for at, knot in self.waiting.held().items()
        }

    def circle(self, knot: Iterable[str]) -> str:
        """A circle of requests in words."""
        gates = sorted({gate for own in knot for gate in self.waiting.gates[own]})
        listed = telling.listed(self.passing.rights, gates)
        return f"the requests at {listed} wait for each other"


def _alone(row: Row) -> Standing:
    """Models before the gates ahead, as far as their owners do not matter."""
    return Standing.at(row["ahead"], sorted(row["models"]), row["recused"])
