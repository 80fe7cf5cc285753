"""What is told of the model that is asked about, beside what the saved queries tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.stores import Store

_MODEL = """\
MATCH (m:Model {id: $model})
RETURN m.name AS name, m.stage AS stage, m.risk_tier AS tier, m.version AS version"""
_PROMISED = "MATCH (g:Gate) WHERE g.sla_days > 0 RETURN g.id AS id, g.sla_days AS days"
_WITH_REQUESTER = """\
MATCH (m:Model {id: $model})<-[:CONCERNS]-(a:Approval) WHERE a.days_with_requester > 0
RETURN a.id AS id, a.days_with_requester AS days"""


@dataclass(frozen=True, slots=True)
class Asked:
    """The model; what each gate promises, in days; how long requests lay with the requester."""

    id: str
    name: str
    stage: str
    tier: int | None
    version: str | None
    promised: Mapping[str, int]
    with_requester: Mapping[str, int]


def read_asked(store: Store, model: str) -> Asked:
    """What is told of the model and its gates."""
    rows: list[dict[str, Any]] = store.read(_MODEL, {"model": model}).dicts()
    row = rows[0]
    return Asked(
        model,
        row["name"] or model,
        row["stage"] or "",
        row["tier"],
        row["version"],
        _days(store, _PROMISED, {}),
        _days(store, _WITH_REQUESTER, {"model": model}),
    )


def _days(store: Store, cypher: str, given: Mapping[str, object]) -> dict[str, int]:
    return {
        str(own_id): days
        for own_id, days in store.read(cypher, given).rows
        if isinstance(days, int)
    }
