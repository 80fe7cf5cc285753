"""The models of the inventory of record that no other source sees in use.

What each source says itself is taken out of the claims that a fact keeps where several sources
state it; without claims the inventory alone knows the model. Cost: proportional to the claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("model", "stage", "claims", "owners", "days")
GIVES = ("model", "stage", "named_by", "owners", "days")
USES = ("inventory_of_record",)

_LIVE = ("pilot", "production")


def measure(rows: Sequence[Row], parameters: Mapping[str, object]) -> list[dict[str, object]]:
    """The rows of models that no other source calls live, in their order."""
    found = []
    for row in rows:
        claims = msgspec.json.decode(row["claims"]) if row["claims"] else {}
        claims.pop(parameters["inventory_of_record"], None)
        if not any(map(_sees_it, claims.values())):
            told = {**row, "named_by": list(claims)}
            found.append({name: told[name] for name in GIVES})
    return found


def _sees_it(said: Mapping[str, Any]) -> bool:
    """Whether a source says that the model is in use, or where it runs."""
    return said.get("stage") in _LIVE or bool(said.get("environment"))
