"""What the store holds of the facts that an import touches."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace as replaced
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.importing.guarding import stated_counts
from ownership_graph.importing.planning import rivals
from ownership_graph.importing.statements import place_of, statement_hash
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.plans.merging import stated_by
from ownership_graph.plans.surrounding import facts_held
from ownership_graph.records import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ownership_graph.importing.checking import Checked
    from ownership_graph.records import Fact, Key
    from ownership_graph.stores import Store

_COUNTS = (
    f"MATCH (n:{'|'.join(LABELS)}) WHERE $source IN n.sources RETURN count(n) AS n",
    f"MATCH ()-[r:{'|'.join(RELATIONSHIPS)}]->() WHERE $source IN r.sources RETURN count(r) AS n",
)
_SEVERAL = (
    f"MATCH (n:{'|'.join(LABELS)}) WHERE size(n.sources) > 1 RETURN n.key AS key",
    f"MATCH ()-[r:{'|'.join(RELATIONSHIPS)}]->() WHERE size(r.sources) > 1 RETURN r.key AS key",
)
_RELATIONSHIPS = """\
UNWIND $ids AS wanted
MATCH (n:{label} {{id: wanted}})-[r]-(other)
RETURN DISTINCT wanted AS id, r.key AS key
"""


def stated_by_several(store: Store) -> list[Fact]:
    """The facts that more than one source states, held ones included."""
    keys = [str(key) for text in _SEVERAL for (key,) in store.read(text).rows]
    held = [fact for fact in store.held() if len(fact.sources) > 1]
    return [*facts_held(store, keys).values(), *held]


def count_stated(store: Store, source: str) -> int:
    """How many facts the source states in the store: far cheaper than which."""
    counts = (store.read(text, {"source": source}).rows for text in _COUNTS)
    held = sum(source in fact.sources for fact in store.held())
    return held + sum(int(str(rows[0][0])) for rows in counts)


def with_what_was_known(
    store: Store, source: str, checked: Checked, had: Mapping[Key, str]
) -> Checked:
    """The same, with what the source stated before where a value could not be read now."""
    facts = facts_held(
        store, [key for key in checked.unread if key in checked.said and key in had]
    )
    if not facts:
        return checked
    said = dict(checked.said)
    for key, fact in facts.items():
        now, before = said[key], stated_by(fact)[source][1]
        kept = {name: before[name] for name in checked.unread[key] if name in before}
        properties = {**kept, **now.properties}
        said[key] = replace(now, hash=statement_hash(properties), properties=properties)
    return replaced(checked, said=said)


def counts_after(checked: Checked, had: Mapping[Key, str]) -> dict[str, int]:
    """What the source states after this import, as in `ImportRun.counts`.

    A fact whose row was rejected stays as it was, and counts, without its values.
    """
    counts = stated_counts(checked.said)
    if checked.faulty:
        for key in had:
            if key not in checked.said and place_of(key) in checked.faulty:
                counts[kind_of(key)] = counts.get(kind_of(key), 0) + 1
    return counts


def ids_held(
    store: Store,
    source: str,
    gone: Collection[Key],
    new: Iterable[Key],
) -> dict[str, tuple[str, ...]]:
    """The labels that ids of new nodes have in the store, besides their own.

    A node that this very import takes off the graph holds nothing.
    """
    others = rivals(new)
    known = facts_held(store, others.keys())
    found = {key: fact for key, fact in known.items() if not fact.absent}
    leaving = _leaving(store, source, set(gone), list(found.values()), others)
    held: dict[str, list[str]] = defaultdict(list)
    for key in found:
        if key not in leaving:
            held[others[key]].append(kind_of(key))
    return {own_id: tuple(labels) for own_id, labels in held.items()}


def _leaving(
    store: Store,
    source: str,
    gone: set[Key],
    found: list[Fact],
    ids: Mapping[Key, str],
) -> set[Key]:
    """Those of the nodes that nobody states any more, and at which no relationship stays."""
    by_label: dict[str, dict[str, Key]] = defaultdict(dict)
    for fact in found:
        if not fact.described or (fact.key in gone and fact.sources == (source,)):
            by_label[kind_of(fact.key)][ids[fact.key]] = fact.key
    leaving: set[Key] = set()
    for label, keys in by_label.items():
        rows = store.read(_RELATIONSHIPS.format(label=label), {"ids": list(keys)})
        stay = {own_id for own_id, relationship in rows.rows if relationship not in gone}
        leaving.update(key for own_id, key in keys.items() if own_id not in stay)
    return leaving
