"""From what a source states, and what it stated before, to what will be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as replaced
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec.structs import replace

from ownership_graph.importing.statements import Statement, place_of, statement_hash
from ownership_graph.model import LABELS, RELATIONSHIPS, ended_status, is_event, sharing_an_end
from ownership_graph.plans.denying import Surroundings, move_all
from ownership_graph.plans.drafting import Draft
from ownership_graph.plans.merging import Rank, Stated, merged, stated_by
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
    from collections.abc import Collection, Iterable, Mapping

    from ownership_graph.importing.checking import Checked

Mode: TypeAlias = Literal["full", "delta", "events"]

_EVENTS = frozenset(name for name in (*LABELS, *RELATIONSHIPS) if is_event(name))


@dataclass(frozen=True, slots=True)
class Difference:
    """What a source states now, compared with what it stated before, by key.

    `departed` are nodes that the source lists no longer, and goes on to state as ended.
    """

    new: tuple[Key, ...]
    altered: tuple[Key, ...]
    gone: tuple[Key, ...]
    unchanged: int
    departed: Mapping[Key, Statement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and what it means in numbers.

    `stubs` are ends that the plan leaves without a description, `disputed` facts on which the
    sources differ, among those that it writes.
    """

    plan: Plan
    stubs: int
    disputed: int


def compare(
    checked: Checked, had: Mapping[Key, str], mode: Mode, *, people: bool = False
) -> Difference:
    """What is new, altered and gone, where `had` are the hashes of what was stated before.

    Only in the mode `full` does absence mean anything, and never for events, for a fact whose row
    is there and was rejected, or where what was read is not the whole. What `people` state is no
    log of events: there what they take out is gone, whatever it is.
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
    if mode == "full" and not checked.partial and unchanged + len(altered) < len(had):
        lasting = frozenset() if people else _EVENTS
        gone = [key for key in had if key not in said and kind_of(key) not in lasting]
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


@dataclass(frozen=True, slots=True)
class Writing:
    """How statements become facts: who is believed first, and the day that they are seen.

    `logged` are the changes that the run wrote before it was cut off.
    """

    rank: Rank
    day: int
    logged: tuple[Change, ...] = ()


def departing(
    difference: Difference,
    known: Mapping[Key, Fact],
    *,
    source: str,
    labels: Collection[str],
    day: int,
) -> Difference:
    """The same, where the nodes of `labels` that would be gone are ended instead.

    One that the source stated as ended before stays as it is.
    """
    leaving = [key for key in difference.gone if kind_of(key) in labels]
    if not leaving:
        return difference
    departed: dict[Key, Statement] = {}
    for key in leaving:
        said = stated_by(known[key])[source][1]
        ended = {**said, **ended_status(kind_of(key), day)}
        if said.get("status") != ended["status"]:
            departed[key] = Statement(statement_hash(ended), ended)
    gone = tuple(key for key in difference.gone if kind_of(key) not in labels)
    return replaced(difference, gone=gone, departed=departed)


def make_plan(  # noqa: PLR0913 -- what is said, what is there, and how it is written
    difference: Difference,
    said: Mapping[Key, Statement],
    undescribed: Collection[Key],
    known: Mapping[Key, Fact],
    *,
    run: ImportRun,
    writing: Writing,
    surroundings: Surroundings | None = None,
    again: Iterable[Fact] = (),
) -> Planned:
    """The plan of the run of one source.

    `known` are the facts of the store among those that are new, altered or gone, and among the
    `undescribed` ends; an end that is not among them, nor stated before, becomes a stub. Without
    `surroundings` nothing is denied in the store. Facts in `again` are merged anew, because
    other sources are believed first than when they were.
    """
    turned = {fact.key: fact for fact in again}
    known = {**known, **turned}
    stating = _Stating(run, writing, known)
    for key in (*difference.new, *difference.altered):
        stating.state(key, said[key])
    for key, statement in difference.departed.items():
        stating.state(key, statement)
    for key in difference.gone:
        stating.take_back(key, is_end=key in undescribed)
    for fact in turned.values():
        stating.merge_anew(fact)
    draft = stating.drafted(surroundings)
    for key in undescribed:
        if key not in known:
            draft.stub(key, writing.day)
    plan = draft.plan()
    stubs = sum(not fact.described for fact in (*plan.create, *plan.alter))
    disputed = sum(bool(fact.disputed) for fact in (*plan.alter, *plan.hold))
    return Planned(plan, stubs, disputed)


class _Stating:
    """What becomes of each fact that the source speaks of, or spoke of."""

    def __init__(self, run: ImportRun, writing: Writing, known: Mapping[Key, Fact]) -> None:
        self._run, self._writing, self._known = run, writing, known
        self._ends: dict[Key, Fact | None] = {}

    def state(self, key: Key, statement: Statement) -> None:
        """The source states this, beside what others state."""
        old = self._known.get(key)
        own = {self._run.source: (statement.hash, statement.properties)}
        self._ends[key] = self._merged(key, own if old is None else stated_by(old) | own)

    def take_back(self, key: Key, *, is_end: bool) -> None:
        """The source no longer states it; it goes where nobody else does.

        What a new relationship starts or ends at stays, without a description.
        """
        stated = stated_by(self._known[key])
        del stated[self._run.source]
        self._ends[key] = self._merged(key, stated) if stated or is_end else None

    def merge_anew(self, fact: Fact) -> None:
        """The fact as it is believed now, where this run says nothing else of it."""
        if fact.key not in self._ends:
            new = self._merged(fact.key, stated_by(fact))
            if (new.sources, new.properties) != (fact.sources, fact.properties):
                self._ends[fact.key] = new

    def drafted(self, surroundings: Surroundings | None) -> Draft:
        """Each fact moved to what becomes of it, with what is held down or set free by that."""
        draft = Draft(self._run, self._writing.logged)
        move_all(draft, self._ends, self._known, surroundings, self._writing.day)
        return draft

    def _merged(self, key: Key, stated: Stated) -> Fact:
        made = merged(key, stated, self._writing.rank, run=self._run.seq, day=self._writing.day)
        old = self._known.get(key)
        if old is None:
            return made
        return replace(made, added_run=old.added_run, first_seen_day=old.first_seen_day)
