from __future__ import annotations

import json

import pytest

from ownership_graph.measures.seen_nowhere import GIVES, measure

RECORD = {"inventory_of_record": "cmdb"}


def row(model, **claims):
    text = json.dumps({"cmdb": {"stage": "production"}, **claims}) if claims else None
    return {"model": model, "stage": "production", "claims": text, "owners": ["t"], "days": 3}


def test_what_no_other_source_states_is_seen_nowhere():
    assert measure([row("m")], RECORD) == [
        {"model": "m", "stage": "production", "named_by": [], "owners": ["t"], "days": 3}
    ]
    assert tuple(measure([row("m")], RECORD)[0]) == GIVES


@pytest.mark.parametrize(
    "said", [{"stage": "pilot"}, {"stage": "production"}, {"environment": "eu-west-1"}]
)
def test_another_source_that_says_that_it_is_in_use_has_seen_it(said):
    assert measure([row("m", hr={}, registry=said)], RECORD) == []


@pytest.mark.parametrize("said", [{}, {"stage": "retired"}, {"environment": ""}, {"absent": True}])
def test_another_source_that_only_names_it_has_not(said):
    [found] = measure([row("m", hr={}, registry=said)], RECORD)
    assert found["named_by"] == ["hr", "registry"]


def test_rows_keep_their_order():
    assert [each["model"] for each in measure([row("b"), row("a")], RECORD)] == ["b", "a"]
