"""Tables in delimited text, row by row, each with the line on which it begins."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading.tables import (
    LONGEST_CELL,
    LONGEST_ROW,
    Table,
    fault_in,
    names_in,
)
from ownership_graph.importing.text_files import open_text
from ownership_graph.model import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.reading.tables import Row

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


@contextmanager
def open_delimited(
    path: Path,
    *,
    encoding: str,
    delimiter: str,
    known: Callable[[Sequence[str]], int],
    doing: str,
) -> Iterator[Table]:
    """The table in the text at `path`; its rows are read while it is open.

    A header in which another delimiter finds more of the columns that are `known` is parted by
    that one.

    Raises:
        SourceError: the file cannot be read (see `open_text`), holds no header, or is parted by
            another delimiter.
        UsageError: there is no such encoding or delimiter.
    """
    parted_by = delimiter_named(delimiter)
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW))
    with open_text(path, encoding=encoding, doing=doing) as text:
        lines = _Lines(text)
        raw = _header(lines, parted_by)
        if not raw or any("\0" in each for each in raw):
            why = (
                "the first row holds NUL characters: this is no text, or text in UTF-16. Save it"
                " as CSV in UTF-8."
                if raw
                else "the file holds no header that can be read. Its first row must name the"
                " columns, with every quote closed."
            )
            raise SourceError(f"{doing}: {why}", file=str(path), line=1)
        header = names_in(raw)
        better = _better_delimiter(lines.row, header, parted_by, known)
        if better:
            raise SourceError(
                f"{doing}: the columns are parted by {_spoken(better)}, not by"
                f" {_spoken(parted_by)}. Say --delimiter {_spoken(better)},"
                " or save it with the other.",
                file=str(path),
                line=lines.first,
            )
        yield Table(header, lines.first, _rows(lines, header, parted_by))


def delimiter_named(name: str) -> str:
    r"""The delimiter of that name, or that is that character itself.

    Raises:
        UsageError: it is neither.

    >>> delimiter_named("tab"), delimiter_named(";")
    ('\t', ';')
    """
    found = DELIMITERS.get(name.casefold(), "\t" if name == "\\t" else name)
    if len(found) != 1 or found in '"\r\n\0 ' or found.isalnum():
        raise UsageError(
            f"reading the option 'delimiter': {shown(name)} cannot part columns. Give one"
            f" character such as ';', or one of {', '.join(DELIMITERS)}."
            f"{nearest(name, DELIMITERS)}"
        )
    return found


class _RowTooLongError(Exception):
    """A row that no memory should hold; it never leaves this module."""


class _Lines:
    """The physical lines of a text, and those of the row that is being read.

    `row` holds the lines of the row. `odd` is true where one of them needs a second look.
    `unclosed` is true where the text ended inside a quoted cell.
    """

    def __init__(self, text: IO[str]) -> None:
        self.number = 0
        self.row: list[str] = []
        self.odd = self.unclosed = False
        self._size = 0
        self._again: list[str] = []
        self._read = text.readline

    @property
    def first(self) -> int:
        """The line on which the row begins."""
        return self.number - len(self.row) + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._read(LONGEST_ROW)
        if not line:
            # Only inside a quoted cell does the reader ask for more before a row is done.
            self.unclosed = bool(self.row)
            raise StopIteration
        self.number += 1
        self.row.append(line)
        self._size += len(line)
        if self._size > LONGEST_CELL or "\0" in line:
            self.odd = True
            if self._size >= LONGEST_ROW:
                self._skip_rest(line)
                raise _RowTooLongError
        return line

    def begin(self) -> None:
        """The next line begins a row."""
        self.row.clear()
        self.odd = self.unclosed = False
        self._size = 0

    def give_back(self) -> None:
        """Read the row's lines once more, all but the first."""
        again = self.row[:0:-1]
        del self.row[1:]
        self._again += again
        self.number -= len(again)

    def _skip_rest(self, line: str) -> None:
        """Pass over what the line holds beyond what is read of it."""
        if len(line) == LONGEST_ROW:
            while line and not line.endswith(("\n", "\r")):
                line = self._read(LONGEST_ROW)
            self.row[-1] = "\n"


def _header(lines: _Lines, delimiter: str) -> list[str]:
    """The first row that is not blank, or none."""
    try:
        for cells in csv.reader(lines, delimiter=delimiter, strict=True):
            if any(each.strip() for each in cells):
                return cells
            lines.begin()
    except (_RowTooLongError, csv.Error):
        return []
    return []


def _better_delimiter(
    lines: Sequence[str],
    header: Sequence[str],
    delimiter: str,
    known: Callable[[Sequence[str]], int],
) -> str:
    """The delimiter that finds more of the columns that are looked for, or an empty text."""

    def worth(names: Sequence[str]) -> tuple[int, int]:
        return known(names), len(names) if len(header) == 1 else 0

    best, found = worth(header), ""
    for other in DELIMITERS.values():
        if other != delimiter:
            names = names_in(next(csv.reader(lines, delimiter=other)))
            if worth(names) > best:
                best, found = worth(names), other
    return found


def _spoken(delimiter: str) -> str:
    return "'tab'" if delimiter == "\t" else f"'{delimiter}'"


def _rows(lines: _Lines, header: Sequence[str], delimiter: str) -> Iterator[Row]:
    """The rows after the header."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width, row = len(header), lines.row
    lines.begin()
    while True:
        try:
            for cells in reader:
                if len(cells) == width and len(row) == 1 and not lines.odd and any(cells):
                    yield lines.number, cells, ""
                elif any(cells):
                    yield _second_look(lines, cells, header, delimiter)
                else:
                    yield lines.first, [], ""
                lines.begin()
        except (_RowTooLongError, csv.Error) as error:
            yield _given_up(lines, [], _unreadable(lines, error), width, delimiter)
            lines.begin()
        else:
            return


def _unreadable(lines: _Lines, error: Exception) -> str:
    """Why the row could not be taken apart."""
    if isinstance(error, _RowTooLongError):
        return f"the row is longer than {LONGEST_ROW:,} characters."
    if lines.unclosed:
        return "a quote is opened here and never closed: the file is cut off, or the quote stray."
    return (
        "a quote is closed inside a cell. A quote that belongs to a value in quotes must be"
        ' written twice: "".'
    )


def _second_look(lines: _Lines, cells: list[str], header: Sequence[str], delimiter: str) -> Row:
    """A row that stands on several lines, is not as wide as the header, or holds odd text."""
    why = fault_in(cells, header)
    if why:
        return _given_up(lines, cells, why, len(header), delimiter)
    return lines.first, cells, ""


def _given_up(lines: _Lines, cells: list[str], why: str, width: int, delimiter: str) -> Row:
    """The row, which cannot be taken; what a stray quote made a part of it is read again."""
    if len(lines.row) == 1:
        return lines.first, cells, why
    last = lines.number
    if _are_rows(lines.row[1:], width, delimiter):
        why = f"{why} Its quote would run on to line {last}; only this line was left out."
        lines.give_back()
        return lines.first, [], why
    return lines.first, cells, f"{why} It ends on line {last}."


def _are_rows(lines: Sequence[str], width: int, delimiter: str) -> bool:
    """Whether half of the lines or more are rows of their own."""
    whole = sum(
        len(cells) == width for each in lines for cells in csv.reader([each], delimiter=delimiter)
    )
    return whole * 2 >= len(lines)
