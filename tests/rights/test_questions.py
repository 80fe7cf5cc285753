"""Questions that judge the same facts ask the store for the same rows."""

from __future__ import annotations

import pytest

from ownership_graph.queries.catalogue import load_questions

QUESTIONS = {each.code: each for each in load_questions()}


def query(code):
    """The Cypher without its header."""
    lines = QUESTIONS[code].cypher.splitlines()
    return lines[next(at for at, line in enumerate(lines) if not line.startswith("//")) :]


@pytest.mark.parametrize(("one", "other"), [("DEC-05", "DEC-06"), ("DEC-08", "DEC-09")])
def test_the_same_rows_are_asked_for(one, other):
    assert query(one) == query(other)
