"""A run taken back, where nothing was built on it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.days import number_of
from ownership_graph.errors import HistoryError
from ownership_graph.history.past import Past
from ownership_graph.history.run_states import find_run, with_states
from ownership_graph.history.steps import in_words
from ownership_graph.plans.beginning import broken_off, new_run, timestamp
from ownership_graph.plans.denying import Surroundings, denies, move_all
from ownership_graph.plans.drafting import Draft
from ownership_graph.plans.surrounding import surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ownership_graph.records import Fact, ImportRun, Key, Plan
    from ownership_graph.stores import Store


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: the run that it `took_back`, and its own `run` with the numbers."""

    took_back: ImportRun
    run: ImportRun


def undo(store: Store, name: str, *, now: datetime, wait: float = 0.0) -> Undone:
    """Take a run back, the newest of its source; the undo is a run of its own.

    `name` is the run's id or sequence number, or a source for its newest run. The undo of an
    undo brings back what that took. One of the same source that was cut off goes on first.
    `now` is in UTC; another writer is waited for, `wait` seconds.

    Raises:
        UsageError: there is no such run.
        HistoryError: it cannot be taken back; the graph stays as it was.
        StoreError: the store did not do what it should.
    """
    with store.lock(wait=wait):
        runs = store.runs()
        found = find_run(runs, name)
        if _cut_off(runs[-1]) and runs[-1].source == found.source:
            found = find_run(runs, runs[-1].undoes)
        undoing = _Undoing.of(store, runs, found, now)
        plan = undoing.plan()
        return Undone(found, store.apply(plan))


def _cut_off(newest: ImportRun) -> bool:
    """Whether the newest run is an undo that was cut off while it wrote."""
    return (newest.kind, newest.state) == ("undo", "applying")


@dataclass(frozen=True, slots=True)
class _Undoing:
    """One undo under way: `run` takes `found` back.

    `before` and `after` are what the facts that `found` touched were before and after it,
    `standing` what they were before `run`.
    """

    store: Store
    runs: Sequence[ImportRun]
    found: ImportRun
    run: ImportRun
    day: int
    past: Past
    before: Mapping[Key, Fact | None]
    after: Mapping[Key, Fact | None]
    standing: Mapping[Key, Fact | None]

    @classmethod
    def of(
        cls, store: Store, runs: Sequence[ImportRun], found: ImportRun, now: datetime
    ) -> _Undoing:
        """The undo of that run."""
        newest = runs[-1]
        if _cut_off(newest) and newest.undoes == found.id:
            run = newest
        else:
            run = new_run(runs, found.source, found.importer, now, "undo")
            run = replace(run, undoes=found.id)
        run = replace(run, finished=timestamp(now))
        past = Past(store, found.seq - 1)
        before, after = past.at(found.seq - 1), past.at(found.seq)
        touched = [key for key in after if not alike(before[key], after[key])]
        standing = past.at(run.seq - 1)
        return cls(
            store, runs, found, run, number_of(now), past,
            {key: before[key] for key in touched},
            {key: after[key] for key in touched},
            {key: standing[key] for key in touched},
        )  # fmt: skip

    def plan(self) -> Plan:
        """What takes the run back."""
        self._refuse_what_cannot_be()
        self._refuse_what_others_built_on()
        draft = Draft(self.run, self.store.changes(self.run.seq - 1))
        there = self._surroundings()
        ends = {key: self._end(key, fact) for key, fact in self.before.items()}
        move_all(draft, ends, self.past.now, there, self.day)
        draft.complete(draft.create, there.facts, self.day)
        plan = draft.plan()
        return replace(plan, runs=self._other_runs(replace(plan.run, state="done")))

    def _end(self, key: Key, before: Fact | None) -> Fact | None:
        """What a fact comes to; what was a stub is one again where it is needed."""
        if before is None or not before.described:
            return None
        now = self.past.now.get(key)
        return replace(
            before,
            added_run=self.run.seq if now is None else now.added_run,
            run=self.run.seq,
            absent=denies(before),
        )

    def _surroundings(self) -> Surroundings:
        """What is around, with what was denied before the undo began."""
        found = surroundings(self.store)
        denied = {key for key, fact in self.standing.items() if fact is not None and denies(fact)}
        return Surroundings(
            (found.denied - self.standing.keys()) | denied, found.around, found.facts
        )

    def _other_runs(self, done: ImportRun) -> tuple[ImportRun, ...]:
        """The runs whose state the undo turns, and those that it finds broken off."""
        past = [each for each in self.runs if each.id != done.id]
        broken = {each.id: each for each in broken_off(past, done)}
        turned = with_states([*(broken.get(each.id, each) for each in past), done])
        return tuple(each for each in turned if each != done and each not in self.runs)

    def _refuse_what_cannot_be(self) -> None:
        found = self.found
        if found.kind == "forget":
            raise self._refusal("what was forgotten is not remembered anywhere")
        if found.pruned:
            raise self._refusal("what it changed is no longer remembered")
        if found.state == "undone" and all(each.id != self.run.id for each in self.runs):
            by = next(each.id for each in reversed(self.runs) if each.undoes == found.id)
            raise self._refusal(f"{by} took it back already. To bring it back, undo {by}")
        if found.state == "failed" and not self.after:
            raise self._refusal("it failed, and changed nothing")
        later = next((each for each in self.runs if self._stands_after(each)), None)
        if later is not None:
            raise self._refusal(
                f"{later.id} is a later run of the same source, and the newest is taken back"
                f" first. Undo {later.id}, and then this one"
            )

    def _stands_after(self, run: ImportRun) -> bool:
        """Whether it is a later run of the same source that stands, and that changed something."""
        return (
            run.source == self.found.source
            and run.seq > self.found.seq
            and run.kind != "undo"
            and run.state != "undone"
            and run.seq in self._writing
        )

    @property
    def _writing(self) -> frozenset[int]:
        """The runs that touched anything since."""
        changed = {each.seq for changes in self.past.changes.values() for each in changes}
        return frozenset(changed | {fact.added_run for fact in self.past.now.values()})

    def _refuse_what_others_built_on(self) -> None:
        for key, after in self.after.items():
            if not alike(self.standing[key], after):
                raise self._refusal(self._built_on(key))

    def _built_on(self, key: Key) -> str:
        """The newest run that stands and touched that fact since, and what to do."""
        seqs = {each.seq for each in self.past.changes.get(key, ())}
        if key in self.past.now:
            seqs.add(self.past.now[key].added_run)
        since = [each for each in self.runs if each.seq in seqs and each.seq > self.found.seq]
        taken = {each.undoes for each in since if each.kind == "undo"} & {
            each.id for each in since
        }
        standing = [each for each in since if not {each.id, each.undoes} & taken]
        name = (standing or since)[-1].id
        return (
            f"{name} touched {in_words(key, {})} after it. Undo {name} first, or set right in the"
            " source what is wrong, and import"
        )

    def _refusal(self, why: str) -> HistoryError:
        return HistoryError(f"undoing {self.found.id}: {why}. The graph stays as it was.")


def alike(one: Fact | None, other: Fact | None) -> bool:
    """Whether two states of a fact say the same; a stub says nothing."""
    return _said(one) == _said(other)


def _said(fact: Fact | None) -> tuple[object, ...] | None:
    if fact is None or not fact.described:
        return None
    return fact.properties, fact.sources, fact.hashes, fact.claims
