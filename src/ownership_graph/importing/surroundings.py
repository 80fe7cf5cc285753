"""What lies in a folder, looked at once for all importers: names, and how files begin."""

from __future__ import annotations

import csv
import os
import re
import zlib
from collections import Counter, defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import so_many
from ownership_graph.importing.reading import DELIMITERS, names_in, open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

MOST_FILES = 100_000
"""How many files are looked at: whoever has more names a folder with less."""

DEEPEST = 12
"""How many folders below the one that is named are looked at."""

MOST_OPENED = 2_000
"""How many files are opened, to see how they begin."""

LONGEST_START = 8_192
"""Bytes of a file's beginning that are looked at."""

LARGEST_BOOK = 32 * 1024 * 1024
"""Bytes of the largest workbook or Parquet file that is opened for its header."""

NOT_SOURCES = frozenset(
    {
        "node_modules", "site-packages", "venv", "vendor", "__pycache__",
        "ownership-graph-rejected",
    }
)  # fmt: skip
"""Folders in which others' files lie, or what programs keep."""

_HIDDEN_SOURCES = frozenset({".github", ".gitlab"})
_DELIMITED = ("*.csv", "*.csv.gz", "*.tsv", "*.tsv.gz")
_BOOKS = ("*.xlsx", "*.xls", "*.ods", "*.parquet", "*.jsonl", "*.ndjson")
NO_TEXT = frozenset(each.removeprefix("*") for each in _BOOKS)
"""Endings of tables that have a header of their own, whatever parts the columns of others."""

