"""A plan in the making: facts are moved from the state they are in to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.model import LABELS
from ownership_graph.plans.remembering import all_of, before, restored
from ownership_graph.records import (
    Change,
    Fact,
    ImportRun,
    Key,
    NodeKey,
    Plan,
    kind_of,
    node_key,
    parse_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping


class Draft:
    """What one run will write.

    Each fact is moved once at most. A fact that was there before the run is remembered in a
    change; one that the same run made, before it was cut off, is not.
    """

    def __init__(self, run: ImportRun, logged: Iterable[Change] = ()) -> None:
        """`logged` are the changes that the run wrote before it was cut off."""
        self.run = run
        self.create: dict[Key, Fact] = {}
        self.alter: dict[Key, Fact] = {}
        self.remove: dict[Key, Fact] = {}
        self.hold: dict[Key, Fact] = {}
        self.release: dict[Key, Fact] = {}
        self._changes: dict[Key, Change] = {}
        self._logged = {each.key: each.before for each in logged if each.seq == run.seq}

    def move(self, old: Fact | None, new: Fact | None) -> None:
        """Bring a fact from the state in which the store has it to another; None is nowhere."""
        if old is not None and old.absent:
            if new is None or not new.absent:
                self.release[old.key] = old
        elif old is not None and (new is None or new.absent):
            self.remove[old.key] = old
        if new is not None:
            self._put(old, new)
        if old is not None and old.added_run != self.run.seq:
            self._remember(old, new)

    def stub(self, key: Key, day: int) -> None:
        """A node that nobody describes, because a relationship starts or ends at it."""
        seq = self.run.seq
        self.create[key] = Fact(key, added_run=seq, run=seq, first_seen_day=day, described=False)

    def complete(
        self, ties: Iterable[Key], facts: Callable[[Collection[Key]], Mapping[Key, Fact]], day: int
    ) -> None:
        """See that both ends of those relationships are there, if only as stubs."""
        ends = dict.fromkeys(each for key in ties for each in ends_of(key))
        wanted = [each for each in ends if each not in self.create]
        there = facts(wanted)
        for key in wanted:
            leaving = self.remove.pop(key, None)
            if leaving is not None:
                self._changes.pop(key, None)
                self.move(leaving, replace(stub_of(leaving), run=self.run.seq))
            elif key not in there or there[key].absent:
                self.stub(key, day)

    def plan(self) -> Plan:
        """The plan, its run with the numbers of what is added, changed and removed."""
        run = replace(
            self.run,
            added=sum(fact.described for fact in self.create.values()),
            changed=len(self.alter),
            removed=len(self.remove),
        )
        return Plan(
            run,
            tuple(self.create.values()),
            tuple(self.alter.values()),
            tuple(self.remove),
            tuple(self._changes.values()),
            tuple(self.hold.values()),
            tuple(self.release),
        )

    def _put(self, old: Fact | None, new: Fact) -> None:
        if new.absent:
            self.hold[new.key] = new
        elif old is None or old.absent:
            self.create[new.key] = new
        else:
            self.alter[new.key] = new

    def _remember(self, old: Fact, new: Fact | None) -> None:
        logged = self._logged.get(old.key)
        if logged is not None:  # what this run began to alter is remembered as it was before that
            old = restored(old.key, logged, old)
        # What becomes a stub may go without a word, so that nothing but this tells what it was.
        stays = new is not None and (new.described or not old.described)
        remembered = before(old, new) if new is not None and stays else all_of(old)
        self._changes[old.key] = Change(self.run.seq, old.key, remembered)


def stub_of(fact: Fact) -> Fact:
    """What stays of a node that no source describes any more."""
    return Fact(
        fact.key,
        added_run=fact.added_run,
        run=fact.run,
        first_seen_day=fact.first_seen_day,
        described=False,
    )


def ends_of(key: Key) -> tuple[Key, ...]:
    """The keys of the nodes at which a relationship starts and ends; none for a node.

    >>> ends_of('["OWNS","Team","t1","Model","m1","accountable"]')
    ('["Team","t1"]', '["Model","m1"]')
    """
    if kind_of(key) in LABELS:
        return ()
    found = parse_key(key)
    if isinstance(found, NodeKey):
        return ()
    return (
        node_key(found.from_label, found.from_id),
        node_key(found.to_label, found.to_id),
    )
