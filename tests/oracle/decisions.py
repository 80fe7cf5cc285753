"""The oracle's rules of decisions that were recorded."""

from __future__ import annotations

from oracle.granted import able
from oracle.rules import rule


def open_decisions(graph):
    return [each for each in graph.all("Decision") if each.get("status") == "open"]


def needed(decision, *roles):
    """Who takes part in one of these roles; blank is decide."""
    return {each.end for each in decision.out("NEEDS") if each.get("role", "decide") in roles}


@rule("DEC-01")
def no_decider(graph, _):
    return {(each.id,) for each in open_decisions(graph) if not needed(each, "decide")}


@rule("DEC-02")
def several_deciders(graph, _):
    return {
        (each.id,)
        for each in open_decisions(graph)
        if len(needed(each, "decide")) > 1 and each.get("rule") is None
    }


@rule("DEC-03")
def nobody_can_make(graph, _):
    """All but the smallest set of decisions that can be made, one after the other."""
    recorded = {
        each for each in open_decisions(graph) if each.get("basis", "recorded") == "recorded"
    }
    waits_for = {each: recorded.intersection(each.after("BLOCKED_BY")) for each in recorded}
    left = {each for each in waits_for if rule_can_be_kept(each)}
    free = [each for each in left if not waits_for[each]]
    made = set(free)
    while free:
        for other in free.pop().before("BLOCKED_BY"):
            if other in left and other not in made and waits_for[other] <= made:
                made.add(other)
                free.append(other)
    return {(each.id,) for each in recorded - made}


def rule_can_be_kept(decision):
    """Whether enough of those who decide are able, and all whose consent is needed."""
    named = needed(decision, "decide")
    count = len(list(filter(able, named)))
    match decision.get("rule"):
        case "all":
            wanted = len(named)
        case "k_of_n":
            wanted = decision.get("quorum", 1)
        case _:
            wanted = 1
    return count >= max(wanted, 1) and all(map(able, needed(decision, "agree")))


@rule("DEC-04")
def too_many_voices(graph, _, max_voices=9, max_vetoes=2):
    return {
        (each.id,)
        for each in open_decisions(graph)
        if len(each.after("NEEDS")) > max_voices or len(needed(each, "agree")) > max_vetoes
    }
