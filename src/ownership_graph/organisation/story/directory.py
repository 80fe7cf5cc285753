"""Teams and people as facts: who belongs where, and who reports to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.stating import node, tie
from ownership_graph.organisation.story.teams import (
    ACCOUNTS,
    BODIES,
    LEFT,
    LIAISONS,
    MOVED,
    TEAMS,
    Row,
    seats,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node, Relationship


def facts(company: Company) -> Iterator[Node | Relationship]:
    """Teams and people, who belongs where, and who reports to whom."""
    for row in TEAMS:
        yield _team(company, row)
        if row.parent:
            yield tie("PART_OF", company.team(row.team), company.team(row.parent))
    functions = {row.team: row.function for row in TEAMS}
    for seat in seats():
        yield _person(company, seat, functions)
        yield from _ties(company, seat)
    for own_id, name, kind in ACCOUNTS.values():
        yield node("Person", own_id, name=name, kind=kind, status="active")
    for team, body in BODIES.items():
        for number, seat in enumerate(body.seats):
            role = "member" if number else "lead"
            yield tie("MEMBER_OF", company.who(seat), company.team(team), role=role)
    for seat, team in LIAISONS:
        yield tie("MEMBER_OF", company.who(seat), company.team(team), role="liaison")


def _team(company: Company, row: Row) -> Node:
    body = BODIES.get(row.team)
    return node(
        "Team",
        company.team(row.team)[1],
        name=row.name or company.name,
        kind=row.kind,
        function=row.function,
        status=row.status,
        risk_appetite=row.appetite,
        decision_rule=body and body.rule,
        quorum=body and body.quorum,
        meets_every_days=body and body.meets_every,
        capacity_per_meeting=body and body.capacity,
    )


def _person(company: Company, seat: str, functions: dict[str, str]) -> Node:
    left = LEFT.get(seat)
    return node(
        "Person",
        company.who(seat)[1],
        name=company.people[seat],
        kind="human",
        status="active" if left is None else "left",
        left_day=None if left is None else company.ago(left),
        function=functions[seat.partition("/")[0]],
        fte=1.0 if left is None else None,
    )


def _ties(company: Company, seat: str) -> Iterator[Relationship]:
    """Where a person sits, and to whom the person reports."""
    own, _, number = seat.partition("/")
    team = MOVED.get(seat, own)
    lead = number == "1" and seat not in MOVED
    role = "lead" if lead else "member"
    yield tie("MEMBER_OF", company.who(seat), company.team(team), role=role)
    if seat in LEFT:
        return
    parent = next(row.parent for row in TEAMS if row.team == team)
    if not lead:
        yield tie("REPORTS_TO", company.who(seat), company.who(f"{team}/1"))
    elif parent:
        yield tie("REPORTS_TO", company.who(seat), company.who(f"{parent}/1"))
