"""How many findings there were, day by day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.page.trend import MOST_DAYS, findings_by_day
from ownership_graph.records import FindingRecord

RECORDS = st.lists(
    st.builds(
        lambda first, length, severity, state: FindingRecord(
            "x", "X", state, severity, first, first + length, first + length
        ),
        st.integers(0, 40),
        st.integers(0, 20),
        st.integers(1, 5),
        st.sampled_from(["new", "open", "resolved", "came back", "asked"]),
    )
)


@given(RECORDS)
def test_on_each_day_it_is_what_was_seen_and_not_yet_resolved(records):
    for day, *counts in findings_by_day(records):
        there = [
            each.severity
            for each in records
            if each.state != "asked"
            and each.first_seen_day <= day
            and not (each.state == "resolved" and each.since_day <= day)
        ]
        assert counts == [
            sum(each >= 4 for each in there),
            sum(2 <= each < 4 for each in there),
            sum(each < 2 for each in there),
        ]


def test_of_many_days_the_newest_are_told():
    records = [FindingRecord("x", "X", "new", 1, day, day, day) for day in range(MOST_DAYS + 9)]
    days = findings_by_day(records)
    assert (len(days), days[0][0], days[-1]) == (MOST_DAYS, 9, (408, 0, 0, 409))
