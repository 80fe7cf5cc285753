"""One source: read, checked, compared, guarded, written, recorded."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.days import number_of
from ownership_graph.errors import GuardError, SettingsError, SourceError
from ownership_graph.identities.renaming import renamed
from ownership_graph.importing.checking import Checked, Checker
from ownership_graph.importing.clashes import without_clashes, without_clashes_in_store
from ownership_graph.importing.guarding import leaks, losses, most_stated, refusal
from ownership_graph.importing.planning import (
    Difference,
    Planned,
    Writing,
    compare,
    departing,
    make_plan,
    undescribed_ends,
)
from ownership_graph.loading import runs
from ownership_graph.loading.held import (
    count_stated,
    counts_after,
    ids_held,
    stated_by_several,
    with_what_was_known,
)
from ownership_graph.loading.inputs import fingerprint
from ownership_graph.loading.joining import join
from ownership_graph.loading.others import known_beside
from ownership_graph.loading.progress import counted
from ownership_graph.loading.rejects import NOT_IMPORTED, write_rejected
from ownership_graph.loading.summary import Outcome, Summary, summarised
from ownership_graph.plans.beginning import timestamp
from ownership_graph.plans.merging import MANUAL, rank_by
from ownership_graph.plans.surrounding import facts_held, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from ownership_graph.identities import Aliases
    from ownership_graph.importing.planning import Mode
    from ownership_graph.loading.order import Order
    from ownership_graph.records import Fact, ImportRun, Key, Plan, Record
    from ownership_graph.stores import Store

REMEMBERED = timedelta(days=30)
"""How long the guard remembers what a source stated."""

DAY = len("2026-11-23")


def load(  # noqa: PLR0913 -- each is a switch of the user's
    store: Store,
    order: Order,
    *,
    now: datetime,
    precedence: Sequence[str] = (),
    aliases: Aliases | None = None,
    dry_run: bool = False,
    allow_removals: bool = False,
    strict: bool = False,
    rejects: Path | None = None,
    progress: Callable[[str, int], None] | None = None,
    wait: float = 0.0,
) -> Summary:
    """Bring the store to what the source states, and tell what that changed.

    `now` is in UTC. `precedence` are the sources in the order in which they are believed.
    Names are taken for the ids that `aliases` give them; where these changed, the facts that are
    there are joined first, as a run of its own. None leaves all names as they are.
    Rejected rows go to the folder `rejects`, which belongs to this source alone; what the
    source stated before in their place stays as it was. `progress` is called with a stage and a
    count. Another import is waited for, `wait` seconds. A dry run writes nothing, takes no
    lock, and is not stopped by the removal guard, whose sentence is in its summary.

    Raises:
        UsageError: an option of the importer, or the folder `rejects`, cannot be used.
        SourceError: the source could not be read whole, or with `strict`, a row was rejected.
        GuardError: too much of what the source stated would go.
        StoreError: the store did not do what it should.
    """
    began = time.perf_counter()
    records = order.importer.read(known_beside(store, order.source), **order.options)
    told = counted("reading", renamed(records, aliases) if aliases else records, progress)
    choices = _Choices(dry_run, allow_removals, strict, rejects, tuple(precedence))
    with nullcontext() if dry_run else store.lock(wait=wait):
        if aliases is not None:
            store = join(store, aliases, now=now, precedence=precedence, dry_run=dry_run)
        return _Import(store, order, choices, now, began, progress or _quiet).carried_out(told)


def _quiet(_stage: str, _count: int) -> None:
    """Where nobody asked for progress."""


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the user chose."""

    dry_run: bool
    allow_removals: bool
    strict: bool
    rejects: Path | None
    precedence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Compared:
    """What was read, beside what the store holds of it; `before` facts were stated before."""

    checked: Checked
    before: int
    difference: Difference
    had: Mapping[Key, str] = field(default_factory=dict)
    undescribed: frozenset[Key] = frozenset()
    known: Mapping[Key, Fact] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Import:
    """One import under way; a writing one has the store's lock."""

    store: Store
    order: Order
    choices: _Choices
    now: datetime
    began: float
    tell: Callable[[str, int], None]

    def carried_out(self, records: Iterable[Record]) -> Summary:
        """All steps; a failure of the source or at the guard is recorded, and nothing else."""
        past = self.store.runs()
        begun = runs.begun(past, self.order, self.now)
        run, checker = begun.run, Checker()
        try:
            run, found = self._found(past, run, checker, records)
            self._refuse_rejected(found.checked)
            alarm = self._guarded(past, found)
            folder = self._put_aside(found.checked)
        except (SourceError, GuardError, SettingsError) as error:
            if not self.choices.dry_run:
                self.store.record(runs.failed(run, checker, str(error), self._time()))
            raise
        allowed = bool(alarm) and self.choices.allow_removals
        planned = self._planned(past, begun, run, found, allowed=allowed)
        run = planned.plan.run if self.choices.dry_run else self._written(begun, planned.plan)
        seconds = time.perf_counter() - self.began
        guard = "" if allowed else alarm
        outcome = Outcome(run, self.choices.dry_run, guard, seconds, folder)
        return summarised(found.checked, found.difference, planned, outcome)

    def _time(self) -> str:
        return timestamp(self.now, time.perf_counter() - self.began)

    def _mode(self) -> Mode:
        return self.order.mode or self.order.importer.mode

    def _by_people(self) -> bool:
        """Whether the source is what people state, who take out what no longer is so."""
        return self.order.source == MANUAL or self.order.importer.by_people

    def _found(
        self,
        past: Sequence[ImportRun],
        run: ImportRun,
        checker: Checker,
        records: Iterable[Record],
    ) -> tuple[ImportRun, _Compared]:
        """What was read, beside what the store holds; files that are alike are not read again."""
        files = fingerprint(self.order)
        last = runs.same_as_before(past, replace(run, inputs=files)) if files else None
        if last is not None and count_stated(self.store, run.source) == last.stated:
            unread = replaced(checker.checked(), rows_read=last.rows_read)
            same = Difference((), (), (), last.stated)
            found = _Compared(unread, last.stated, same, counts=last.counts)
            return runs.read_before(run, last), found
        checker.take_all(records)
        checked = without_clashes(checker.checked())
        # Files that somebody wrote to meanwhile are not known.
        files = files if files and fingerprint(self.order) == files else ""
        run = runs.read(past, run, self.order, checked, files)
        return run, self._unchanged(past, run, checked) or self._compared(past, checked)

    def _unchanged(
        self, past: Sequence[ImportRun], run: ImportRun, checked: Checked
    ) -> _Compared | None:
        """That nothing changed, where the last run read the same and the store still holds it."""
        last = runs.same_as_before(past, run)
        if last is None or count_stated(self.store, run.source) != last.stated:
            return None
        unchanged = Difference((), (), (), len(checked.said))
        return _Compared(checked, last.stated, unchanged, counts=last.counts)

    def _compared(self, past: Sequence[ImportRun], checked: Checked) -> _Compared:
        """Compare with the store; a store that is not in use yet is not asked."""
        source = self.order.source
        self.tell("comparing", len(checked.said))
        had = self.store.stated(source) if past else {}
        checked = with_what_was_known(self.store, source, checked, had)
        difference = compare(checked, had, self._mode(), people=self._by_people())
        ends = undescribed_ends(checked, difference.new)
        known: Mapping[Key, Fact] = {}
        if past:
            touched = {*difference.new, *difference.altered, *difference.gone, *ends}
            known = facts_held(self.store, touched)
            fresh = [key for key in (*difference.new, *ends) if key not in known]
            held = ids_held(self.store, source, difference.gone, fresh)
            if held:
                checked = without_clashes_in_store(checked, difference.new, held)
                difference = compare(checked, had, self._mode(), people=self._by_people())
                ends = undescribed_ends(checked, difference.new)
        difference = departing(
            difference,
            known,
            source=source,
            labels=self.order.ending,
            day=number_of(self.now),
        )
        counts = counts_after(checked, had)
        return _Compared(checked, len(had), difference, had, ends, known, counts)

    def _refuse_rejected(self, checked: Checked) -> None:
        """Where the user is strict, one rejected row ends the import.

        They are written beside those of the last import, on which somebody may be at work.
        """
        if not self.choices.strict or not checked.rejected:
            return
        first = checked.rejected[0]
        error = SourceError(
            f"importing '{self.order.source}' strictly: {len(checked.rejected):,} of"
            f" {checked.rows_read:,} rows were rejected, so nothing was imported."
            f" The first: {first.why}",
            file=first.file,
            line=first.line,
        )
        if self.choices.rejects is not None and not self.choices.dry_run:
            beside = write_rejected(self.choices.rejects / NOT_IMPORTED, checked.rejected)
            error.add_note(f"All of them: {beside}")
        raise error

    def _put_aside(self, checked: Checked) -> Path | None:
        """Write the rejected rows of an import that goes through, in place of the last one's."""
        if self.choices.rejects is None or self.choices.dry_run:
            return None
        return write_rejected(self.choices.rejects, checked.rejected)

    def _guarded(self, past: Sequence[ImportRun], found: _Compared) -> str:
        """The guard's sentence, where it is not the end; empty where it has nothing to say."""
        source, said, had = self.order.source, found.checked.said, found.had
        if not had:  # nothing was stated before, or nothing changed
            return ""
        lost = losses(source, found.difference, said, had, found.known)
        mode = "delta" if found.checked.partial else self._mode()
        if mode == "full":
            since = timestamp(self.now - REMEMBERED)[:DAY]
            most = most_stated(past, source, since)
            lost += leaks(most, found.counts, values=not found.checked.rejected)
        sentence = refusal(
            source, mode, self.order.removal_guard, lost, said=len(said), had=found.before
        )
        if sentence and not self.choices.allow_removals and not self.choices.dry_run:
            raise GuardError(sentence)
        return sentence

    def _planned(
        self,
        past: Sequence[ImportRun],
        begun: runs.Begun,
        run: ImportRun,
        found: _Compared,
        *,
        allowed: bool,
    ) -> Planned:
        """The plan; where other sources are believed first than before, that reaches all facts."""
        new, gone = len(found.difference.new), len(found.difference.gone)
        run = replace(
            run,
            rows_rejected=len(found.checked.rejected),
            stated=found.before + new - gone,
            counts=dict(found.counts),
            allowed=allowed,
            precedence=self.choices.precedence,
        )
        logged = tuple(self.store.changes(run.seq - 1)) if begun.goes_on else ()
        turned = runs.precedence_of(past) not in (None, run.precedence)
        planned = make_plan(
            found.difference,
            found.checked.said,
            found.undescribed,
            found.known,
            run=run,
            writing=Writing(rank_by(self.choices.precedence), number_of(self.now), logged),
            surroundings=surroundings(self.store) if past else None,
            again=stated_by_several(self.store) if turned else (),
        )
        return replaced(planned, plan=replace(planned.plan, runs=begun.broken))

    def _written(self, begun: runs.Begun, plan: Plan) -> ImportRun:
        """Write the plan, or where nothing changed and nothing was broken off, its run alone."""
        self.tell("writing", plan.facts)
        run = replace(plan.run, finished=self._time())
        if plan.facts or plan.runs or begun.goes_on:
            return self.store.apply(replace(plan, run=run))
        run = replace(run, state="done")
        self.store.record(run)
        return run
