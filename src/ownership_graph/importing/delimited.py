"""Tables of text read as they come: encodings, gzip, delimiters, rows that are cut off."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder, lookup
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class _Reader(Protocol):
    """What `csv.reader` makes."""

    line_num: int

    def __next__(self) -> list[str]: ...


GZIP = b"\x1f\x8b"
LARGEST = 8_000_000_000
"""Bytes of a table after unpacking: more is a mistake, or an attack."""

LARGEST_CELL = 64_000_000
"""Characters of one cell: more means a quote that nobody closed."""

_CHUNK = 1 << 20
_OTHER_DELIMITERS = (",", ";", "\t", "|")
_SPELT = {"tab": "\t", "\\t": "\t"}
_NOT_TABLES = {
    b"PK\x03\x04": "a zip archive or an Excel file",
    b"%PDF": "a PDF",
    b"PAR1": "Parquet",
}


class _Bounded(io.RawIOBase):
    """A binary stream that says no when more comes out than can be meant."""

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self._stream, self._file, self._left = stream, file, LARGEST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than Buffer
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise SourceError(
                f"reading the table: more than {LARGEST:,} bytes come out of it."
                " Split it, or check where it comes from.",
                file=self._file,
            )
        buffer[: len(data)] = data
        return len(data)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line on which it begins, from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is no row of this table, with the reason as a sentence."""

    line: int
    why: str
    cells: list[str]


class Table:
    """A table of text: its header, and its rows as they are read.

    `header` is trimmed; a column without a name is left out of `columns`, which pairs each
    name with its place in a row.
    """

    def __init__(self, file: str, rows: _Reader, delimiter: str) -> None:
        """`file` is what an error calls the table; the header is read at once."""
        self.file, self.delimiter = file, delimiter
        self._rows = rows
        self.header = self._first()
        self.columns = [(name, at) for at, name in enumerate(self.header) if name]
        self._width = len(self.header)
        self._refuse_doubles()

    def _first(self) -> list[str]:
        for row in self._whole():
            if isinstance(row, Row):
                return [name.strip() for name in row.cells]
            raise SourceError(f"reading the header: {row.why}", file=self.file, line=row.line)
        raise SourceError(
            "reading the table: it is empty, without even a header."
            " A table without rows still names its columns.",
            file=self.file,
        )

    def _refuse_doubles(self) -> None:
        names = [name for name, _ in self.columns]
        for name in names:
            if names.count(name) > 1:
                raise SourceError(
                    f"reading the header: the column {shown(name)} is there twice. Rename one.",
                    file=self.file,
                    line=1,
                )

    def require(self, names: Sequence[str]) -> None:
        """Make sure that these columns are there.

        Raises:
            SourceError: it names those that are missing, and another delimiter that would fit.
        """
        found = dict(self.columns)
        missing = [name for name in names if name not in found]
        if not missing:
            return
        for other in _OTHER_DELIMITERS:
            if other != self.delimiter and any(other in name for name in self.header):
                said = "tab" if other == "\t" else other
                raise SourceError(
                    f"reading the header: the columns seem to be parted by {said!r}, not by"
                    f" {self.delimiter!r}. Say --delimiter '{said}'.",
                    file=self.file,
                    line=1,
                )
        raise SourceError(
            f"reading the header: the column {shown(missing[0])} is missing; found are"
            f" {', '.join(shown(name) for name in found) or 'none'}.",
            file=self.file,
            line=1,
        )

    def rows(self) -> Iterator[Row | BadRow]:
        """The rows after the header; a blank line is none.

        Raises:
            SourceError: the file is cut off, or is not text.
        """
        width = self._width
        for row in self._whole():
            if isinstance(row, Row) and len(row.cells) != width:
                yield BadRow(
                    row.line,
                    f"has {len(row.cells):,} cells where the header has {width:,}. Was it cut"
                    " off, or does a value need quotes?",
                    row.cells,
                )
            else:
                yield row

    def _whole(self) -> Iterator[Row | BadRow]:
        """Every row that is not blank; what the reader itself refuses is a bad one."""
        rows = self._rows
        while True:
            line = rows.line_num + 1
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._bad(line, str(error))
                continue
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise SourceError(
                    f"reading the table: the gzip archive is cut off or broken ({error})."
                    " Fetch it again.",
                    file=self.file,
                    line=line,
                ) from error
            if cells:
                yield Row(line, cells)

    def _bad(self, line: int, said: str) -> BadRow:
        if "field larger" in said or "unexpected end of data" in said:
            raise SourceError(
                "reading the table: a quote that is opened in this row is never closed, or the"
                " file is cut off. Fetch it again, or close the quote.",
                file=self.file,
                line=line,
            )
        return BadRow(line, f"is not a row of CSV ({said}). Check its quotes.", [])


