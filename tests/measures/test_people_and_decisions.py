"""CAP-02: people and decisions by quarter."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.days import number_of
from ownership_graph.measures.people_and_decisions import GIVES, TAKES, measure

TODAY = number_of(date(2026, 11, 26))
FIRST = TODAY - 700
DAYS = st.tuples(*[st.integers(FIRST, TODAY)] * 2).map(sorted)


def measured(*rows, days_back=730):
    rows = [dict(zip(TAKES, row, strict=True)) for row in rows]
    found = measure(rows, {"today": TODAY, "days_back": days_back})
    assert all(tuple(each) == GIVES for each in found)
    return found


def test_before_the_first_import_nobody_knows_who_was_here():
    """People are told of from November on; one of ten was there already, and has left since."""
    told = number_of(date(2026, 11, 1))
    asked = ("asked", number_of(date(2026, 7, 1)), None, [], 1)
    left = ("here", told, number_of(date(2026, 11, 20)), [], 1)
    third, fourth = measured(asked, ("here", told, None, [], 9), left)

    assert (third["quarter"], third["people"], third["decided_per_100"]) == ("2026-Q3", None, None)
    assert (fourth["quarter"], fourth["people"], fourth["decided_per_100"]) == ("2026-Q4", 9, 0.0)


def test_who_left_before_anybody_told_of_them_was_never_counted():
    gone = ("here", TODAY - 10, TODAY - 50, [], 1)
    [*_, now] = measured(("asked", TODAY - 1, None, [], 1), gone)

    assert (now["people"], now["decided_per_100"]) == (0, None)


@given(st.lists(st.tuples(st.sampled_from(["asked", "decided"]), DAYS), max_size=8))
def test_what_came_up_is_decided_dropped_or_waits(items):
    rows = [(what, *days, ["p"], 1) for what, days in items]
    found = measured(*rows)
    waited = 0

    assert sum(each["asked"] for each in found) == len(rows)
    assert sum(each["decided"] for each in found) == sum(row[0] == "decided" for row in rows)
    for each in found:
        ended = waited + each["asked"] - each["waiting"]
        waited = each["waiting"]
        assert each["decided"] <= ended
        assert each["deciders"] == (each["decided"] > 0)
    assert not rows or 0 < found[-1]["days"] <= 92
