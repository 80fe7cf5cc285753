"""Who sits where in one made-up company, and how its parts are called in ids."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from ownership_graph.organisation.names import COMPANIES, people, slug
from ownership_graph.organisation.story.teams import ACCOUNTS, seats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.organisation.stating import End


@dataclass(frozen=True, slots=True)
class Company:
    """One company on one day.

    `today` counts days since 1970-01-01. `people` are the names of all seats.
    """

    today: int
    seed: int
    name: str
    people: Mapping[str, str]

    def ago(self, days: int) -> int:
        """The day that lies so many days back; negative for a day to come."""
        return self.today - days

    def draws(self, topic: str) -> Random:
        """Chance for one topic: what is drawn for another does not change it."""
        return Random(f"{self.seed}:{topic}")  # noqa: S311 -- made-up data, no secret

    def team(self, team: str) -> End:
        """The end of a team."""
        return "Team", f"team:{team}"

    def model(self, model: str) -> End:
        """The end of a model."""
        return "Model", f"model:{model}"

    def use_case(self, use_case: str) -> End:
        """The end of a use case."""
        return "UseCase", f"use-case:{use_case}"

    def gate(self, gate: str) -> End:
        """The end of a gate."""
        return "Gate", f"gate:{gate}"

    def who(self, named: str) -> End:
        """The end of a seat such as `legal/1`, of an account, or of a team."""
        if named in ACCOUNTS:
            return "Person", ACCOUNTS[named][0]
        if "/" in named:
            return "Person", f"person:{slug(self.people[named])}"
        return self.team(named)


def found(*, today: int, seed: int) -> Company:
    """A company with its people, the same for the same day and seed."""
    random = Random(f"{seed}:people")  # noqa: S311 -- made-up data, no secret
    taken = list(seats())
    names = dict(zip(taken, people(random, len(taken)), strict=True))
    return Company(today, seed, random.choice(COMPANIES), names)
