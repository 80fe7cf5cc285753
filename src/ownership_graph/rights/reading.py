"""The rows of the questions about gates, as values: gates, who is entitled, people, models.

A row is a part of the graph: what it is, an id, and a map of its facts. Both stores give lists in
whatever order, so everything is sorted here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Row: TypeAlias = Mapping[str, Any]

GONE = frozenset({"left", "archived"})


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate in force. `wanted` single people must agree there; rules tie it to other gates."""

    id: str
    name: str
    seq: int
    wanted: int
    independent: bool
    entitled: tuple[str, ...]
    recused: frozenset[str]
    separate: frozenset[str]
    same: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entitled:
    """A person or a team that is entitled at a gate.

    A `body` decides as one with `quorum` of its members. A team whose members nobody wrote down
    is one voice, like a person.
    """

    id: str
    name: str
    gone: bool
    team: bool
    body: bool
    quorum: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may act; `deputies` are (id, scope) of those who may do so in their place."""

    id: str
    name: str
    gone: bool
    teams: frozenset[str]
    deputies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A gate that is passed, with the people and the teams that decided it."""

    gate: str
    people: frozenset[str]
    teams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Request:
    """One request about the model that is asked about; `deciders` are ids, days may be blank."""

    gate: str
    id: str
    status: str
    version: str | None
    requested_day: int | None
    decided_day: int | None
    valid_until_day: int | None
    deciders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where models stand that stand alike: the gates ahead of them, and who must keep out.

    `wanted` are all gates that they must pass, and `requests` all requests about them, where one
    model is asked about.
    """

    models: tuple[str, ...]
    ahead: tuple[str, ...]
    wanted: tuple[str, ...]
    owners: frozenset[str]
    recused: frozenset[str]
    decided: tuple[Decided, ...]
    requests: tuple[Request, ...]

    @classmethod
    def at(
        cls, ahead: Iterable[str], models: Iterable[str] = (), recused: Iterable[str] = ()
    ) -> Standing:
        """Models before these gates, as far as nobody owns them and nothing was decided."""
        return cls(tuple(models), tuple(ahead), (), frozenset(), frozenset(recused), (), ())


@dataclass(frozen=True, slots=True)
class Rights:
    """Everything that the rows tell, by id."""

    gates: Mapping[str, Gate]
    entitled: Mapping[str, Entitled]
    people: Mapping[str, Person]
    standings: tuple[Standing, ...]

    def place(self, gate: str) -> tuple[int, str]:
        """Where a gate stands in the order of gates."""
        return (self.gates[gate].seq, gate)

    def name(self, own_id: str) -> str:
        """What people call a gate, a person, or a team that is entitled."""
        for known in (self.gates, self.entitled, self.people):
            if own_id in known:
                return known[own_id].name
        return own_id


Parts: TypeAlias = "Mapping[str, Sequence[Row]]"
"""Rows by what they are, each with its id among its facts; no rows of what there is none of."""


def by_part(rows: Iterable[Row]) -> Parts:
    """The rows of a question by what they are."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[row["part"]].append({"id": row["id"], **row["facts"]})
    return parts


def read_rights(parts: Parts) -> Rights:
    """The rights that the rows tell."""
    return Rights(
        {row["id"]: _gate(row) for row in parts["gate"]},
        {row["id"]: _entitled(row) for row in parts["entitled"]},
        {row["id"]: _person(row) for row in parts["person"]},
        tuple(_standing(row) for row in parts["models"]),
    )


def _gate(row: Row) -> Gate:
    own_id = row["id"]
    return Gate(
        own_id,
        row["name"] or own_id,
        row["seq"] or 0,
        max(row["quorum"] or 1, 1),
        row["independence"] != "not_required",
        tuple(sorted(row["entitled"])),
        frozenset(row["recused"]),
        frozenset(row["separate"]) - {own_id},
        frozenset(row["same"]) - {own_id},
    )


def _entitled(row: Row) -> Entitled:
    return Entitled(
        row["id"],
        row["name"] or row["id"],
        row["status"] in GONE,
        row["team"],
        row["body"],
        max(row["quorum"] or 1, 1),
        tuple(sorted(row["members"])),
    )


def _person(row: Row) -> Person:
    deputies = tuple(sorted((own_id, scope) for own_id, scope in row["deputies"]))
    return Person(
        row["id"],
        row["name"] or row["id"],
        row["status"] in GONE,
        frozenset(row["teams"]),
        deputies,
    )


def _standing(row: Row) -> Standing:
    people, teams = defaultdict(set), defaultdict(set)
    for gate, persons, bodies in row["decided"]:
        people[gate].update(persons)
        teams[gate].update(bodies)
    return Standing(
        tuple(sorted(row["models"])),
        tuple(row["ahead"]),
        tuple(row["wanted"]),
        frozenset(row["owners"]),
        frozenset(row["recused"]),
        tuple(
            Decided(gate, frozenset(people[gate]), frozenset(teams[gate]))
            for gate in sorted(people)
            if gate not in row["ahead"]
        ),
        tuple(sorted(map(_request, row["requests"]), key=_when)),
    )


def _request(told: list[Any]) -> Request:
    gate, own_id, status, version, requested, decided, until, deciders = told
    return Request(
        gate, own_id, status or "", version, requested, decided, until, tuple(sorted(deciders))
    )


def _when(request: Request) -> tuple[int, int, str]:
    """The order of requests: by the day of the decision, or of the request, then by id."""
    return (request.decided_day or 0, request.requested_day or 0, request.id)
