"""Entities of OpenMetadata by kind and id, and which of them a model stands on."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownership_graph.readers.picking import at, table, tables, text, yes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DOING = "reading OpenMetadata"
MODEL, TEAM, USER = "mlmodel", "team", "user"

_HREF = re.compile(r"/v1/(\w+?)s?/")
_BY_KEY = {"algorithm": MODEL, "teamType": TEAM, "columns": "table", "email": USER}
"""What only entities of a kind have, the surest first."""


@dataclass(slots=True)
class Catalogue:
    """What was read; `shortfalls` say where it is not the whole, `faults` what was no entity."""

    entities: dict[str, dict[str, dict[str, object]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    totals: dict[str, int] = field(default_factory=dict)
    upstream: dict[str, list[dict[str, object]]] = field(default_factory=lambda: defaultdict(list))
    shortfalls: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def of(self, reference: Mapping[str, object]) -> dict[str, object]:
        """The entity that is referred to; empty where it was not read."""
        kind = text(reference, "type")
        return self.entities[kind].get(text(reference, "id"), {}) if kind in self.entities else {}

    def all_of(self, kind: str) -> list[dict[str, object]]:
        """The entities of that kind that were not deleted."""
        return [each for each in self.entities[kind].values() if not yes(each, "deleted")]

    def take(self, said: dict[str, object]) -> str:
        """Keep an entity or a lineage, and say its kind; blank where it is neither."""
        if table(said, "entity"):
            self.take_lineage(said)
            return "lineage"
        kind = _kind(said)
        if kind and text(said, "id"):
            self.entities[kind][text(said, "id")] = said
            return kind
        self.faults.append("an entry is no entity of OpenMetadata. Export it over its API.")
        return ""

    def take_lineage(self, said: dict[str, object]) -> None:
        """Keep what stands above an entity."""
        nodes = {
            text(each, "id"): each for each in (table(said, "entity"), *tables(said, "nodes"))
        }
        for edge in (*tables(said, "upstreamEdges"), *tables(said, "downstreamEdges")):
            start, end = (_reference(at(edge, each)) for each in ("fromEntity", "toEntity"))
            above = nodes.get(text(start, "id"), start)
            if above not in self.upstream[text(end, "id")]:
                self.upstream[text(end, "id")].append(above)

    def features_of(self, model: dict[str, object]) -> Iterator[dict[str, object]]:
        """References to what the features of a model come from."""
        for feature in tables(model, "mlFeatures"):
            for source in tables(feature, "featureSources"):
                if found := table(source, "dataSource"):
                    yield found


def _kind(said: dict[str, object]) -> str:
    found = _HREF.search(text(said, "href"))
    return (
        found[1].lower() if found else next((_BY_KEY[key] for key in _BY_KEY if key in said), "")
    )


def _reference(said: object) -> dict[str, object]:
    """An end of an edge: a reference, or its id alone."""
    return table(said) or {"id": text(said)}
