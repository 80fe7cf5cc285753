"""What facts were after earlier runs, put together from what the runs since then remember."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ownership_graph.plans.remembering import restored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ownership_graph.records import Change, Fact, Key
    from ownership_graph.stores import Store


class Past:
    """The facts that the runs after a run touched: as they are `now`, and as they were.

    `changes` are those of each fact, newest first.
    """

    def __init__(self, store: Store, since: int) -> None:
        """`since` is the sequence number of the earliest run that is looked back to."""
        changes: dict[Key, list[Change]] = defaultdict(list)
        for change in store.changes(since):
            changes[change.key].append(change)
        added = {fact.key: fact for fact in store.added_after(since)}
        others = changes.keys() - added.keys()
        found = {fact.key: fact for fact in store.facts(others)} if others else {}
        self.changes: Mapping[Key, list[Change]] = changes
        self.now: Mapping[Key, Fact] = added | found

    def at(self, seq: int) -> dict[Key, Fact | None]:
        """What each was after that run; None where it was not there.

        A stub may be missing: nothing remembers one that went with its last relationship.
        """
        keys = dict.fromkeys((*self.changes, *self.now))
        return {
            key: taken_back(key, self.now.get(key), self.changes.get(key, ()), seq) for key in keys
        }


def taken_back(key: Key, now: Fact | None, changes: Iterable[Change], seq: int) -> Fact | None:
    """What a fact was after that run; its changes come newest first."""
    fact = now
    for change in changes:
        if change.seq <= seq:
            break
        fact = restored(key, change.before, fact)
    return fact if fact is not None and fact.added_run <= seq else None
