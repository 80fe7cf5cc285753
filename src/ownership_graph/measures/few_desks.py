"""On how few desks accountability ends, and what owners and deciders cannot agree on.

The fewest desks that hold half are the fullest ones, taken until half is reached. A model that
several answer for counts once for each desk, and so does whoever decides about it for each owner.
Cost: n log n of the claims and of the pairs of an owner and a decider.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ownership_graph.rights.superiors import read_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row
    from ownership_graph.rights.superiors import Lines

TAKES = ("part", "id", "facts")
GIVES = (
    "what", "desks", "claim_desks", "claims", "claims_there", "dispute_desks", "disputes",
    "disputes_there", "severity",
)  # fmt: skip
USES = ("max_desks", "min_claims")
SMALL = 6
"""With fewer teams than these everything ends on few desks."""

OTHER_BODIES = frozenset({"group", "committee", "vendor", "agency"})
"""Kinds of a team in which nobody works for the organisation."""


@dataclass(frozen=True, slots=True)
class _Ending:
    """The fullest desks that together hold half of `all`; `there` is how much they hold."""

    desks: list[str]
    all: int
    there: int

    def is_too_few(self, parameters: Mapping[str, Any]) -> bool:
        """Whether half ends on too few desks, and there is enough to say so."""
        return (
            bool(self.desks)
            and len(self.desks) <= parameters["max_desks"]
            and self.all >= parameters["min_claims"]
        )

    def told(self, name: str) -> str:
        """What ends where, in words."""
        on = "1 desk" if len(self.desks) == 1 else f"{len(self.desks)} desks"
        return f"{self.there} of {self.all} {name} on {on}"


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row where one or the other ends on too few desks, else none."""
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        parts[row["part"]].append({"id": row["id"], **row["facts"]})
    lines = read_lines(parts["team"], parts["owner"], parts["manager"])
    claims = _half(_claims(parts["claim"], lines))
    disputes = _half(_disputes(parts["claim"], parts["decider"], lines))
    few = {
        name: each
        for name, each in (("disputes", disputes), ("claims", claims))
        if each.is_too_few(parameters)
    }
    if not few:
        return []
    return [
        {
            "what": [each.told(name) for name, each in few.items()],
            "desks": list(dict.fromkeys(desk for each in few.values() for desk in each.desks)),
            "claim_desks": len(claims.desks) or None,
            "claims": claims.all,
            "claims_there": claims.there,
            "dispute_desks": len(disputes.desks) or None,
            "disputes": disputes.all,
            "disputes_there": disputes.there,
            "severity": 1 if _is_small(parts["team"]) else 3,
        }
    ]


def _half(full: Counter[str]) -> _Ending:
    """The fewest desks that hold half of all; of desks as full, those first by id."""
    desks, there = [], 0
    for desk, held in sorted(full.items(), key=lambda each: (-each[1], each[0])):
        if 2 * there >= full.total():
            break
        desks.append(desk)
        there += held
    return _Ending(desks, full.total(), there)


def _claims(claims: Sequence[Row], lines: Lines) -> Counter[str]:
    """By desk, for how many models it answers."""
    models = defaultdict(set)
    for row in claims:
        models[_desk(row["id"], lines)].update(row["models"])
    return Counter({desk: len(those) for desk, those in models.items()})


def _desk(owner: str, lines: Lines) -> str:
    """The desk of whoever leads a team, or of the team itself; a person has an own one."""
    team = lines.teams.get(owner)
    return team.leads[0] if team and len(team.leads) == 1 else owner


def _disputes(claims: Sequence[Row], deciders: Sequence[Row], lines: Lines) -> Counter[str]:
    """By desk, of how many models an owner and a decider cannot agree but there."""
    owners = defaultdict(list)
    for row in claims:
        for model in row["models"]:
            owners[model].append(row["id"])
    sides = Counter(
        (owner, row["id"])
        for row in deciders
        for model in row["models"]
        for owner in owners[model]
        if owner != row["id"]
    )
    found: Counter[str] = Counter()
    for both, models in sides.items():
        superior = lines.superior(both)
        if superior is not None:
            found[superior.desk] += models
    return found


def _is_small(teams: Sequence[Row]) -> bool:
    here = [each for each in teams if each["status"] != "archived"]
    return sum(each["kind"] not in OTHER_BODIES for each in here) < SMALL
