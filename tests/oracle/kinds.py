"""The oracle's rule of kinds of decision for which nobody has the right."""

from __future__ import annotations

from collections import defaultdict

from oracle.implied import IMPOSSIBLE, Organisation
from oracle.rules import rule


@rule("DEC-08")
def kinds_nobody_may_decide(graph, today, min_confidence=0.5, contested_days=60, model=""):
    """The kinds of which decisions are asked for, and not a single one can be made."""
    states = defaultdict(set)
    for each in Organisation(graph, today, min_confidence, contested_days, model).implied():
        states[each.kind].add(each.outcome.state)
    return {(kind,) for kind, found in states.items() if found == {IMPOSSIBLE}}
