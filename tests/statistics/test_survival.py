"""Kaplan and Meier's estimate, against their own example, a textbook's, and plain counting."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.statistics.survival import survival

TIMES = st.lists(st.integers(0, 30), max_size=12)


def test_the_example_of_kaplan_and_meier():
    """Kaplan and Meier 1958, section 2: eight items, four deaths and four losses."""
    found = survival([0.8, 3.1, 5.4, 9.2], [1.0, 2.7, 7.0, 12.1])

    assert found.times == (0.8, 3.1, 5.4, 9.2)
    assert found.shares == pytest.approx([7 / 8, 7 / 10, 21 / 40, 21 / 80])
    assert found.last == 12.1


REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_IN_REMISSION = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_weeks_of_remission():
    """Freireich and others 1963, as in Kleinbaum and Klein, Survival Analysis, chapter 2."""
    treated = survival(REMISSION, STILL_IN_REMISSION)

    assert treated.times == (6, 7, 10, 13, 16, 22, 23)
    assert [round(each, 4) for each in treated.shares] == [
        0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482,
    ]  # fmt: skip
    assert treated.quantile(0.5) == 23
    assert treated.quantile(0.85) is None
    assert survival(PLACEBO).quantile(0.5) == 8


def test_nothing_waits_no_longer_than_nothing():
    empty = survival([])

    assert (empty.share(0), empty.quantile(0.5), empty.mean()) == (1.0, None, 0.0)


def test_what_is_done_at_once_never_waited():
    at_once = survival([0, 0])

    assert (at_once.share(0), at_once.quantile(0.5), at_once.mean()) == (0.0, 0, 0.0)


@given(TIMES.filter(bool), st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.85, 0.95, 1.0]))
def test_where_all_is_done_it_counts(done, share):
    found = survival(done)

    for time in range(31):
        assert found.share(time) == pytest.approx(sum(t > time for t in done) / len(done))
    assert found.mean() == pytest.approx(sum(done) / len(done))
    enough = Fraction(str(share)) * len(done)
    assert found.quantile(share) == next(
        time for time in sorted(done) if sum(t <= time for t in done) >= enough
    )


def redistributed(done, waiting):
    """Efron 1967: the weight of each that is lost goes, in equal parts, to those that are left."""
    order = sorted([(t, 0) for t in done] + [(t, 1) for t in waiting])
    weights = [Fraction(1, len(order)) for _ in order]
    for place, (_, lost) in enumerate(order):
        rest = len(order) - place - 1
        if lost and rest:
            for later in range(place + 1, len(order)):
                weights[later] += weights[place] / rest
            weights[place] = Fraction(0)
    return [(time, lost, weight) for (time, lost), weight in zip(order, weights, strict=True)]


@given(TIMES, TIMES)
def test_it_is_what_comes_out_when_the_lost_pass_their_weight_on(done, waiting):
    found = survival(done, waiting)
    weighed = redistributed(done, waiting)

    for time in range(31):
        gone = sum(weight for t, lost, weight in weighed if not lost and t <= time)
        assert found.share(time) == pytest.approx(float(1 - gone))
    if weighed:
        assert found.mean() == pytest.approx(float(sum(t * weight for t, _, weight in weighed)))


@given(TIMES, TIMES)
def test_what_still_waits_never_makes_it_look_quicker(done, waiting):
    kept, forgotten = survival(done, waiting), survival(done)

    assert all(kept.share(time) >= forgotten.share(time) - 1e-9 for time in range(31) if done)
