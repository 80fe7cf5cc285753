"""Of every model of the example organisation `decide` says what the questions say of all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from deciding.asked import QUESTIONS

from ownership_graph.deciding import decide
from ownership_graph.findings import check, choose
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.rights.implied import OF_OWNERS, Situation

EXAMPLE = Path(__file__).parents[2] / "examples" / "organisation"
TODAY = 20_781


def rows_of(store, code):
    [question] = choose(QUESTIONS, [code])
    values = {each.name: each.default for each in question.parameters} | {"today": TODAY}
    return store.read(question.cypher, values).dicts()


@pytest.fixture
def told(embedded_store):
    """The store, and the answer about each model that is live."""
    order = Order("example", find_importer("tables"), {"path": EXAMPLE})
    load(embedded_store, order, now=datetime(2026, 11, 24, tzinfo=UTC))
    rows = embedded_store.read(
        "MATCH (m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired'"
        " RETURN m.id AS id ORDER BY id"
    ).rows
    return embedded_store, {
        own_id: decide(embedded_store, QUESTIONS, own_id, today=TODAY) for (own_id,) in rows
    }


def test_of_every_model_it_says_what_the_questions_say_of_all(told):
    store, found = told
    [answer] = check(store, choose(QUESTIONS, ["DEC-05"]), today=TODAY).answers
    stuck = {row["model"]: row["why"] for row in answer.rows.dicts()}
    assert stuck
    assert stuck.items() <= {own: each.why for own, each in found.items()}.items()

    implied = list(Situation(rows_of(store, "DEC-09")).implied())
    wanted = {
        (each.kind, model): each.outlook.state
        for each in implied
        if each.kind in OF_OWNERS
        for model in each.models
    }
    said = {
        (other.kind, own): other.state
        for own, each in found.items()
        for other in each.others
        if other.kind in OF_OWNERS and other.state != "raised"
    }
    assert said == wanted
    assert {"open", "impossible"} <= set(wanted.values())
    [absences] = check(store, choose(QUESTIONS, ["DEC-06"]), today=TODAY).answers
    needed = {(row["person"], own) for row in absences.rows.dicts() for own in row["models"]}
    hanging = {(each.person.id, own) for own, it in found.items() for each in it.hangs_on}
    # DEC-06 does not look at requests that wait for each other.
    circles = {own for own, each in found.items() if "wait for each other" in each.why}
    assert {each for each in needed if each[1] not in circles} <= hanging
