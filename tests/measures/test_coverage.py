"""LST-09: of how many things something is known, and how old that is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.coverage import GIVES, TAKES, measure

TODAY = 100


def asked(known, things, days=(), max_known=1.0):
    rows = [("models", "things", things, []), ("models", "its stage", known, list(days))]
    told = [dict(zip(TAKES, row, strict=True)) for row in rows]
    return measure(told, {"today": TODAY, "max_known": max_known})


@given(st.lists(st.integers(0, TODAY), min_size=1), st.lists(st.integers(TODAY + 1, 200)))
def test_half_are_so_old_or_older_and_none_is_newer_than_the_newest(days, to_come):
    [found] = asked(len(days), len(days), days + to_come)

    ages = [TODAY - day for day in days]
    assert tuple(found) == GIVES
    assert found["newest_days"] == min(ages)
    assert 2 * sum(age >= found["median_days"] for age in ages) >= len(ages)
    assert 2 * sum(age < found["median_days"] for age in ages) <= len(ages)


def test_what_bears_no_day_has_no_age():
    [found] = asked(1, 3)

    assert (found["share"], found["newest_days"], found["median_days"]) == (0.33, None, None)


def test_a_kind_of_which_there_is_none_is_not_told_and_nor_is_what_is_known_well_enough():
    assert asked(0, 0) == []
    assert asked(1, 2, max_known=0.4) == []
