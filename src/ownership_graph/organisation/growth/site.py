"""One team while it is drawn up, and how everything that grows is called in ids.

Whatever lies far away is named by its number, so that ten million nodes need no memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.organisation.growth.drawing import Draw
from ownership_graph.records import Node, Relationship

if TYPE_CHECKING:
    from fractions import Fraction

    from ownership_graph.organisation.stating import End
    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Value

PERSONS, MODELS = 8, 5
"""A team's people and, where nothing else is asked for, its models."""

TEAMS = 8
"""The teams of one department."""

BRANCHES = 5
"""The departments below one department of the same line of work."""

FORUM = 40
"""Each so-many-th team brings a committee with it."""

ABLE = {"legal": 61, "data": 97, "security": 113, "model-risk": 89, "release": 31}
"""The first team and then each so-many-th has a person who may decide at the gate."""

LINES = (
    ("Claims", "operations"), ("Underwriting", "operations"), ("Pricing", "product"),
    ("Service", "product"), ("Data Science", "data"), ("Platform", "engineering"),
    ("Finance", "operations"), ("Sales", "product"), ("Integration", "engineering"),
    ("Portfolio", "risk"),
)  # fmt: skip
"""Lines of work, each with the function that it belongs to."""


class Drawn(NamedTuple):
    """A model while its team is drawn up; `since` is the number of days in its stage."""

    end: End
    name: str
    number: int
    stage: str
    since: int
    tier: int | None


class Site:
    """A team by its number from 0; `facts` holds what was stated of it, in that order."""

    def __init__(
        self, company: Company, number: int, models_each: int | Fraction = MODELS
    ) -> None:
        """What is drawn here depends on the company's day and seed, and on the number.

        `models` are the numbers of its models, as many as teams have on average or next to that.
        """
        self.company, self.number = company, number
        self.models = range(int(number * models_each), int((number + 1) * models_each))
        self.draw = Draw(company.seed, f"growth:{number}")
        self.department = number // TEAMS
        self.line, self.function = LINES[self.department % len(LINES)]
        self.team = team(number)
        self.facts: list[Node | Relationship] = []

    def ago(self, days: int) -> int:
        """The day that lies so many days back."""
        return self.company.today - days

    def node(self, end: End, **properties: Value) -> None:
        """State a node."""
        self.facts.append(Node(*end, properties))

    def tie(self, type_: str, start: End, end: End, **properties: Value) -> None:
        """State a relationship."""
        self.facts.append(Relationship(type_, *start, *end, properties))

    def earlier(self, tail: float) -> int:
        """The number of a team up to this one; early ones come more often."""
        return self.draw.early(self.number + 1, tail)

    def decider(self, gate: str) -> End:
        """Who decides a request at a gate: a committee where there is one, or a person."""
        forum = self.draw.early(self.number // FORUM + 1, 1.5)
        if forum_gate(forum) == gate and self.draw.chance(0.6):
            return committee(forum)
        teams = ABLE[gate]
        return desk(gate, self.draw.early(self.number // teams + 1, 2.0) * teams)


def team(number: int) -> End:
    """A team."""
    return "Team", f"team:b{number}"


def department(number: int) -> End:
    """A department."""
    return "Team", f"team:d{number}"


def department_name(site: Site) -> str:
    """The name of the department of a team."""
    return f"{site.line} department {site.department // len(LINES) + 1}"


def committee(number: int) -> End:
    """A committee."""
    return "Team", f"team:c{number}"


def forum_gate(number: int) -> str:
    """The gate at which a committee may decide."""
    return "release" if number % 2 else "model-risk"


def person(number: int, place: int = 0) -> End:
    """A person of a team by its number; the first is its lead."""
    return "Person", f"person:b{number * PERSONS + place}"


def head(number: int) -> End:
    """Who leads a department."""
    return "Person", f"person:d{number}"


def desk(gate: str, number: int) -> End:
    """The person of a team who may decide at the gate."""
    return person(number, 1 + list(ABLE).index(gate))


def job(number: int, place: int) -> End:
    """A use case of a department."""
    return "UseCase", f"use-case:d{number}-{place}"
