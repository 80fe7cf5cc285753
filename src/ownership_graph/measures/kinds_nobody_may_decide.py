"""The kinds of decision of which nobody can make a single one that where things stand asks for.

What is asked for, and what becomes of it, is reckoned as in `implied_decisions`. A kind is listed
when there are such decisions and all of them are impossible; one of which some are contested or
escalate is not. Where it is written down neither who answers for such things nor who has a right
over the thing, nobody is missed; of money somebody is where rights are written down at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from ownership_graph.model.labels import DECISION_KINDS
from ownership_graph.rights.implied import Situation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row
    from ownership_graph.rights.implied import Implied

TAKES = ("part", "id", "facts")
GIVES = ("decision", "why", "decisions", "models", "named")

_SHOWN = 10
_CAUSES = 3


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """One row for each such kind, in the order in which the model lists them."""
    kinds: dict[str, list[Implied]] = defaultdict(list)
    for each in Situation(rows).implied():
        kinds[each.kind].append(each)
    return [
        {
            "decision": kind,
            "why": _why(kinds[kind]),
            "decisions": sum(each.count for each in kinds[kind]),
            "models": sorted({m for each in kinds[kind] for m in each.models})[:_SHOWN],
            "named": sorted({o for each in kinds[kind] for o in each.outlook.deciders})[:_SHOWN],
        }
        for kind in DECISION_KINDS
        if kind in kinds and all(each.outlook.state == "impossible" for each in kinds[kind])
    ]


def _why(group: Sequence[Implied]) -> str:
    """The commonest causes."""
    causes: Counter[str] = Counter()
    for each in group:
        causes[each.outlook.why] += each.count
    told = [why for why, _ in sorted(causes.items(), key=lambda each: (-each[1], each[0]))]
    left = len(told) - _CAUSES
    more = [f"{left} more cause{'s' if left > 1 else ''}"] if left > 0 else []
    return "; ".join([*told[:_CAUSES], *more])
