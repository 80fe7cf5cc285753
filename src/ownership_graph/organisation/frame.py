"""What an organisation stands in where the story is not told: functions, gates and rewards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.stating import node, tie
from ownership_graph.organisation.story import incentives
from ownership_graph.organisation.story.gates import GATES, gate_of
from ownership_graph.organisation.story.teams import COMPANY, TEAMS
from ownership_graph.records import Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node


def facts(company: Company) -> Iterator[Node | Relationship]:
    """Functions with their heads, gates with owners and deciders, and who is paid for what."""
    rows = [row for row in TEAMS if row.team == COMPANY or row.kind == "function"]
    for row in rows:
        end, lead = company.team(row.team), company.who(f"{row.team}/1")
        yield node(
            "Team",
            end[1],
            name=row.name or company.name,
            kind=row.kind,
            function=row.function,
            status="active",
            risk_appetite=row.appetite,
        )
        yield node("Person", lead[1], name=company.people[f"{row.team}/1"], kind="human",
                   status="active", function=row.function)  # fmt: skip
        yield tie("MEMBER_OF", lead, end, role="lead")
        if row.parent:
            yield tie("PART_OF", end, company.team(row.parent))
            yield tie("REPORTS_TO", lead, company.who(f"{row.parent}/1"))
    for gate in GATES:
        if gate.retired is None:
            end = company.gate(gate.gate)
            yield gate_of(company, gate._replace(quorum=None))
            yield tie("OWNS", company.team(gate.function), end, role="accountable")
            for able in (gate.function, COMPANY):
                yield tie("CAN_DECIDE", company.who(f"{able}/1"), end)
    known = {company.team(row.team) for row in rows}
    for each in incentives.facts(company):
        if (
            not isinstance(each, Relationship)
            or each.from_label == "Incentive"
            or ((each.from_label, each.from_id) in known)
        ):
            yield each
