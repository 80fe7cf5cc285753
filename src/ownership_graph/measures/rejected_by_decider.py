"""Which share of the requests each decider rejected, beside the others at the same risk tier."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ownership_graph.statistics.shares import beside_others

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("risk_tier", "decider", "decided", "rejected")
GIVES = (
    "risk_tier", "decider", "decided", "rejected", "share", "lowest", "highest", "others",
)  # fmt: skip
USES = ("min_decisions",)


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each risk tier and decider, who decided most first: no ranking by share.

    `decided` and `rejected` of the rows are ids of requests. Cost: proportional to those.
    """
    tiers: dict[int | None, dict[str, tuple[set[str], set[str]]]] = defaultdict(dict)
    for row in rows:
        tiers[row["risk_tier"]][row["decider"]] = set(row["decided"]), set(row["rejected"])
    return [
        {
            "risk_tier": tier,
            "decider": decider,
            "decided": found.whole,
            "rejected": found.part,
            **found.shown(),
        }
        for tier, deciders in tiers.items()
        for decider, found in sorted(
            beside_others(deciders).items(), key=lambda each: (-each[1].whole, each[0])
        )
        if found.whole >= parameters["min_decisions"]
    ]
