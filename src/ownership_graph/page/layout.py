"""Where everything lies on the map: worked out here, so that the browser has nothing to settle.

The same graph gives the same positions. networkx's own layouts are not used: they need numpy,
let discs overlap, and may differ in the last bit between machines.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.page.homes import Home, groups_of, homes
from ownership_graph.page.packing import around, pack, rings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from ownership_graph.page.graph import PageGraph

    TeamGraph: TypeAlias = nx.Graph[int]

STEP = 30.0
"""Between two rings of a disc, in the map's own unit: a node is 8 to 14 of them wide."""
EDGE = 20.0
"""From the outermost ring to the rim of a disc."""
SMALLEST = 30.0
"""The radius of a disc with next to nothing in it."""
BETWEEN = 42.0
"""Half of the room between two discs, where their names stand."""
BETWEEN_GROUPS = 34.0
"""Half of the room between two groups of discs, at least."""
NAME_SHARE = 0.04
"""The same as a share of the whole map, so that names as large as the eye needs fit between."""


@dataclass(frozen=True, slots=True)
class Disc:
    """The disc of one home, with the nodes in it; `group` is its place in `Layout.groups`."""

    home: Home
    x: float
    y: float
    radius: float
    members: tuple[int, ...]
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A circle round the discs of one branch of the tree of teams."""

    team: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions by the place of a node, its disc likewise, and the discs and groups.

    `teams` are the discs as a networkx graph.
    """

    points: tuple[tuple[float, float], ...]
    disc_of: tuple[int, ...]
    discs: tuple[Disc, ...]
    groups: tuple[Group, ...]
    teams: TeamGraph = field(compare=False)


def lay_out(graph: PageGraph, home_of: Sequence[Home] | None = None) -> Layout:
    """The whole map: discs by team in groups by branch, members on rings round their team.

    `home_of` is the home of each node where the graph alone does not tell: a part of another.
    """
    home_of = homes(graph) if home_of is None else home_of
    members: dict[Home, list[int]] = defaultdict(list)
    for place, home in enumerate(home_of):
        members[home].append(place)
    order = list(members)
    number = {home: disc for disc, home in enumerate(order)}
    teams = _team_graph(graph, [number[home] for home in home_of], len(order))
    inner = [rings(*_count_and_first(home, members[home]), step=STEP) for home in order]
    reach = [max((math.hypot(*at) for at in points), default=0.0) for points in inner]
    radii = [max(each + EDGE, SMALLEST) for each in reach]
    branches = branches_of(graph, order)
    centres, groups = centres_of(branches, radii, teams)
    group_of = {disc: at for at, group in enumerate(groups) for disc in branches[group.team]}
    discs = tuple(
        Disc(home, *centres[disc], radii[disc], tuple(members[home]), group_of.get(disc))
        for disc, home in enumerate(order)
    )
    points: dict[int, tuple[float, float]] = {}
    for disc, offsets in zip(discs, inner, strict=True):
        points.update(_on_disc(disc, offsets))
    return Layout(
        tuple(points[place] for place in range(len(graph.nodes))),
        tuple(number[home] for home in home_of),
        discs,
        groups,
        teams,
    )


def _team_graph(graph: PageGraph, disc_of: Sequence[int], count: int) -> TeamGraph:
    """The discs as a networkx graph; `weight` is the number of relationships between two."""
    import networkx as nx  # noqa: PLC0415 -- only where used

    weights = Counter(
        (min(ends), max(ends))
        for tie in graph.relationships
        if (ends := (disc_of[tie.start], disc_of[tie.end]))[0] != ends[1]
    )
    teams: TeamGraph = nx.Graph()
    teams.add_nodes_from(range(count))
    teams.add_weighted_edges_from((*ends, weight) for ends, weight in sorted(weights.items()))
    return teams


def _count_and_first(home: Home, members: Sequence[int]) -> tuple[int, int]:
    """How many members lie on rings, and which ring is the first: a team lies in the middle."""
    return (len(members), 0) if home.team is None else (len(members) - 1, 1)


def branches_of(graph: PageGraph, order: Sequence[Home]) -> dict[int | None, list[int]]:
    """The discs of each group, by the team that gives it its name; `None` for those without."""
    group_of = groups_of(graph, [home.team for home in order if home.team is not None])
    branches: dict[int | None, list[int]] = defaultdict(list)
    for disc, home in enumerate(order):
        branches[None if home.team is None else group_of[home.team]].append(disc)
    alone = [team for team, discs in branches.items() if team is not None and len(discs) == 1]
    for team in alone:
        branches[None] = sorted([*branches[None], *branches.pop(team)])
    return branches


def centres_of(
    branches: Mapping[int | None, list[int]], radii: Sequence[float], teams: TeamGraph
) -> tuple[dict[int, tuple[float, float]], tuple[Group, ...]]:
    """The centre of each disc: discs packed in their group, then groups and lone discs."""
    room = BETWEEN_GROUPS
    if any(team is not None for team in branches):
        room = max(room, NAME_SHARE * math.hypot(*(each + BETWEEN for each in radii)))
    units: list[tuple[int | None, list[int], list[tuple[float, float]], float]] = []
    for team, discs in branches.items():
        if team is None:
            units += [(None, [disc], [(0.0, 0.0)], radii[disc] + BETWEEN) for disc in discs]
            continue
        spots = pack([radii[disc] + BETWEEN for disc in discs], _ties(teams, [[d] for d in discs]))
        x, y, radius = around(
            [(*at, radii[d] + BETWEEN) for at, d in zip(spots, discs, strict=True)]
        )
        spots = [(px - x, py - y) for px, py in spots]
        units.append((team, discs, spots, radius + room))
    middles = pack([unit[3] for unit in units], _ties(teams, [unit[1] for unit in units]))
    centres = {
        disc: (x + dx, y + dy)
        for (_, discs, spots, _), (x, y) in zip(units, middles, strict=True)
        for disc, (dx, dy) in zip(discs, spots, strict=True)
    }
    groups = tuple(
        Group(team, *at, radius - room)
        for (team, _, _, radius), at in zip(units, middles, strict=True)
        if team is not None
    )
    return centres, groups


def _ties(teams: TeamGraph, units: Sequence[Sequence[int]]) -> list[dict[int, float]]:
    """How strongly each unit (discs that lie together) is tied to each other unit."""
    unit_of = {disc: unit for unit, discs in enumerate(units) for disc in discs}
    found: list[dict[int, float]] = [defaultdict(float) for _ in units]
    for disc, unit in unit_of.items():
        for other, data in teams.adj[disc].items():
            if other in unit_of and unit_of[other] != unit:
                found[unit][unit_of[other]] += data["weight"]
    return found


def _on_disc(
    disc: Disc, offsets: Sequence[tuple[float, float]]
) -> list[tuple[int, tuple[float, float]]]:
    """Each member with its position."""
    on_rings = [place for place in disc.members if place != disc.home.team]
    placed = [
        (place, (disc.x + dx, disc.y + dy))
        for place, (dx, dy) in zip(on_rings, offsets, strict=True)
    ]
    return placed if disc.home.team is None else [(disc.home.team, (disc.x, disc.y)), *placed]
