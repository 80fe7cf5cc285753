"""Who stands above whom: the nearest common superior of teams and people, and how far up.

Teams have a line of teams above them; a person begins in the own teams. Where no team is above all
of them, the people to whom their leads and they themselves report are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ownership_graph.rights.reading import Row


@dataclass(frozen=True, slots=True)
class Team:
    """A team in the line: the teams above it, and the leads who are here."""

    name: str
    gone: bool
    above: tuple[str, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Superior:
    """On whose desk it ends: a person, or a `team` that no one person leads.

    `post` says in words what the desk is, without a name of a person; `levels` how far up it is
    from the lowest of those below.
    """

    desk: str
    post: str
    levels: int
    team: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """All teams, the teams of people who own something, and whom people report to."""

    teams: Mapping[str, Team]
    sits: Mapping[str, frozenset[str]]
    managers: Mapping[str, tuple[str, ...]]
    gone: frozenset[str]
    _lines: dict[str, Mapping[str, int]] = field(default_factory=dict)
    _managed: dict[str, Mapping[str, int]] = field(default_factory=dict)

    def are_one_line(self, one: str, two: str) -> bool:
        """Whether one of two teams or people stands above the other, so that the upper decides."""
        return bool(
            self._teams_of(one) & self._line(two).keys()
            or self._teams_of(two) & self._line(one).keys()
        )

    def superior(self, parties: Collection[str]) -> Superior | None:
        """The nearest who stands above all of them."""
        found = nearest_above([self._line(each) for each in parties], self.gone)
        if found is not None:
            team, levels = found
            return self._at(team, levels)
        found = nearest_above([self._reported(each) for each in parties], self.gone)
        if found is None:
            return None
        person, levels = found
        return Superior(person, "their common manager", levels)

    def leads(self, team: str) -> tuple[str, ...]:
        """The leads of a team, or of the nearest above it that has any who are here."""
        by_level: dict[int, set[str]] = defaultdict(set)
        for each, level in self._climbed({team} & self.teams.keys()).items():
            if not self.teams[each].gone:
                by_level[level].update(self.teams[each].leads)
        return next((tuple(sorted(each)) for _, each in sorted(by_level.items()) if each), ())

    def _at(self, team: str, levels: int) -> Superior:
        known = self.teams[team]
        if len(known.leads) == 1:
            return Superior(known.leads[0], f"the lead of {known.name}", levels, team)
        return Superior(team, known.name, levels, team)

    def _teams_of(self, party: str) -> frozenset[str]:
        """The teams from which the line of a team or a person begins."""
        return self.sits.get(party, frozenset((party,))) & self.teams.keys()

    def _line(self, party: str) -> Mapping[str, int]:
        """The teams of a team or a person, and those above; many ask for the same."""
        if party not in self._lines:
            self._lines[party] = self._climbed(self._teams_of(party))
        return self._lines[party]

    def _climbed(self, starts: Iterable[str]) -> Mapping[str, int]:
        return _climbed(starts, lambda team: self.teams[team].above)

    def _reported(self, party: str) -> Mapping[str, int]:
        """The people above a person, or above the leads of a team."""
        if party not in self._managed:
            starts = self.teams[party].leads if party in self.teams else (party,)
            above = _climbed(starts, lambda person: self.managers.get(person, ()))
            self._managed[party] = above
        return self._managed[party]


def nearest_above(
    lines: Sequence[Mapping[str, int]], gone: Collection[str]
) -> tuple[str, int] | None:
    """What stands in all lines and is not gone, the lowest first, with its distance.

    >>> nearest_above([{"ann": 0, "pia": 1, "boss": 2}, {"cleo": 0, "pia": 1, "boss": 2}], {"pia"})
    ('boss', 2)
    """
    common = set(lines[0]).intersection(*lines[1:])
    near = [
        (max(line[each] for line in lines), sum(line[each] for line in lines), each)
        for each in common
        if each not in gone
    ]
    if not near:
        return None
    levels, _, who = min(near)
    return who, levels


def _climbed(starts: Iterable[str], above: Callable[[str], Iterable[str]]) -> dict[str, int]:
    """Everything above, with how far up it is; a circle is walked once."""
    reached: dict[str, int] = {}
    level, here = 0, set(starts)
    while here:
        reached.update(dict.fromkeys(here, level))
        level += 1
        here = {up for each in here for up in above(each)} - reached.keys()
    return reached


def read_lines(teams: Iterable[Row], owners: Iterable[Row], managers: Iterable[Row]) -> Lines:
    """The lines that the rows tell."""
    found = {
        row["id"]: Team(
            row["name"] or row["id"],
            row["status"] == "archived",
            tuple(sorted(row["above"])),
            tuple(sorted(row["leads"])),
        )
        for row in teams
    }
    above = {row["id"]: row["above"] for row in managers}
    gone = {who for each in above.values() for who, left in each if left}
    return Lines(
        {
            own_id: Team(
                each.name, each.gone, tuple(t for t in each.above if t in found), each.leads
            )
            for own_id, each in found.items()
        },
        {row["id"]: frozenset(row["teams"]) for row in owners if not row["team"]},
        {who: tuple(sorted(up for up, _ in each)) for who, each in above.items()},
        frozenset(gone) | {own_id for own_id, each in found.items() if each.gone},
    )
