"""The embedded store: one file, read and written in this process by kglite.

A reader sees what was last saved, and never waits. A writer saves each plan as it is applied,
so the file is the graph of before or the graph of after. A run that is recorded alone goes into a
journal beside it.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec

from ownership_graph.errors import StoreError, UsageError
from ownership_graph.records import ImportRun, Rows
from ownership_graph.stores import embedded_engine as engine
from ownership_graph.stores import embedded_facts as facts
from ownership_graph.stores import embedded_journal as journal
from ownership_graph.stores.embedded_plan import (
    Transaction,
    write_findings,
    write_plan,
    write_run,
)
from ownership_graph.stores.embedded_values import plain_rows
from ownership_graph.stores.read_only import refuse_unsafe
from ownership_graph.stores.waiting import patiently

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kglite import FrozenGraph, KnowledgeGraph

    from ownership_graph.records import Change, Fact, FindingRecord, Key, Plan
    from ownership_graph.stores import Credentials

SCHEMES = ("",)
IN_MEMORY = "memory"
_MILLISECONDS = 1000


def open_store(address: str, credentials: Credentials | None = None) -> EmbeddedStore:  # noqa: ARG001 -- every store takes them
    """The store in the file at `address`; nothing is touched before the first call."""
    if not address or "\0" in address:
        raise UsageError(f"opening the store {address!r}: that is no path. Give a file.")
    return EmbeddedStore(address)


class EmbeddedStore:
    """One graph file; or, with `graph`, a graph in memory that no file knows of."""

    def __init__(self, address: str, graph: KnowledgeGraph | None = None) -> None:
        """`address` is a path; with `graph` a name only."""
        self.address = address
        self._path = Path(address).expanduser()
        self._own = graph
        self._locked: KnowledgeGraph | None = None
        self._writer = False
        self._loaded: KnowledgeGraph | None = None
        self._loaded_state: tuple[int, ...] = ()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the graph."""
        self._loaded = None

    def about(self) -> str:
        """The engine's version and how many facts there are; runs and changes do not count."""
        name = f"kglite {engine.version()}"
        frozen = self._frozen()
        if frozen is None:
            return f"{name}, no store yet"
        nodes, relationships = facts.counts(frozen)
        return f"{name}, {nodes} nodes, {relationships} relationships"

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """The rows of a read-only query; see `Store.read`."""
        refuse_unsafe(cypher)
        frozen = self._frozen()
        if frozen is None:
            frozen = engine.load(self._path).freeze()
        milliseconds = None if timeout is None else max(1, round(timeout * _MILLISECONDS))
        with engine.asking(timeout):
            found = frozen.cypher(
                cypher,
                params=dict(parameters or {}),
                timeout_ms=milliseconds,
                row_limit=limit,
            )
            rows = plain_rows(found.to_list())
        total = (found.diagnostics or {}).get("total_rows")
        return Rows(tuple(found.columns), rows, cut=total is not None and total > len(rows))

    def stated(self, source: str) -> dict[Key, str]:
        """The hash of each fact that `source` states."""
        frozen = self._frozen()
        return {} if frozen is None else facts.stated(frozen, source)

    def facts(self, keys: Collection[Key] | None = None) -> Iterator[Fact]:
        """Facts whole, nodes first, as the graph is now."""
        frozen = self._frozen()
        if frozen is None:
            return iter(())
        return facts.all_facts(frozen) if keys is None else facts.facts_of(frozen, keys)

    def held(self) -> Iterator[Fact]:
        """The absent facts."""
        frozen = self._frozen()
        return iter(()) if frozen is None else facts.held(frozen)

    def added_after(self, seq: int) -> Iterator[Fact]:
        """The facts that appeared in later runs."""
        frozen = self._frozen()
        return iter(()) if frozen is None else facts.added_after(frozen, seq)

    def runs(self) -> list[ImportRun]:
        """All runs, oldest first."""
        kept = self._kept()
        return kept.laid_over(self._saved_runs())

    def changes(self, after: int) -> Iterator[Change]:
        """The changes of the runs after that one, newest first."""
        frozen = self._frozen()
        return iter(()) if frozen is None else facts.changes(frozen, after)

    def apply(self, plan: Plan) -> ImportRun:
        """Write a plan and save; see `Store.apply`."""
        done = msgspec.structs.replace(plan.run, state="done")
        with self._writing() as transaction:
            write_plan(transaction, plan)
            write_run(transaction, done)
        return done

    def record(self, run: ImportRun) -> None:
        """Write a run alone: beside the file, where the file holds others."""
        alone = self._own is None and self._locked is not None
        if not (alone and journal.keep(self._path, run, self._saved_runs())):
            with self._writing() as transaction:
                write_run(transaction, run)

    def findings(self) -> list[FindingRecord]:
        """What is kept of findings."""
        frozen = self._frozen()
        return [] if frozen is None else facts.findings(frozen)

    def record_findings(self, records: Sequence[FindingRecord]) -> None:
        """Write what is kept of those findings and save."""
        with self._writing() as transaction:
            write_findings(transaction, records)

    @contextmanager
    def lock(self, *, wait: float = 0.0) -> Iterator[None]:
        """Be the one writer of the file; readers go on with what was last saved."""
        if self._own is not None or self._writer:
            yield
            return
        with patiently(lambda: engine.opened(self._path), wait) as graph:
            self._locked, self._writer = graph, True
            try:
                yield
            finally:
                self._locked, self._writer = None, False

    def copy_in_memory(self) -> EmbeddedStore:
        """A copy that no file knows of; it shares what neither changes."""
        kept = self._kept()
        graph = self._graph()
        copy = engine.empty_graph() if graph is None else graph.copy()
        with copy.begin() as transaction:
            for run in kept.beside(facts.runs(copy.freeze())):
                write_run(transaction, run)
        return EmbeddedStore(IN_MEMORY, copy)

    @contextmanager
    def _writing(self) -> Iterator[Transaction]:
        """One transaction, saved at its end; an error leaves graph and file as they were."""
        graph = self._writable()
        if graph is None:
            raise StoreError(
                f"writing to the store '{self.address}': nothing keeps other writers away."
                " Take lock() first, and anew after a save that failed."
            )
        with engine.writing(), graph.begin() as transaction:
            for run in self._kept().beside(self._saved_runs()):
                write_run(transaction, run)
            yield transaction
        if self._own is None:
            self._locked = None  # what could not be saved is not to be saved later
            engine.save(graph, self._path)
            self._locked = graph
            journal.forget(self._path)

    def _kept(self) -> journal.Kept:
        return journal.kept(self._path) if self._own is None else journal.Kept()

    def _saved_runs(self) -> list[ImportRun]:
        frozen = self._frozen()
        return [] if frozen is None else facts.runs(frozen)

    def _writable(self) -> KnowledgeGraph | None:
        return self._locked if self._own is None else self._own

    def _frozen(self) -> FrozenGraph | None:
        graph = self._graph()
        return None if graph is None else graph.freeze()

    def _graph(self) -> KnowledgeGraph | None:
        """The graph in memory, else the writer's, else what was last saved; None without any."""
        graph = self._writable()
        if graph is not None:
            return graph
        if not self._path.exists():
            return None
        found = self._path.stat()
        state = found.st_ino, found.st_mtime_ns, found.st_size
        if self._loaded is None or state != self._loaded_state:
            self._loaded, self._loaded_state = engine.load(self._path), state
        return self._loaded
