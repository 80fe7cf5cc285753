"""Answers that rest on stale sources alone say up to when they are known, on every store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from small_graphs import fill

from ownership_graph.days import number_of
from ownership_graph.errors import StoreTimeoutError
from ownership_graph.findings import Limits, check
from ownership_graph.findings.staleness import days_of, last_done, stale_sources
from ownership_graph.queries.needs import parse_need
from ownership_graph.records import ImportRun

DONE = datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)
"""When every run that `fill` makes was done."""
DAY = number_of(DONE)
COLUMN = "column model: Model -- the model"
ALL = "MATCH (m:Model) RETURN m.id AS model ORDER BY model"


def limits(at, **ages):
    return Limits({source: timedelta(days=days) for source, days in ages.items()}, at)


def as_of(store, question, needs, *, stale, days=20):
    """Up to when a question with these needs is known, and the whole check."""
    asked = question("STA-01", "info", (f"needs: {needs}", COLUMN), ALL)
    reckoned = limits(DONE + timedelta(days=days), **dict.fromkeys(stale, 3))
    checked = check(store, [asked], today=DAY + days, limits=reckoned)
    return checked.answers[0].as_of, checked


@pytest.fixture
def two_sources(store):
    """Models of `inventory`, teams and owners of `hr`; `gates` promises that there are none."""
    fill(store, "Model m1 stage=production\nTeam t9", source="inventory")
    fill(store, "Team t1\nTeam t1 OWNS Model m2\nModel m2 described=false", source="hr")
    fill(store, "", source="gates", provides=["Gate", "AT"])
    return store


def test_a_need_that_only_a_stale_source_meets_makes_the_answer_old(two_sources, question):
    found, checked = as_of(two_sources, question, "OWNS", stale=["hr"])
    assert found == DAY
    assert checked.stale == {"hr": DAY}


def test_one_source_that_is_not_stale_is_enough(two_sources, question):
    assert as_of(two_sources, question, "Team", stale=["hr"])[0] is None
    assert as_of(two_sources, question, "Team", stale=["hr", "inventory"])[0] == DAY
    assert as_of(two_sources, question, "Model.stage", stale=["hr"])[0] is None
    assert as_of(two_sources, question, "Model", stale=["inventory"])[0] == DAY


def test_a_need_for_what_one_source_says_is_as_old_as_that_source(two_sources, question):
    record = 'parameter record: text = "inventory" -- the source that is meant'
    used = ALL.replace(" RETURN", " WHERE $record <> '' RETURN")
    asked = question("STA-02", "info", ("needs: Model by $record", record, COLUMN), used)
    at = DONE + timedelta(days=20)
    fill(two_sources, "Model m3 inventory:stage=pilot registry:stage=pilot", source="registry")
    for stale, day in (("inventory", DAY), ("registry", None)):
        checked = check(two_sources, [asked], today=DAY + 20, limits=limits(at, **{stale: 3}))
        assert checked.answers[0].as_of == day


def test_the_least_known_need_counts(two_sources, question):
    assert as_of(two_sources, question, "Model, OWNS", stale=["hr"])[0] == DAY


def test_a_promise_of_a_stale_source_is_old_too(two_sources, question):
    assert as_of(two_sources, question, "Gate", stale=["gates"])[0] == DAY
    assert as_of(two_sources, question, "Gate", stale=["hr"])[0] is None
    fill(two_sources, "", source="more", provides=["Gate"])
    assert as_of(two_sources, question, "Gate", stale=["gates"])[0] is None


def test_one_of_several_that_is_not_stale_is_enough(two_sources, question):
    assert as_of(two_sources, question, "OWNS or Model.stage", stale=["hr"])[0] is None
    assert as_of(two_sources, question, "OWNS or Approval", stale=["hr"])[0] == DAY
    assert as_of(two_sources, question, "Approval or Gate", stale=["gates"])[0] == DAY


def test_within_its_age_nothing_is_said(two_sources, question):
    found, checked = as_of(two_sources, question, "OWNS", stale=["hr"], days=3)
    assert (found, checked.stale) == (None, {})
    assert check(two_sources, [], today=DAY).stale == {}


def test_where_it_takes_too_long_to_tell_nothing_is_said():
    class Slow:
        def read(self, *_, **__):
            raise StoreTimeoutError("too long")

    assert days_of(Slow(), [parse_need("OWNS")], [], {"hr": DAY}, 1.0) == {}


def run(seq, source, finished, **more):
    return ImportRun(f"r{seq}", seq, source, "x", finished, finished=finished, **more)


def test_only_imports_that_were_done_count():
    runs = [
        run(1, "a", "2026-01-01T06:00:00Z", state="done"),
        run(2, "b", "2026-01-01T06:00:00Z", state="done"),
        run(3, "a", "2026-01-09T06:00:00Z", state="failed"),
        run(4, "b", "2026-01-09T06:00:00Z", state="done"),
        run(5, "a", "2026-01-09T06:00:00Z", state="done", kind="undo"),
        run(6, "never", "2026-01-09T06:00:00Z", state="failed"),
    ]
    assert {source: each.seq for source, each in last_done(runs).items()} == {"a": 1, "b": 4}
    at = datetime(2026, 1, 10, tzinfo=UTC)
    assert stale_sources(runs, limits(at, a=3, b=3, never=3)) == {"a": DAY}
    assert stale_sources(runs, limits(at, b=3)) == {}


@pytest.mark.parametrize(("seconds", "is_stale"), [(0, False), (1, True)])
def test_a_source_is_stale_when_it_is_older_than_its_limit(seconds, is_stale):
    at = datetime(2026, 1, 4, 6, 0, 0, tzinfo=UTC) + timedelta(seconds=seconds)
    runs = [run(1, "a", "2026-01-01T06:00:00Z", state="done")]
    assert bool(stale_sources(runs, limits(at, a=3))) is is_stale
