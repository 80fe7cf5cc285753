"""Runs kept beside the graph file, since to save a whole graph for one run is dear.

The journal `<store>.runs` holds JSON lines: first the newest run that the graph file holds, then
the runs recorded since. So it belongs to that state of that store alone: beside any other it is
passed over, and a store that is copied without it lacks no more than runs that changed nothing.
The next plan takes its runs into the graph; a crash before the journal then goes is harmless.
Only the store's one writer writes here. A line that a crash cut off is passed over.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import msgspec

from ownership_graph.errors import StoreRefusedError
from ownership_graph.records import ImportRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FULL = 500
"""Runs from which on they are taken into the graph: readers read the journal whole."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ImportRun).decode


class Kept(msgspec.Struct, frozen=True):
    """The runs of a journal, in the order of writing, and the run that they come `after`."""

    after: ImportRun | None = None
    runs: tuple[ImportRun, ...] = ()

    def beside(self, saved: Sequence[ImportRun]) -> tuple[ImportRun, ...]:
        """The kept runs, where the journal belongs to the graph that holds the runs `saved`."""
        return self.runs if saved and self.after == newest(saved) else ()

    def laid_over(self, saved: Sequence[ImportRun]) -> list[ImportRun]:
        """All runs, oldest first; of two with the same id the kept one."""
        by_id = {run.id: run for run in (*saved, *self.beside(saved))}
        return sorted(by_id.values(), key=lambda run: (run.seq, run.id))


def newest(runs: Sequence[ImportRun]) -> ImportRun:
    """The last run; there is one."""
    return max(runs, key=lambda run: (run.seq, run.id))


def place(store: Path) -> Path:
    """Where the journal of a graph file is.

    >>> from pathlib import Path
    >>> place(Path("a/ownership.kgl")).name
    'ownership.kgl.runs'
    """
    return store.with_name(f"{store.name}.runs")


def kept(store: Path) -> Kept:
    """What the journal holds.

    A reader asks before it reads the graph: runs that are taken into the graph meanwhile are
    found there.
    """
    with _told("reading", place(store)):
        try:
            lines = place(store).read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return Kept()
    runs = [_run(line) for line in lines]
    return Kept(runs[0], tuple(filter(None, runs[1:]))) if runs else Kept()


def keep(store: Path, run: ImportRun, saved: Sequence[ImportRun]) -> bool:
    """Write a run down beside the graph that holds the runs `saved`, and wait for the disk.

    False where the graph itself must take it: it holds no run yet, or the journal is full.
    """
    past = kept(store).beside(saved)
    if not saved or len(past) >= FULL:
        return False
    path = place(store)
    with _told("writing", path), os.fdopen(_opened(path), "r+b") as journal:
        whole = _whole_lines(journal.read()) if past else b""
        first = b"" if past else _line(newest(saved))
        try:
            _write(journal.fileno(), whole, first + _line(run))
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(journal.fileno(), len(whole))
            raise
    return True


def forget(store: Path) -> None:
    """Take the journal away; where that cannot be done it is passed over from now on."""
    with contextlib.suppress(OSError):
        place(store).unlink()


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)


def _write(handle: int, whole: bytes, text: bytes) -> None:
    """Put the text after the whole lines that are there."""
    os.ftruncate(handle, len(whole))
    os.lseek(handle, len(whole), os.SEEK_SET)
    while text:
        text = text[os.write(handle, text) :]
    os.fsync(handle)


def _whole_lines(text: bytes) -> bytes:
    return text[: text.rfind(b"\n") + 1]


def _line(run: ImportRun) -> bytes:
    return _encode(run) + b"\n"


def _run(line: bytes) -> ImportRun | None:
    """The run of a line, None where it was cut off."""
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
        return _decode(line) if line.endswith(b"\n") else None
    return None


@contextlib.contextmanager
def _told(doing: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreRefusedError(
            f"{doing} the store's runs in '{path}': {error.strerror}. See to the rights on it and"
            " to the room on its disk; the store stays as it was."
        ) from error
