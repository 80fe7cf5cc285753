"""Tables in Parquet, batch by batch."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count, islice, repeat
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.importing.reading.nested import MOST_COLUMNS, as_text
from ownership_graph.importing.reading.tables import (
    LONGEST_CELL,
    LONGEST_ROW,
    Table,
    fault_in,
    names_in,
)
from ownership_graph.importing.text_files import ALWAYS_UNPACKED, LARGEST_RATIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.reading.tables import Row

_BATCH = 16_384


@contextmanager
def open_parquet(path: Path, *, doing: str) -> Iterator[Table]:
    """The table in the file at `path`; a line is a row, from 1.

    Raises:
        SourceError: the file cannot be read, is damaged, has no columns, or is too large when
            unpacked.
    """
    try:
        with parquet.ParquetFile(path, pre_buffer=False) as whole:
            why = _why_not(whole.metadata, path.stat().st_size)
            leaves = [each.path for each in whole.schema if each.physical_type == "BYTE_ARRAY"]
            header = tuple(_flat(whole.schema_arrow.empty_table()).column_names)
        if why:
            raise SourceError(f"{doing}: {why}", file=str(path))
        # Values that repeat stay once in memory, however many rows hold them.
        with parquet.ParquetFile(path, pre_buffer=False, read_dictionary=leaves) as file:
            yield Table(names_in(header), 0, _rows(file, header))
    except (pa.ArrowException, OSError) as error:
        raise SourceError(
            f"{doing}: the Parquet file is damaged, or cut off: {brief(error)}. Get it again.",
            file=str(path),
        ) from error


def _why_not(metadata: Any, size: int) -> str:  # noqa: ANN401 -- pyarrow has no types
    """Why the file cannot be meant, or an empty text."""
    unpacked = sum(
        metadata.row_group(each).total_byte_size for each in range(metadata.num_row_groups)
    )
    if unpacked > max(ALWAYS_UNPACKED, size * LARGEST_RATIO):
        return (
            f"it unpacks to {unpacked:,} bytes, more than {LARGEST_RATIO} times its size. If it is"
            " sound, save it as CSV."
        )
    if not 0 < metadata.num_columns <= MOST_COLUMNS:
        return (
            f"it has {metadata.num_columns:,} columns. A table has at least one, and at most"
            f" {MOST_COLUMNS:,}."
        )
    return ""


def _flat(table: Any) -> Any:  # noqa: ANN401
    """The table with a column for each field of what is nested, as `owner.name`."""
    while any(pa.types.is_struct(each) for each in table.schema.types):
        table = table.flatten()
    return table


def _rows(file: Any, header: Sequence[str]) -> Iterator[Row]:  # noqa: ANN401
    lines = count(1)
    for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
        columns = [_texts(each) for each in _flat(pa.Table.from_batches([batch])).columns]
        rows = map(list, zip(*columns, strict=True))
        if any(map(all, columns)) and all(map(_are_sound, columns)):
            yield from zip(islice(lines, batch.num_rows), rows, repeat(""), strict=False)
            continue
        for line, cells in zip(islice(lines, batch.num_rows), rows, strict=True):
            yield (line, cells, fault_in(cells, header)) if any(cells) else (line, [], "")


def _are_sound(cells: Sequence[str]) -> bool:
    """Whether no cell of a column is at fault; where they are much, one by one tells."""
    sizes = list(map(len, cells))
    few = max(sizes, default=0) <= LONGEST_CELL and sum(sizes) <= LONGEST_ROW
    return few and "\0" not in "".join(cells)


def _texts(column: Any) -> list[str]:  # noqa: ANN401
    """The cells of a column."""
    column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        # It holds the values of all batches so far: what this one has not is not looked at again.
        used = column.indices.dictionary_encode()
        values = _texts(pa.chunked_array([column.dictionary.take(used.dictionary)]))
        at = used.indices.to_pylist()
        return values if len(values) == len(at) else ["" if n is None else values[n] for n in at]
    column.validate(full=True)
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return [each if type(each) is str else as_text(each) for each in column.to_pylist()]
