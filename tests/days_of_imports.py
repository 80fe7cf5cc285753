"""Imports of what a test says, a day apart, into a store of every kind."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from ownership_graph.importing.importers import Importer
from ownership_graph.loading import Order, load
from ownership_graph.records import Node, Relationship

NOW = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
PRECEDENCE = ("manual", "inventory", "hr")


def order_of(source, records, **more):
    """What is to be imported: those records."""
    importer = Importer("telling", Path(), "", "", (), "full", (), lambda: iter(records))
    return Order(source, importer, {}, removal_guard=1.0, **more)


def bring(store, *records, source="hr", now=NOW, aliases=None, **more):
    """Import those records, as all that the source says."""
    order = order_of(source, records, **more)
    done = load(store, order, now=now, precedence=PRECEDENCE, allow_removals=True, aliases=aliases)
    return done.run


class Days:
    """A store, and imports into it, a day later each time."""

    def __init__(self, store):
        self.store, self.days = store, 0

    @property
    def now(self):
        return NOW + timedelta(days=self.days)

    def bring(self, *records, source="hr", **more):
        run = bring(self.store, *records, source=source, now=self.now, **more)
        self.days += 1
        return run


def person(own_id, **properties):
    return Node("Person", own_id, properties)


def team(own_id, **properties):
    return Node("Team", own_id, properties)


def model(own_id, **properties):
    return Node("Model", own_id, properties)


def owns(own_id, to_id, **properties):
    return Relationship("OWNS", "Team", own_id, "Model", to_id, properties)


def facts_of(store):
    """All facts by key, held ones too; of a stub nothing is remembered but that it is one."""
    facts = {fact.key: fact for fact in (*store.facts(), *store.held())}
    return {
        key: fact if fact.described else replace(fact, added_run=0, run=0, first_seen_day=0)
        for key, fact in facts.items()
    }


def said_in(store):
    """The same, without what tells of runs."""
    return {key: replace(fact, added_run=0, run=0) for key, fact in facts_of(store).items()}
