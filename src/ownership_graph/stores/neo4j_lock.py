"""The one writer of a Neo4j database: a node that says who it is, and that it still lives.

The writer's name is good for three beats of its heart, by the server's clock. Each of its
transactions holds the lock's node while it lasts, so whoever takes the lock over after a
silence takes it between two of them, and the next one finds that the lock is another's.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ownership_graph.errors import StoreError, StoreLockedError, StoreTimeoutError
from ownership_graph.stores.neo4j_schema import LOCK_LABEL, constrain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neo4j import ManagedTransaction, Transaction

    from ownership_graph.stores.neo4j_connection import Connection

BEAT = 5.0
"""Seconds between two signs of life."""

_LOG = logging.getLogger("ownership_graph")
_BEATS = 3
_MILLISECONDS = 1000
_OURS = f"MATCH (l:{LOCK_LABEL} {{id: 'import'}}) WHERE l.token = $token"
_LOOK = f"MATCH (l:{LOCK_LABEL} {{id: 'import'}}) RETURN l.holder, timestamp() - l.beat"
_TAKE = f"""
MERGE (l:{LOCK_LABEL} {{id: 'import'}})
ON CREATE SET l.holder = '', l.beat = 0
SET l.asked = $token
WITH l, l.holder AS holder, timestamp() - l.beat AS age
FOREACH (_ IN CASE WHEN age > $stale THEN [1] ELSE [] END |
  SET l.token = $token, l.holder = $holder, l.beat = timestamp())
RETURN holder, age
"""


class Hold:
    """The lock while we have it."""

    def __init__(self, doing: str) -> None:
        """`doing` begins the sentence of an error."""
        self._doing = doing
        self.token = secrets.token_hex(8)

    def keep(self, transaction: ManagedTransaction | Transaction) -> None:
        """Give a sign of life and hold the lock's node until the transaction ends.

        Raises StoreLockedError where another took the lock over.
        """
        found = transaction.run(
            f"{_OURS} SET l.beat = timestamp() RETURN count(*) AS n", token=self.token
        ).single(strict=True)
        if not found["n"]:
            raise StoreLockedError(
                f"{self._doing}: this process was silent for too long, and another took over."
                " Wait until that is done, and import again."
            )


@contextmanager
def holding(connection: Connection, doing: str, *, beat: float = BEAT) -> Iterator[Hold]:
    """Hold the lock; StoreLockedError names who else does, and since when it is silent."""
    hold = Hold(doing)
    constrain(connection, doing, [LOCK_LABEL])
    _take(connection, doing, hold.token, beat)
    stop = threading.Event()
    heart = threading.Thread(target=_live, args=(connection, doing, hold, beat, stop), daemon=True)
    heart.start()
    try:
        yield hold
    finally:
        stop.set()
        heart.join()
        _release(connection, doing, hold.token)


def _take(connection: Connection, doing: str, token: str, beat: float) -> None:
    stale = _BEATS * beat * _MILLISECONDS
    holder = f"process {os.getpid()} on {socket.gethostname()}"

    def look(transaction: ManagedTransaction) -> None:
        """Look first, so as not to wait for a transaction of who has it."""
        for held_by, age in transaction.run(_LOOK).values():
            _refuse_living(doing, held_by, age, stale)

    def take(transaction: ManagedTransaction) -> str:
        found = transaction.run(_TAKE, token=token, holder=holder, stale=stale).single(strict=True)
        _refuse_living(doing, found["holder"], found["age"], stale)
        return str(found["holder"])

    connection.read(doing, look)
    try:
        before = connection.write(doing, take, timeout=_BEATS * beat)
    except StoreTimeoutError as error:
        raise StoreLockedError(
            f"{doing}: another process is in the middle of it. Wait until that is done, and try"
            " again."
        ) from error
    if before:
        _LOG.warning(
            "%s: %s began to write and was not heard of again. Its place is taken; an import of"
            " the same source sets right what it left",
            doing,
            before,
        )


def _refuse_living(doing: str, holder: str, age: int, stale: float) -> None:
    if age <= stale:
        raise StoreLockedError(
            f"{doing}: it is open for writing by {holder}, last heard of"
            f" {max(age, 0) / _MILLISECONDS:.0f} s ago. Wait until that is done, and try again."
        )


def _live(
    connection: Connection, doing: str, hold: Hold, beat: float, stop: threading.Event
) -> None:
    while not stop.wait(beat):
        try:
            connection.write_once(doing, hold.keep)
        except StoreLockedError:
            return  # the next transaction of the writer tells
        except StoreError as error:
            _LOG.info("%s", error)


def _release(connection: Connection, doing: str, token: str) -> None:
    try:
        connection.write_once(doing, lambda tx: tx.run(f"{_OURS} DELETE l", token=token).consume())
    except StoreError as error:
        _LOG.warning("%s The lock opens by itself after some seconds", error)
