"""Tables in delimited text, row by row, each with the line on which it begins."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from itertools import count, repeat
from typing import IO, TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading.blocks import next_block, skip_line
from ownership_graph.importing.reading.tables import (
    LONGEST_CELL,
    LONGEST_ROW,
    Columns,
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
        blocks = _blocks(lines, header, parted_by)
        yield Table(header, lines.first, _rows(blocks), blocks)


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

    `row` holds the lines of the row. `unclosed` is true where the text ended inside a quoted cell.
    """

    def __init__(self, text: IO[str]) -> None:
        self.number = 0
        self.row: list[str] = []
        self.unclosed = False
        self._size = 0
        self._again: list[str] = []
        self._text = text

    @property
    def first(self) -> int:
        """The line on which the row begins."""
        return self.number - len(self.row) + 1

    @property
    def waiting(self) -> bool:
        """Whether lines of a block are still to be read one by one."""
        return bool(self._again)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._text.readline(LONGEST_ROW)
        if not line:
            # Only inside a quoted cell does the reader ask for more before a row is done.
            self.unclosed = bool(self.row)
            raise StopIteration
        self.number += 1
        self.row.append(line)
        self._size += len(line)
        if self._size >= LONGEST_ROW:
            if len(line) >= LONGEST_ROW:
                self.row[-1] = skip_line(self._text, line)
            raise _RowTooLongError
        return line

    def begin(self) -> None:
        """The next line begins a row."""
        self.row.clear()
        self.unclosed = False
        self._size = 0

    def give_back(self) -> None:
        """Read the row's lines once more, all but the first."""
        again = self.row[:0:-1]
        del self.row[1:]
        self._again += again
        self.number -= len(again)

    def next_block(self) -> str:
        """The next lines of the text; they count as read once they are passed over."""
        return next_block(self._text, LONGEST_ROW)

    def read_one_by_one(self, block: str) -> None:
        """The lines of the block are what is read next."""
        self._again = list(io.StringIO(block, newline=""))[::-1]


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


def _rows(blocks: Iterator[Columns | Sequence[Row]]) -> Iterator[Row]:
    """The rows of the blocks."""
    for block in blocks:
        if isinstance(block, Columns):
            yield from block.rows()
        else:
            yield from block


def _blocks(
    lines: _Lines, header: Sequence[str], delimiter: str
) -> Iterator[Columns | Sequence[Row]]:
    """The rows after the header."""
    lines.begin()
    while block := lines.next_block():
        before = lines.number + 1
        if columns := _plain(block, len(header), delimiter):
            lines.number += len(columns[0])
            yield Columns(range(before, lines.number + 1), columns)
        elif rows := _sound(block, len(header), delimiter):
            lines.number += len(rows)
            yield list(zip(count(before), rows, repeat("")))
        else:
            lines.read_one_by_one(block)
            for row in _one_by_one(lines, header, delimiter):
                yield [row]


def _plain(block: str, width: int, delimiter: str) -> list[list[str]]:
    r"""The columns of a block without quotes in which each line is a row of that width.

    Nothing where it is no such block, or no column is filled in each row, so that one may be
    blank. All lines are parted at once, in less time than the csv module needs: a line end is
    made a cell of its own, and no line is longer or shorter if such a cell comes at each step.

    >>> _plain("a,1\nb,2\n", 2, ","), _plain("a,1\nb,2,\n", 2, ","), _plain('"a",1\n', 2, ",")
    ([['a', 'b'], ['1', '2']], [], [])
    """
    if '"' in block or "\0" in block or len(block) > LONGEST_CELL or not block.endswith("\n"):
        return []
    end = "\r\n" if "\r" in block else "\n"
    parted = block.replace(end, f"{delimiter}\n{delimiter}")
    rows, step = parted.count("\n"), width + 1
    *cells, _ = parted.split(delimiter)  # behind the last line end there is nothing
    if "\r" in parted or len(cells) != rows * step or cells[width::step].count("\n") != rows:
        return []
    columns = [cells[place::step] for place in range(width)]
    return columns if any(map(all, columns)) else []


def _sound(block: str, width: int, delimiter: str) -> list[list[str]]:
    """The rows of a block in which each line is a row of that width; else nothing."""
    if len(block) > LONGEST_CELL or "\0" in block:
        return []
    reader = csv.reader(io.StringIO(block, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(reader)
    except csv.Error:
        return []
    sound = reader.line_num == len(rows) and {*map(len, rows)} == {width} and all(map(any, rows))
    return rows if sound else []


def _one_by_one(lines: _Lines, header: Sequence[str], delimiter: str) -> Iterator[Row]:
    """The rows that begin on the waiting lines."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while lines.waiting:
        try:
            for cells in reader:
                if any(cells):
                    yield _looked_at(lines, cells, header, delimiter)
                else:
                    yield lines.first, [], ""
                lines.begin()
                if not lines.waiting:
                    break
        except (_RowTooLongError, csv.Error) as error:
            yield _given_up(lines, [], _unreadable(lines, error), len(header), delimiter)
            lines.begin()


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


def _looked_at(lines: _Lines, cells: list[str], header: Sequence[str], delimiter: str) -> Row:
    """The row, with why it cannot be taken."""
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
