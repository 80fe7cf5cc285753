"""At which team each node is at home: the disc of the map in which it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

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


@dataclass(frozen=True, slots=True)
class Home:
    """A team (its place in the graph), or, where `team` is `None`, all of one label without."""

    team: int | None
    label: str = ""


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
        for place, other, direction in ((tie.start, tie.end, "out"), (tie.end, tie.start, "in")):
            number = routes.get((graph.nodes[place].label, tie.type, direction))
            if number is not None:
                no_team = int(graph.nodes[other].label != "Team")
                way = (number, _rank(tie), no_team, other)
                found.setdefault(graph.nodes[place].label, {}).setdefault(place, []).append(way)
    return found


def _rank(tie: PageRelationship) -> int:
    """How much the role says about where the node belongs: 0 says most."""
    return _RANK.get(str(tie.said.properties.get("role", "")), len(_ROLES))


def groups_of(graph: PageGraph, teams: Sequence[int]) -> dict[int, int]:
    """For each team, the group that it is drawn in: an ancestor one step below the top.

    Where the top holds several teams it is a group itself. PART_OF may go round in a circle;
    a team is then its own group. Two parents: the first in the graph's order counts.
    """
    parent: dict[int, int] = {}
    for tie in graph.relationships:
        if tie.type == "PART_OF" and tie.start not in parent and tie.start != tie.end:
            parent[tie.start] = tie.end
    lines = {team: _line(team, parent) for team in teams}
    tops = {line[0] for line in lines.values()}
    below_top = 1 if len(tops) == 1 else 0
    return {team: line[min(below_top, len(line) - 1)] for team, line in lines.items()}


def _line(team: int, parent: Mapping[int, int]) -> list[int]:
    """From the topmost ancestor down to the team itself; the team alone in a circle."""
    line, seen = [team], {team}
    while line[0] in parent:
        above = parent[line[0]]
        if above in seen:
            return [team]
        seen.add(above)
        line.insert(0, above)
    return line
