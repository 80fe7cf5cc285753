from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.readers.mapping.templates import Hole, TemplateError, parse_template

SLOTS = {Hole("a"): 0, Hole("b"): 1, Hole("b", "lower"): 2}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", ""),
        ("fixed 100 %", "fixed 100 %"),
        ("{a}", "1"),
        ("uc{a}", "uc1"),
        ("100 % {a}", "100 % 1"),
        ("{a}:{b}:{b:lower}", "1:X:x"),
        ("{{a}} is {a}", "{a} is 1"),
    ],
)
def test_what_a_text_with_names_becomes(text, filled):
    assert parse_template(text).filler(SLOTS)(["1", "X", "x"]) == filled


@pytest.mark.parametrize(
    "text", ["{", "}", "{}", "{a", "a}", "{a b}", "{a:}", "{:b}", "{{a}:{b}}"]
)
def test_braces_that_make_no_sense(text):
    with pytest.raises(TemplateError, match="no name in braces"):
        parse_template(text)


@given(st.text())
def test_any_text_can_be_said_with_doubled_braces(text):
    found = parse_template(text.replace("{", "{{").replace("}", "}}"))
    assert found.constant == text


def test_what_is_one_name_alone():
    assert parse_template("{a:lower}").only == Hole("a", "lower")
    assert parse_template("x{a}").only is None
    assert parse_template("x").only is None
    assert parse_template("{a}").constant is None
