"""One node's history: its facts and relationships over time, also where it is gone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.history.steps import Step, steps_of
from ownership_graph.model import LABELS, nearest
from ownership_graph.plans.drafting import ends_of
from ownership_graph.plans.surrounding import facts_held, ties_at
from ownership_graph.records import kind_of, node_key

if TYPE_CHECKING:
    from ownership_graph.records import Change, Key
    from ownership_graph.stores import Store

_NAMES = f"MATCH (n:{'|'.join(LABELS)}) RETURN n.id, n.name"


def history_of(store: Store, own_id: str, label: str = "") -> list[Step]:
    """All that is known to have become of a node and of its relationships, oldest first.

    Without a label, of every node that has that id.

    Raises:
        UsageError: nothing is known of it; the nearest id is offered.
    """
    if label and label not in LABELS:
        raise UsageError(f"looking for {label} {own_id}: there is no label '{label}'."
                         f"{nearest(label, LABELS)}")  # fmt: skip
    nodes = {node_key(each, own_id) for each in ([label] if label else LABELS)}
    changes: dict[Key, list[Change]] = defaultdict(list)
    for change in store.changes(0):
        if _is_of(change.key, nodes):
            changes[change.key].append(change)
    now = facts_held(store, _keys_now(store, nodes) | changes.keys())
    if not now and not changes:
        raise _unknown(store, own_id, label)
    steps = [
        step
        for key in now.keys() | changes.keys()
        for step in steps_of(key, now.get(key), changes.get(key, ()))
    ]
    return sorted(steps, key=lambda each: (each.seq, kind_of(each.key) not in LABELS, each.key))


def _is_of(key: Key, nodes: set[Key]) -> bool:
    return key in nodes or not nodes.isdisjoint(ends_of(key))


def _keys_now(store: Store, nodes: set[Key]) -> set[Key]:
    """The nodes' keys, and those of the relationships at them that the store holds now."""
    there = facts_held(store, nodes)
    ties = {tie for key in there for tie in ties_at(store, key)}
    return {*there, *ties, *(fact.key for fact in store.held() if _is_of(fact.key, nodes))}


def _unknown(store: Store, own_id: str, label: str) -> UsageError:
    rows = store.read(_NAMES).rows if store.runs() else []
    named = [str(found) for found, name in rows if name == own_id]
    hint = f" Its id is '{named[0]}'." if named else nearest(own_id, [str(row[0]) for row in rows])
    what = f"{label} {own_id}" if label else own_id
    return UsageError(f"looking for the history of '{what}': nothing is known of it.{hint}")
