"""How what answers show is called."""

from __future__ import annotations

import pytest
from small_graphs import fill

from ownership_graph.findings.naming import names_of
from ownership_graph.tracing.words import approval_in_words

GRAPH = """
Model m1 name=Triage
Model m3
Gate g1 name=Legal
Approval a1 requested_day=20090
Approval a1 CONCERNS Model m1
Approval a1 CONCERNS Model m3
Approval a1 AT Gate g1
Approval a2 CONCERNS Model m3
Approval a3 name=July
Approval a3 AT Gate g1
Approval a4 status=pending
"""


def test_an_approval_without_a_name_is_called_by_what_it_is_about(store):
    shown = [(("Approval",), f"a{number}") for number in range(1, 6)]
    assert names_of(fill(store, GRAPH), [*shown, (("Model", "Gate"), "m1")]) == {
        ("Approval", "a1"): "Approval of Triage and 1 more at Legal, asked 2025-01-02",
        ("Approval", "a2"): "Approval of m3",
        ("Approval", "a3"): "July",
        ("Approval", "a4"): "a4",
        ("Model", "m1"): "Triage",
    }


@pytest.mark.parametrize("asked", [None, "soon", -1, 10**12, 2.5])
def test_what_is_no_day_is_left_out(asked):
    assert approval_in_words(["Triage"], [], asked) == "Approval of Triage"


def test_of_nothing_there_are_no_words():
    assert approval_in_words([], [], 20_090) == ""
