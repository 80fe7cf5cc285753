"""A connection to Neo4j that is made when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from ownership_graph.stores.neo4j_address import driver_for
from ownership_graph.stores.neo4j_errors import not_again, reaching, require_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from neo4j import BookmarkManager, Driver, ManagedTransaction, Session, Transaction

    from ownership_graph.stores import Credentials

T = TypeVar("T")

FETCHED = 10_000
"""Rows that are fetched at a time: few and large answers cost the least."""

_SHORTEST = 0.001


class Connection:
    """One driver, whose sessions all see what the others wrote."""

    def __init__(self, address: str, credentials: Credentials) -> None:
        """Nothing is touched yet."""
        self._address = address
        self._credentials = credentials
        self._driver: Driver | None = None
        self._bookmarks: BookmarkManager | None = None

    def close(self) -> None:
        """Let go of all connections; the next call makes new ones."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def read(
        self,
        doing: str,
        work: Callable[[ManagedTransaction], T],
        *,
        timeout: float | None = None,
        fetched: int = FETCHED,
    ) -> T:
        """What `work` returns from a transaction that can only read.

        It is run again where the server asks for that. `timeout` is in seconds.
        """
        from neo4j import unit_of_work  # noqa: PLC0415 -- only where a server is used

        limited = None if timeout is None else max(timeout, _SHORTEST)
        with reaching(doing), self._session(doing, "READ", fetched) as session:
            return session.execute_read(unit_of_work(timeout=limited)(_final(doing, work)))

    def write(
        self,
        doing: str,
        work: Callable[[ManagedTransaction], T],
        *,
        timeout: float | None = None,
    ) -> T:
        """What `work` returns from a transaction that writes; it is run again as in `read`."""
        from neo4j import unit_of_work  # noqa: PLC0415 -- only where a server is used

        with reaching(doing), self._session(doing, "WRITE", FETCHED) as session:
            return session.execute_write(unit_of_work(timeout=timeout)(_final(doing, work)))

    def write_once(self, doing: str, work: Callable[[Transaction], object]) -> None:
        """Do `work` in a transaction that writes; a server that is away is not waited for."""
        with (
            reaching(doing),
            self._session(doing, "WRITE", FETCHED) as session,
            session.begin_transaction() as transaction,
        ):
            work(transaction)
            transaction.commit()

    def _session(self, doing: str, access: Literal["READ", "WRITE"], fetched: int) -> Session:
        driver = self._opened(doing)
        return driver.session(
            database=self._credentials.database,
            default_access_mode=access,
            fetch_size=fetched,
            bookmark_manager=self._bookmarks,
        )

    def _opened(self, doing: str) -> Driver:
        if self._driver is None:
            driver = driver_for(self._address, self._credentials)
            try:
                found = driver.get_server_info()
                require_version(doing, found.agent)
            except BaseException:
                driver.close()
                raise
            self._driver = driver
            self._bookmarks = driver.execute_query_bookmark_manager
        return self._driver


def _final(
    doing: str, work: Callable[[ManagedTransaction], T]
) -> Callable[[ManagedTransaction], T]:
    """That work, ended for good where doing it again could not help."""

    def worked(transaction: ManagedTransaction) -> T:
        with not_again(doing):
            return work(transaction)

    return worked
