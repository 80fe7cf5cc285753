"""The Neo4j store: a database on a server, which many read and one at a time writes."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

import msgspec

from ownership_graph.errors import QueryError, StoreError
from ownership_graph.records import Plan, Rows
from ownership_graph.stores import neo4j_facts as facts
from ownership_graph.stores.embedded import IN_MEMORY, EmbeddedStore
from ownership_graph.stores.embedded_engine import empty_graph
from ownership_graph.stores.neo4j_address import checked, warn_of_clear_text
from ownership_graph.stores.neo4j_connection import FETCHED, Connection
from ownership_graph.stores.neo4j_errors import asking, sending
from ownership_graph.stores.neo4j_lock import BEAT, Hold, holding
from ownership_graph.stores.neo4j_plan import (
    Statement,
    finding_statements,
    names,
    parted,
    run_statement,
    statements,
)
from ownership_graph.stores.neo4j_schema import constrain, warn_of_others
from ownership_graph.stores.neo4j_values import converter
from ownership_graph.stores.read_only import refuse_unsafe
from ownership_graph.stores.rows import FINDING_LABEL, RUN_LABEL
from ownership_graph.stores.waiting import patiently

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from neo4j import ManagedTransaction

    from ownership_graph.records import Change, Fact, FindingRecord, ImportRun, Key
    from ownership_graph.stores import Credentials

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

AT_ONCE = 20_000
"""Facts and changes up to which a plan is one transaction, so is written whole or not at all."""


def open_store(address: str, credentials: Credentials) -> Neo4jStore:
    """The store in a database of the server at `address`; nothing is touched yet."""
    store = Neo4jStore(checked(address), credentials)
    warn_of_clear_text(address)
    return store


class Neo4jStore:
    """One database of a server."""

    def __init__(
        self,
        address: str,
        credentials: Credentials,
        *,
        beat: float = BEAT,
        at_once: int = AT_ONCE,
    ) -> None:
        """`beat` is the time in seconds between two signs of life of a writer.

        Up to `at_once` facts are written in one transaction.
        """
        self.address = address
        self._beat, self._at_once = beat, at_once
        self._connection = Connection(address, credentials)
        self._hold: Hold | None = None

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of all connections."""
        self._connection.close()

    def about(self) -> str:
        """The server's version and edition, and how many facts the database holds."""
        [[versions, edition]] = self._ask(
            "CALL dbms.components() YIELD name, versions, edition"
            " WHERE name = 'Neo4j Kernel' RETURN versions, edition"
        )
        nodes, relationships = facts.counts(self._ask)
        return f"Neo4j {versions[0]} {edition}, {nodes} nodes, {relationships} relationships"

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
        plain = converter()

        def work(transaction: ManagedTransaction) -> Rows:
            with asking(timeout):
                with sending(QueryError, "the store cannot answer the query"):
                    found = transaction.run(cypher, dict(parameters or {}))
                records = islice(found, None if limit is None else limit + 1)
                rows = [tuple(map(plain, record.values())) for record in records]
                return Rows(
                    tuple(found.keys()), rows[:limit], cut=limit is not None and len(rows) > limit
                )

        fetched = FETCHED if limit is None else min(limit + 1, FETCHED)
        return self._connection.read(self._reading, work, timeout=timeout, fetched=fetched)

    def stated(self, source: str) -> dict[Key, str]:
        """The hash of each fact that `source` states."""
        return facts.stated(self._ask, source)

    def facts(self, keys: Collection[Key] | None = None) -> Iterator[Fact]:
        """Facts whole, nodes first."""
        return facts.all_facts(self._ask) if keys is None else facts.facts_of(self._ask, keys)

    def held(self) -> Iterator[Fact]:
        """The absent facts."""
        return facts.held(self._ask)

    def added_after(self, seq: int) -> Iterator[Fact]:
        """The facts that appeared in later runs."""
        return facts.added_after(self._ask, seq)

    def runs(self) -> list[ImportRun]:
        """All runs, oldest first."""
        return facts.runs(self._ask)

    def changes(self, after: int) -> Iterator[Change]:
        """The changes of the runs after that one, newest first."""
        return facts.changes(self._ask, after)

    def apply(self, plan: Plan) -> ImportRun:
        """Write a plan; see `Store.apply`.

        Up to `at_once` facts are written whole or not at all. A larger plan that is broken off
        leaves its run in state `applying`; the next import of the source, or the same plan
        applied again, completes it.
        """
        self._held()
        constrain(self._connection, self._writing, names(plan))
        done = msgspec.structs.replace(plan.run, state="done")
        again = self._begun(plan.run)
        if plan.facts + len(plan.changes) + len(plan.drop_changes) <= self._at_once:
            self._write([*statements(plan, again=again), run_statement(done)])
            return done
        applying = msgspec.structs.replace(plan.run, state="applying")
        most, turned = parted(plan)
        for statement in (run_statement(applying), *statements(most, again=again)):
            self._write([statement])
        self._write([*statements(turned, again=again), run_statement(done)])
        return done

    def record(self, run: ImportRun) -> None:
        """Write a run alone."""
        self._held()
        statement = run_statement(run)
        constrain(self._connection, self._writing, [statement.name])
        self._write([statement])

    def findings(self) -> list[FindingRecord]:
        """What is kept of findings."""
        return facts.findings(self._ask)

    def record_findings(self, records: Sequence[FindingRecord]) -> None:
        """Write what is kept of those findings."""
        self._held()
        constrain(self._connection, self._writing, [FINDING_LABEL])
        self._write(finding_statements(records))

    @contextmanager
    def lock(self, *, wait: float = 0.0) -> Iterator[None]:
        """Be the one writer of the database; readers go on."""
        if self._hold is not None:
            yield
            return

        def take() -> AbstractContextManager[Hold]:
            return holding(self._connection, self._writing, beat=self._beat)

        with patiently(take, wait) as hold:
            warn_of_others(self._connection, self._writing)
            self._hold = hold
            try:
                yield
            finally:
                self._hold = None

    def copy_in_memory(self) -> EmbeddedStore:
        """An embedded copy in memory, with all facts, runs and changes."""
        copy, runs = EmbeddedStore(IN_MEMORY, empty_graph()), self.runs()
        if runs:
            everything = Plan(
                runs[-1],
                tuple(self.facts()),
                changes=tuple(self.changes(-1)),
                hold=tuple(self.held()),
            )
            copy.apply(everything)
        for run in runs:
            copy.record(run)
        copy.record_findings(self.findings())
        return copy

    @property
    def _reading(self) -> str:
        return f"reading the store '{self.address}'"

    @property
    def _writing(self) -> str:
        return f"writing to the store '{self.address}'"

    def _ask(self, statement: str, **parameters: object) -> list[list[Any]]:
        return self._connection.read(
            self._reading, lambda transaction: transaction.run(statement, parameters).values()
        )

    def _begun(self, run: ImportRun) -> bool:
        """Whether a plan of that run was applied before, maybe in part."""
        return bool(self._ask(f"MATCH (n:{RUN_LABEL} {{id: $id}}) RETURN n.id", id=run.id))

    def _held(self) -> Hold:
        if self._hold is None:
            raise StoreError(
                f"{self._writing}: nothing keeps other writers away. Take lock() first."
            )
        return self._hold

    def _write(self, whole: Iterable[Statement]) -> None:
        """Carry out statements in one transaction, in which the lock is ours."""
        hold = self._held()

        def work(transaction: ManagedTransaction) -> None:
            hold.keep(transaction)
            for statement in whole:
                statement.check(_carried_out(transaction, statement, self._writing))
            hold.keep(transaction)

        self._connection.write(self._writing, work)


def _carried_out(transaction: ManagedTransaction, statement: Statement, doing: str) -> int:
    """For how many rows a statement was carried out."""
    with sending(StoreError, doing):
        found = transaction.run(
            f"UNWIND $rows AS row {statement.text} RETURN count(*) AS n", rows=statement.rows
        )
    return int(found.single(strict=True)["n"])
