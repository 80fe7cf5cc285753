"""The tree of departments and teams, their people, and who reports to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.growth.site import (
    ABLE,
    BRANCHES,
    FORUM,
    LINES,
    PERSONS,
    TEAMS,
    committee,
    department,
    department_name,
    desk,
    forum_gate,
    head,
    person,
    team,
)
from ownership_graph.organisation.names import FAMILY, GIVEN

if TYPE_CHECKING:
    from ownership_graph.organisation.growth.site import Site
    from ownership_graph.organisation.stating import End

SEATS, QUORUM = 5, 3
"""The members of a committee, and how many of them must be there."""

_TOWNS = (
    "Ashby", "Brenna", "Calder", "Dorval", "Elmet", "Farrow", "Gisborne", "Harwell", "Ivel",
    "Jura", "Kelso", "Lynmouth", "Marden", "Norden", "Orwell", "Penrith",
)  # fmt: skip


def state(site: Site) -> None:
    """The team with its people; before the first of a department, the department."""
    if site.number % TEAMS == 0:
        _department(site)
    _team(site)
    _people(site)
    if site.number % FORUM == 0:
        _committee(site, site.number // FORUM)


def _department(site: Site) -> None:
    number, place = site.department, site.department // len(LINES)
    end = department(number)
    site.node(
        end,
        name=department_name(site),
        kind="team",
        function=site.function,
        status="active",
        risk_appetite=site.draw.whole(2, 4),
    )
    if place:
        above = (place - 1) // BRANCHES * len(LINES) + number % len(LINES)
        parent, boss = department(above), head(above)
    else:
        parent = site.company.team(site.function)
        boss = site.company.who(f"{site.function}/1")
    site.tie("PART_OF", end, parent)
    _person(site, head(number), 0.01)
    site.tie("MEMBER_OF", head(number), end, role="lead")
    site.tie("REPORTS_TO", head(number), boss)


def _team(site: Site) -> None:
    draw, town = site.draw, _TOWNS[site.department // len(LINES) % len(_TOWNS)]
    site.node(
        site.team,
        name=f"{site.line} {town} {site.number}",
        kind="team",
        function=site.function,
        status="archived" if draw.chance(0.02) else "active",
        risk_appetite=draw.whole(2, 4),
    )
    site.tie("PART_OF", site.team, department(site.department))
    if draw.chance(0.1):
        reward = "speed" if site.function == "product" else "stability"
        site.tie("REWARDED_BY", site.team, ("Incentive", f"incentive:{reward}"), weight=1.0)
    if site.number % TEAMS and draw.chance(0.25):
        other = team(site.number - draw.whole(1, site.number % TEAMS))
        site.tie("HANDED_OVER", site.team, other, count=draw.whole(1, 20))


def _people(site: Site) -> None:
    for place in range(PERSONS):
        one = person(site.number, place)
        _person(site, one, 0.04)
        site.tie("MEMBER_OF", one, site.team, role="member" if place else "lead")
    site.tie("REPORTS_TO", person(site.number), head(site.department))
    for gate, teams in ABLE.items():
        if site.number % teams == 0:
            one = desk(gate, site.number)
            site.tie("CAN_DECIDE", one, site.company.gate(gate))
            site.tie("REPORTS_TO", one, person(site.number))


def _person(site: Site, end: End, leaving: float) -> None:
    draw = site.draw
    name = f"{draw.one_of(GIVEN)} {draw.one_of(FAMILY)}"
    if draw.chance(leaving):
        left = site.ago(draw.whole(5, 900))
        site.node(end, name=name, kind="human", status="left", left_day=left)
    else:
        site.node(end, name=name, kind="human", status="active", function=site.function)


def _committee(site: Site, number: int) -> None:
    """A committee of people of this team and of those before it."""
    end, gate, draw = committee(number), forum_gate(number), site.draw
    site.node(
        end,
        name=f"{gate.capitalize()} committee {number + 1}",
        kind="committee",
        function="risk" if gate == "model-risk" else "engineering",
        status="active",
        decision_rule="majority",
        quorum=QUORUM,
        meets_every_days=14 * draw.whole(1, 2),
        capacity_per_meeting=draw.whole(3, 9),
    )
    site.tie("PART_OF", end, site.company.team("risk" if gate == "model-risk" else "engineering"))
    site.tie("CAN_DECIDE", end, site.company.gate(gate))
    for seat in range(SEATS):
        one = person(max(0, site.number - seat), PERSONS - 1 - (0 if site.number else seat))
        site.tie("MEMBER_OF", one, end, role="member" if seat else "lead")
