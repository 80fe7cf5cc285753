"""Which teams have to coordinate, and what they have for it.

Coordination is required where teams work on one model, or on models of which one stands on the
other: in the words of Cataldo, Wagstrom, Herbsleb and Carley (2006), the product of who works on
what, what depends on what, and who works on what again. Congruence is the share of what is
required for which there is something. Cost: for each model and each dependency the teams on the
one side times those on the other; for each body the teams of its people, taken two by two, where
they need each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.measures import Row

    Pair: TypeAlias = tuple[str, str]
    """Two teams, by id."""

TAKES = ("part", "id", "facts")
GIVES = ("team", "other", "needs", "models", "has", "congruence")
USES = ("min_needs",)
SHOWN = 5
BODIES = frozenset({"group", "committee"})
"""Kinds of a team that are nobody's own."""


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each two teams: those that have nothing first, then who needs most."""
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        parts[row["part"]].append({"id": row["id"], **row["facts"]})
    seats = _Seats.read(parts["team"], parts["person"])
    needs, models = _needs(parts["model"], seats)
    has = _has(needs, parts["handover"], seats)
    met, required = sum(needs[pair] for pair in has), needs.total()
    live = {row["id"]: bool(row["live"]) for row in parts["model"]}
    found: list[dict[str, Any]] = [
        {
            "team": pair[0],
            "other": pair[1],
            "needs": many,
            "models": sorted(models[pair], key=lambda each: (not live[each], each))[:SHOWN],
            "has": has.get(pair, []),
            "congruence": round(met / required, 2),
        }
        for pair, many in needs.items()
        if many >= parameters["min_needs"]
    ]
    return sorted(
        found, key=lambda row: (bool(row["has"]), -row["needs"], row["team"], row["other"])
    )


@dataclass(frozen=True, slots=True)
class _Seats:
    """The teams that are here, and who sits where: in own teams, as a liaison, or in a body."""

    teams: Mapping[str, Row]
    own: Mapping[str, frozenset[str]]
    anywhere: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, teams: Sequence[Row], people: Sequence[Row]) -> _Seats:
        """As the rows tell it."""
        known = {row["id"]: row for row in teams}
        anywhere = {
            row["id"]: frozenset(seat["team"] for seat in row["seats"]) & known.keys()
            for row in people
        }
        own = {
            row["id"]: frozenset(
                seat["team"]
                for seat in row["seats"]
                if seat["team"] in known
                and not seat["liaison"]
                and known[seat["team"]]["kind"] not in BODIES
            )
            for row in people
        }
        return cls(known, own, anywhere)

    def teams_of(self, who: str) -> frozenset[str]:
        """The own teams of a person, or the team itself where it is here."""
        return self.own.get(who, frozenset((who,))) & self.teams.keys()

    def pair(self, one: str, two: str) -> Pair | None:
        """The two, unless they are one team or one line."""
        in_line = one in self.teams[two]["above"] or two in self.teams[one]["above"]
        return None if one == two or in_line else (min(one, two), max(one, two))


def _needs(models: Sequence[Row], seats: _Seats) -> tuple[Counter[Pair], dict[Pair, set[str]]]:
    """How many models and dependencies tie two teams together, and which models those are."""
    working = {
        row["id"]: {
            team for who in (*row["owners"], *row["workers"]) for team in seats.teams_of(who)
        }
        for row in models
    }
    ties = [(row["id"], row["id"]) for row in models]
    ties += [
        (row["id"], below)
        for row in models
        for below in sorted(set(row["stands_on"]))
        if below in working and below != row["id"]
    ]
    needs: Counter[Pair] = Counter()
    about: dict[Pair, set[str]] = defaultdict(set)
    for model, below in ties:
        sides = product(working[model], working[below])
        for pair in {pair for one, two in sides if (pair := seats.pair(one, two))}:
            needs[pair] += 1
            about[pair] |= {model, below}
    return needs, about


def _has(
    needs: Mapping[Pair, int], handovers: Sequence[Row], seats: _Seats
) -> dict[Pair, list[str]]:
    """In words, what those who need it have: people first, then bodies, then handovers."""
    people: Counter[Pair] = Counter()
    bodies: dict[Pair, set[str]] = defaultdict(set)
    for pair in _shared(seats):
        people[pair] += pair in needs
    for body, those in _bodies(seats).items():
        for pair in combinations(sorted(those), 2):
            if pair in needs:
                bodies[pair].add(seats.teams[body]["name"] or body)
    passed: Counter[Pair] = Counter()
    for row in handovers:
        pair = min(row["id"], row["other"]), max(row["id"], row["other"])
        passed[pair] += row["count"] or 1
    found = {
        pair: [
            *([_many(people[pair], "person", "people") + " in both"] if people[pair] else []),
            *(f"both in {body}" for body in sorted(bodies.get(pair, ()))),
            *([_many(passed[pair], "handover", "handovers")] if passed[pair] else []),
        ]
        for pair in needs
    }
    return {pair: told for pair, told in found.items() if told}


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _shared(seats: _Seats) -> Iterator[Pair]:
    """For each person the teams, two by two, in which the person sits or is a liaison."""
    for those in seats.anywhere.values():
        teams = sorted(each for each in those if seats.teams[each]["kind"] not in BODIES)
        yield from combinations(teams, 2)


def _bodies(seats: _Seats) -> Mapping[str, set[str]]:
    """By committee the own teams of those who sit in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for who, those in seats.anywhere.items():
        for each in those:
            if seats.teams[each]["kind"] == "committee":
                found[each] |= seats.own[who]
    return found
