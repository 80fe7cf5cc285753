"""The approvals that wait for each other in a circle, however long it is.

Approvals that can all be reached from each other by what they wait for are one knot (a strongly
connected component, Tarjan 1972); whoever is in it waits for itself. An approval that names
itself alone is a slip of the pen and no circle. Cost: proportional to approvals and waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("approval", "waits_for", "models", "days")
GIVES = ("approval", "circle", "waits_for", "models", "days")


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """One row for each approval in a circle: `circle` are all that wait in it, by id.

    The largest circle comes first, and in it the approvals by id; `waits_for` keeps only those
    that are in the circle too.
    """
    import networkx as nx  # noqa: PLC0415 -- heavy, and not every check needs it

    by_id = {row["approval"]: row for row in rows}
    graph = nx.DiGraph(
        (own_id, other)
        for own_id, row in by_id.items()
        for other in row["waits_for"]
        if other in by_id
    )
    circles = [knot for knot in nx.strongly_connected_components(graph) if len(knot) > 1]
    return [
        {
            "approval": own_id,
            "circle": sorted(circle),
            "waits_for": [each for each in by_id[own_id]["waits_for"] if each in circle],
            "models": by_id[own_id]["models"],
            "days": by_id[own_id]["days"],
        }
        for circle in sorted(circles, key=lambda circle: (-len(circle), min(circle)))
        for own_id in sorted(circle)
    ]
