"""The oracle reads a graph the same, whichever way it is told."""

from __future__ import annotations

from oracle.facts import Graph, of_facts, of_records, read_tables
from oracle.rules import parameters_of, rules, subjects
from small_graphs import facts_of

from ownership_graph.organisation import organisation, write_tables
from ownership_graph.queries.catalogue import load_questions

TODAY = 20_781


def said(graph):
    """Everything that the graph holds, to be compared."""
    labels = ("Person", "Team", "Model", "UseCase", "Gate", "Approval", "Criterion")
    return {
        (node.label, node.id): (
            node.properties,
            node.described,
            sorted(
                (tie.type, tie.end.id, sorted(map(repr, tie.properties.items())))
                for ties in node.starts.values()
                for tie in ties
            ),
        )
        for node in graph.all(*labels)
    }


def test_tables_and_records_tell_the_same(tmp_path):
    write_tables(organisation(today=TODAY), tmp_path)

    assert said(read_tables(tmp_path)) == said(of_records(organisation(today=TODAY)))


def test_a_node_that_only_a_tie_names_is_a_stub():
    graph = Graph([("OWNS", ("Team", "t"), ("Model", "m"), {}), ("Model", "m", {"stage": ""})])

    assert not graph.node("Team", "t").described
    assert graph.node("Model", "m").described
    assert graph.node("Model", "m").get("stage", "none") == "none"


def test_a_fact_stated_twice_is_one():
    twice = [("OWNS", ("Team", "t"), ("Model", "m"), {"role": "risk", "since_day": day})
             for day in (1, 2)]  # fmt: skip

    [tie] = Graph(twice).node("Model", "m").into("OWNS")

    assert tie.get("since_day") == 2


def test_what_each_source_says_is_known():
    graph = of_facts(facts_of("Model m1 hr:stage=pilot cmdb:stage=idea"))

    assert [source for source, _ in graph.node("Model", "m1").said] == ["hr", "cmdb"]


def test_every_rule_is_of_the_catalogue_and_takes_only_its_parameters():
    known = {
        each.code: {parameter.name for parameter in each.parameters} for each in load_questions()
    }

    for code in rules():
        assert set(parameters_of(code)) <= known[code]
        assert subjects(code, Graph(), TODAY) == set()
