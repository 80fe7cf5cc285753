"""The real data sets: each rule finds what an independent reading of the same tables found."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ownership_graph.findings import check
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.queries.catalogue import load_questions

MAPPING = Path(__file__).parents[2] / "examples" / "mappings" / "federal-ai-inventory-2024.toml"
NAMES_BOTH = {"OWN-08"}
"""Rules whose expected subject is a pair of teams."""


def order_of(name, folder):
    if name == "fed-ai-2024 raw":
        table = folder / "fed-ai-2024" / "inventory_2024.csv"
        return Order("inventory", find_importer("table"), {"path": table, "mapping": MAPPING})
    return Order(name, find_importer("tables"), {"path": folder / name / "canonical"})


def subjects(answer):
    """The ids that the first label column holds, or both of a pair, joined by `|`."""
    columns = answer.question.subject[: 1 + (answer.question.code in NAMES_BOTH)]
    return sorted({"|".join(row[each.name] for each in columns) for row in answer.rows.dicts()})


@pytest.mark.data
@pytest.mark.parametrize(
    "name", ["ethereum-eips", "fed-ai-2024", "fed-ai-2024 raw", "python-peps"]
)
def test_findings_are_those_of_an_independent_reading(store, data_folder, name):
    expected_file = data_folder / name.removesuffix(" raw") / "expected" / "findings.json"
    expected = json.loads(expected_file.read_text(encoding="utf-8"))
    load(store, order_of(name, data_folder), now=datetime(2026, 8, 22, tzinfo=UTC))

    answers = check(
        store, load_questions(), today=expected["as_of_epoch_day"], timeout=120
    ).answers

    known = [each for each in answers if each.question.code in expected["subjects"]]
    assert len(known) == len(expected["subjects"]) == 29
    assert {each.question.code for each in known if each.state == "not assessable"} == set(
        expected["not_assessable_rules"]
    )
    found = {
        each.question.code: subjects(each) for each in known if each.state != "not assessable"
    }
    assert found == {
        code: sorted(set(expected["subjects"][code])) for code in expected["assessable_rules"]
    }
