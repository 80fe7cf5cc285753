"""A changed alias file, brought over the facts that are there as a run of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ownership_graph.days import number_of
from ownership_graph.identities.joining import Joining, join_plan, key_under
from ownership_graph.identities.renaming import WHO, naming, restated
from ownership_graph.loading.order import JOINS
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.plans.beginning import broken_off, new_run, timestamp
from ownership_graph.plans.merging import rank_by, stated_by
from ownership_graph.plans.remembering import restored
from ownership_graph.plans.surrounding import facts_held, surroundings
from ownership_graph.records import kind_of, node_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ownership_graph.identities import Aliases
    from ownership_graph.records import Change, Fact, ImportRun, Key
    from ownership_graph.stores import Store

SOURCE: Final = JOINS
_IDS = "MATCH (n:{label}) RETURN n.id AS id"
_TIES = "UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r]-() RETURN DISTINCT r.key AS key"
_NAMING_NODES = "MATCH (x:{kind}) WHERE x.{name} IS NOT NULL RETURN x.key AS key, x.{name} AS who"
_NAMING_TIES = (
    "MATCH ()-[x:{kind}]->() WHERE x.{name} IS NOT NULL RETURN x.key AS key, x.{name} AS who"
)


def join(
    store: Store, aliases: Aliases, *, now: datetime, precedence: Sequence[str], dry_run: bool
) -> Store:
    """Bring the facts of aliases to their ids, where the aliases changed since that was done.

    The store comes back; for a dry run a copy of it in memory, where there was something to do.
    A writing run needs the store's lock.
    """
    past = store.runs()
    done = [each for each in past if (each.kind, each.state) == (SOURCE, "done")]
    if aliases.checksum == (done[-1].checksum if done else ""):
        return store
    if dry_run:
        store = store.copy_in_memory()
    run, logged = _begun(store, past, now)
    run = replace(run, checksum=aliases.checksum, finished=timestamp(now))
    joining = Joining(aliases, rank_by(precedence), number_of(now), logged)
    lost = _lost(store, run, logged)
    facts = facts_held(store, _touched(store, aliases, lost))
    plan = join_plan(facts.values(), lost, run, joining, surroundings(store))
    plan = replace(plan, runs=broken_off(past, run))
    if plan.facts or plan.runs:
        store.apply(plan)
    else:
        store.record(replace(run, state="done"))
    return store


def _begun(
    store: Store, past: Sequence[ImportRun], now: datetime
) -> tuple[ImportRun, tuple[Change, ...]]:
    """The run, and what it logged: one that was cut off while it wrote goes on."""
    newest = past[-1] if past else None
    if newest is not None and (newest.kind, newest.state) == (SOURCE, "applying"):
        return newest, tuple(store.changes(newest.seq - 1))
    return new_run(past, SOURCE, SOURCE, now, SOURCE), ()


def _lost(store: Store, run: ImportRun, logged: Sequence[Change]) -> list[Fact]:
    """What the run took out of the store before it was cut off."""
    gone = {each.key: each.before for each in logged if each.seq == run.seq and each.before.gone}
    there = facts_held(store, gone)
    return [restored(key, each, None) for key, each in gone.items() if key not in there]


def _touched(store: Store, aliases: Aliases, lost: Sequence[Fact]) -> set[Key]:
    """The keys of the facts that stand or stood under a name, and those where they belong."""
    keys = {*_nodes_and_ties(store, aliases), *_held(store, aliases), *_naming(store, aliases)}
    came_from = (*keys, *(fact.key for fact in lost))
    return keys | {key_under(each, aliases) for each in came_from}


def _nodes_and_ties(store: Store, aliases: Aliases) -> Iterator[Key]:
    for label in aliases.names:
        found = (str(own_id) for (own_id,) in store.read(_IDS.format(label=label)).rows)
        ids = [each for each in found if aliases.id_of(label, each) != each]
        yield from (node_key(label, each) for each in ids)
        ties = store.read(_TIES.format(label=label), {"ids": ids}).rows if ids else []
        yield from (str(key) for (key,) in ties)


def _held(store: Store, aliases: Aliases) -> Iterator[Key]:
    for fact in store.held():
        said = (properties for _, properties in stated_by(fact).values())
        kind = kind_of(fact.key)
        if key_under(fact.key, aliases) != fact.key or any(
            restated(kind, each, aliases) is not each for each in said
        ):
            yield fact.key


def _naming(store: Store, aliases: Aliases) -> Iterator[Key]:
    """The facts on the graph that name who did something by an alias."""
    if aliases.names.keys().isdisjoint(WHO):
        return
    for kind in (*LABELS, *RELATIONSHIPS):
        pattern = _NAMING_NODES if kind in LABELS else _NAMING_TIES
        for name in naming(kind):
            for key, who in store.read(pattern.format(kind=kind, name=name)).rows:
                said = {name: who}
                if restated(kind, said, aliases) is not said:
                    yield str(key)
