"""The oracle's rules of separation."""

from __future__ import annotations

from oracle.granted import accountable, claims, deciders, teams_of
from oracle.rules import rule

OVERSIGHT = {"risk", "oversight"}


def wants_independence(approval):
    """Whether no gate of the request says that it does not ask for it."""
    gates = approval.after("AT", "Gate")
    return all(each.get("independence") != "not_required" for each in gates)


@rule("SOD-01")
def own_team_approval(graph, _, min_confidence=0.5):
    found = set()
    for approval in graph.all("Approval"):
        teams = {
            claim.start
            for model in approval.after("CONCERNS", "Model")
            for claim in accountable(model, min_confidence)
            if claim.start.label == "Team" and claim.start.get("kind") != "group"
        }
        inside = any(
            who in teams or (who.label == "Person" and teams_of(who) & teams)
            for who in deciders(approval)
        )
        if inside and wants_independence(approval):
            found.add((approval.id,))
    return found


@rule("SOD-02")
def own_approval(graph, _, min_confidence=0.5):
    found = set()
    for approval in graph.all("Approval"):
        owners = {
            claim.start
            for model in approval.after("CONCERNS", "Model")
            for claim in claims(model, min_confidence)
            if claim.start.label == "Person" and claim.get("role") not in OVERSIGHT
        }
        if owners & deciders(approval) and wants_independence(approval):
            found.add((approval.id,))
    return found


@rule("SOD-03")
def shared_manager(graph, _, min_confidence=0.5):
    return {
        (approval.id,)
        for approval in graph.all("Approval")
        if wants_independence(approval)
        and any(
            manager
            for model in approval.after("CONCERNS", "Model")
            for developer in developers(model, min_confidence)
            for who in deciders(approval)
            for manager in managers(who) & managers(developer)
            if developer is not who
        )
    }


def developers(model, min_confidence):
    """The persons who worked on the model, or own it for more than risk and oversight."""
    owners = {
        each.start for each in claims(model, min_confidence) if each.get("role") not in OVERSIGHT
    }
    return {each for each in owners | set(model.before("WORKED_ON")) if each.label == "Person"}


def managers(person):
    return set(person.after("REPORTS_TO", "Person")) - {person}
