"""Small graphs written as text, and put into a store as one import."""

from __future__ import annotations

import json

from ownership_graph.model import RELATIONSHIPS
from ownership_graph.records import Fact, ImportRun, Plan, node_key, relationship_key


def facts_of(text):
    """The facts of a graph, a line each: `Model m1 stage=pilot`, `Team t1 OWNS Model m1`.

    A value is JSON where it is JSON (`stage_day=3`, `agreed_by=["p1"]`), else text. An end that
    no line describes is described by its id alone; `Model m1 described=false` is a stub.
    """
    facts = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        words = line.split()
        properties = dict(_property(word) for word in words if "=" in word)
        plain = [word for word in words if "=" not in word]
        if len(plain) == 2:
            facts[node_key(*plain)] = _node(plain[1], properties)
            continue
        from_label, from_id, type_, to_label, to_id = plain
        for label, own_id in ((from_label, from_id), (to_label, to_id)):
            facts.setdefault(node_key(label, own_id), _node(own_id, {}))
        identity = tuple(str(properties.get(each, "")) for each in RELATIONSHIPS[type_].identity)
        key = relationship_key(type_, from_label, from_id, to_label, to_id, identity)
        facts[key] = {"properties": properties}
    ordered = sorted(facts.items(), key=lambda each: len(json.loads(each[0])))
    return tuple(Fact(key, **what) for key, what in ordered)


def fill(store, text, *, provides=(), source="test", state="done"):
    """Put the graph into the store, as one run of a source that promises `provides`."""
    seq = max((run.seq for run in store.runs()), default=0) + 1
    run = ImportRun(
        id=f"run-{seq}",
        seq=seq,
        source=source,
        importer="test",
        started="2026-01-01T00:00:00Z",
        finished="2026-01-01T00:00:01Z",
        state=state,
        provides=tuple(provides),
    )
    with store.lock():
        if state == "done":
            store.apply(Plan(run, create=_stated(facts_of(text), source, seq)))
        else:
            store.record(run)
    return store


def _stated(facts, source, seq):
    return tuple(
        Fact(
            each.key,
            each.properties,
            sources=(source,) if each.described else (),
            hashes=("x",) if each.described else (),
            added_run=seq,
            run=seq,
            described=each.described,
        )
        for each in facts
    )


def _node(own_id, properties):
    described = properties.pop("described", True)
    return {"properties": {"name": own_id} | properties, "described": described}


def _property(word):
    name, _, value = word.partition("=")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value
