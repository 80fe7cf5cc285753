"""The people without any one of whom models can no longer be taken through the gates ahead.

A model that can get through is asked about again with one person away (resiliency to one absence,
Wang and Li 2010): who is able, and which rules hold, is reckoned as in
`models_without_a_way_through`. A deputy may act while whoever delegated is away. Only people who
take part in one assignment need to be tried, since without all others that one is left.

Cost: models that stand alike are asked about once, with one more search for each of its gates.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from ownership_graph.rights.by_right import read_by_right

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("part", "id", "facts")
GIVES = ("person", "gates", "stopped", "models")

_SHOWN = 10


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """One row for each such person; whoever would stop most models comes first."""
    by_right = read_by_right(rows)
    passing = by_right.passing
    gates: dict[str, set[str]] = defaultdict(set)
    models: dict[str, list[str]] = defaultdict(list)
    found = map(by_right.needed, passing.rights.standings)
    for left, needed in chain.from_iterable(found):
        for person, steps in needed.items():
            gates[person].update(steps)
            models[person] += left.models
    return [
        {
            "person": person,
            "gates": sorted(gates[person], key=passing.rights.place),
            "stopped": len(models[person]),
            "models": sorted(models[person])[:_SHOWN],
        }
        for person in sorted(models, key=lambda own_id: (-len(models[own_id]), own_id))
    ]
