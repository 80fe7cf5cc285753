from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.readers.picking import at, table, tables, text, texts, yes

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=8,
)


@given(ANYTHING, st.lists(st.sampled_from("ab"), max_size=3))
def test_whatever_is_there_the_type_that_was_asked_for_comes(data, path):
    assert isinstance(table(data, *path), dict)
    assert all(isinstance(each, dict) for each in tables(data, *path))
    assert isinstance(text(data, *path), str)
    assert all(isinstance(each, str) and each for each in texts(data, *path))
    assert yes(data, *path) in (True, False)
    at(data, *path)


def test_days_yes_and_no_are_texts():
    assert text({"a": date(2026, 1, 2)}, "a") == "2026-01-02"
    assert texts([True, False, 3, [1], {"b": 1}]) == ["true", "false", "3"]
