"""Of how many things of a kind something is known, and how old that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("kind", "what", "known", "days")
GIVES = ("kind", "what", "known", "things", "share", "newest_days", "median_days")
USES = ("max_known",)
THINGS = "things"
"""The row that says how many there are of a kind."""


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each thing that should be known, the largest gap first.

    A day to come is no age. Cost: n log n of the days.
    """
    things = {row["kind"]: row["known"] for row in rows if row["what"] == THINGS}
    found = [
        _row(row, things[row["kind"]], parameters["today"])
        for row in rows
        if row["what"] != THINGS and things[row["kind"]]
    ]
    kept = [each for each in found if each["share"] <= parameters["max_known"]]
    return sorted(kept, key=lambda each: (each["share"], each["kind"], each["what"]))


def _row(row: Row, things: int, today: int) -> dict[str, Any]:
    ages = sorted(today - day for day in row["days"] if day <= today)
    return {
        "kind": row["kind"],
        "what": row["what"],
        "known": row["known"],
        "things": things,
        "share": round(row["known"] / things, 2),
        "newest_days": ages[0] if ages else None,
        "median_days": ages[len(ages) // 2] if ages else None,
    }
