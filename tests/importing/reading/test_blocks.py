"""Text read in blocks: wherever a block ends, the rows are those of the text read line by line."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownership_graph.importing.reading import Columns, blocks, open_table
from ownership_graph.importing.reading.nested import as_text, flat

CELLS = st.text(st.sampled_from('ab,"\r\n\\é '), max_size=4)
VALUES = st.one_of(
    CELLS, st.none(), st.booleans(), st.integers(), st.lists(CELLS, max_size=2),
    st.floats(allow_nan=False, allow_infinity=False), st.dictionaries(CELLS, CELLS, max_size=2),
)  # fmt: skip
OBJECTS = st.lists(st.dictionaries(st.sampled_from(["id", "a b", "é", 'x"', "d.e"]), VALUES))
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
anywhere = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)


@pytest.fixture
def cut(tmp_path, monkeypatch):
    """What reads the rows of a text in blocks of so many characters."""

    def read(text, size, name):
        path = tmp_path / name
        path.write_bytes(text.encode())
        monkeypatch.setattr(blocks, "_CHARACTERS", size)
        with open_table(path) as table:
            return list(table.rows)

    return read


@anywhere
@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), ENDS, st.integers(1, 30))
def test_rows_of_csv_do_not_depend_on_the_blocks(cut, rows, end, size):
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "name"), *rows])
    found = cut(out.getvalue(), size, "t.csv")
    assert found == cut(out.getvalue(), 1_000_000, "t.csv")
    assert [tuple(cells) for _, cells, _ in found if cells] == [row for row in rows if any(row)]


@anywhere
@given(st.text(st.sampled_from('a,"\n\r\0'), max_size=40), st.integers(1, 10))
def test_neither_do_those_of_damaged_csv(cut, text, size):
    text = "id,name\n" + text
    assert cut(text, size, "t.csv") == cut(text, 1_000_000, "t.csv")


@anywhere
@given(OBJECTS, ENDS, st.integers(1, 60))
def test_rows_of_json_lines_are_those_of_each_object(cut, objects, end, size):
    text = "".join(json.dumps(each) + end for each in [{"id": "first"}, *objects])
    said = [dict(flat(each)) for each in [{"id": "first"}, *objects]]
    header = list(dict.fromkeys(name for each in said for name in each))
    rows = [[as_text(each.get(name)) for name in header] for each in said]
    assert cut(text, size, "t.jsonl") == [
        (number, row if any(row) else [], "") for number, row in enumerate(rows, start=1)
    ]


@pytest.mark.parametrize(
    "line",
    [
        '{"id":"a"}{"id":"b"}',
        '{"id":\n"a"}',
        '{"id":"a"}\r{"id":"b"}',
        '{"id":"\\u0000"}',
        "",
        "{}",
    ],
)
def test_lines_that_are_no_rows_stand_between_those_that_are(cut, line):
    text = '{"id":"x"}\n' * 9 + line + '\n{"id":"y"}\n'
    one_by_one, at_once = (cut(text, size, "t.jsonl") for size in (1, 1_000_000))
    assert at_once == one_by_one
    assert at_once[-1] == (11 + line.count("\n") + line.count("\r"), ["y"], "")


def test_a_line_that_is_too_long_ends_with_its_line(monkeypatch):
    monkeypatch.setattr(blocks, "_CHARACTERS", 2)
    text = io.StringIO("abcdefghi\njk\nabcdef", newline="")
    assert [blocks.next_block(text, 4) for _ in range(4)] == ["abcdef\n", "jk\n", "abcdef\n", ""]
    text = io.StringIO("abcde\njk", newline="")
    assert [blocks.next_block(text, 4) for _ in range(3)] == ["abcde\n", "jk", ""]


@anywhere
@given(st.text(st.sampled_from('a,"\n\r\0'), max_size=40), st.integers(1, 10))
def test_blocks_hold_the_rows_of_the_text_by_column_or_one_by_one(cut, tmp_path, text, size):
    rows = cut("id,name\n" + text, size, "t.csv")
    with open_table(tmp_path / "t.csv") as table:
        blocks = [each.rows() if isinstance(each, Columns) else each for each in table.blocks]
    assert [row for block in blocks for row in block] == rows


def test_rows_without_quotes_come_by_column(cut, tmp_path):
    for end in ("\n", "\r\n"):
        assert cut(f"id,name{end}a,1{end}b,{end}", 99, "t.csv")[-1] == (3, ["b", ""], "")
        with open_table(tmp_path / "t.csv") as table:
            assert list(table.blocks) == [(range(2, 4), [["a", "b"], ["1", ""]])]
