"""Small graphs written as text, and put into a store as one import."""

from __future__ import annotations

import json
import re

from ownership_graph.model import RELATIONSHIPS
from ownership_graph.plans.merging import merged
from ownership_graph.records import Fact, ImportRun, Plan, node_key, relationship_key

_CLAIM = re.compile(r"[a-z]+:(?:[a-z_]+=|$)")


def facts_of(text):
    """The facts of a graph, a line each: `Model m1 stage=pilot`, `Team t1 OWNS Model m1`.

    A value is JSON where it is JSON (`stage_day=3`, `agreed_by=["p1"]`), else text. An end that
    no line describes is described by its id alone; `Model m1 described=false` is a stub.
    `Model m1 hr:stage=pilot cmdb:stage=idea` is stated by two sources, the most believed first,
    and `Team t1 OWNS Model m1 hr:` by a source that is not the graph's own.
    """
    facts = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        words = line.split()
        claims = _claims(words)
        words = [word for word in words if not _CLAIM.match(word)]
        properties = dict(_property(word) for word in words if "=" in word)
        plain = [word for word in words if "=" not in word]
        if len(plain) == 2:
            facts[node_key(*plain)] = _node(plain[1], properties) | _claimed(properties, claims)
            continue
        from_label, from_id, type_, to_label, to_id = plain
        for label, own_id in ((from_label, from_id), (to_label, to_id)):
            facts.setdefault(node_key(label, own_id), _node(own_id, {}))
        identity = tuple(str(properties.get(each, "")) for each in RELATIONSHIPS[type_].identity)
        key = relationship_key(type_, from_label, from_id, to_label, to_id, identity)
        facts[key] = {"properties": properties} | _claimed(properties, claims)
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
            sources=each.sources or ((source,) if each.described else ()),
            hashes=("x",) * max(len(each.sources), each.described),
            claims=each.claims,
            disputed=each.disputed,
            added_run=seq,
            run=seq,
            described=each.described,
        )
        for each in facts
    )


def _node(own_id, properties):
    described = properties.pop("described", True)
    return {"properties": {"name": own_id} | properties, "described": described}


def _claims(words):
    """What each source says: `hr:stage=pilot`; `hr:` is a source that says nothing more."""
    claims = {}
    for word in words:
        if _CLAIM.match(word):
            source, _, said = word.partition(":")
            claims.setdefault(source, {}).update([_property(said)] if said else [])
    return claims


def _claimed(properties, claims):
    if not claims:
        return {}
    stated = {source: ("x", {**properties, **said}) for source, said in claims.items()}
    rank = list(stated).index
    made = merged("", stated, lambda source: (rank(source), source), run=1, day=0)
    return {
        "properties": made.properties,
        "sources": made.sources,
        "claims": made.claims,
        "disputed": made.disputed,
    }


def _property(word):
    name, _, value = word.partition("=")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value
