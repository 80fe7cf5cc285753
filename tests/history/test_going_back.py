from datetime import date, timedelta

import pytest
from days_of_imports import NOW, bring, facts_of, model, owns, team

from ownership_graph.errors import HistoryError
from ownership_graph.history import as_of, undo

FIRST = NOW.date()


def then(store, when):
    with as_of(store, when) as past:
        return facts_of(past)


def test_what_was_altered_added_and_removed_since_is_as_it_was(days):
    days.bring(team("t1", name="One"), model("m1"), owns("t1", "m1"))
    before = facts_of(days.store)
    days.bring(team("t1", name="Two"), team("t2"), model("m1"))

    assert then(days.store, 1) == before
    assert then(days.store, 2) == facts_of(days.store) != before


def test_what_was_removed_and_came_back_is_gone_between(days):
    days.bring(team("t1"), model("m1"))
    days.bring(model("m1"))
    between = facts_of(days.store)
    days.bring(team("t1"), model("m1"))

    assert then(days.store, 2) == between
    assert '["Team","t1"]' in then(days.store, 1)


def test_a_fact_altered_twice_is_seen_in_each_of_its_states(days):
    for name in ("one", "two", "three"):
        days.bring(team("t1", name=name))

    names = [then(days.store, seq)['["Team","t1"]'].properties["name"] for seq in (1, 2, 3)]
    assert names == ["one", "two", "three"]


def test_a_day_is_after_the_last_run_that_was_finished_by_its_end(days):
    bring(days.store, team("t1", name="morning"), now=NOW)
    bring(days.store, team("t1", name="evening"), now=NOW + timedelta(hours=12))
    bring(days.store, team("t1", name="next"), now=NOW + timedelta(days=2))

    for when, name in ((0, "evening"), (1, "evening"), (2, "next"), (30, "next")):
        found = then(days.store, FIRST + timedelta(days=when))
        assert found['["Team","t1"]'].properties["name"] == name


def test_an_end_that_nobody_describes_comes_back_with_its_relationship(days):
    days.bring(owns("t1", "m1"))
    before = facts_of(days.store)
    days.bring(model("m2"))

    assert then(days.store, 1) == before


def test_an_end_that_is_described_since_is_a_stub_again(days):
    days.bring(owns("t1", "m1"))
    before = facts_of(days.store)
    days.bring(team("t1"), source="inventory")
    days.bring(source="hr")

    assert then(days.store, 1) == before


def test_a_node_that_lost_its_description_and_then_its_relationships_was_not_always_there(days):
    days.bring(model("m2"))
    nothing = facts_of(days.store)
    days.bring(team("t1", name="One"), source="inventory")
    described = facts_of(days.store)
    days.bring(owns("t1", "m2"), model("m2"))
    days.bring(owns("t1", "m2", role="accountable"), source="inventory")
    days.bring(model("m2"))
    days.bring(source="inventory")

    assert then(days.store, 1) == nothing
    assert then(days.store, 2) == described


def test_what_is_denied_since_is_on_the_graph_and_what_was_denied_is_held(days):
    days.bring(team("t1"), model("m1"), owns("t1", "m1"))
    before = facts_of(days.store)
    days.bring(team("t1", absent=True), source="manual")
    denied = facts_of(days.store)
    days.bring(source="manual")

    assert then(days.store, 1) == before
    assert then(days.store, 2) == denied
    assert denied['["OWNS","Team","t1","Model","m1"]'].absent


def test_later_runs_and_changes_are_not_in_the_copy(days):
    days.bring(team("t1", name="One"))
    days.bring(team("t1", name="Two"))
    undo(days.store, "hr", now=days.now)

    with as_of(days.store, 2) as past:
        assert [(run.id, run.state) for run in past.runs()] == [("hr#1", "done"), ("hr#2", "done")]
        assert [change.seq for change in past.changes(0)] == [2]
    assert [run.state for run in days.store.runs()] == ["done", "undone", "done"]


def test_the_store_itself_stays_as_it_is(days):
    days.bring(team("t1", name="One"))
    days.bring(team("t1", name="Two"))
    before = facts_of(days.store)

    with as_of(days.store, 1) as past:
        assert past.address == days.store.address

    assert facts_of(days.store) == before


def test_before_the_first_run_there_is_nothing_to_see(days):
    with pytest.raises(HistoryError, match="no run was finished yet"):
        as_of(days.store, FIRST)
    days.bring(team("t1"))
    with pytest.raises(HistoryError, match="the first run was finished on 2026-11-01"):
        as_of(days.store, date(2026, 10, 31))
    with pytest.raises(HistoryError, match="there was no run yet"):
        as_of(days.store, 0)
