"""Tables in Excel workbooks: the sheet, the row of the header, and cells as texts."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import brief, shown
from ownership_graph.importing.reading.archives import check_workbook
from ownership_graph.importing.reading.nested import as_text
from ownership_graph.importing.reading.tables import (
    LONGEST_CELL,
    MOST_SHOWN,
    Table,
    fault_in,
    names_in,
)
from ownership_graph.model import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from python_calamine import CalamineSheet

    from ownership_graph.importing.reading.tables import Row

FIRST_ROWS = 20
"""Among so many rows, blank ones left out, the header is looked for."""


@contextmanager
def open_workbook(
    path: Path, *, sheet: str, known: Callable[[Sequence[str]], int], doing: str
) -> Iterator[Table]:
    """The table on a sheet of the workbook; a line is a row of the sheet.

    Without a name of the `sheet` the visible one is taken that has most of the columns that are
    `known`, the first of several. Its header is the row that has most of them.

    Raises:
        SourceError: it is no workbook, damaged, too large when unpacked, or without a header.
        UsageError: there is no such sheet.
    """
    check_workbook(path, doing)
    try:
        with CalamineWorkbook.from_path(path) as book:
            tables = [
                found
                for each in _sheets(book, sheet)
                if (found := _table(book.get_sheet_by_name(each), known))
            ]
    except (CalamineError, ValueError) as error:
        raise SourceError(
            f"{doing}: the workbook is damaged: {brief(error)}. Save it anew from Excel.",
            file=str(path),
        ) from error
    if not tables:
        raise SourceError(
            f"{doing}: no sheet that is shown holds a header. Name the columns in its first row,"
            " or say --sheet.",
            file=str(path),
        )
    yield max(tables, key=lambda each: _worth(each.header, known))


def _sheets(book: CalamineWorkbook, wanted: str) -> list[str]:
    """The names of the sheets to look at."""
    sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    if not wanted:
        return [each.name for each in sheets if each.visible == SheetVisibleEnum.Visible]
    names = [each.name for each in sheets]
    found = [each for each in names if each == wanted] or [
        each for each in names if each.strip().casefold() == wanted.strip().casefold()
    ]
    if not found:
        listed = ", ".join(shown(each) for each in names[:MOST_SHOWN]) or "none"
        raise UsageError(
            f"reading the option 'sheet': the workbook has no sheet {shown(wanted)}."
            f"{nearest(wanted, names)} It has: {listed}."
        )
    return found[:1]


def _worth(header: Sequence[str], known: Callable[[Sequence[str]], int]) -> int:
    """How many of the columns that are looked for the header has."""
    return known(list(dict.fromkeys(each for each in header if each)))


def _table(sheet: CalamineSheet, known: Callable[[Sequence[str]], int]) -> Table | None:
    """The table on a sheet, none where no row can be its header."""
    rows = enumerate(_rows_of(sheet), start=1)
    first = list(islice(((line, cells) for line, cells in rows if any(cells)), FIRST_ROWS))
    if not first:
        return None
    headers = [names_in(cells) for _, cells in first]
    best = max(range(len(first)), key=lambda each: _worth(headers[each], known))
    line, header = first[best][0], headers[best]
    width = max(place for place, name in enumerate(header, start=1) if name)
    rest = _with_blank_rows(first[best + 1 :], line)
    return Table(header[:width], line, _checked(chain(rest, rows), header[:width]))


def _with_blank_rows(
    rows: Sequence[tuple[int, list[str]]], line: int
) -> Iterator[tuple[int, list[str]]]:
    """The rows, and the blank ones that were left out between them."""
    for number, cells in rows:
        for blank in range(line + 1, number):
            yield blank, []
        yield number, cells
        line = number


def _checked(rows: Iterable[tuple[int, list[str]]], header: Sequence[str]) -> Iterator[Row]:
    """The rows in the width of the header, each with why it cannot be taken."""
    width = len(header)
    for line, cells in rows:
        own = cells[:width]
        said = "".join(own)
        if said:
            yield line, own, fault_in(own, header) if len(said) > LONGEST_CELL else ""
        else:
            yield line, [], ""


def _rows_of(sheet: CalamineSheet) -> Iterator[list[str]]:
    """All rows from the first of the sheet; merged cells hold their value in each of them."""
    merged = _merged(sheet)
    held: list[tuple[_Range, str]] = []
    for number, row in enumerate(sheet.iter_rows()):
        cells = [each if type(each) is str else as_text(each) for each in row]
        if number in merged or held:
            held = [each for each in held if each[0].bottom >= number]
            held += [(each, cells[each.left]) for each in merged.get(number, ())]
            for each, value in held:
                cells[each.left : each.right + 1] = [value] * (each.right + 1 - each.left)
        yield cells


class _Range(NamedTuple):
    """Cells that are merged; places count from the first column that holds anything."""

    bottom: int
    left: int
    right: int


def _merged(sheet: CalamineSheet) -> dict[int, list[_Range]]:
    """The merged ranges by their first row, as far as they lie where cells are."""
    found: dict[int, list[_Range]] = {}
    (first_row, first), (last_row, last) = sheet.start or (0, 0), sheet.end or (-1, -1)
    room = (last_row - first_row + 1) * (last - first + 1)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if not (first_row <= top <= last_row and first <= left <= last):
            continue
        each = _Range(min(bottom, last_row), left - first, min(right, last) - first)
        found.setdefault(top, []).append(each)
        room -= (each.bottom - top + 1) * (each.right - each.left + 1)
        if room < 0:
            raise ValueError("cells are merged over one another")
    return found
