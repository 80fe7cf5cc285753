"""Stores: one protocol, one module a kind, opened by address."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, Self

import msgspec

from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from ownership_graph.records import Change, Fact, FindingRecord, ImportRun, Key, Plan, Rows


class Credentials(msgspec.Struct, frozen=True):
    """Who we are to a server. The password is in here and nowhere else; `repr` hides it."""

    user: str = "neo4j"
    password: str = ""
    database: str | None = None
    ca_file: str | None = None

    def __repr__(self) -> str:
        """Everything but the password."""
        return f"Credentials(user={self.user!r}, database={self.database!r})"


class Store(Protocol):
    """What every store can do. Errors: those under `StoreError`; `read` also `QueryError`."""

    address: str

    def __enter__(self) -> Self:
        """The store itself, for use in `with`."""
        ...

    def __exit__(self, *_: object) -> None:
        """Let go of every handle and connection."""
        ...

    def about(self) -> str:
        """What runs behind it, and how much it holds: "kglite 0.21.2, 300 nodes"."""
        ...

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """The rows that a read-only query returns; anything that could write or leak is refused.

        `limit` is in rows (`Rows.cut` tells whether it was reached), `timeout` in seconds.
        """
        ...

    def stated(self, source: str) -> dict[Key, str]:
        """The hash of each fact that `source` states now, absent ones included.

        Empty where there is no store yet.
        """
        ...

    def facts(self, keys: Collection[Key] | None = None) -> Iterator[Fact]:
        """Those facts whole, or all that are on the graph; nodes first.

        A key that is not there is passed over; of the absent facts, those of `keys` come last.
        """
        ...

    def held(self) -> Iterator[Fact]:
        """The absent facts: kept, and not on the graph."""
        ...

    def added_after(self, seq: int) -> Iterator[Fact]:
        """The facts that appeared in the runs after that sequence number, absent ones included."""
        ...

    def apply(self, plan: Plan) -> ImportRun:
        """Write a plan, and return its run as it was recorded, state `done`.

        In this order: what is released or dropped; relationships out, nodes out (or made
        stubs), nodes in, relationships in, what is held, changes, runs; then stubs without
        relationships go. Needs `lock`.
        """
        ...

    def record(self, run: ImportRun) -> None:
        """Write or overwrite a run alone: failed, or nothing changed. Needs `lock`."""
        ...

    def runs(self) -> list[ImportRun]:
        """All runs, oldest first; empty where there is no store yet."""
        ...

    def changes(self, after: int) -> Iterator[Change]:
        """The changes of the runs after that sequence number, newest first."""
        ...

    def findings(self) -> list[FindingRecord]:
        """What is kept of findings, by identity; empty where no check was recorded yet."""
        ...

    def record_findings(self, records: Sequence[FindingRecord]) -> None:
        """Write or overwrite what is kept of those findings. Needs `lock`."""
        ...

    def lock(self, *, wait: float = 0.0) -> AbstractContextManager[None]:
        """Be the one writer; where another still is after `wait` seconds, StoreLockedError.

        Whoever has it may take it again.
        """
        ...

    def copy_in_memory(self) -> Store:
        """A copy that can be written to without touching the store."""
        ...


def open_store(address: str, credentials: Credentials | None = None) -> Store:
    """The store at `address`: a path, or `neo4j://host`, `neo4j+s://…`, `bolt://…`.

    Nothing is touched before the first call; a module of this package that lists the address's
    scheme in `SCHEMES` opens it.
    """
    scheme = address.partition("://")[0] if "://" in address else ""
    modules = [import_module(found.name) for found in iter_modules(__path__, f"{__name__}.")]
    known = {scheme: module for module in modules for scheme in getattr(module, "SCHEMES", ())}
    if scheme not in known:
        listed = ", ".join(sorted(f"{each}://" for each in known if each))
        raise UsageError(
            # The address is not repeated: some hold a password.
            f"opening a store: no store answers to '{scheme}://'."
            f" Give a path, or an address that begins with one of {listed}."
        )
    opened: Store = known[scheme].open_store(address, credentials or Credentials())
    return opened
