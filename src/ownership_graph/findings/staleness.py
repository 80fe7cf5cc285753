"""Which answers rest on sources that have not been imported for too long, and on which day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ownership_graph.days import number_of
from ownership_graph.errors import StoreTimeoutError
from ownership_graph.queries.needs import promised_as, stating

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ownership_graph.queries.question import Need
    from ownership_graph.records import ImportRun
    from ownership_graph.stores import Store


@dataclass(frozen=True, slots=True)
class Limits:
    """From which age on each source is stale, and the moment, in UTC, that it is reckoned to."""

    ages: Mapping[str, timedelta]
    at: datetime


def last_done(runs: Iterable[ImportRun]) -> dict[str, ImportRun]:
    """The last import of each source that was done; `runs` are oldest first."""
    return {run.source: run for run in runs if run.kind == "import" and run.state == "done"}


def stale_sources(runs: Iterable[ImportRun], limits: Limits) -> dict[str, int]:
    """The day of the last import of each source that is stale; one that never ran is none."""
    found = {}
    for source, run in last_done(runs).items():
        finished = datetime.fromisoformat(run.finished)
        limit = limits.ages.get(source)
        if limit is not None and limits.at - finished > limit:
            found[source] = number_of(finished)
    return found


def days_of(
    store: Store,
    needs: Iterable[Need],
    runs: Iterable[ImportRun],
    stale: Mapping[str, int],
    timeout: float,
) -> dict[Need, int]:
    """The day up to which a need is known, for those that stale sources alone meet.

    It is that of the one among them that was imported last. Where it takes too long to tell,
    nothing is said.
    """
    promising = defaultdict(set)
    for run in last_done(runs).values() if stale else ():
        for text in run.provides:
            promising[" ".join(text.split())].add(run.source)
    found = {}
    for need in dict.fromkeys(needs) if stale else ():
        try:
            stated = stating(store, need, stale, timeout=timeout)
        except StoreTimeoutError:
            continue
        promised = (promising[text] for text in promised_as(need))
        sources = set().union(*promised) if stated == set() else stated
        if sources and sources <= stale.keys():
            found[need] = max(stale[source] for source in sources)
    return found
