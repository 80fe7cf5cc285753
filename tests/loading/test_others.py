"""What an importer is told of the graph: what others state, and never its own words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.loading.others import known_beside
from ownership_graph.records import Node, Relationship

NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture
def state(store, tmp_path):
    def state(source, precedence=(), **tables):
        folder = tmp_path / source
        folder.mkdir(exist_ok=True)
        for name, text in tables.items():
            (folder / f"{name}.csv").write_text(text)
        order = Order(source, find_importer("tables"), {"path": folder})
        load(store, order, now=NOW, precedence=precedence)

    return state


def test_what_others_state_is_known_as_they_state_it(store, state):
    state("hr", nodes_Team="id,name,function\nt1,Law,legal\nt2,Risk,\n")
    state("own", nodes_Team="id,name,function\nt2,Mine,risk\nt3,Mine,\nt1,Mine,\n")
    state("wiki", nodes_Team="id,name\nt1,Lawyers\n")

    assert sorted(known_beside(store, "own").nodes("Team"), key=lambda each: each.id) == [
        Node("Team", "t1", {"name": "Law", "function": "legal"}),
        Node("Team", "t2", {"name": "Risk"}),
    ]


def test_relationships_of_others_are_known_and_ends_that_nobody_describes_are_not(store, state):
    owns = "from_label,from,to_label,to,role\n"
    state("hr", rels_OWNS=f"{owns}Team,t1,Model,m1,technical\n")
    state("own", rels_OWNS=f"{owns}Team,t1,Model,m2,technical\n")
    known = known_beside(store, "own")

    assert list(known.ties("OWNS")) == [
        Relationship("OWNS", "Team", "t1", "Model", "m1", {"role": "technical"})
    ]
    assert list(known.nodes("Team")) == []


def test_what_another_denies_is_not_known(store, state):
    state("hr", nodes_Team="id,name\nt1,Law\n")
    state("manual", nodes_Team="id,absent\nt1,true\n")

    assert list(known_beside(store, "own").nodes("Team")) == []


def test_of_a_store_that_is_not_in_use_yet_nothing_is_known(store):
    known = known_beside(store, "own")

    assert (list(known.nodes("Team")), list(known.ties("OWNS"))) == ([], [])
