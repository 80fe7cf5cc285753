"""TOML with the line of every key."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.errors import SettingsError
from ownership_graph.toml_file import LARGEST, parse_toml, read_toml, toml_value

TEXT = b"""a = 1
[store]
address = "x"
[[source]]
name = "b"
[[source]]
name = "c"
[x.y]
list = [{q = 1},
{q = 2}]
value = 3
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("store",), 3),
        (("store", "address"), 3),
        (("store", "none"), 3),
        (("source", 0, "name"), 5),
        (("source", 1, "name"), 7),
        (("source", 1, "none"), 6),
        (("source", 9, "name"), 4),
        (("x", "y", "list", 1, "q"), 10),
        (("x", "y", "value"), 11),
        (("a", "deeper"), 1),
        (("none",), 0),
    ],
)
def test_the_line_of_a_key_or_of_what_is_around_it(path, line):
    assert parse_toml(TEXT, file="f", doing="reading").line(*path) == line


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"a = \n", "f:1:5: reading: this is not TOML"),
        (b"\xff", "not UTF-8 text"),
        (b"a = 1\na = 2", "f:2:1"),
    ],
)
def test_what_is_not_toml_is_shown_where_it_stands(raw, said):
    with pytest.raises(SettingsError) as caught:
        parse_toml(raw, file="f", doing="reading")
    assert said in str(caught.value)


def test_a_byte_order_mark_is_no_mistake():
    assert parse_toml(b"\xef\xbb\xbfa = 1", file="f", doing="reading").data == {"a": 1}


def test_a_missing_a_large_a_folder_and_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (LARGEST + 1))
    for path, said in (
        (large, "more than 1,000,000"),
        (tmp_path / "none", "could not be read"),
        (tmp_path, "could not be read"),
        (tmp_path / "pipe", "it is a pipe"),
    ):
        with pytest.raises(SettingsError, match=said):
            read_toml(path, doing="reading")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.lists(TEXTS))
def test_a_value_that_is_written_is_read_again(value):
    written = toml_value(value)

    assert "\n" not in written
    assert parse_toml(f"a = {written}".encode(), file="", doing="").data == {"a": value}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\na = " + "[" * 100_000, 2),
        ("a = " + "{a = " * 100_000, 1),
        ('a = ["]", ' + '["]", ' * 200, 1),
        ("b = 1\n\n[a" + ".a" * 100_000 + "]", 3),
        ("a" + ' . "a"' * 200 + " = 1", 1),
        ("x = 1\nb.a" + ".'a'" * 200 + " = 1", 2),
    ],
)
def test_what_is_nested_too_deep_is_refused_before_it_is_parsed(text, line):
    with pytest.raises(SettingsError, match="more than 100 levels deep") as raised:
        parse_toml(text.encode(), file="a.toml", doing="reading")

    assert raised.value.line == line


def test_brackets_and_dots_in_texts_are_no_depth():
    said = {"a": "[" * 500, "b": "a." * 500, "c": ["[["] * 200}
    text = "\n".join(f"{key} = {toml_value(value)}" for key, value in said.items())
    text += f"\nd = '{'[' * 300}'\n# {'[' * 300}\n"

    assert parse_toml(text.encode(), file="", doing="").data["a"] == "[" * 500
