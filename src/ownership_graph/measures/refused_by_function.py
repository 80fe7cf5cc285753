"""Which share of the requests each function refused, beside the others at the same risk tier."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ownership_graph.statistics.shares import beside_others

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("risk_tier", "function", "appetite", "decided", "refused")
GIVES = (
    "risk_tier", "function", "declared", "decided", "refused", "share", "lowest", "highest",
    "others",
)  # fmt: skip
USES = ("min_decisions",)


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each risk tier and function, who refuses most first.

    `decided` and `refused` of the rows are ids of requests. Whoever is of no known function is
    one of the others. Cost: proportional to the requests.
    """
    tiers: dict[int | None, dict[str | None, tuple[set[str], set[str]]]] = defaultdict(dict)
    declared = defaultdict(set)
    for row in rows:
        tier, function = row["risk_tier"], row["function"]
        decided, refused = tiers[tier].setdefault(function, (set(), set()))
        decided.update(row["decided"])
        refused.update(row["refused"])
        if row["appetite"] is not None:
            declared[tier, function].add(row["appetite"])
    return [
        {
            "risk_tier": tier,
            "function": function,
            "declared": sorted(declared[tier, function]),
            "decided": found.whole,
            "refused": found.part,
            **found.shown(),
        }
        for tier, functions in tiers.items()
        for function, found in sorted(
            beside_others(functions).items(), key=lambda each: (-each[1].share, each[0] or "")
        )
        if function is not None and found.whole >= parameters["min_decisions"]
    ]
