"""The history of findings: new, open, resolved, came back; and what says nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_graphs import fill

from ownership_graph.errors import UsageError
from ownership_graph.findings import check, record
from ownership_graph.findings.answer import Answer, Checked, Finding, Trend
from ownership_graph.findings.recording import with_history
from ownership_graph.stores.embedded import IN_MEMORY, EmbeddedStore
from ownership_graph.stores.embedded_engine import empty_graph

DAY = 20_000
COLUMN = "column model: Model -- the model"
FOUND = "MATCH (m:Model) RETURN m.id AS model ORDER BY model"


@pytest.fixture(scope="module")
def asked(question):
    return question("UNO-01", 3, (COLUMN,), FOUND)


@pytest.fixture
def memory():
    return EmbeddedStore(IN_MEMORY, empty_graph())


def checked_on(day, asked, *ids, state="assessed"):
    findings = tuple(Finding(f"UNO-01|{each}", (each,), ("Model",), 3, {}) for each in ids)
    return Checked("s", day, (Answer(asked, state, findings=findings),))


def seen(store, day, asked, *ids, **more):
    """The states by id, and the trend, of a check that is then recorded."""
    checked = with_history(checked_on(day, asked, *ids, **more), store.findings())
    record(store, checked)
    [answer] = checked.answers
    return {each.subject[0]: each.state for each in answer.findings}, checked.trend


def kept(store):
    return {
        each.id.removeprefix("UNO-01|"): (
            each.state, each.first_seen_day, each.last_seen_day, each.since_day, each.times
        )
        for each in store.findings()
    }  # fmt: skip


def test_a_finding_is_new_then_open_then_resolved_then_comes_back(memory, asked):
    assert seen(memory, DAY, asked, "a", "b") == ({"a": "new", "b": "new"}, None)
    states, trend = seen(memory, DAY + 1, asked, "a", "c")
    assert states == {"a": "open", "c": "new"}
    assert trend == Trend(DAY, 1, 0, ("UNO-01|b",))
    assert kept(memory)["b"] == ("resolved", DAY, DAY, DAY + 1, 1)
    states, trend = seen(memory, DAY + 5, asked, "a", "b")
    assert states == {"a": "open", "b": "came back"}
    assert trend == Trend(DAY + 1, 0, 1, ("UNO-01|c",))
    assert kept(memory) == {
        "UNO-01": ("asked", DAY, DAY + 5, DAY + 1, 3),
        "a": ("open", DAY, DAY + 5, DAY + 1, 1),
        "b": ("came back", DAY, DAY + 5, DAY + 5, 2),
        "c": ("resolved", DAY + 1, DAY + 1, DAY + 5, 1),
    }


def test_two_checks_of_a_day_tell_the_same(memory, asked):
    seen(memory, DAY, asked, "a")
    assert seen(memory, DAY, asked, "a") == ({"a": "new"}, None)
    once = seen(memory, DAY + 1, asked, "b")
    assert once == ({"b": "new"}, Trend(DAY, 1, 0, ("UNO-01|a",)))
    assert seen(memory, DAY + 1, asked, "b") == once
    assert kept(memory)["UNO-01"] == ("asked", DAY, DAY + 1, DAY, 4)


@pytest.mark.parametrize("state", ["rollout", "not assessable", "not answered"])
def test_a_question_that_was_not_assessed_resolves_nothing(memory, asked, state):
    seen(memory, DAY, asked, "a")
    before = kept(memory)
    assert seen(memory, DAY + 1, asked, state=state) == ({}, None)
    assert kept(memory) == before


def test_only_what_was_asked_is_touched(memory, asked, question):
    seen(memory, DAY, asked, "a")
    other = replace(asked, code="UNO-02")
    checked = Checked("s", DAY + 1, (Answer(other, "assessed"),))
    assert with_history(checked, memory.findings()).trend is None
    record(memory, checked)
    assert kept(memory)["a"][0] == "new"
    listing = question("LIS-01", "info", (COLUMN,), FOUND)
    record(memory, Checked("s", DAY + 1, (Answer(listing, "assessed"),)))
    assert "LIS-01" not in kept(memory)


def test_history_goes_forward(memory, asked):
    seen(memory, DAY, asked, "a")
    with pytest.raises(UsageError, match="2024-10-04 was recorded already"):
        seen(memory, DAY - 1, asked, "a")
    past = with_history(checked_on(DAY - 1, asked, "a"), memory.findings())
    assert past.answers[0].findings[0].state == "new"
    assert past.trend is None


def test_a_check_of_a_store_reads_what_was_recorded(store, asked):
    fill(store, "Model m1\nModel m2")
    first = check(store, [asked], today=DAY)
    assert {each.state for each in first.answers[0].findings} == {"new"}
    record(store, first)
    fill(store, "Model m3", source="later")
    now = check(store, [asked], today=DAY + 1)
    assert [each.state for each in now.answers[0].findings] == ["open", "open", "new"]
    assert now.trend == Trend(DAY, 1, 0, ())
    assert {fact.key for fact in store.facts()} == {f'["Model","m{n}"]' for n in (1, 2, 3)}


def test_other_values_have_no_trend(memory, question):
    asked = question(
        "UNO-01", 3, (COLUMN, "parameter least: int = 0 -- how many"),
        "MATCH (m:Model) WHERE $least < 5 RETURN m.id AS model ORDER BY model",
    )  # fmt: skip
    fill(memory, "Model m1")
    record(memory, check(memory, [asked], today=DAY))
    assert check(memory, [asked], today=DAY + 1).trend == Trend(DAY, 0, 0, ())
    assert check(memory, [asked], today=DAY + 1, parameters={"least": 9}).trend is None


@given(st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=6))
def test_any_history_is_told_as_it_was(asked, days):
    store = EmbeddedStore(IN_MEMORY, empty_graph())
    ever, before = set(), set()
    for number, there in enumerate(days):
        states, trend = seen(store, DAY + number, asked, *sorted(there))
        assert {each for each, state in states.items() if state == "new"} == there - ever
        assert {each for each, state in states.items() if state == "open"} == there & before
        gone = tuple(f"UNO-01|{each}" for each in sorted(before - there))
        came_back = len(there & ever - before)
        assert trend == (
            Trend(DAY + number - 1, len(there - ever), came_back, gone) if number else None
        )
        ever, before = ever | there, there
    open_now = {
        name for name, each in kept(store).items() if each[0] in {"new", "open", "came back"}
    }
    assert open_now == before
