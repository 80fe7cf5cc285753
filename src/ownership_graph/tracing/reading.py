"""A store as it is read here: each query with the same time limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.records import ImportRun, Rows
    from ownership_graph.stores import Store

TIMEOUT = 30.0
"""Seconds for one query."""


class Readable(Protocol):
    """What is asked of a store; a store can do that, too."""

    def read(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """The rows that a read-only query returns."""
        ...

    def runs(self) -> list[ImportRun]:
        """All runs, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Timed:
    """A store that gives each query so many seconds."""

    store: Store
    timeout: float

    def read(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """The rows that a read-only query returns. Errors: StoreTimeoutError."""
        return self.store.read(cypher, parameters, timeout=self.timeout)

    def runs(self) -> list[ImportRun]:
        """All runs, oldest first."""
        return self.store.runs()
