"""What the store holds around the facts that a run speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.plans.denying import Surroundings, covers, denies
from ownership_graph.records import NodeKey, parse_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from ownership_graph.records import Fact, Key
    from ownership_graph.stores import Store

_TIES = """\
MATCH (n:{label} {{id: $id}})-[r]-()
RETURN DISTINCT r.key AS key
"""
_BETWEEN = """\
MATCH (a:{start} {{id: $from_id}})-[r:{type}]->(b:{end} {{id: $to_id}})
RETURN r.key AS key
"""


def facts_held(store: Store, keys: Collection[Key]) -> dict[Key, Fact]:
    """Those of the facts that the store holds, by key."""
    return {fact.key: fact for fact in store.facts(keys)} if keys else {}


def surroundings(store: Store) -> Surroundings:
    """What the store holds besides the facts that an import speaks of."""
    held = list(store.held())

    def around(keys: Collection[Key]) -> list[Fact]:
        wanted = frozenset(keys)
        on_graph = [key for each in keys for key in ties_at(store, each)]
        off_it = [fact for fact in held if not wanted.isdisjoint(covers(fact.key))]
        return [*facts_held(store, dict.fromkeys(on_graph)).values(), *off_it]

    denied = frozenset(fact.key for fact in held if denies(fact))
    return Surroundings(denied, around, lambda keys: facts_held(store, keys))


def ties_at(store: Store, key: Key) -> list[Key]:
    """The relationships on the graph at a node, or where the key is a bare one, beside it."""
    found = parse_key(key)
    if isinstance(found, NodeKey):
        rows = store.read(_TIES.format(label=found.label), {"id": found.id})
    elif found.identity:
        return []
    else:
        rows = store.read(
            _BETWEEN.format(start=found.from_label, type=found.type, end=found.to_label),
            {"from_id": found.from_id, "to_id": found.to_id},
        )
    return [str(relationship) for (relationship,) in rows.rows]
