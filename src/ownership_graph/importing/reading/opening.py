"""The one way to open a table: its format is told by its first bytes, or by the file's name."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ownership_graph.importing.reading.delimited import open_delimited
from ownership_graph.importing.reading.json_lines import open_json_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from ownership_graph.importing.reading.tables import Table

_ZIP, _OLD_EXCEL, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
_JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


@contextmanager
def open_table(
    path: Path,
    *,
    encoding: str = "auto",
    delimiter: str = ",",
    sheet: str = "",
    known: Callable[[Sequence[str]], int] = len,
    doing: str = "reading the table",
) -> Iterator[Table]:
    """The table in the file at `path`; its rows are read while it is open.

    It is delimited text, JSON Lines (`*.jsonl`, `*.ndjson`), an Excel workbook or Parquet; text
    may be gzipped. `encoding` and `delimiter` are for text, `sheet` is for a workbook. `known`
    counts the columns of a header that the reader looks for: by it the delimiter, the sheet and
    the row of the header are told. `doing` begins the sentence of an error.

    Raises:
        SourceError: the file cannot be read, holds no header, or is parted by another delimiter.
        UsageError: there is no such encoding, delimiter or sheet.
    """
    start = _start(path)
    table: AbstractContextManager[Table]
    if start in {_ZIP, _OLD_EXCEL}:
        from ownership_graph.importing.reading.workbooks import open_workbook  # noqa: PLC0415

        table = open_workbook(path, sheet=sheet, known=known, doing=doing)
    elif start == _PARQUET:
        from ownership_graph.importing.reading.parquet import open_parquet  # noqa: PLC0415

        table = open_parquet(path, doing=doing)
    elif path.name.casefold().endswith(_JSON_LINES):
        table = open_json_lines(path, encoding=encoding, doing=doing)
    else:
        table = open_delimited(
            path, encoding=encoding, delimiter=delimiter, known=known, doing=doing
        )
    with table as opened:
        yield opened


def _start(path: Path) -> bytes:
    """The first bytes; none where it is no file, or cannot be read: who opens it tells that."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(len(_ZIP))
    except OSError:
        pass
    return b""
