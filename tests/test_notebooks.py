"""The way over to notebooks that use py2neo."""

from __future__ import annotations

import sys

import pytest

from ownership_graph.errors import UsageError
from ownership_graph.notebooks import to_subgraph
from ownership_graph.records import Fact, node_key, relationship_key

FACTS = (
    Fact(node_key("Team", "t1"), {"name": "Data"}),
    Fact(node_key("Model", "m1"), {"name": "Triage", "risk_tier": 3}),
    Fact(
        relationship_key("OWNS", "Team", "t1", "Model", "m1", ("accountable",)),
        {"role": "accountable"},
    ),
)


def test_a_graph_becomes_a_subgraph_that_py2neo_can_merge():
    subgraph = to_subgraph(FACTS)
    assert {(node.__primarylabel__, node["id"]) for node in subgraph.nodes} == {
        ("Team", "t1"),
        ("Model", "m1"),
    }
    (owns,) = subgraph.relationships
    assert (owns.start_node["name"], type(owns).__name__, owns.end_node["risk_tier"]) == (
        "Data", "OWNS", 3,
    )  # fmt: skip
    assert owns["role"] == "accountable"


def test_without_py2neo_there_is_a_sentence_with_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "py2neo", None)
    with pytest.raises(UsageError, match=r"ownership-graph\[py2neo\]"):
        to_subgraph(FACTS)
