"""A harder threshold never adds findings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownership_graph.findings import check
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import organisation, write_tables
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.stores import open_store

TODAY = 20_781
SOFTER = {
    "low_tier", "min_able", "min_accountable_share", "min_largest_share", "days_back",
    "max_people", "max_clear", "max_desks", "max_known",
}  # fmt: skip
"""Thresholds of which the lower value is the harder one."""

DEFINES = {"min_confidence", "recent_days"}
"""Says what a claim is, or what counts: with fewer there can be more faults, and fewer."""

THRESHOLDS = [
    (question, parameter)
    for question in load_questions()
    for parameter in question.parameters
    # While little is recorded, an absence rule shows a count and no rows.
    if parameter.type != "text" and parameter.name not in DEFINES and not question.absence
]


@pytest.fixture(scope="module")
def organisation_store(tmp_path_factory):
    """The example organisation, in which each rule finds something."""
    folder = tmp_path_factory.mktemp("thresholds")
    write_tables(organisation(today=TODAY), folder / "tables")
    with open_store(str(folder / "graph.kgl")) as store:
        order = Order("tables", find_importer("tables"), {"path": folder / "tables"})
        load(store, order, now=datetime(2026, 11, 24, tzinfo=UTC))
        yield store


def subjects(store, question, **parameters):
    [answer] = check(store, [question], today=TODAY, parameters=parameters).answers
    rows = answer.rows.dicts() if answer.rows else []
    return {tuple(str(row[each.name]) for each in question.subject) for row in rows}


@pytest.mark.parametrize(
    ("question", "parameter"),
    THRESHOLDS,
    ids=[f"{question.code}-{parameter.name}" for question, parameter in THRESHOLDS],
)
def test_a_harder_threshold_never_adds_findings(organisation_store, question, parameter):
    @settings(max_examples=10, deadline=None)
    @given(st.floats(0, 3), st.floats(0, 3))
    def holds(one, two):
        softer, harder = sorted((one, two), reverse=parameter.name in SOFTER)
        values = [parameter.default * each or each * 10 for each in (softer, harder)]
        if parameter.type == "int":
            values = [round(each) for each in values]
        easy, hard = (
            subjects(organisation_store, question, **{parameter.name: each}) for each in values
        )
        assert hard <= easy

    holds()
