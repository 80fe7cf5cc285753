"""On small graphs, thick with what is rare, every rule finds what the oracle finds."""

from __future__ import annotations

import pytest
from oracle.facts import of_facts
from oracle.random_graphs import (
    NODES,
    TIES,
    TODAY,
    disturbed_graph,
    graph_of_rights,
    random_graph,
    random_parameters,
    smallest,
)
from oracle.rules import rules, subjects
from queries.golden import cases
from small_graphs import facts_of, fill

from ownership_graph.findings import check
from ownership_graph.findings.subjects import findings_of
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.queries.catalogue import load_questions

QUESTIONS = [each for each in load_questions() if each.code in rules()]
PROMISED = sorted({need.text for each in QUESTIONS for need in each.needs})
DEFAULTS = {
    parameter.name: parameter.default for each in QUESTIONS for parameter in each.parameters
}
GOLDEN = [each.graph for each in cases()]
DRAWN = [(f"drawn {seed}", random_graph(seed), seed) for seed in range(100)]
DISTURBED = [(f"disturbed {seed}", disturbed_graph(seed, GOLDEN), seed) for seed in range(100)]
EMBEDDED = [*DRAWN, *DISTURBED]
SERVER = [*DRAWN[:2], *DISTURBED[:4]]
"""A server takes longer."""


RIGHTS = [each for each in QUESTIONS if each.code in {"DEC-05", "DEC-06", "DEC-08", "DEC-09"}]


def differences(place, text, parameters, questions=QUESTIONS):
    """By code, what only the query finds, and what only the oracle finds."""
    graph = of_facts(facts_of(text), "test")
    with place.fresh() as store:
        fill(store, text, provides=PROMISED)
        answers = check(store, questions, today=TODAY, parameters=parameters).answers
    found = {}
    for answer in answers:
        code = answer.question.code
        if answer.rows is None:  # nobody can promise what one source knows, only hold it
            assert "inventory_of_record" in answer.parameters, code
            continue
        asked = {each.subject for each in findings_of(answer.question, answer.rows, {})}
        reckoned = subjects(code, graph, TODAY, answer.parameters)
        if asked != reckoned:
            found[code] = (asked - reckoned, reckoned - asked)
    return found


def told(place, name, text, parameters, questions=QUESTIONS):
    """The smallest graph that shows one of the disagreements, to be kept as a golden case."""
    for code in differences(place, text, parameters, questions):
        own = [each for each in QUESTIONS if each.code == code]
        known = {each.name for each in own[0].parameters}
        given = {key: value for key, value in parameters.items() if key in known}

        def differs(left, own=own, given=given):
            return differences(place, left, given, own)

        graph = smallest(text, differs)
        [(asked, reckoned)] = differs(graph).values()
        return (
            f"{name}: {code} with {given}: only the query finds {sorted(asked)}, only the oracle"
            f" {sorted(reckoned)}, in\n{graph}"
        )
    return ""


@pytest.mark.parametrize("which", ["drawn", "disturbed"])
def test_every_rule_finds_what_the_oracle_finds(place, which):
    for name, text, seed in EMBEDDED if place.kind == "embedded" else SERVER:
        if name.startswith(which):
            parameters = random_parameters(seed, DEFAULTS) if seed % 2 else {}
            assert told(place, name, text, parameters) == ""


def test_rights_to_let_models_through_count_as_the_oracle_says(place):
    for seed in range(150 if place.kind == "embedded" else 3):
        assert told(place, f"rights {seed}", graph_of_rights(seed), {}, RIGHTS) == ""


def test_the_graphs_draw_on_every_label_and_relationship():
    assert NODES.keys() == LABELS.keys()
    assert {name: (starts, ends) for name, (starts, ends, _) in TIES.items()} == {
        name: (each.starts, each.ends) for name, each in RELATIONSHIPS.items()
    }
    for name, properties in NODES.items():
        assert properties.keys() <= LABELS[name].properties.keys()
    for name, (_, _, properties) in TIES.items():
        assert properties.keys() <= RELATIONSHIPS[name].properties.keys()


def test_a_graph_is_cut_down_to_what_is_wrong_with_it():
    text = "Model m1 stage=pilot risk_tier=3\nTeam t1\nTeam t1 OWNS Model m1 role=risk scope=use"

    assert smallest(text, lambda left: "OWNS" in left and "role=risk" in left) == (
        "Team t1 OWNS Model m1 role=risk"
    )
