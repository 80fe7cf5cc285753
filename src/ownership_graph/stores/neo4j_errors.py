"""The errors of Neo4j and its driver, in our words and our classes."""

from __future__ import annotations

import re
import ssl
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from ownership_graph.errors import (
    QueryError,
    StoreAwayError,
    StoreError,
    StoreMissingError,
    StoreRefusedError,
    StoreTimeoutError,
    StoreVersionError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from neo4j.exceptions import Neo4jError

_AWAY = "Neo.TransientError.Database.DatabaseUnavailable"
_MISSING = "Neo.ClientError.Database.DatabaseNotFound"
_NOT_UNIQUE = "Neo.ClientError.Schema.ConstraintValidationFailed"
_TIMED_OUT = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.LockClientStopped",  # while it waited for a lock
)
_MEMORY = frozenset(
    {
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
        "Neo.TransientError.General.OutOfMemoryError",
        "Neo.TransientError.General.TransactionOutOfMemoryError",
    }
)
_READ_ONLY = "the database is read-only. Write to one that is not"
_WHY = MappingProxyType(
    {
        "Neo.ClientError.Security.Unauthorized": """
            the user or the password is wrong. Set store.user, and store.password by
            OWNERSHIP_GRAPH__STORE__PASSWORD""",
        "Neo.ClientError.Security.AuthenticationRateLimit": """
            the password was wrong too many times in a row. Wait some seconds, then give the
            right one""",
        "Neo.ClientError.Security.CredentialsExpired": """
            the password must be changed before its first use. Do that in Neo4j's browser, or
            by ALTER CURRENT USER SET PASSWORD""",
        "Neo.ClientError.Security.Forbidden": """
            the user may not do that. Ask whoever runs the server for the right to""",
        "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": _READ_ONLY,
        "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": _READ_ONLY,
        "Neo.ClientError.Statement.AccessMode": _READ_ONLY,
        _MISSING: """
            the server has no database of that name. Set store.database, or leave it out for
            the user's own""",
        _AWAY: """
            the server runs, but its database does not. Start it, or try again later""",
        **dict.fromkeys(
            _MEMORY,
            """
            it would take more memory than the server allows. Ask for less, or raise
            dbms.memory.transaction.total.max on the server""",
        ),
    }
)
_KINDS: Mapping[str, type[StoreError]] = MappingProxyType(
    {
        _MISSING: StoreMissingError,
        _AWAY: StoreAwayError,
        **dict.fromkeys(_MEMORY, StoreError),
    }
)
_PLACE = re.compile(r"\s*\(line (\d+), column (\d+)(?: \(offset: \d+\))?\)")
_LONGEST = 300
_OLDEST = 5


@contextmanager
def reaching(doing: str) -> Iterator[None]:
    """What goes wrong between us and the server as StoreError; `doing` begins the sentence."""
    from neo4j.exceptions import DriverError, Neo4jError  # noqa: PLC0415 -- where it is used

    try:
        yield
    except Neo4jError as error:
        raise _refused(doing, error) from error
    except (DriverError, OSError) as error:
        raise _not_reached(doing, error) from error


@contextmanager
def asking(timeout: float | None) -> Iterator[None]:
    """What is wrong with a query as QueryError, or StoreTimeoutError; other errors pass."""
    from neo4j.exceptions import Neo4jError  # noqa: PLC0415 -- only where a server is used

    try:
        yield
    except Neo4jError as error:
        code = str(error.code)
        if code.startswith(_TIMED_OUT):
            given = f"{timeout:g} s" if timeout else "the server's own limit"
            raise StoreTimeoutError(
                f"asking the store: no answer within {given}. Ask for less, or allow more time."
            ) from error
        if not code.startswith(("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.")):
            raise
        raise _unanswered(str(error.message)) from error


@contextmanager
def sending(kind: type[QueryError | StoreError], doing: str) -> Iterator[None]:
    """A value that has no place in a message to the server, such as 2**64, as that error."""
    try:
        yield
    except (OverflowError, ValueError, TypeError) as error:
        raise kind(f"{doing}: a value cannot be sent: {str(error).rstrip('.')}.") from error


@contextmanager
def not_again(doing: str) -> Iterator[None]:
    """Inside a managed transaction: end at once where the server is out of memory.

    Neo4j calls that transient, but the same work would end the same way.
    """
    from neo4j.exceptions import TransientError  # noqa: PLC0415 -- only where a server is used

    try:
        yield
    except TransientError as error:
        if error.code in _MEMORY:
            raise _refused(doing, error) from error
        raise


def require_version(doing: str, agent: str) -> None:
    """Raise StoreVersionError unless the server is one that we speak to.

    >>> require_version("opening the store", "Neo4j/5.26.30")
    """
    version = agent.partition("/")[2]
    major = version.partition(".")[0]
    if not major.isdigit() or int(major) < _OLDEST:
        raise StoreVersionError(
            f"{doing}: the server is {agent or 'of an unknown kind'}, and Neo4j {_OLDEST} or newer"
            " is needed (5.26 LTS and later are tried). Upgrade the server."
        )


def _unanswered(said: str) -> QueryError:
    """The server's complaint, with its place in the query in front."""
    place = _PLACE.search(said)
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    first = _PLACE.sub("", said).partition("\n")[0].rstrip(".")
    if len(first) > _LONGEST:
        first = first[:_LONGEST] + " …"
    return QueryError(f"the store cannot answer the query: {first}.", line=line, column=column)


def _refused(doing: str, error: Neo4jError) -> StoreError:
    why = _WHY.get(str(error.code))
    if why:
        kind = _KINDS.get(str(error.code), StoreRefusedError)
        return kind(f"{doing}: {' '.join(why.split())}.")
    if str(error.code).startswith(_TIMED_OUT):
        return StoreTimeoutError(f"{doing}: the server did not do it in time. Try again later.")
    said = " ".join(str(error.message).split())[:_LONGEST].rstrip(".")
    if error.code == _NOT_UNIQUE:
        return StoreError(
            f"{doing}: {said}. The plan was made for another state of the store. Import again."
        )
    return StoreError(f"{doing}: the server answered: {said} ({error.code}).")


def _not_reached(doing: str, error: Exception) -> StoreError:
    from neo4j.exceptions import UnsupportedServerProduct  # noqa: PLC0415 -- where it is used

    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return StoreRefusedError(
                f"{doing}: the server's certificate is not trusted: {cause.verify_message}. Name"
                " the file of the authority that signed it as store.ca_file."
            )
        if isinstance(cause, ssl.SSLError):
            return StoreRefusedError(
                f"{doing}: no encrypted connection came about ({cause.reason}). Where the server"
                " does not encrypt, leave out +s or +ssc; else see to its certificate."
            )
        if isinstance(cause, UnsupportedServerProduct) or "looks like HTTP" in str(cause):
            return StoreVersionError(
                f"{doing}: what answers there does not speak Bolt 4.4 or newer. Give the Bolt"
                " port (7687 by habit) of a Neo4j 5 or newer."
            )
    said = str(causes[-1]).partition("\n")[0]
    return StoreAwayError(
        f"{doing}: the server does not answer ({said}). Start it, or see to"
        " the address and the network."
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that led to it."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for each in error.exceptions:
                yield from _causes(each)
        error = error.__cause__
