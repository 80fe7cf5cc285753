"""Facts and plans with as little said as possible."""

from __future__ import annotations

from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.records import (
    Fact,
    ImportRun,
    NodeKey,
    Plan,
    node_key,
    parse_key,
    relationship_key,
)

OF_KIND = {
    "text": "one 'two' \"three\" `four` $five\n\tsix \\ é 漢字 😀",
    "int": 2**53 + 1,
    "float": 0.1,
    "bool": True,
    "day": 20_781,
    "list": ["b", "a", "", "b"],
}


def run_of(seq, **more):
    return ImportRun(f"run-{seq}", seq, "hr", "tables", f"2026-01-{seq:02}T00:00:00Z", **more)


def plan_of(seq, *create, alter=(), remove=(), changes=()):
    return Plan(run_of(seq), create, tuple(alter), tuple(remove), tuple(changes))


def node(label, own_id, *, run=1, source="hr", **properties):
    return Fact(
        node_key(label, own_id), properties, (source,), (f"hash of {own_id}",), added_run=run,
        run=run, first_seen_day=20_000,
    )  # fmt: skip


def tie(type_, start, end, *identity, run=1, source="hr", **properties):
    (from_label, from_id), (to_label, to_id) = start, end
    key = relationship_key(type_, from_label, from_id, to_label, to_id, identity)
    return Fact(
        key, properties, (source,), (f"hash of {type_}",), added_run=run, run=run,
        first_seen_day=20_000,
    )  # fmt: skip


def stub(label, own_id, *, added=1, run=1):
    return Fact(
        node_key(label, own_id), added_run=added, run=run, first_seen_day=20_000, described=False
    )


def ends(key):
    """The keys of both ends, where it is a relationship's."""
    parsed = parse_key(key)
    if isinstance(parsed, NodeKey):
        return ()
    return (
        node_key(parsed.from_label, parsed.from_id),
        node_key(parsed.to_label, parsed.to_id),
    )


def one_of_everything():
    """A fact of each label and of each relationship between each of its ends, fully stated."""
    facts = [
        node(label.name, f"{label.name} 1", **_values(label.properties))
        for label in LABELS.values()
    ]
    for each in RELATIONSHIPS.values():
        for start in each.starts:
            for end in each.ends:
                values = _values(each.properties)
                identity = tuple(str(values.get(name, "")) for name in each.identity)
                pair = (start, f"{start} 1"), (end, f"{end} 1")
                facts.append(tie(each.name, *pair, *identity, **values))
    return facts


def _values(properties):
    return {name: OF_KIND[each.kind] for name, each in properties.items() if name != "id"}


def keyed(facts):
    """Facts by their keys; each key stands once."""
    listed = list(facts)
    found = {fact.key: fact for fact in listed}
    assert len(found) == len(listed)
    return found


def by_key(store):
    """All facts of a store by their keys."""
    return keyed(store.facts())


def apply(store, *plans):
    with store.lock():
        for plan in plans:
            store.apply(plan)
