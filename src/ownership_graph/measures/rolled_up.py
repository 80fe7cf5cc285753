"""What each team carries, with all teams below it; what two of them share counts once.

Cost: what a team and its people carry times the teams above them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("part", "id", "facts")
GIVES = (
    "team", "people", "models", "in_production", "at_tier_3", "unclassified", "pending",
    "before_it", "oldest_days",
)  # fmt: skip
USES = ("min_carried",)
HIGHEST_TIER = 3


@dataclass(slots=True)
class _Load:
    """People, models, and requests before them, each by id."""

    people: set[str] = field(default_factory=set)
    models: dict[str, Row] = field(default_factory=dict)
    requests: dict[str, int | None] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many models and requests it is."""
        return len(self.models) + len(self.requests)

    def add(self, other: _Load) -> None:
        """All of the other as well."""
        self.people |= other.people
        self.models |= other.models
        self.requests |= other.requests


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each team that is still here, the one that carries most models first."""
    parts: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        parts[row["part"]][row["id"]] = row["facts"]
    carried: dict[str, _Load] = defaultdict(_Load)
    for team, facts in parts["team"].items():
        own = _own(team, parts)
        for each in {team, *facts["above"]}:
            carried[each].add(own)
    found = [
        _row(team, carried[team])
        for team, facts in parts["team"].items()
        if facts["here"] and carried[team].size >= parameters["min_carried"]
    ]
    return sorted(found, key=lambda each: (-each["models"], -each["before_it"], each["team"]))


def _own(team: str, parts: Mapping[str, Mapping[str, Any]]) -> _Load:
    """What the team and those who sit in it carry."""
    seats = parts["seats"].get(team, {"people": ()})["people"]
    own = _Load({each["id"] for each in seats if each["human"]})
    for desk in (team, *(each["id"] for each in seats)):
        models = parts["models"].get(desk, {"models": ()})["models"]
        requests = parts["before"].get(desk, {"requests": ()})["requests"]
        own.models |= {each["id"]: each for each in models}
        own.requests |= {each["id"]: each["days"] for each in requests}
    return own


def _row(team: str, load: _Load) -> dict[str, Any]:
    models = load.models.values()
    days = [each for each in load.requests.values() if each is not None]
    return {
        "team": team,
        "people": len(load.people),
        "models": len(models),
        "in_production": sum(bool(each["live"]) for each in models),
        "at_tier_3": sum(each["tier"] == HIGHEST_TIER for each in models),
        "unclassified": sum(each["tier"] is None for each in models),
        "pending": len({request for each in models for request in each["pending"]}),
        "before_it": len(load.requests),
        "oldest_days": max(days, default=None),
    }
