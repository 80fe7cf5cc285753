"""What other sources state, for an importer that must find what a name means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.importing.known import Known
from ownership_graph.plans.merging import stated_by
from ownership_graph.records import ABSENT, Node, Relationship, parse_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.records import Fact, NodeKey, Properties, RelationshipKey
    from ownership_graph.stores import Store

_NODES = "MATCH (x:{kind}) WHERE coalesce(x.described, true) RETURN x.key AS key"
_TIES = "MATCH ()-[x:{kind}]->() RETURN x.key AS key"


def known_beside(store: Store, source: str) -> Known:
    """The facts on the graph that others than `source` state, as they state them."""
    others = _Others(store, source)
    return Known(others.nodes, others.ties)


@dataclass(frozen=True, slots=True)
class _Others:
    store: Store
    source: str

    def nodes(self, label: str) -> Iterator[Node]:
        for fact, said in self._facts(_NODES, label):
            key: NodeKey = parse_key(fact.key)  # type: ignore[assignment]  # it is a node's
            yield Node(key.label, key.id, said)

    def ties(self, kind: str) -> Iterator[Relationship]:
        for fact, said in self._facts(_TIES, kind):
            key: RelationshipKey = parse_key(fact.key)  # type: ignore[assignment]  # a tie's
            ends = (key.from_label, key.from_id, key.to_label, key.to_id)
            yield Relationship(key.type, *ends, said)

    def _facts(self, pattern: str, kind: str) -> Iterator[tuple[Fact, Properties]]:
        if not self.store.runs():
            return
        keys = [str(key) for (key,) in self.store.read(pattern.format(kind=kind)).rows]
        for fact in self.store.facts(keys):
            said = self._said(fact)
            if said is not None:
                yield fact, said

    def _said(self, fact: Fact) -> Properties | None:
        """What others say of it, the most believed first; none where nobody else states it."""
        others = [said for name, (_, said) in stated_by(fact).items() if name != self.source]
        together: Properties = {}
        for said in reversed(others):
            together |= said
        return together if others and ABSENT not in together else None
