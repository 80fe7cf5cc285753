"""Every question asked of the graph as of a day says what it said on that day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from days_of_imports import Days

from ownership_graph.days import number_of
from ownership_graph.findings import check
from ownership_graph.history import as_of, undo
from ownership_graph.importing.importers import find_importer
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.records import Node, Relationship

EXAMPLE = Path(__file__).parents[2] / "examples" / "organisation"


@pytest.fixture
def days(store):
    return Days(store)


def answers(store, day):
    """What every question answers, without how long it took."""
    checked = check(store, load_questions(), today=number_of(day), timeout=120)
    return [replace(each, seconds=0.0) for each in checked.answers], checked.runs


def test_every_question_says_as_of_a_day_what_it_said_then(days):
    records = list(find_importer("tables").read(path=EXAMPLE))
    facts = [each for each in records if isinstance(each, Node | Relationship)]
    denied = [Node("Model", "model:call-coach", {"absent": True})]
    steps = (
        (facts, "inventory"),
        ([each for place, each in enumerate(facts) if place % 7], "inventory"),
        (denied, "manual"),
        ([each for each in facts if getattr(each, "type", "") != "CAN_DECIDE"], "inventory"),
    )
    said = []
    for step, source in steps:
        day = days.now
        days.bring(*step, source=source)
        said.append((day, answers(days.store, day)))
    undo(days.store, "inventory", now=days.now)

    for day, expected in said:
        with as_of(days.store, day.date()) as past:
            assert answers(past, day) == expected
    states = {each.state for _, (found, _) in said for each in found}
    assert states >= {"assessed", "not assessable"}
    assert said[0][1][0] != said[1][1][0] != said[3][1][0]
