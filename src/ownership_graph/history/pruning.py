"""What is old enough to be remembered no longer, and never what an undo still needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.history.past import Past
from ownership_graph.history.undoing import alike
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.plans.beginning import timestamp
from ownership_graph.records import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ownership_graph.records import ImportRun, Key
    from ownership_graph.stores import Store

GUARDED = timedelta(days=31)
"""For how long runs stay whatever is asked for: the removal guard remembers a month."""

_AT_ONCE = 10_000
_MANY_RUNS = 100
_ADDED = (
    f"MATCH (n:{'|'.join(LABELS)}) RETURN DISTINCT n.added_run",
    f"MATCH ()-[r:{'|'.join(RELATIONSHIPS)}]->() RETURN DISTINCT r.added_run",
)


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much went, and since which day (ISO) the graph can still be seen as it was."""

    changes: int = 0
    runs: int = 0
    since: str = ""


def prune(store: Store, keep: timedelta, *, now: datetime, wait: float = 0.0) -> Pruned:
    """Forget what was altered and removed by runs that were finished longer ago than `keep`.

    What the undo of the newest run of any source needs stays, and so does a run that a fact
    came with, or that a source's promises stand on. `now` is in UTC.

    Raises:
        StoreError: the store did not do what it should.
    """
    with store.lock(wait=wait):
        runs = store.runs()
        needed = _needed(runs)
        cut = timestamp(now - keep)
        old = [run for run in runs if "" < run.finished < cut and run.id not in needed]
        done = [run for run in runs if run.state == "done"]
        if not old or not done:
            return Pruned()
        last = old[-1]
        changes, told = _unneeded_changes(
            store, [run for run in runs if run.id in needed], last.seq
        )
        older = [run for run in runs if run.seq < last.seq and run.id not in needed]
        spare = _spare_runs(store, older, told, timestamp(now - GUARDED))
        if not changes and len(spare) < _MANY_RUNS:
            return Pruned()
        marked = [
            replace(run, pruned=True)
            for run in runs
            if run.seq <= last.seq and run.id not in needed and run.id not in spare
        ]
        by_id = {run.id: run for run in marked}
        whole = Plan(by_id.get(done[-1].id, done[-1]), runs=tuple(marked), drop_runs=spare)
        store.apply(whole)
        for start in range(0, len(changes), _AT_ONCE):
            batch = tuple(changes[start : start + _AT_ONCE])
            store.apply(Plan(whole.run, drop_changes=batch))
        return Pruned(len(changes), len(spare), last.finished[:10])


def _needed(runs: Sequence[ImportRun]) -> frozenset[str]:
    """Of each source the newest run that wrote anything, what came of it, and the last, by id."""
    since = {run.source: run.seq for run in runs if _wrote(run) and run.state == "done"}
    last = {run.source: run.id for run in runs}
    promising = {run.source: run.id for run in runs if (run.kind, run.state) == ("import", "done")}
    written = (
        run.id
        for run in runs
        if run.seq == since.get(run.source)
        or (run.seq > since.get(run.source, 0) and (_wrote(run) or run.kind == "undo"))
    )
    return frozenset([*written, *last.values(), *promising.values()])


def _wrote(run: ImportRun) -> bool:
    return run.kind != "undo" and bool(run.added or run.changed or run.removed)


def _unneeded_changes(
    store: Store, needed: Sequence[ImportRun], last: int
) -> tuple[list[str], frozenset[int]]:
    """The changes up to that run that no undo of the needed runs looks at, by id.

    Beside them the sequence numbers of the runs whose changes stay.
    """
    seqs = {run.seq for run in needed if run.seq <= last}
    since: dict[Key, int] = {}
    if seqs:
        past = Past(store, min(seqs) - 1)
        for seq in sorted(seqs, reverse=True):
            before, after = past.at(seq - 1), past.at(seq)
            since |= {key: seq for key, fact in after.items() if not alike(before[key], fact)}
    found = list(store.changes(0))
    unneeded = [
        change.id
        for change in found
        if change.seq <= last
        and change.seq not in seqs
        and change.seq < since.get(change.key, change.seq + 1)
    ]
    going = frozenset(unneeded)
    return unneeded, frozenset(change.seq for change in found if change.id not in going)


def _spare_runs(
    store: Store, older: Sequence[ImportRun], told: frozenset[int], guarded: str
) -> tuple[str, ...]:
    """Those of the older runs that nothing leads to, by id.

    `told` are those whose changes stay, `guarded` is the time from which on every run stays.
    """
    added = {int(str(row[0])) for text in _ADDED for row in store.read(text).rows}
    added |= told | {fact.added_run for fact in store.held()}
    return tuple(run.id for run in older if run.seq not in added and run.started < guarded)
