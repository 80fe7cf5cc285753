"""The oracle's rules of incentives."""

from __future__ import annotations

from collections import defaultdict

from oracle.granted import accountable, deciders, is_claim, line_above, live, teams_of
from oracle.rules import rule


@rule("INC-01")
def owner_against_approver(graph, _, min_confidence=0.5):
    met = set()
    for model in graph.all("Model"):
        owners = accountable_teams(model, min_confidence)
        if not live(model) or not owners:
            continue
        for approval in model.before("CONCERNS", "Approval"):
            for who in deciders(approval):
                theirs = {who} if who.label == "Team" else teams_of(who)
                met |= {(owner, other) for owner in owners for other in theirs}
    return clashing_functions(graph, met)


@rule("INC-02")
def owner_against_dependant(graph, _, min_confidence=0.5):
    met = set()
    for model in filter(live, graph.all("Model")):
        owners = accountable_teams(model, min_confidence)
        for other in filter(live, model.before("DEPENDS_ON", "Model")):
            met |= {
                (one, two) for one in owners for two in accountable_teams(other, min_confidence)
            }
    return clashing_functions(graph, met)


def accountable_teams(model, min_confidence):
    claims = accountable(model, min_confidence)
    return {each.start for each in claims if each.start.label == "Team"}


def clashing_functions(graph, met):
    """The pairs of functions of teams that met, where their rewards clash."""
    pulls = open_tensions(graph)
    found = set()
    for one, two in met:
        common = line_above(one) & line_above(two)
        for mine in line_above(one) - common:
            for theirs in line_above(two) - common:
                if any(pulls[each] & rewards_of(theirs) for each in rewards_of(mine)):
                    pair = {function_of(one, mine).id, function_of(two, theirs).id}
                    found.add(tuple(sorted(pair)))
    return {pair for pair in found if len(pair) > 1}


def rewards_of(team):
    """What the team itself is rewarded for, as somebody declared it."""
    rewards = team.after("REWARDED_BY", "Incentive")
    return {each for each in rewards if each.get("basis") != "assumed"}


def open_tensions(graph):
    """With what each reward conflicts, as more than an assumption, and unreconciled."""
    pulls, settled = defaultdict(set), set()
    for one in graph.all("Incentive"):
        for tie in one.out("CONFLICTS_WITH", "Incentive"):
            two = tie.end
            if tie.get("reconciled"):
                settled |= {(one, two), (two, one)}
            elif tie.get("basis") != "assumed":
                pulls[one].add(two)
                pulls[two].add(one)
    return defaultdict(
        set,
        {one: {two for two in twos if (one, two) not in settled} for one, twos in pulls.items()},
    )


def function_of(team, rewarded):
    """The nearest function that the team is or is in, else the one that is rewarded."""
    edge, seen = {team}, set()
    while edge:
        functions = {each.id: each for each in edge if each.get("kind") == "function"}
        if functions:
            return functions[min(functions)]
        seen |= edge
        edge = {above for each in edge for above in each.after("PART_OF", "Team")} - seen
    return rewarded


@rule("INC-03")
def no_stated_incentive(graph, _, min_confidence=0.5):
    return {
        (team.id,)
        for team in graph.all("Team")
        if team.described
        and answers_for_a_live_model(team, min_confidence)
        and not any(map(rewards_of, line_above(team)))
    }


def answers_for_a_live_model(team, min_confidence):
    return any(
        tie.get("role") == "accountable" and is_claim(tie, min_confidence) and live(tie.end)
        for tie in team.out("OWNS", "Model")
    )


@rule("INC-04")
def reconciled_on_word(graph, _):
    """Pairs that are called settled, and nowhere is written how."""
    settled, written = set(), set()
    for one in graph.all("Incentive"):
        for tie in one.out("CONFLICTS_WITH", "Incentive"):
            pair = tuple(sorted((one.id, tie.end.id)))
            if tie.get("reconciled") and one is not tie.end:
                settled.add(pair)
            if tie.get("written_in"):
                written.add(pair)
    return settled - written