@contextmanager
def open_table(
    path: Path, *, file: str, encoding: str = "auto", delimiter: str = ","
) -> Iterator[Table]:
    """The table at `path`, gzip or not; `file` is what an error calls it.

    `encoding` "auto" is UTF-8 with or without a byte order mark, else UTF-16 by its mark, else
    cp1252.

    Raises:
        SourceError: the file is missing, a folder, empty, not text, cut off, or has a header
            that cannot be.
        UsageError: the encoding or the delimiter cannot be.
    """
    mark = _SPELT.get(delimiter, delimiter)
    if len(mark) != 1 or mark in '"\r\n':
        raise UsageError(
            f"reading the table: the delimiter {shown(delimiter)} is not one character."
            " Say ';' or tab."
        )
    if path.is_dir():
        raise SourceError("reading the table: this is a folder, not a file.", file=file)
    try:
        chosen = _encoding(path, file, encoding)
        with (
            _bytes(path, file) as stream,
            io.TextIOWrapper(io.BufferedReader(stream, _CHUNK), chosen, newline="") as text,
        ):
            csv.field_size_limit(LARGEST_CELL)
            yield Table(file, csv.reader(text, delimiter=mark, strict=True), mark)
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise _broken(file, error) from error
        raise SourceError(
            f"reading the table: {error.strerror or error}. Check the path, and whether you may"
            " read it.",
            file=file,
        ) from error
    except (EOFError, zlib.error) as error:
        raise _broken(file, error) from error


def _broken(file: str, error: Exception) -> SourceError:
    return SourceError(
        f"reading the table: the gzip archive is cut off or broken ({error}). Fetch it again.",
        file=file,
    )


@contextmanager
def _bytes(path: Path, file: str) -> Iterator[_Bounded]:
    with path.open("rb") as raw:
        packed = raw.read(2) == GZIP
        raw.seek(0)
        if not packed:
            yield _Bounded(raw, file)
            return
        with gzip.GzipFile(fileobj=raw) as unpacked:
            yield _Bounded(unpacked, file)  # type: ignore[arg-type]  # a GzipFile is a stream


def _encoding(path: Path, file: str, stated: str) -> str:
    """The encoding that the whole file is in; found out before the first row is handed on."""
    if stated != "auto":
        try:
            name = lookup(stated).name
        except LookupError as error:
            raise UsageError(
                f"reading the table: the encoding {shown(stated)} is not known."
                " Say utf-8, cp1252 or the like."
            ) from error
        return _first_that_fits(path, file, ["utf-8-sig" if name == "utf-8" else name])
    with _bytes(path, file) as stream:
        start = stream.read(4) or b""
    for magic, what in _NOT_TABLES.items():
        if start.startswith(magic):
            raise SourceError(f"reading the table: this is {what}, not CSV.", file=file)
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _first_that_fits(path, file, ["utf-16"])
    fallback = [] if start.startswith(BOM_UTF8) else ["cp1252"]
    return _first_that_fits(path, file, ["utf-8-sig", *fallback])


def _first_that_fits(path: Path, file: str, names: Sequence[str]) -> str:
    reason = ""
    for name in names:
        decoder = getincrementaldecoder(name)()
        binary = name == "cp1252"
        try:
            with _bytes(path, file) as stream:
                while chunk := stream.read(_CHUNK):
                    if binary and b"\0" in chunk:
                        raise UnicodeError("NUL bytes")  # noqa: TRY301 -- one way out of the loop
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
        except UnicodeError as error:
            reason = str(error)
        else:
            return name
    raise SourceError(
        f"reading the table: this is not text in {' or '.join(names)} ({reason[:120]})."
        " Say its --encoding, or save it as UTF-8.",
        file=file,
    )
