"""The graph as it was: a copy in memory, taken back to after a run."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.days import number_of
from ownership_graph.errors import HistoryError
from ownership_graph.history.past import Past
from ownership_graph.history.run_states import with_states
from ownership_graph.plans.drafting import Draft
from ownership_graph.plans.surrounding import facts_held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ownership_graph.records import ImportRun
    from ownership_graph.stores import Store

DAY = len("2026-11-23")


def as_of(store: Store, when: date | int) -> Store:
    """A copy in memory of the graph as it was after a run, given by its sequence number.

    Or as it was at the end of a day in UTC: after the last run that was finished by then. Later
    runs, and what they altered, are not in the copy, nor what was kept of findings.

    Raises:
        HistoryError: there was nothing yet, or it is no longer remembered.
    """
    copy = store.copy_in_memory()
    runs = copy.runs()
    seq = seq_of(runs, when) if isinstance(when, date) else when
    refuse_forgotten(runs, seq)
    _take_back(copy, runs, seq)
    copy.address = store.address
    return copy


def seq_of(runs: Sequence[ImportRun], day: date) -> int:
    """The sequence number of the last run that was finished by the end of that day.

    Raises:
        HistoryError: none was.
    """
    finished = [run for run in runs if run.finished]
    found = max((run.seq for run in finished if run.finished[:DAY] <= str(day)), default=None)
    if found is None:
        raise HistoryError(
            f"going back to {day}: " + (
                f"the first run was finished on {finished[0].finished[:DAY]}. Ask for that day, or"
                " a later one."
                if finished
                else "no run was finished yet. Import something first."
            )
        )  # fmt: skip
    return found


def refuse_forgotten(runs: Sequence[ImportRun], seq: int) -> None:
    """Raise HistoryError where nobody knows any more what was there after that run."""
    pruned = [run for run in runs if run.pruned]
    if pruned and seq < pruned[-1].seq:
        last = pruned[-1]
        raise HistoryError(
            f"going back to after run {seq}: what was altered before {last.finished[:DAY]} is no"
            f" longer remembered. Ask for {last.finished[:DAY]}, or a later day."
        )
    if not any(run.seq <= seq for run in runs):
        raise HistoryError(f"going back to after run {seq}: there was no run yet.")


def _take_back(copy: Store, runs: Sequence[ImportRun], seq: int) -> None:
    """Bring the copy to what the store held after that run."""
    last = max((run for run in runs if run.seq <= seq), key=lambda run: run.seq)
    past = Past(copy, seq)
    draft = Draft(last)
    for key, fact in past.at(seq).items():
        if fact != past.now.get(key):
            draft.move(past.now.get(key), fact)
    day = number_of(date.fromisoformat(last.started[:DAY]))
    draft.complete(draft.create, lambda keys: facts_held(copy, keys), day)
    later = [run.id for run in runs if run.seq > seq]
    dropped = [each.id for changes in past.changes.values() for each in changes]
    plan = replace(
        draft.plan(),
        run=last,
        changes=(),
        drop_changes=tuple(dropped),
        drop_runs=tuple(later),
        drop_findings=tuple(each.id for each in copy.findings()),
    )
    with copy.lock():
        copy.apply(plan)
        for run in with_states([run for run in runs if run.seq <= seq]):
            if run.id == last.id or run not in runs:
                copy.record(run)
