"""The oracle's rules of decisions that are implied, and of kinds of them."""

from __future__ import annotations

from collections import defaultdict

from oracle.implied import IMPOSSIBLE, OPEN_TO_ALL, Organisation
from oracle.rules import rule


@rule("DEC-08")
def kinds_nobody_may_decide(graph, today, min_confidence=0.5, contested_days=60, model=""):
    """The kinds of which decisions are asked for, and not a single one can be made."""
    states = defaultdict(set)
    for each in Organisation(graph, today, min_confidence, contested_days, model).implied():
        states[each.kind].add(each.outcome.state)
    return {(kind,) for kind, found in states.items() if found == {IMPOSSIBLE}}


@rule("DEC-09")
def implied_decisions(graph, today, min_confidence=0.5, contested_days=60, model=""):
    """What stands behind those that cannot be made, or only far up, and who else claims it."""
    every = Organisation(graph, today, min_confidence, contested_days, model).implied()
    outcomes = {each.outcome for each in every if each.outcome.state != OPEN_TO_ALL}
    return {tuple(who.id if who else "" for who in (each.behind, each.rival)) for each in outcomes}
