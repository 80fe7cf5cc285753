"""Parquet files as tables."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pyarrow as pa
import pytest
from pyarrow import parquet

from ownership_graph.errors import SourceError
from ownership_graph.importing.reading import open_table

MOMENT = datetime(2024, 3, 1, 14, 30, tzinfo=UTC)


@pytest.fixture
def table(tmp_path):
    """Write columns as a Parquet file."""

    def write(columns, **options):
        path = tmp_path / "t.parquet"
        made = columns if isinstance(columns, pa.Table) else pa.table(columns)
        parquet.write_table(made, path, **options)
        return path

    return write


def read(path):
    with open_table(path) as opened:
        return opened.header, list(opened.rows)


def test_values_of_every_kind_are_texts(table):
    path = table(
        {
            "id": ["a", "b"],
            "count": [1, None],
            "share": [1.0, 2.5],
            "live": [True, False],
            "day": [date(2024, 3, 1), None],
            "at": [MOMENT, MOMENT],
            "fine": pa.array([1, 2], pa.timestamp("ns")),
            "clock": [time(14, 30), None],
            "owners": [["x", "y"], []],
            "many": [[{"a": 1}], None],
            "team": [{"name": "A ", "of": {"kind": "x"}}, None],
            "raw": [b"a\xff", None],
            "cost": [Decimal("1.50"), None],
            "sort": pa.array(["q", "q"]).dictionary_encode(),
        }
    )
    header, rows = read(path)
    assert header == (
        "id", "count", "share", "live", "day", "at", "fine", "clock", "owners", "many",
        "team.name", "team.of.kind", "raw", "cost", "sort",
    )  # fmt: skip
    assert rows == [
        (
            1,
            [
                "a", "1", "1", "true", "2024-03-01", "2024-03-01T14:30:00+00:00", "1970-01-01",
                "14:30:00", "x;y", '[{"a": 1}]', "A ", "x", "a�", "1.50", "q",
            ],
            "",
        ),
        (
            2,
            [
                "b", "", "2.5", "false", "", "2024-03-01T14:30:00+00:00", "1970-01-01", "", "", "",
                "", "", "", "", "q",
            ],
            "",
        ),
    ]  # fmt: skip


def test_many_rows_with_a_blank_one_and_one_at_fault(table):
    ids = [f"m{number}" for number in range(20_000)]
    ids[10_000], ids[10_001] = None, "a\0b"
    rows = read(table({"id": ids}))[1]
    assert len(rows) == 20_000
    assert rows[10_000] == (10_001, [], "")
    assert "NUL character" in rows[10_001][2]
    assert rows[-1] == (20_000, ["m19999"], "")


def test_values_come_again_in_later_batches_and_are_missing_in_some(table):
    count = 50_000
    columns = {
        "id": [f"m{number}" for number in range(count)],
        "team": [f"t{number % 7}" for number in range(count)],
        "note": [f"n{number // 3}" if number % 5 else None for number in range(count)],
    }
    rows = read(table(columns))[1]
    assert [cells for _, cells, _ in rows] == [
        [each or "" for each in cells] for cells in zip(*columns.values(), strict=True)
    ]


def test_what_is_no_text_is_told(table):
    broken = pa.StringArray.from_buffers(
        1, pa.array([0, 1], pa.int32()).buffers()[1], pa.py_buffer(b"\xff")
    )
    with pytest.raises(SourceError, match="damaged, or cut off"):
        read(table({"id": broken}))


def test_a_value_that_repeats_in_each_row_is_held_once(table):
    rows = read(table({"id": ["x" * 900_000] * 100}))[1]
    assert len({id(cells[0]) for _, cells, _ in rows}) == 1


def test_files_that_cannot_be_meant(table, tmp_path):
    with pytest.raises(SourceError, match="it has 0 columns"):
        read(table(pa.table({})))
    with pytest.raises(SourceError, match="more than 100 times its size"):
        read(table({"id": ["x" * 10_000_000] * 8}, use_dictionary=False, compression="zstd"))
    path = tmp_path / "cut.parquet"
    path.write_bytes(table({"id": ["a"]}).read_bytes()[:-20])
    with pytest.raises(SourceError, match="damaged, or cut off"):
        read(path)


def test_damaged_files_are_told(table):
    path = table({"id": [f"m{number}" for number in range(300)]})
    whole = path.read_bytes()
    dice = random.Random(7)
    told = []
    for _ in range(100):
        broken = bytearray(whole)
        broken[dice.randrange(4, len(broken) - 4)] = dice.randrange(256)
        path.write_bytes(broken)
        try:
            read(path)
        except SourceError as error:
            told.append(error.message)
    assert len(told) > 20
