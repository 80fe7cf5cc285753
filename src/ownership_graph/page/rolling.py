"""Discs too many for one map, rolled up the tree of teams until few enough are left.

A branch stands for a team and all below it, and opens to them. Where there is no tree that would
do, the smallest teams are gathered in one branch, which opens to runs of them by name.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.page.homes import Home, home_name, parents_of
from ownership_graph.page.layout import EDGE, SMALLEST, STEP, branches_of, centres_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.page.graph import PageGraph
    from ownership_graph.page.layout import Group, Layout, TeamGraph

MOST_DISCS = 400
"""So many discs a map has at most: the first one, and each that a branch opens to."""
MANY_SHARE = 0.25
"""Of a team with more parts than this share only as many are gathered as have to be."""
SHORT_NAME = 12
"""Characters of a name where two stand for all between them."""

_NO_TEAM = Home(None)


@dataclass(frozen=True, slots=True)
class Branch:
    """A disc that opens: `team` with all below it, or, where that is `None`, some teams."""

    name: str
    team: int | None
    radius: float


@dataclass(frozen=True, slots=True)
class Rolled:
    """The discs of the layout, and, numbered on from them, the branches.

    `parent` is the branch that opens to each, `None` for those of the first map; `at` is where it
    lies on the map that it is on. `groups` are those of the first map, and `group_of` says which
    of its discs is in which.
    """

    branches: tuple[Branch, ...]
    parent: tuple[int | None, ...]
    at: tuple[tuple[float, float], ...]
    groups: tuple[Group, ...]
    group_of: Mapping[int, int]


def roll_up(graph: PageGraph, layout: Layout, most: int = MOST_DISCS) -> Rolled | None:
    """Maps of at most so many discs; `None` where the layout has no more than that."""
    if len(layout.discs) <= most:
        return None
    rolling = _Rolling(graph, layout, most)
    rolling.run()
    radii = [disc.radius for disc in layout.discs]
    radii += [_radius(size) for size in rolling.sizes[len(radii) :]]
    maps = _maps(rolling.parent)
    ties = _sibling_ties(layout.teams, maps)
    in_groups = branches_of(graph, [rolling.homes[each] for each in maps[None]])
    in_groups = {team: [maps[None][each] for each in discs] for team, discs in in_groups.items()}
    at, groups = centres_of(in_groups, radii, ties)
    for parts in list(maps.values())[1:]:
        at |= centres_of({None: parts}, radii, ties)[0]
    made = zip(rolling.names, rolling.homes, radii, strict=True)
    return Rolled(
        tuple(Branch(name, home.team, radius) for name, home, radius in made)[len(layout.discs) :],
        tuple(rolling.parent),
        tuple(at[number] for number in range(len(radii))),
        groups,
        {each: at for at, group in enumerate(groups) for each in in_groups[group.team]},
    )


class _Rolling:
    """Discs and branches by number, while they become fewer; `top` are those of the first map."""

    def __init__(self, graph: PageGraph, layout: Layout, most: int) -> None:
        self.graph = graph
        self.most = most
        self.homes = [disc.home for disc in layout.discs]
        self.names = [home_name(home, graph) for home in self.homes]
        self.sizes = [len(disc.members) for disc in layout.discs]
        self.parent: list[int | None] = [None] * len(self.homes)
        self.top = dict.fromkeys(range(len(self.homes)))

    @property
    def too_many(self) -> int:
        return len(self.top) - self.most

    def run(self) -> None:
        """The deepest branches first, of those the smallest; last what is in no tree."""
        disc_of = {
            home.team: disc for disc, home in enumerate(self.homes) if home.team is not None
        }
        number = dict(disc_of)
        for team, below in self._tree(disc_of):
            if self.too_many <= 0:
                return
            parts = [number[each] for each in below]
            if len(parts) > max(self.too_many, self.most * MANY_SHARE):
                self._gather_smallest(parts, self.too_many)
                return
            own = disc_of[team]
            number[team] = self._add(self.names[own], Home(team), [own, *parts])
        if self.too_many > 0:
            of_teams = [each for each in self.top if self.homes[each].team is not None]
            self._gather_smallest(of_teams, self.too_many)

    def _tree(self, disc_of: Mapping[int, int]) -> list[tuple[int, list[int]]]:
        """Each team that has parts, with these, in the order in which they are rolled up."""
        parents = parents_of(self.graph)
        parent = {team: parents[team] for team in disc_of if parents.get(team) in disc_of}
        depth = _depths(disc_of, parent)
        size = {team: self.sizes[disc] for team, disc in disc_of.items()}
        below: dict[int, list[int]] = {}
        for team in sorted(disc_of, key=lambda team: (-depth[team], team)):
            if depth[team]:
                below.setdefault(parent[team], []).append(team)
                size[parent[team]] += size[team]
        order = sorted(below, key=lambda team: (-depth[team], size[team], team))
        return [(team, below[team]) for team in order]

    def _add(self, name: str, home: Home, parts: Sequence[int]) -> int:
        """A branch in place of its parts; too many of them are gathered in their turn."""
        number = len(self.names)
        self.names.append(name)
        self.homes.append(home)
        self.sizes.append(sum(self.sizes[each] for each in parts))
        self.parent.append(None)
        self.top[number] = None
        if home.team is not None and len(parts) > self.most:
            rest = self._gather_smallest(parts[1:], len(parts) - self.most)
            parts = [*(each for each in parts if each in self.top), rest]
        elif len(parts) > self.most:
            parts = self._runs_by_name(parts)
        for each in parts:
            self.parent[each] = number
            del self.top[each]
        return number

    def _gather_smallest(self, parts: Sequence[int], too_many: int) -> int:
        """One branch in place of the smallest, so that there are so many fewer."""
        smallest = sorted(parts, key=lambda each: (self.sizes[each], each))[: too_many + 1]
        return self._add("Smaller teams", _NO_TEAM, smallest)

    def _runs_by_name(self, parts: Sequence[int]) -> list[int]:
        """Branches from one name to another, about as many as each has parts."""
        order = sorted(parts, key=lambda each: (self.names[each].casefold(), each))
        count = min(self.most, math.isqrt(len(order)))
        ends = [len(order) * place // count for place in range(count + 1)]
        runs = [order[ends[place] : ends[place + 1]] for place in range(count)]
        return [
            self._add(
                f"{_short(self.names[run[0]])} to {_short(self.names[run[-1]])}", _NO_TEAM, run
            )
            for run in runs
        ]


def _short(name: str) -> str:
    return name if len(name) <= SHORT_NAME else f"{name[: SHORT_NAME - 1].rstrip()}…"


def _depths(teams: Iterable[int], parent: Mapping[int, int]) -> dict[int, int]:
    """How many steps up each has to a team that is part of none, or of itself by a circle."""
    depth: dict[int, int] = {}
    for team in teams:
        line: dict[int, int] = {}
        at = team
        while at not in depth and at not in line and at in parent:
            line[at] = len(line)
            at = parent[at]
        tail = list(line)[: line.get(at, len(line))]
        depth.update(dict.fromkeys([at, *list(line)[len(tail) :]], depth.get(at, 0)))
        for each in reversed(tail):
            depth[each] = depth[parent[each]] + 1
    return depth


def _radius(size: int) -> float:
    """That of a disc with so many nodes on its rings, as if they all were drawn."""
    return max(STEP * math.ceil(math.sqrt(size / 3)) + EDGE, SMALLEST)


def _maps(parent: Sequence[int | None]) -> dict[int | None, list[int]]:
    """What lies on each map, by the branch that opens to it; a map before those below it."""
    below: dict[int | None, list[int]] = {}
    for number, above in enumerate(parent):
        below.setdefault(above, []).append(number)
    maps: dict[int | None, list[int]] = {None: below[None]}
    front = below[None]
    while front:
        opened = [number for number in front if number in below]
        maps.update((number, below[number]) for number in opened)
        front = [each for number in opened for each in below[number]]
    return maps


def _sibling_ties(discs: TeamGraph, maps: Mapping[int | None, Sequence[int]]) -> TeamGraph:
    """What ties those that lie on one map: each relationship counts where its ends part."""
    import networkx as nx  # noqa: PLC0415 -- only where used

    above = {each: opened for opened, parts in maps.items() for each in parts}
    height: dict[int | None, int] = {None: 0}
    for opened, parts in maps.items():
        height.update(dict.fromkeys(parts, height[opened] + 1))
    inside = {each: opened for each, opened in above.items() if opened is not None}
    ties: TeamGraph = nx.Graph()
    ties.add_nodes_from(above)
    for one, other, weight in discs.edges(data="weight"):
        high, deep = one, other
        while above[high] != above[deep]:
            high, deep = sorted((high, deep), key=height.__getitem__)
            deep = inside[deep]
        before = ties.get_edge_data(high, deep, {"weight": 0})["weight"]
        ties.add_edge(high, deep, weight=before + weight)
    return ties
