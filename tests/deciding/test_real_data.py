"""Real data sets: `decide` agrees with DEC-05 on every model that it is asked about."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from deciding.asked import QUESTIONS

from ownership_graph.deciding import decide
from ownership_graph.findings import check, choose
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load

DAY = 20_690
SAMPLE = 8
"""So many models of each stage are asked about."""


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("ethereum-eips", {"clear", "stuck", "nothing ahead"}),
        ("fed-ai-2024", {"not known", "nothing ahead"}),
        ("python-peps", {"not known", "nothing ahead"}),
    ],
)
def test_every_answer_is_that_of_the_question(store, data_folder, name, states):
    order = Order(name, find_importer("tables"), {"path": data_folder / name / "canonical"})
    load(store, order, now=datetime(2026, 8, 22, tzinfo=UTC))
    [answer] = check(store, choose(QUESTIONS, ["DEC-05"]), today=DAY).answers
    stuck = {row["model"] for row in answer.rows.dicts()} if answer.rows else set()
    rows = store.read(
        "MATCH (m:Model) WITH m.stage AS stage, m.id AS id ORDER BY id"
        " RETURN stage, collect(id) AS ids ORDER BY stage"
    ).dicts()
    found = {
        own_id: decide(store, QUESTIONS, own_id, today=DAY)
        for row in rows
        for own_id in row["ids"][:SAMPLE]
    }
    assert {each.state for each in found.values()} <= states
    for each in found.values():
        assert all(other.by or other.why for other in each.others)
    of_the_question = {own_id for own_id, each in found.items() if each.stage == "pilot"}
    assert of_the_question
    assert {own_id for own_id in of_the_question if found[own_id].state == "stuck"} == (
        stuck & of_the_question
    )
