"""TRD-01: whether ever more of the models on their way wait, against counting day by day."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.days import number_of
from ownership_graph.measures.trend_of_waiting import GIVES, TAKES, measure

TODAY = number_of(date(2026, 11, 26))
DAYS = st.integers(TODAY - 500, TODAY - 1)


def measured(*rows, min_quarters=2):
    rows = [dict(zip(TAKES, row, strict=True)) for row in rows]
    values = {"today": TODAY, "max_chance": 0.05, "min_quarters": min_quarters, "min_models": 0}
    found = measure(rows, values)
    assert all(tuple(each) == GIVES for each in found)
    return found


@st.composite
def models(draw):
    """One model: its signs, its end, and its requests, all of them before the end."""
    until = draw(DAYS | st.just(TODAY))
    spans = draw(st.lists(st.tuples(DAYS, DAYS).map(sorted), max_size=4))
    spans = [(begin, min(end, until)) for begin, end in spans if begin < until]
    signs = draw(st.lists(st.none() | DAYS, max_size=3))
    return "m", signs, until, [list(span) for span in spans]


def name_of(day):
    on = date.fromordinal(date(1970, 1, 1).toordinal() + day)
    return f"{on.year}-Q{(on.month + 2) // 3}"


LENGTHS = Counter(name_of(day) for day in range(TODAY - 1_000, TODAY + 100))
"""How many days a quarter has."""


@given(st.lists(models(), max_size=4))
def test_a_share_is_that_of_the_days_of_models_on_which_a_request_was_open(rows):
    lead, waiting, first = [], [], TODAY
    for _, signs, until, spans in rows:
        begins = [begin for begin, _ in spans]
        since = min((each for each in signs if each is not None), default=until)
        if since < min([*begins, until]):
            first = min([*begins, first])
            lead += [name_of(day) for day in range(since, until)]
            waiting += map(name_of, {day for span in spans for day in range(*span)})
    counted = [each for each in sorted({*lead}) if name_of(first) < each < name_of(TODAY)]
    shares = [
        f"{each} {waiting.count(each) / lead.count(each):.1%} of"
        f" {lead.count(each) / LENGTHS[each]:.0f}"
        for each in counted
    ]

    assert [each["shares"] for each in measured(*rows)] == ([shares] if len(shares) > 1 else [])


def test_one_quarter_has_no_trend_however_few_are_asked_for():
    row = ("m", [TODAY - 200], TODAY - 100, [[TODAY - 200, TODAY - 100]])

    assert measured(row, min_quarters=0) == []
