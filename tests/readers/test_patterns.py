"""Patterns with stars: what they fit, and that no text makes them slow."""

from __future__ import annotations

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.readers.patterns import fits


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("*", ("", "x", "a\nb"), ()),
        ("**", ("", "x"), ()),
        ("?*", ("x", "xy"), ("",)),
        ("?", ("x", "*"), ("", "xy")),
        ("yes*", ("YES", "yes, by them"), ("no yes", "ye")),
        ("*yes", ("oh yes",), ("yes no",)),
        ("a*b*c", ("abc", "a1b2c", "aXbbXc"), ("ab", "acb", "abca")),
        ("a?c", ("abc", "a\nc"), ("ac", "abbc")),
        ("ab*ba", ("abba", "ab ba"), ("aba",)),
        ("1.0", ("1.0",), ("1x0",)),
        ("[ab]", ("[AB]",), ("a",)),
        ("STRASSE", ("straße",), ("strase",)),
    ],
)
def test_what_a_pattern_fits(pattern, good, bad):
    assert [text for text in good if not fits([pattern])(text)] == []
    assert [text for text in bad if fits([pattern])(text)] == []


@given(st.text("ab*?", max_size=8), st.text("ab\n", max_size=12))
def test_the_same_as_fnmatch(pattern, text):
    assert fits([pattern])(text) == fnmatch.fnmatchcase(text, pattern)


@pytest.mark.parametrize(
    "pattern", ["*a" * 200 + "b", "*a" * 200 + "b*", "*a?" * 200 + "b*", "*?b*" * 50]
)
def test_many_stars_against_a_long_text_come_to_an_end(pattern):
    assert not fits([pattern])("a" * 1_000_000)


def test_a_text_fits_a_list_if_it_fits_one_of_its_patterns():
    some = fits(["n/a", "none*", "?"])
    assert [some(text) for text in ("N/A", "None at all", "x", "xy")] == [True, True, True, False]
    assert not fits(["n/a"])("n/b")
