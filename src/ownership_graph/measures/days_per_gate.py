"""How many days a request takes at a gate, those that still wait kept in.

The estimate is that of Kaplan and Meier (`statistics.survival`): a request that still waits
takes at least as long as it has waited. Cost: n log n of the requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.statistics.survival import survival

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("gate", "promised", "took", "so_far")
GIVES = (
    "gate", "requests", "waiting", "median_days", "p85_days", "p95_days", "promised", "in_time",
)  # fmt: skip


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """One row for each gate, in their order: `took` are the days of those that are decided.

    A figure is missing where so many still wait that nobody can know it.
    """
    return [_row(row) for row in rows]


def _row(row: Row) -> dict[str, object]:
    days = survival(row["took"], row["so_far"])
    promised = row["promised"]
    return {
        "gate": row["gate"],
        "requests": len(row["took"]) + len(row["so_far"]),
        "waiting": len(row["so_far"]),
        "median_days": days.quantile(0.5),
        "p85_days": days.quantile(0.85),
        "p95_days": days.quantile(0.95),
        "promised": promised,
        "in_time": None if promised is None else round(1 - days.share(promised), 2),
    }
