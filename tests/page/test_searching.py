"""The search in Python and the search on the page mean the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page.told import company, node, nothing_asked, tie

from ownership_graph.page.graph import read_graph
from ownership_graph.page.homes import homes
from ownership_graph.page.searching import folded, search_parts, searched, shown_value

SEARCHES = (
    "", " ", "kind:", ":", "claims", "CLAIMS triage", "kind:model", "kind:models stage:pilot",
    "team:risk", 'team:"model risk" kind:person', 'team:"model', "team: risk", "id:m1",
    "name:m1", "name:fraud", "stage:PRODUCTION", "risk_tier:3", "events:1,234", "share:0.1235",
    "stage_day:2024-10", "hard:yes", "hard:no", "écoles", "ecoles", "label:x", "team:without",
    "agreed_by:p1, p2", "kind:human", "Ünder_Score:ä", "a:b:c", '"legal review"', "since_day:-1",
    "since_day:1800", "kind:others", "kind:widget",
)  # fmt: skip


def facts():
    """The company, and values of every kind."""
    values = {
        "events": 1_234, "share": 0.123_456, "hard": True, "stage_day": 20_000,
        "agreed_by": ["p1", "p2"], "Under_Score": "Ä", "far": 1.5, "since_day": -60_000,
    }  # fmt: skip
    return [
        *company(),
        node("Model", "x1", "Écoles", **values),
        node("Model", "x2", "Le\u0301o", hard=False, since_day=10**9, events=2.0, a="b:c"),
        node("Widget", "w1"),
        tie("OWNS", ("Team", "t1"), ("Model", "x1"), role="accountable"),
    ]


def found(query):
    graph = read_graph(facts())
    return [graph.nodes[place].id for place in searched(graph, homes(graph), query)]


def test_words_and_names_find_what_they_say():
    assert found("claims triage") == ["m1"]
    assert found("kind:model team:risk") == ["x1"]
    assert found("kind:human") == ["p1", "p2"]
    assert found("team:without kind:model") == ["m3", "x2"]
    assert found("stage_day:2024-10-04") == ["m1", "x1"]
    assert found('"legal review" stage:pilot') == []
    assert found("name:fraud") == ["m2"]
    assert found('agreed_by:"p1, p2"') == ["x1"]
    assert found("  ") == []


@pytest.mark.browser
def test_the_page_finds_the_same(open_page):
    page = open_page(facts(), nothing_asked())
    told = page.evaluate(
        """async (queries) => {
          const graph = new OwnershipGraph((await readData()).graph);
          const searching = new Searching(graph);
          const found = queries.map((query) => searching.find(query));
          return found.map((nodes) => nodes.sort((a, b) => a - b).map((at) => graph.nodes.id[at]));
        }""",
        list(SEARCHES),
    )
    assert dict(zip(SEARCHES, told, strict=True)) == {each: found(each) for each in SEARCHES}


@given(st.text())
def test_any_text_is_a_search(query):
    for name, text in search_parts(query):
        assert name or text
        assert (folded(name), folded(text)) == (name, text)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("stage_day", -800_000, "-800,000"),
        ("share", 2.0, "2"),
        ("share", 1_234.56789, "1,234.568"),
        ("hard", False, "no"),
        ("goal", "x", "x"),
    ],
)
def test_a_value_is_looked_for_as_it_is_shown(name, value, told):
    assert shown_value(name, value) == told
