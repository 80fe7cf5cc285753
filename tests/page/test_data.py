"""The data of a page as JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from page.told import company, node, tie

from ownership_graph.page.data import embedded, graph_data
from ownership_graph.page.graph import read_graph
from ownership_graph.page.layout import lay_out


def data_of(facts):
    graph = read_graph(facts)
    return graph_data(graph, lay_out(graph), {})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_embedded_ends_no_element_and_comes_back_the_same(text):
    held = embedded({"x": text, text: 1})
    assert not set(held) & set("<>&\u2028\u2029")
    assert json.loads(held) == {"x": text} | {text: 1}


def test_ids_on_the_page_are_whole_numbers():
    data = data_of(company())
    nodes, ties = data["nodes"], data["relationships"]
    assert nodes["name"][ties["start"][0]] == "Legal review of case a1"
    assert data["types"][ties["type"][0]]["name"] == "AT"
    assert {type(each) for each in ties["start"] + ties["end"] + nodes["x"] + nodes["y"]} == {int}


def test_sources_are_kept_once_a_set_and_claims_only_where_they_differ():
    data = data_of(company())
    assert data["sources"] == [["inventory"], ["inventory", "backstage"], []]
    place = data["nodes"]["name"].index("Claims triage")
    assert data["nodes"]["disputes"] == {
        str(place): {
            "on": ("stage",),
            "claims": {"inventory": {"stage": "pilot"}, "backstage": {"stage": "production"}},
        }
    }
    assert data["relationships"]["disputes"] == {}


def test_a_stub_is_told_and_a_disc_without_a_team_says_of_what():
    data = data_of(company())
    (stub,) = data["nodes"]["stubs"]
    assert data["nodes"]["id"][stub] == "d1"
    assert {"Models without a team", "Datasets without a team", "Claims"} <= {
        disc["name"] for disc in data["discs"]
    }


def test_groups_bear_the_names_of_their_branches():
    teams = [("Team", f"t{number}") for number in range(6)]
    facts = [
        *(node(*each, f"Team {each[1]}") for each in teams),
        *(tie("PART_OF", each, teams[0]) for each in teams[1:3]),
    ]
    assert [group["name"] for group in data_of(facts)["groups"]] == ["Team t0"]


def test_an_unknown_label_or_relationship_is_drawn_all_the_same():
    data = data_of([node("Robot", "r1"), node("Robot", "r2")])
    assert data["labels"] == [
        {"name": "Robot", "plural": "others", "meaning": "", "colour": "#999999", "shape": "dot"}
    ]
    assert data["discs"][0]["name"] == "Robot without a team"


def test_an_empty_graph_is_data_too():
    assert json.loads(embedded(data_of([])))["nodes"]["id"] == []
