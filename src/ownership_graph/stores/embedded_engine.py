"""The embedded engine, kglite: files opened and saved, and its errors in our words."""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ownership_graph.errors import (
    QueryError,
    StoreError,
    StoreLockedError,
    StoreMissingError,
    StoreRefusedError,
    StoreTimeoutError,
    StoreVersionError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kglite import KnowledgeGraph

_LOG = logging.getLogger("ownership_graph")
_PREFIX = re.compile(r"^(?:Cypher|Schema)(?: \w+)? error(?: at line \d+, col \d+)?: ")
_LEFT = "a program ended while it wrote; what it wrote last is not shown before the next import"
_REBUILD = "Move it away and build it anew: ownership-graph import."


def empty_graph() -> KnowledgeGraph:
    """A graph in memory, with nothing in it and no file."""
    import kglite  # noqa: PLC0415 -- only where a store is used

    kglite.set_query_warning_policy("silent")
    return kglite.KnowledgeGraph()


def version() -> str:
    """The engine's version."""
    import kglite  # noqa: PLC0415 -- only where a store is used

    return str(kglite.__version__)


def load(path: Path) -> KnowledgeGraph:
    """The graph as it was last saved. The handle must never be closed: that saves it back."""
    import kglite  # noqa: PLC0415 -- only where a store is used

    kglite.set_query_warning_policy("silent")
    _refuse_no_file(path)
    if not path.exists():
        raise StoreMissingError(
            f"reading the store '{path}': there is none. Make it with ownership-graph import,"
            " or try ownership-graph demo."
        )
    with _translated(f"reading the store '{path}'"), _heard(path):
        return kglite.load(str(path))


@contextmanager
def opened(path: Path) -> Iterator[KnowledgeGraph]:
    """The graph, with the right to be its one writer; what is not saved by the end is let go."""
    graph = _open(path)
    graph.__enter__()
    try:
        yield graph
    finally:
        # The engine saves a handle that is closed, but lets go of one whose block failed.
        graph.__exit__(InterruptedError, InterruptedError(), None)


def _open(path: Path) -> KnowledgeGraph:
    import kglite  # noqa: PLC0415 -- only where a store is used

    kglite.set_query_warning_policy("silent")
    _refuse_no_file(path)
    if not path.absolute().parent.is_dir():
        raise StoreRefusedError(
            f"opening the store '{path}' to write: there is no folder"
            f" '{path.absolute().parent}'. Make it first."
        )
    with _translated(f"opening the store '{path}' to write"), _heard(path):
        try:
            return kglite.open(str(path), durable="off")
        except ValueError:
            _LOG.warning("the store '%s': another program ended while it wrote; its work"
                         " is taken up", path)  # fmt: skip
            kglite.open(str(path), durable="full").close()
            return kglite.open(str(path), durable="off")


def save(graph: KnowledgeGraph, path: Path) -> None:
    """Put the graph in the place of the file, whole or not at all."""
    import kglite  # noqa: PLC0415 -- only where a store is used

    with _translated(f"saving the store '{path}'"), warnings.catch_warnings():
        warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
        graph.save()


@contextmanager
def asking(timeout: float | None) -> Iterator[None]:
    """The engine's complaints about a query as QueryError, or StoreTimeoutError."""
    import kglite  # noqa: PLC0415 -- only where a store is used

    try:
        yield
    except kglite.CypherTimeoutError as error:
        given = f"{timeout:g} s" if timeout else "the engine's own limit"
        raise StoreTimeoutError(
            f"asking the store: no answer within {given}. Ask for less, or allow more time."
        ) from error
    except (kglite.KgError, OverflowError, TypeError, ValueError, RecursionError) as error:
        said = _PREFIX.sub("", str(error).partition("\n")[0]).rstrip(".")
        line, column = getattr(error, "line", None) or 0, getattr(error, "col", None) or 0
        raise QueryError(
            f"the store cannot answer the query: {said}.", line=line, column=column
        ) from error


@contextmanager
def writing() -> Iterator[None]:
    """The engine's complaints about what is written as StoreError; nothing of it is kept."""
    import kglite  # noqa: PLC0415 -- only where a store is used

    try:
        yield
    except kglite.ConstraintError as error:
        raise StoreError(
            f"writing to the store: {_first_line(error)} The plan was made for another state of"
            " the store, or is applied twice. Import again."
        ) from error
    except (kglite.KgError, OverflowError, TypeError, ValueError) as error:
        raise StoreError(
            f"writing to the store: {_first_line(error)} The store stays as it was."
        ) from error


def _refuse_no_file(path: Path) -> None:
    if path.is_dir():
        raise StoreError(
            f"opening the store '{path}': it is a folder. Give a file, such as"
            f" '{path / 'ownership.kgl'}'."
        )
    if path.exists() and not path.is_file():  # a device may have no end
        raise StoreError(f"opening the store '{path}': it is no file. Name another.")


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    """The engine's errors about files, said as what we were doing."""
    import kglite  # noqa: PLC0415 -- only where a store is used

    try:
        yield
    except kglite.WriterLeaseHeldError as error:
        held = str(error).partition("open for writing by ")[2].partition(";")[0]
        raise StoreLockedError(
            f"{doing}: it is open for writing by {held or 'another process'}. Wait until that"
            " is done, and try again."
        ) from error
    except kglite.FileFormatError as error:
        said = _first_line(error)
        if "upgrade kglite" in said:
            raise StoreVersionError(
                f"{doing}: a newer version wrote it. Upgrade ownership-graph, or move the file"
                " away and build it anew: ownership-graph import."
            ) from error
        raise StoreError(f"{doing}: {said} {_REBUILD}") from error
    except (kglite.KgError, OSError) as error:
        raise StoreRefusedError(
            f"{doing}: {_first_line(error)} See to the rights on its folder and to the room on"
            " its disk; the store stays as it was."
        ) from error


@contextmanager
def _heard(path: Path) -> Iterator[None]:
    """What the engine warns of while it opens a file, as a message and not on the screen."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        yield
    for warning in heard:
        said = str(warning.message)
        _LOG.warning("the store '%s': %s", path, _LEFT if "write-ahead log" in said else said)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".") + "."
