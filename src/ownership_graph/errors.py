"""Every error that this package raises on purpose, as one tree.

    OwnershipGraphError         1
    ├── UsageError              2   an option or an argument that cannot be
    ├── SettingsError           2   a settings file, or a mapping, that cannot be used
    ├── QueryError              2   a Cypher file or a typed query (file, line)
    ├── SourceError             4   a source that failed or was not wholly read (file, line)
    ├── GuardError              4   the removal guard stopped an import
    ├── HistoryError            1   what happened is no longer known, or cannot be taken back
    └── StoreError              1   the store did not do what it should
        ├── StoreMissingError   1   there is no store at that address
        ├── StoreAwayError      1   the server does not answer
        ├── StoreRefusedError   1   wrong password, no right, read-only folder, disk full
        ├── StoreVersionError   1   made by, or running, a version that we do not speak
        ├── StoreTimeoutError   1   a query did not end within its time limit
        └── StoreLockedError    5   another process is writing to it

The number is the exit code of the command line. A message is a sentence: what was being
done, with what, what was found, what to do.
"""

from __future__ import annotations

from typing import ClassVar


class OwnershipGraphError(Exception):
    """Base of every error that a user can mend; anything else is a bug."""

    exit_code: ClassVar[int] = 1


class UsageError(OwnershipGraphError):
    """An option or an argument that cannot be."""

    exit_code = 2


class PlacedError(OwnershipGraphError):
    """An error that can name the file, the line and the column at fault."""

    def __init__(self, message: str, *, file: str = "", line: int = 0, column: int = 0) -> None:
        """`message` is a sentence; `line` and `column` count from 1, 0 where unknown."""
        self.message, self.file, self.line, self.column = message, file, line, column
        place = ":".join(str(part) for part in (file, line, column) if part)
        super().__init__(f"{place}: {message}" if place else message)


class SettingsError(PlacedError):
    """A settings file, or a mapping, that cannot be used."""

    exit_code = 2


class QueryError(PlacedError):
    """A Cypher file or a typed query that cannot be asked."""

    exit_code = 2


class SourceError(PlacedError):
    """A source that failed or was not wholly read; the graph stays as it was."""

    exit_code = 4


class GuardError(OwnershipGraphError):
    """The removal guard stopped an import; the graph stays as it was."""

    exit_code = 4


class HistoryError(OwnershipGraphError):
    """What happened is no longer known, or cannot be taken back; the graph stays as it was."""


class StoreError(OwnershipGraphError):
    """The store did not do what it should."""


class StoreMissingError(StoreError):
    """There is no store at that address."""


class StoreAwayError(StoreError):
    """The server does not answer."""


class StoreRefusedError(StoreError):
    """Wrong password, no right, a read-only folder, a full disk."""


class StoreVersionError(StoreError):
    """The store was made by, or is run by, a version that we do not speak."""


class StoreTimeoutError(StoreError):
    """A query did not end within its time limit."""


class StoreLockedError(StoreError):
    """Another process is writing to the store."""

    exit_code = 5
