"""A table that is open, whatever its format: its header and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.model import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST_CELL = 1_000_000
"""Characters of the longest cell that is taken: more is a file in a cell."""

LONGEST_ROW = 16_000_000
"""Characters of the longest row that is read at all."""

LONGEST_NAME = 64
"""Characters of the longest name of a column that can be near to another one."""

MOST_SHOWN = 10
"""How many names of columns a message shows."""

Row: TypeAlias = tuple[int, list[str], str]
"""The line on which a row begins, from 1; its cells, none for a blank row; why it cannot be
taken, or an empty text. A row that can be taken and is not blank has as many cells as the
header."""


class Columns(NamedTuple):
    """Rows that can all be taken and of which none is blank: their lines, and cells by column."""

    lines: Sequence[int]
    cells: Sequence[Sequence[str]]

    def rows(self) -> Iterator[Row]:
        """The same row by row."""
        return zip(self.lines, map(list, zip(*self.cells, strict=True)), repeat(""), strict=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is open: its header without blanks around the names, and its rows.

    `blocks`, where the format has them, are the same rows, many at once and by column where that
    can be: who wants them takes no `rows`.
    """

    header: tuple[str, ...]
    header_line: int
    rows: Iterator[Row]
    blocks: Iterator[Columns | Sequence[Row]] | None = None


def require_columns(table: Table, wanted: Sequence[str], *, file: str, doing: str) -> None:
    """Check that the table has all of `wanted`, and that each of its columns has its own name.

    Raises:
        SourceError: a wanted column is missing, a name is blank, or it is there twice.
    """
    why = _wrong_header(table.header, wanted)
    if why:
        raise SourceError(f"{doing}: {why}", file=file, line=table.header_line)


def _wrong_header(header: Sequence[str], wanted: Sequence[str]) -> str:
    missing = [each for each in wanted if each not in header]
    if missing:
        hint = nearest(missing[0], [each for each in header if len(each) <= LONGEST_NAME])
        names = ", ".join(shown(each) for each in header[:MOST_SHOWN])
        several = "s" if len(missing) > 1 else ""
        return (
            f"the column{several} {' and '.join(shown(each) for each in missing)}"
            f" {'are' if several else 'is'} missing.{hint} The header names {names}"
            f"{' and more' if len(header) > MOST_SHOWN else ''}."
        )
    numbers: dict[str, int] = {}
    for number, name in enumerate(header, start=1):
        if not name:
            return f"column {number} has no name. Name it, or take the column out."
        first = numbers.setdefault(name, number)
        if first != number:
            return f"the columns {first} and {number} are both called {shown(name)}. Rename one."
    return ""


def names_in(cells: Iterable[str]) -> tuple[str, ...]:
    """The names of columns, with each run of blanks and line ends as one blank."""
    return tuple(" ".join(each.split()) for each in cells)


def fault_in(cells: Sequence[str], header: Sequence[str]) -> str:
    """Why a row cannot be taken, or an empty text."""
    if len(cells) != len(header):
        fewer = len(cells) < len(header)
        return f"the row holds {len(cells)} cells, and the header names {len(header)}: " + (
            "it is cut off, or a delimiter is missing."
            if fewer
            else f"a value with the delimiter in it must stand in quotes (after the last column:"
            f" {shown(cells[len(header)])})."
        )
    for name, cell in zip(header, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            return (
                f"the column {shown(name)} holds {len(cell):,} characters, more than"
                f" {LONGEST_CELL:,}. Shorten it, or put a link in its place."
            )
        if "\0" in cell:
            return f"the column {shown(name)} holds a NUL character. Take it out."
    return ""