_GZIP = b"\x1f\x8b"
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns, and what parts them."""

    columns: tuple[str, ...]
    delimiter: str

    @property
    def options(self) -> dict[str, str]:
        """What an importer must be told, so that it reads the table as its header was read."""
        return {} if self.delimiter == "," else {"delimiter": self.delimiter}


@dataclass
class Surroundings:
    """The files below `root`, by name, and what was passed over, as sentences.

    Links are not followed, so nothing outside the folder is ever among them.
    """

    root: Path
    files: Sequence[Path]
    passed_over: list[str] = field(default_factory=list)
    _starts: dict[Path, str] = field(default_factory=dict, repr=False)
    _headers: dict[Path, Header] = field(default_factory=dict, repr=False)
    _found: dict[tuple[str, ...], list[Path]] = field(default_factory=dict, repr=False)

    def named(self, *patterns: str) -> list[Path]:
        """The files that a pattern fits, in the order of their paths.

        A pattern is a file's name (`CODEOWNERS`, `*.csv`), or that and the folders right above
        it (`mlruns/*/meta.yaml`); `*` stays within one name. Capitals matter.
        """
        if patterns not in self._found:
            found = {
                path
                for pattern in patterns
                for name in self._names_like(pattern.rpartition("/")[2])
                for path in self._by_name[name]
                if "/" not in pattern or path.match(pattern)
            }
            self._found[patterns] = [path for path in self._ordered if path in found]
        return list(self._found[patterns])

    def tables(self) -> list[Path]:
        """The files that can be read as tables, by their names: text, workbooks and others."""
        return self.named(*_DELIMITED, *_BOOKS)

    def start(self, file: Path) -> str:
        """How a file begins, as text: enough to tell what it is; blank where it cannot be read.

        What is gzipped is unpacked so far. Bytes that are no UTF-8 stand there as U+FFFD.
        """
        if file not in self._starts:
            self._starts[file] = self._read(file)
        return self._starts[file]

    def header(self, file: Path) -> Header:
        """The columns of a table, parted by what finds the most of them; none of no table."""
        if file not in self._headers:
            book = file.suffix in NO_TEXT
            self._headers[file] = (
                self._header_of_book(file) if book else self._header_of_text(file)
            )
        return self._headers[file]

    def _header_of_text(self, file: Path) -> Header:
        lines = self.start(file).lstrip("\ufeff").splitlines()
        first = next((each for each in lines if each.strip()), "")
        headers = [
            Header(names_in(next(csv.reader([first], delimiter=each), [])), each)
            for each in DELIMITERS.values()
        ]
        return max(headers, key=lambda each: len(each.columns))

    def _header_of_book(self, file: Path) -> Header:
        """The columns of what is no delimited text; a package for it may be missing."""
        columns: tuple[str, ...] = ()
        if self.start(file) and file.stat().st_size <= LARGEST_BOOK:
            with suppress(SourceError, ImportError), open_table(file) as table:
                columns = table.header
        return Header(columns, ",")

    @cached_property
    def _ordered(self) -> Sequence[Path]:
        return sorted(self.files)

    @cached_property
    def _by_name(self) -> Mapping[str, list[Path]]:
        names: dict[str, list[Path]] = defaultdict(list)
        for path in self.files:
            names[path.name].append(path)
        return names

    def _names_like(self, pattern: str) -> Iterator[str]:
        fits = re.compile(translate(pattern)).match
        return (name for name in self._by_name if fits(name))

    def _read(self, file: Path) -> str:
        if len(self._starts) >= MOST_OPENED:
            note = f"how more than {MOST_OPENED:,} files begin: name a smaller folder"
            if note not in self.passed_over:
                self.passed_over.append(note)
            return ""
        try:
            with file.open("rb") as raw:
                start = raw.read(LONGEST_START)
            if start.startswith(_GZIP):
                start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, LONGEST_START)
        except (OSError, zlib.error):
            return ""
        return start.decode("utf-8", errors="replace")


def look_round(root: Path) -> Surroundings:
    """What lies in the folder and below it, what is nearest to the top first.

    Raises:
        UsageError: there is no such folder, or it cannot be read.
    """
    walk = _Walk()
    try:
        walk.enter(root, 0)
    except OSError as error:
        raise UsageError(
            f"looking round {root}: {error.strerror}. Name a folder that you may read."
        ) from error
    walk.go_on()
    return Surroundings(root, walk.files, list(walk.told()))


class _Walk:
    """A walk through folders, breadth first, so that what is cut off lies deepest."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        self._ahead: deque[tuple[Path, int]] = deque()
        self._left = MOST_FILES
        self._folders: Counter[str] = Counter()
        self._links = self._odd = self._deep = self._closed = 0

    def go_on(self) -> None:
        """Through all folders that lie ahead."""
        while self._ahead and self._left:
            folder, depth = self._ahead.popleft()
            try:
                self.enter(folder, depth)
            except OSError:
                self._closed += 1

    def enter(self, folder: Path, depth: int) -> None:
        """One folder: its files, and the folders in it for later."""
        with os.scandir(folder) as entries:
            here = sorted(islice(entries, self._left), key=lambda each: each.name)
        self._left -= len(here)
        for entry in here:
            if entry.is_symlink():
                self._links += 1
            elif not entry.name.isprintable():
                self._odd += 1
            elif entry.is_file(follow_symlinks=False):
                self.files.append(folder / entry.name)
            elif entry.is_dir(follow_symlinks=False):
                self._meet(folder / entry.name, depth + 1)

    def _meet(self, folder: Path, depth: int) -> None:
        hidden = folder.name.startswith(".") and folder.name not in _HIDDEN_SOURCES
        if hidden or folder.name in NOT_SOURCES:
            self._folders[folder.name] += 1
        elif depth > DEEPEST:
            self._deep += 1
        else:
            self._ahead.append((folder, depth))

    def told(self) -> Iterator[str]:
        """What was passed over, and why."""
        if self._folders:
            names = [name for name, _ in self._folders.most_common(_MOST_NAMED)]
            more = " and others" if len(self._folders) > _MOST_NAMED else ""
            yield f"folders called {', '.join(names)}{more}: no sources of yours lie there"
        if self._links:
            yield f"{so_many(self._links, 'link')}: what it points at may lie elsewhere"
        if self._odd:
            yield f"{so_many(self._odd, 'name')} that cannot be printed: rename what is called so"
        if self._closed:
            yield f"{so_many(self._closed, 'folder')} that may not be read"
        if self._deep:
            yield f"{so_many(self._deep, 'folder')} more than {DEEPEST} levels down"
        if not self._left:
            yield f"what lies beyond the first {MOST_FILES:,} entries: name a smaller folder"
