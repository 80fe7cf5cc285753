"""Tables row by row: where each row begins, and what is wrong with those that cannot be taken."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.reading import (
    delimited,
    delimiter_named,
    open_table,
    require_columns,
)


@pytest.fixture
def table(tmp_path):
    """What reads a table out of its text."""

    def read(text, **options):
        path = tmp_path / "t.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with open_table(path, **options) as found:
            return found.header, [(line, list(cells), why) for line, cells, why in found.rows]

    return read


def good(rows):
    return [(line, cells[0]) for line, cells, why in rows if not why and cells]


def test_a_row_says_on_which_line_it_begins(table):
    header, rows = table('\n id ,"the\n name"\na,1\n"b\nb",2\r\n\n , \n,\nc,3')
    assert header == ("id", "the name")
    assert good(rows) == [(4, "a"), (5, "b\nb"), (8, " "), (10, "c")]
    assert [line for line, cells, why in rows if not cells] == [7, 9]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a", "the row holds 1 cells, and the header names 2: it is cut off"),
        ("a,b,c", "must stand in quotes (after the last column: 'c')"),
        ("a,b\0b", "the column 'name' holds a NUL character"),
        ('a,"b"b', "a quote is closed inside a cell"),
    ],
)
def test_a_row_at_fault_is_told_and_the_others_go_on(table, row, said):
    _, rows = table(f"id,name\nx,1\n{row}\ny,2\n")
    [(line, _, why)] = [each for each in rows if each[2]]
    assert said in why
    assert line == 3
    assert good(rows) == [(2, "x"), (4, "y")]


def test_a_cell_of_ten_megabytes(table):
    _, rows = table(f"id,name\nx,1\nbig,{'a' * 10_000_000}\ny,2\n")
    assert "the column 'name' holds 10,000,000 characters, more than 1,000,000" in rows[1][2]
    assert good(rows) == [(2, "x"), (4, "y")]


def test_a_row_that_is_too_long_to_be_read_at_all(table, monkeypatch):
    monkeypatch.setattr(delimited, "LONGEST_ROW", 2_000_000)
    _, rows = table(f"id,name\nx,1\nbig,{'a' * 5_000_000}\ny,2\n")
    assert rows[1] == (3, [], "the row is longer than 2,000,000 characters.")
    assert good(rows) == [(2, "x"), (4, "y")]
    _, rows = table(f"id,name\nx,1\nbig,{'a' * 5_000_000}")
    assert good(rows) == [(2, "x")]
    with pytest.raises(SourceError, match="no header"):
        table("a" * 5_000_000)


def test_rows_behind_a_stray_quote_are_read_when_it_runs_on_without_end(table, monkeypatch):
    monkeypatch.setattr(delimited, "LONGEST_ROW", 2_000_000)
    lines = "".join(f"x{number},{'a' * 1000}\n" for number in range(3_000))
    _, rows = table(f'id,name\nbad,"stray\n{lines}')
    assert [line for line, _, why in rows if why] == [2]
    assert len(good(rows)) == 3_000
    _, rows = table(f'id,name\nbad,"stray\nx,1\ny,{"a" * 3_000_000}\nz,2\n')
    assert good(rows) == [(3, "x"), (5, "z")]


def test_a_stray_quote_costs_its_own_row_and_no_other(table):
    _, rows = table('id,name\nbad,"stray\nx,1\ny,2\nz,"3"\n')
    assert good(rows) == [(3, "x"), (4, "y"), (5, "z")]
    assert "Its quote would run on to line 5; only this line was left out." in rows[0][2]
    _, rows = table('id,name\nx,1\nbad,"stray\ny,2\n')
    assert good(rows) == [(2, "x"), (4, "y")]
    assert "never closed" in rows[1][2]


def test_a_value_over_several_lines_in_a_row_that_is_cut_off(table):
    _, rows = table('id,name,more\nx,"a\nb\nc"\ny,2,3\n')
    assert rows[0][0] == 2
    assert "it is cut off, or a delimiter is missing. It ends on line 4." in rows[0][2]
    assert good(rows) == [(5, "y")]


def test_a_file_that_is_cut_off_inside_quotes(table):
    _, rows = table('id,name\nx,1\ny,"cut o')
    assert "the file is cut off" in rows[1][2]


@pytest.mark.parametrize("text", ["\n\n", " , \n", "\ufeff", '"id,name\nx,1', '"id"x,name'])
def test_a_file_without_a_header(table, text):
    with pytest.raises(SourceError, match="no header"):
        table(text)


def test_text_of_two_bytes_a_character_without_a_mark(table):
    with pytest.raises(SourceError, match="text in UTF-16"):
        table("id,name\n".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("id;name", "parted by ';', not by ','. Say --delimiter ';'"),
        ("id\tname", "--delimiter 'tab'"),
    ],
)
def test_another_delimiter_is_told(table, header, said):
    with pytest.raises(SourceError) as caught:
        table(f"{header}\n")
    assert said in str(caught.value)
    assert caught.value.line == 1


def test_another_delimiter_is_told_where_more_of_the_wanted_columns_are_found(table):
    def known(header):
        return len({"id", "name, first", "x"} & set(header))

    with pytest.raises(SourceError, match="parted by ';'"):
        table("id;name, first;x\n", known=known)
    assert table("id,a;b,c\n", known=known)[0] == ("id", "a;b", "c")
    assert table("id\n", known=known)[0] == ("id",)


@pytest.mark.parametrize(
    ("named", "is_"), [("tab", "\t"), ("\\t", "\t"), ("Pipe", "|"), (";", ";")]
)
def test_what_can_part_columns(table, named, is_):
    assert delimiter_named(named) == is_
    assert table(f"id{is_}name\nx{is_}1\n", delimiter=named)[1] == [(2, ["x", "1"], "")]


@pytest.mark.parametrize("wrong", ["", ";;", '"', "\n", "\0", "a", "semicolum"])
def test_what_cannot_part_columns(table, wrong):
    with pytest.raises(UsageError, match="cannot part columns"):
        table("id\n", delimiter=wrong)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("idd,name", "the column 'id' is missing. Did you mean 'idd'? The header names 'idd', 'n"),
        ("x,y", "the columns 'id' and 'name' are missing. The header names 'x', 'y'."),
        (",".join(f"x{each}" for each in range(12)), "'x9' and more."),
        ("id,name,,x", "column 3 has no name"),
        ("id,name,x,name", "the columns 2 and 4 are both called 'name'"),
    ],
)
def test_a_header_that_will_not_do(tmp_path, header, said):
    (tmp_path / "t.csv").write_text(f"{header}\n")
    with (
        open_table(tmp_path / "t.csv", known=lambda _: 0) as table,
        pytest.raises(SourceError) as caught,
    ):
        require_columns(table, ("id", "name"), file="t.csv", doing="reading it")
    assert said in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("t.csv", 1)


CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=6
)


@settings(deadline=None)  # each example writes a file
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_rows_that_are_written_are_read_again(tmp_path_factory, rows, delimiter):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *rows])
    path = tmp_path_factory.mktemp("rows") / "t.csv"
    path.write_bytes(out.getvalue().encode())
    with open_table(path, delimiter=delimiter) as table:
        assert [tuple(cells) for _, cells, why in table.rows if not why] == rows


def test_a_name_that_no_file_can_have(tmp_path):
    with (
        pytest.raises(SourceError, match="could not be read"),
        open_table(tmp_path / ("x" * 300)),
    ):
        pass
