"""The oracle's rules of appetite for risk."""

from __future__ import annotations

from oracle.granted import (
    accountable,
    deciders,
    decides,
    here,
    line_above,
    live,
    people_of,
    teams_of,
)
from oracle.rules import rule


@rule("RSK-01")
def appetite_gap(graph, _, min_gap=3, min_confidence=0.5):
    found = set()
    for model in graph.all("Model"):
        claims = accountable(model, min_confidence)
        owners = {each.start for each in claims if each.start.label == "Team"}
        deciding = set()
        for approval in model.before("CONCERNS", "Approval"):
            for who in deciders(approval):
                deciding |= {who} if who.label == "Team" else teams_of(who)
        ours, theirs = (declared(filter(here, each)) for each in (owners, deciding))
        if live(model) and ours and theirs and max(ours | theirs) - min(ours | theirs) >= min_gap:
            found.add((model.id,))
    return found


def declared(teams):
    return {each.get("risk_appetite") for each in teams} - {None}


@rule("RSK-02")
def undeclared_appetite(graph, _):
    return {
        (team.id,)
        for team in graph.all("Team")
        if team.get("kind") != "group"
        and team.described
        and here(team)
        and decides_something(team)
        and not declared(line_above(team))
    }


def decides_something(team):
    who = (team, *people_of(team))
    return any(decides(tie) for each in who for tie in each.into("DECIDED_BY"))
