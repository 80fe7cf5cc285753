"""The decisions that where things stand asks for, and that nobody can make, or only far up.

Each live model implies that it may have to be stopped, rolled back, retired, or its risk accepted:
by whoever is accountable for it. Each gate ahead implies that it is let through: by those entitled
there. Rival metrics imply a choice between whoever answers for the model and whoever decides at
its first gate, rival pilots one by the owner of the use case, else by whoever stands above their
teams; a gate may have to be changed by its owner. A standing right, about everything or about the
thing, is enough in place of them; money takes one. What is recorded and open is left out.

A decision is impossible where nobody is named, or those who are have gone, or too few are left,
or its request waits for itself in a circle. Where several claim it, neither above the other and
without a rule, it escalates to their nearest common superior; where none is known it is contested.
Of a model several may each answer for a part, of a gate or a use case they answer for all of it.

What stands behind many is one row. Cost: proportional to the rows, the gates ahead and the lines
above those who clash.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ownership_graph.model.labels import DECISION_KINDS
from ownership_graph.rights.implied import Situation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.measures import Row
    from ownership_graph.rights.implied import Implied

TAKES = ("part", "id", "facts")
GIVES = (
    "behind", "rival", "why", "state", "decisions", "kinds", "models", "deciders", "severity",
)  # fmt: skip

_SEVERITIES = {"impossible": 4, "contested": 3, "escalates": 2}
_SHOWN = 10


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """One row for what stands behind such decisions; the worst first, then those behind most."""
    groups: dict[tuple[str, str, str], list[Implied]] = defaultdict(list)
    for each in Situation(rows).implied():
        if each.outlook.state != "open":
            outlook = each.outlook
            groups[outlook.state, outlook.behind, outlook.rival].append(each)
    up = sum(
        each.count for key, group in groups.items() if key[0] == "escalates" for each in group
    )
    counts = {key: sum(each.count for each in group) for key, group in groups.items()}
    order = sorted(groups, key=lambda key: (-_SEVERITIES[key[0]], -counts[key], key))
    return [
        {
            "behind": behind or None,
            "rival": rival or None,
            "why": _why(groups[state, behind, rival], up),
            "state": state,
            "decisions": counts[state, behind, rival],
            "kinds": _kinds(groups[state, behind, rival]),
            "models": _some(each.models for each in groups[state, behind, rival]),
            "deciders": _some(each.outlook.deciders for each in groups[state, behind, rival]),
            "severity": _SEVERITIES[state],
        }
        for state, behind, rival in order
    ]


def _why(group: Sequence[Implied], up: int) -> str:
    """The causes, each once; for a desk, how much ends there of all that goes up."""
    first = group[0].outlook
    if first.state != "escalates":
        return "; ".join(sorted({each.outlook.why for each in group}))
    low, high = (end(each.outlook.levels for each in group) for end in (min, max))
    levels = f"{low} to {high} levels" if low < high else f"{low} level{'s' if low > 1 else ''}"
    count = sum(each.count for each in group)
    posts = " or ".join(sorted({each.outlook.post for each in group}))
    return (
        f"only {posts} can settle {'it' if count == 1 else 'them'}, {levels} up: {count:,} of the"
        f" {up:,} decisions that go up end on this desk"
    )


def _kinds(group: Iterable[Implied]) -> list[str]:
    kinds = {each.kind for each in group}
    return [each.replace("_", " ") for each in DECISION_KINDS if each in kinds]


def _some(ids: Iterable[Iterable[str]]) -> list[str]:
    return sorted({own_id for each in ids for own_id in each})[:_SHOWN]
