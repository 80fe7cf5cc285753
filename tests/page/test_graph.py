"""Facts to the page's graph."""

from __future__ import annotations

from page.told import company, node, tie

from ownership_graph.page.graph import read_graph
from ownership_graph.records import Fact


def test_the_order_of_the_facts_does_not_matter():
    facts = company()
    assert read_graph(facts[::-1]) == read_graph(facts)


def test_nor_does_it_between_the_same_two_where_they_differ_in_a_role_alone():
    facts = [
        tie("OWNS", ("Team", "t1"), ("Model", "m1"), role=role)
        for role in ("technical", "accountable", "business")
    ]
    graph = read_graph(facts)
    assert graph == read_graph(facts[::-1])
    roles = [each.said.properties["role"] for each in graph.relationships]
    assert roles == ["accountable", "business", "technical"]


def test_labels_stand_in_the_models_order_and_ids_within_them():
    graph = read_graph(company())
    assert [node.label for node in graph.nodes][:9] == ["Person"] * 4 + ["Team"] * 3 + [
        "Model"
    ] * 2
    assert [node.id for node in graph.nodes][4:7] == ["t0", "t1", "t2"]


def test_an_end_that_no_node_stands_for_becomes_a_stub():
    graph = read_graph([tie("OWNS", ("Team", "t1"), ("Model", "m1"))])
    assert [(each.id, each.described) for each in graph.nodes] == [("t1", False), ("m1", False)]


def test_what_belongs_to_a_relationships_identity_is_told_even_where_only_its_key_says_it():
    graph = read_graph([Fact('["OWNS","Team","t1","Model","m1","accountable"]')])
    assert graph.relationships[0].said.properties == {"role": "accountable"}


def test_a_node_without_a_name_bears_its_id():
    nameless = (
        Fact('["Team","t1"]'),
        node("Team", "t2", "  "),
        Fact('["Team","t3"]', {"name": 3}),
    )
    assert [each.name for each in read_graph(nameless).nodes] == ["t1", "t2", "t3"]


def test_a_relationship_of_an_unknown_type_is_kept():
    graph = read_graph([Fact('["LIKES","Person","p1","Person","p2","much"]')])
    assert graph.relationships[0].type == "LIKES"


def test_an_approval_without_a_name_is_called_by_what_it_is_about():
    facts = [
        node("Model", "m1", "Claims triage"),
        node("Gate", "g1", "Legal review"),
        *(Fact(f'["Approval","a{number}"]', {"requested_day": 20_090}) for number in range(3)),
        node("Approval", "a3", "Release of July"),
        tie("CONCERNS", ("Approval", "a0"), ("Model", "m1")),
        tie("CONCERNS", ("Approval", "a0"), ("Model", "m2")),
        tie("AT", ("Approval", "a0"), ("Gate", "g1")),
        tie("AT", ("Approval", "a1"), ("Gate", "g1")),
        tie("AT", ("Approval", "a3"), ("Gate", "g1")),
        tie("CONCERNS", ("Approval", "stub"), ("Model", "m2")),
    ]
    names = {each.id: each.name for each in read_graph(facts).nodes if each.label == "Approval"}
    assert names == {
        "a0": "Approval of Claims triage and 1 more at Legal review, asked 2025-01-02",
        "a1": "Approval at Legal review, asked 2025-01-02",
        "a2": "a2",
        "a3": "Release of July",
        "stub": "Approval of m2",
    }
