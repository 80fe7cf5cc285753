"""What a run did, and what differs between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.history.going_back import refuse_forgotten, seq_of
from ownership_graph.history.past import Past
from ownership_graph.history.steps import Step, steps_between

if TYPE_CHECKING:
    from datetime import date

    from ownership_graph.records import ImportRun
    from ownership_graph.stores import Store


def steps_of_run(store: Store, run: ImportRun) -> list[Step]:
    """What a run made new, changed, took off the graph, or held down, by kind and key."""
    return steps_between(Past(store, run.seq - 1), run.seq - 1, run.seq)


def difference(store: Store, start: date, end: date) -> list[Step]:
    """What is new, changed or gone at the end of a day, beside the end of an earlier one.

    Raises:
        HistoryError: there was nothing yet, or it is no longer remembered.
    """
    runs = store.runs()
    first, last = seq_of(runs, start), seq_of(runs, end)
    refuse_forgotten(runs, min(first, last))
    return steps_between(Past(store, min(first, last)), first, last)
