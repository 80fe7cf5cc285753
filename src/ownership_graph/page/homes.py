"""At which team each node is at home: the disc of the map in which it is drawn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from ownership_graph.model import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.page.graph import PageGraph, PageRelationship

Direction: TypeAlias = Literal["out", "in"]

_OWNED: tuple[tuple[str, Direction], ...] = (("OWNS", "in"),)

ROUTES: Mapping[str, tuple[tuple[str, Direction], ...]] = {
    "Person": (("MEMBER_OF", "out"),),
    "Model": _OWNED,
    "Dataset": _OWNED,
    "Service": _OWNED,
    "UseCase": _OWNED,
    "Gate": _OWNED,
    "Criterion": (*_OWNED, ("JUDGED_BY", "in")),
    "TradeOff": (*_OWNED, ("COVERS", "out")),
    "Approval": (("CONCERNS", "out"),),
    "Result": (("MEASURES", "out"),),
    "Incident": (("CONCERNS", "out"),),
    "Decision": (("ABOUT", "out"),),
    "Incentive": (("REWARDED_BY", "in"),),
}
"""By label, in the order in which homes are settled: the relationships that lead home, best first.

What can be owned goes home by OWNS alone, so that what nobody owns stands apart on the map.
"""

_ROLES = ("lead", "accountable", "responsible", "business", "deputy", "technical", "member")
_RANK = {role: place for place, role in enumerate(_ROLES)}


class Home(NamedTuple):
    """A team (its place in the graph), or, where `team` is `None`, all of one label without."""

    team: int | None
    label: str = ""


def home_name(home: Home, graph: PageGraph) -> str:
    """The name of the team, or of all of a label that have none."""
    if home.team is not None:
        return graph.nodes[home.team].name
    plural = LABELS[home.label].plural if home.label in LABELS else home.label
    return f"{plural[:1].upper()}{plural[1:]} without a team"


def homes(graph: PageGraph) -> list[Home]:
    """The home of each node, in the order of the graph's nodes."""
    team_of: dict[int, int] = {
        place: place for place, node in enumerate(graph.nodes) if node.label == "Team"
    }
    leads = _ways(graph)
    for label in ROUTES:
        for place, options in leads.get(label, {}).items():
            found = next((team_of[at] for *_, at in sorted(options) if at in team_of), None)
            if found is not None:
                team_of[place] = found
    return [
        Home(team_of[place]) if place in team_of else Home(None, node.label)
        for place, node in enumerate(graph.nodes)
    ]


_Ways: TypeAlias = "dict[str, dict[int, list[tuple[int, int, int, int]]]]"


def _ways(graph: PageGraph) -> _Ways:
    """By label and place, each way home: (route, role's rank, is no team, the other end)."""
    routes = {
        (label, *route): number
        for label, known in ROUTES.items()
        for number, route in enumerate(known)
    }
    found: _Ways = {}
    for tie in graph.relationships:
        ends: tuple[tuple[int, int, Direction], ...]
        ends = ((tie.start, tie.end, "out"), (tie.end, tie.start, "in"))
        for place, other, direction in ends:
            number = routes.get((graph.nodes[place].label, tie.type, direction))
            if number is not None:
                no_team = int(graph.nodes[other].label != "Team")
                way = (number, _rank(tie), no_team, other)
                found.setdefault(graph.nodes[place].label, {}).setdefault(place, []).append(way)
    return found


def _rank(tie: PageRelationship) -> int:
    """How much the role says about where the node belongs: 0 says most."""
    return _RANK.get(str(tie.said.properties.get("role", "")), len(_ROLES))


MOST_IN_GROUP = 40
"""A branch of more teams than this, or of more than half of all, is parted into its branches."""


def groups_of(graph: PageGraph, teams: Sequence[int]) -> dict[int, int]:
    """For each team, the team whose branch of the tree it is drawn in.

    PART_OF may go round in a circle; a team is then its own group.
    """
    parent = parents_of(graph)
    lines = {team: _line(team, parent) for team in teams}
    size = Counter(above for line in lines.values() for above in line)
    most = min(MOST_IN_GROUP, len(teams) / 2)
    return {
        team: next((above for above in line if size[above] <= most), team)
        for team, line in lines.items()
    }


def parents_of(graph: PageGraph) -> dict[int, int]:
    """What each is part of; of two parents the first in the graph's order counts."""
    parent: dict[int, int] = {}
    for tie in graph.relationships:
        if tie.type == "PART_OF" and tie.start not in parent and tie.start != tie.end:
            parent[tie.start] = tie.end
    return parent


def _line(team: int, parent: Mapping[int, int]) -> list[int]:
    """From the topmost ancestor down to the team itself; the team alone in a circle."""
    line, seen = [team], {team}
    while line[-1] in parent:
        above = parent[line[-1]]
        if above in seen:
            return [team]
        seen.add(above)
        line.append(above)
    return line[::-1]
