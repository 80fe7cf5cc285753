"""What stands on each model, directly or through others, and who answers for it.

From each model on which something stands a breadth-first walk goes up, step by step. Cost: the sum
of what is reached, which is how many models each stands on times their number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("id", "is_model", "live", "risk_tier", "stands_on", "owners")
GIVES = (
    "model", "in_production", "relying", "direct", "risk_tier", "owners", "to_tell", "unowned",
)  # fmt: skip
USES = ("min_relying",)
STEPS = 12
SHOWN = 10


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each model, that on which most in production stands first."""
    known = {row["id"]: row for row in rows}
    above = defaultdict(set)
    for row in rows:
        for below in row["stands_on"]:
            if below in known and below != row["id"]:
                above[below].add(row["id"])
    owners = {own_id: _owners(row) for own_id, row in known.items()}
    found = []
    for own_id in sorted(above):
        relying = [each for each in _reached(own_id, above) if known[each]["is_model"]]
        if known[own_id]["is_model"] and len(relying) >= parameters["min_relying"]:
            direct = sum(known[each]["is_model"] for each in above[own_id])
            found.append(_row(own_id, direct, [known[each] for each in relying], owners))
    return sorted(
        found, key=lambda each: (-each["in_production"], -each["relying"], each["model"])
    )


def _owners(row: Row) -> list[str]:
    """Who answers for it, else whoever owns it."""
    answering = {each["id"] for each in row["owners"] if each["answers"]}
    return sorted(answering or {each["id"] for each in row["owners"]})


def _reached(start: str, above: Mapping[str, set[str]]) -> set[str]:
    """Everything that stands on it, itself apart."""
    reached, here = {start}, {start}
    for _ in range(STEPS):
        here = {up for each in here if each in above for up in above[each]} - reached
        if not here:
            break
        reached |= here
    return reached - {start}


def _row(
    model: str, direct: int, relying: Sequence[Row], owners: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    told = Counter(owner for each in relying for owner in owners[each["id"]])
    tiers = [each["risk_tier"] for each in relying if each["risk_tier"] is not None]
    return {
        "model": model,
        "in_production": sum(bool(each["live"]) for each in relying),
        "relying": len(relying),
        "direct": direct,
        "risk_tier": max(tiers, default=None),
        "owners": owners[model],
        "to_tell": sorted(told, key=lambda owner: (-told[owner], owner))[:SHOWN],
        "unowned": sum(not owners[each["id"]] for each in relying),
    }
