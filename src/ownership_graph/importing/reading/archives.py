"""A workbook looked at before it is unpacked: how much room it would need."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.importing.text_files import ALWAYS_UNPACKED, LARGEST_RATIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_PARTS = 10_000
"""Files in the archive."""

FREE_CELLS = 16_000_000
"""Cells of the rectangle around all that is on a sheet, however few there are of them."""

CELLS_FOR_ONE = 4
"""Cells of that rectangle for each cell that is there."""

MOST_STATED = 50_000_000
"""Entries that a list can state before it holds them: room for as many is made at once."""

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_NOT_BYTES = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_CHUNK = 1024 * 1024
_LONGEST_PLACE = 32
_ROW_OF_PLACE = re.compile(rb'R="[A-Z]*([0-9]{1,12})')
_COLUMN_OF_PLACE = re.compile(rb'R="([A-Z]{1,9})[0-9]')
_HIDDEN_PLACE = re.compile(rb'R="[A-Z0-9]*&')
_COUNT = re.compile(rb'COUNT="([0-9]*)(&?)')
_BLANKS = b" \t\r\n"
_UPPER = bytes.maketrans(b"abcdefghijklmnopqrstuvwxyz'", b'ABCDEFGHIJKLMNOPQRSTUVWXYZ"')
_PLACED = b'<CR="'
_UNPLACED = re.compile(rb'<C[/>]|<C[ST]="|:C')


def check_workbook(path: Path, doing: str) -> None:
    """Check that a workbook can be unpacked and laid out in memory.

    What reads it lays each sheet out as a rectangle, and ends the whole process where there is
    no room for that: two cells can be in opposite corners.

    Raises:
        SourceError: it is no workbook of today, damaged, or its size cannot be meant.
    """
    try:
        why = _why_not(path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        why = f"the workbook is damaged, or cut off: {brief(error)}. Get it again."
    if why:
        raise SourceError(f"{doing}: {why}", file=str(path))


def _why_not(path: Path) -> str:
    with path.open("rb") as file:
        if file.read(len(_OLD_EXCEL)) == _OLD_EXCEL:
            return (
                "this is a workbook of the old kind (.xls), or one with a password. Save it as"
                " .xlsx without one."
            )
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            return f"the archive holds {len(parts):,} files: this is no workbook."
        if not any(each.filename.casefold() == "xl/workbook.xml" for each in parts):
            return "this is a ZIP archive, and no workbook (.xlsx). Unpack it first."
        return _too_large(archive, max(ALWAYS_UNPACKED, path.stat().st_size * LARGEST_RATIO))


def _too_large(archive: zipfile.ZipFile, most: int) -> str:
    """Why there may be no room for what is in the archive: any part of it can be a sheet."""
    for part in archive.infolist():
        extent = _Extent()
        for chunk in _unpacked(archive, part):
            most -= len(chunk)
            if most < 0:
                return (
                    f"it unpacks to more than {LARGEST_RATIO} times its size. If it is sound, save"
                    " the sheet as CSV."
                )
            extent.take(chunk)
        if not extent.fits:
            return (
                f"its part {brief(part.filename)} needs more room than there is: its cells lie far"
                " apart, or it states more entries than it can hold. Delete the cells far out, and"
                " save it anew."
            )
    return ""


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part to the end of what is packed, whatever size is written beside it."""
    stated, part.file_size = part.file_size, 2**62
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
    part.file_size = stated


@dataclass(slots=True)
class _Extent:
    """How far a sheet reaches, and how many cells it holds.

    Cells and rows that say no place follow on the one before.
    """

    rows: int = 1
    columns: int = 1
    cells: int = 0
    is_sheet: bool = False
    hidden: bool = False
    _rows_met: int = 0
    _in_row: int = 0
    _rest: bytes | None = None

    @property
    def fits(self) -> bool:
        """Whether the rectangle around all its cells can be laid out."""
        if self.hidden or not self.is_sheet:
            return not self.hidden
        rows = max(self.rows, self._rows_met)
        return rows * self.columns <= FREE_CELLS + CELLS_FOR_ONE * self.cells

    def take(self, chunk: bytes) -> None:
        """Look at the next bytes of what may be a sheet."""
        if self._rest is None:
            self._rest = b""
            self.hidden = chunk.startswith(_NOT_BYTES)  # UTF-16, which is not looked through
        text = self._rest + chunk.translate(_UPPER, _BLANKS)
        self._rest = text[-_LONGEST_PLACE:]
        self.is_sheet = self.is_sheet or b"SHEETDATA" in text
        if b'COUNT="' in text:
            stated = _COUNT.findall(text)
            self.hidden = self.hidden or any(
                spelt or int(digits[:12] or b"0") > MOST_STATED for digits, spelt in stated
            )
        if self.is_sheet:
            self._measure(text)

    def _measure(self, text: bytes) -> None:
        placed = text.count(_PLACED)
        self.cells += placed
        self._rows_met += text.count(b"<ROW") + text.count(b":ROW")
        self.rows = max(self.rows, *map(int, {b"1", *_ROW_OF_PLACE.findall(text)}))
        columns = set(_COLUMN_OF_PLACE.findall(text))
        self.columns = max(self.columns, *map(_number_of, {b"A", *columns}))
        self.hidden = self.hidden or (b"&" in text and bool(_HIDDEN_PLACE.search(text)))
        if text.count(b"<C") != placed and _UNPLACED.search(text):
            self._measure_rows(text)

    def _measure_rows(self, text: bytes) -> None:
        """Count the cells of each row, of which the last may go on in the next bytes."""
        for number, row in enumerate(text.split(b"ROW")):
            cells = row.count(b"<C") + row.count(b":C")
            self._in_row = cells + (0 if number else self._in_row)
            self.columns = max(self.columns, self._in_row)


def _number_of(letters: bytes) -> int:
    """The number of a column, from 1; of one that no sheet has, that of any such.

    >>> _number_of(b"A"), _number_of(b"AA"), _number_of(b"XFD")
    (1, 27, 16384)
    """
    number = 0
    for each in letters:
        number = number * 26 + each - 64
    return number
