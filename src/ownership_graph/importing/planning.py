"""From what a source states, and what it stated before, to what will be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec.structs import replace

from ownership_graph.importing.merging import Rank, Stated, all_of, before, merged, stated_by
from ownership_graph.importing.statements import Statement, kind_of, place_of
from ownership_graph.model import LABELS, RELATIONSHIPS, is_event, sharing_an_end
from ownership_graph.records import (
    Change,
    Fact,
    ImportRun,
    Key,
    NodeKey,
    Plan,
    node_key,
    parse_key,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ownership_graph.importing.checking import Checked

Mode: TypeAlias = Literal["full", "delta", "events"]

_EVENTS = frozenset(name for name in (*LABELS, *RELATIONSHIPS) if is_event(name))


@dataclass(frozen=True, slots=True)
class Difference:
    """What a source states now, compared with what it stated before, by key."""

    new: tuple[Key, ...]
    altered: tuple[Key, ...]
    gone: tuple[Key, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and what it means in numbers.

    `stubs` are ends that the plan leaves without a description, `disputed` facts on which the
    sources differ, among those that it writes.
    """

    plan: Plan
    stubs: int
    disputed: int


def compare(checked: Checked, had: Mapping[Key, str], mode: Mode) -> Difference:
    """What is new, altered and gone, where `had` are the hashes of what was stated before.

    Only in the mode `full` does absence mean anything, and never for events, nor for a fact
    whose row is there and was rejected.
    """
    said = checked.said
    new: list[Key] = []
    altered: list[Key] = []
    for key, statement in said.items():
        known = had.get(key)
        if known is None:
            new.append(key)
        elif known != statement.hash:
            altered.append(key)
    unchanged = len(said) - len(new) - len(altered)
    gone: list[Key] = []
    if mode == "full" and unchanged + len(altered) < len(had):
        gone = [key for key in had if key not in said and kind_of(key) not in _EVENTS]
        if checked.faulty:
            gone = [key for key in gone if place_of(key) not in checked.faulty]
    return Difference(tuple(new), tuple(altered), tuple(gone), unchanged)


def undescribed_ends(checked: Checked, new: Collection[Key]) -> frozenset[Key]:
    """The nodes at which new relationships start or end, and that the source does not describe."""
    ends = {
        node_key(label, own_id)
        for label, ids in checked.ends.items()
        for own_id in ids - checked.nodes[label]
    }
    if not ends or len(new) == len(checked.said):
        return frozenset(ends)
    used: set[Key] = set()
    for found in map(parse_key, new):
        if not isinstance(found, NodeKey):
            used.add(node_key(found.from_label, found.from_id))
            used.add(node_key(found.to_label, found.to_id))
    return frozenset(ends & used)


def rivals(keys: Iterable[Key]) -> dict[Key, str]:
    """The keys that the nodes among `keys` would have under labels that can stand in their place.

    With each comes the id.
    """
    nodes = [parse_key(key) for key in keys if kind_of(key) in LABELS]
    return {
        node_key(other, node.id): node.id
        for node in nodes
        if isinstance(node, NodeKey)
        for other in sharing_an_end(node.label)
    }


def make_plan(
    difference: Difference,
    said: Mapping[Key, Statement],
    undescribed: Collection[Key],
    known: Mapping[Key, Fact],
    *,
    run: ImportRun,
    writing: Writing,
) -> Planned:
    """The plan of the run of one source.

    `known` are the facts of the store among those that are new, altered or gone, and among the
    `undescribed` ends; an end that is not among them, nor stated before, becomes a stub.
    """
    draft = _Draft(run, writing)
    for key in (*difference.new, *difference.altered):
        draft.state(key, said[key], known.get(key))
    for key in difference.gone:
        draft.take_back(key, known[key], is_end=key in undescribed)
    for key in undescribed:
        if key not in known:
            draft.create_stub(key)
    return draft.planned()


@dataclass(frozen=True, slots=True)
class Writing:
    """How statements become facts: who is believed first, and the day that they are seen."""

    rank: Rank
    day: int


class _Draft:
    """A plan in the making."""

    def __init__(self, run: ImportRun, writing: Writing) -> None:
        self._run, self._writing = run, writing
        self._create: list[Fact] = []
        self._alter: list[Fact] = []
        self._remove: list[Key] = []
        self._changes: list[Change] = []
        self._stubs = 0

    def state(self, key: Key, statement: Statement, old: Fact | None) -> None:
        """The source states this, beside what others state."""
        own = {self._run.source: (statement.hash, statement.properties)}
        if old is None:
            self._create.append(self._merged(key, own))
        else:
            self._alter_to(old, stated_by(old) | own)

    def take_back(self, key: Key, old: Fact, *, is_end: bool) -> None:
        """The source no longer states it; it goes where nobody else does.

        What a new relationship starts or ends at stays, without a description.
        """
        stated = stated_by(old)
        del stated[self._run.source]
        if stated or is_end:
            self._alter_to(old, stated)
            self._stubs += not stated
        else:
            self._remove.append(key)
            self._changes.append(Change(self._run.seq, key, all_of(old)))

    def create_stub(self, key: Key) -> None:
        """A node that nobody describes."""
        self._create.append(self._merged(key, {}))
        self._stubs += 1

    def planned(self) -> Planned:
        """The plan, and what it means in numbers."""
        created = sum(each.described for each in self._create)
        run = replace(
            self._run, added=created, changed=len(self._alter), removed=len(self._remove)
        )
        plan = Plan(
            run,
            tuple(self._create),
            tuple(self._alter),
            tuple(self._remove),
            tuple(self._changes),
        )
        disputed = sum(bool(each.disputed) for each in self._alter)
        return Planned(plan, self._stubs, disputed)

    def _merged(self, key: Key, stated: Stated) -> Fact:
        return merged(key, stated, self._writing.rank, run=self._run.seq, day=self._writing.day)

    def _alter_to(self, old: Fact, stated: Stated) -> None:
        made = replace(
            self._merged(old.key, stated),
            added_run=old.added_run,
            first_seen_day=old.first_seen_day,
        )
        self._alter.append(made)
        self._changes.append(Change(self._run.seq, old.key, before(old, made)))
