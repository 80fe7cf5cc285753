from datetime import timedelta

import pytest
from days_of_imports import NOW, facts_of, model, said_in, team

from ownership_graph.errors import HistoryError
from ownership_graph.history import Pruned, as_of, prune, undo


def long_after(days):
    return NOW + timedelta(days=days)


def test_nothing_old_is_nothing_forgotten(days):
    assert prune(days.store, timedelta(days=1), now=NOW) == Pruned()
    days.bring(team("t1"))
    days.bring(team("t1", name="Two"))
    assert prune(days.store, timedelta(days=9), now=days.now) == Pruned()
    assert prune(days.store, timedelta(days=1), now=long_after(400)) == Pruned()


def test_old_changes_go_and_the_newest_run_of_each_source_can_still_be_undone(days):
    for name in ("one", "two", "three", "four"):
        days.bring(team("t1", name=name), team("t2"))
    before = said_in(days.store)
    days.bring(team("t1", name="five"))
    days.bring(model("m1", name="one"), source="inventory")

    pruned = prune(days.store, timedelta(days=30), now=long_after(100))

    assert pruned == Pruned(3, 2, "2026-11-04")
    assert [(run.seq, run.pruned) for run in days.store.runs()] == [
        (1, True), (4, True), (5, False), (6, False),
    ]  # fmt: skip
    with as_of(days.store, 4) as past:
        assert said_in(past) == before
    with pytest.raises(HistoryError, match="Ask for 2026-11-04, or a later day"):
        as_of(days.store, 3)
    undo(days.store, "inventory", now=days.now)
    undo(days.store, "hr", now=days.now)
    assert said_in(days.store) == before
    with pytest.raises(HistoryError, match="what it changed is no longer remembered"):
        undo(days.store, "hr#4", now=days.now)


def test_a_source_that_is_silent_for_long_keeps_what_its_undo_needs(days):
    days.bring(team("t1", name="one"), team("t2"))
    days.bring(team("t1", name="two"), source="inventory")
    between = said_in(days.store)
    for name in ("three", "four", "five"):
        days.bring(team("t1", name=name), team("t2", name=name))
    facts = facts_of(days.store)

    prune(days.store, timedelta(days=1), now=long_after(100))

    assert facts_of(days.store) == facts
    with pytest.raises(HistoryError, match="hr#5 touched"):
        undo(days.store, "inventory", now=days.now)
    assert prune(days.store, timedelta(days=1), now=long_after(100)) == Pruned()
    assert between != said_in(days.store)


def test_runs_that_changed_nothing_go_when_they_are_many(days):
    days.bring(team("t1"))
    for _ in range(103):
        days.bring(team("t1"))

    pruned = prune(days.store, timedelta(days=1), now=long_after(400))

    assert pruned == Pruned(0, 101, "2027-02-11")
    assert [run.seq for run in days.store.runs()] == [1, 103, 104]
