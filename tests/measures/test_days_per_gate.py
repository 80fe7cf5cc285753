"""LST-10: how many days a request takes at a gate."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.days_per_gate import GIVES, TAKES, measure

DAYS = st.lists(st.integers(0, 40), max_size=10)


def gate(took, so_far=(), promised=None):
    row = dict(zip(TAKES, ("g", promised, list(took), list(so_far)), strict=True))
    [found] = measure([row], {})
    assert tuple(found) == GIVES
    return found


def test_the_days_within_which_half_and_most_are_answered():
    found = gate(range(1, 101), promised=10)

    assert (found["median_days"], found["p85_days"], found["p95_days"]) == (50, 85, 95)
    assert (found["requests"], found["waiting"], found["in_time"]) == (100, 0, 0.1)


def test_those_that_still_wait_are_no_quick_ones():
    found = gate([1, 2, 3], [90, 91, 92, 93], promised=3)

    assert (found["median_days"], found["waiting"], found["in_time"]) == (None, 4, 0.43)


@given(DAYS, DAYS, st.integers(0, 40))
def test_one_more_that_still_waits_never_shortens_anything(took, so_far, longer):
    before, after = gate(took, so_far, 10), gate(took, [*so_far, longer], 10)

    for name in ("median_days", "p85_days", "p95_days"):
        assert before[name] is None or after[name] is None or before[name] <= after[name]
        assert not (took and before[name] is None) or after[name] is None
    assert not took or after["in_time"] <= before["in_time"]
