"""The nearest common superior: of teams, of people, and of those whom no team stands above."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.rights.superiors import Superior, read_lines


def team(own_id, above="", leads="", **facts):
    known = {"name": own_id.upper(), "status": None, "above": above.split()}
    return {"id": own_id, "leads": leads.split()} | known | facts


def owner(own_id, teams=""):
    return {"id": own_id, "team": False, "teams": teams.split()}


def manager(own_id, above, *, gone=False):
    return {"id": own_id, "above": [[above, gone]]}


def test_the_desk_is_that_of_the_lead_else_of_the_team():
    lines = read_lines([team("a", "top"), team("b", "top"), team("top", leads="p")], [], [])
    assert lines.superior(["a", "b"]) == Superior("p", "the lead of TOP", 1, "top")
    lines = read_lines([team("a", "top"), team("b", "top"), team("top", leads="p q")], [], [])
    assert lines.superior(["a", "b"]) == Superior("top", "TOP", 1, "top")


def test_a_dissolved_team_above_is_passed_over():
    rows = [team("a", "mid"), team("b", "mid"), team("mid", "top", status="archived")]
    assert read_lines([*rows, team("top")], [], []).superior(["a", "b"]).team == "top"


def test_a_person_begins_in_the_own_teams():
    lines = read_lines([team("a", "top"), team("b", "top"), team("top")], [owner("p", "a")], [])
    assert lines.superior(["p", "b"]).team == "top"
    assert lines.are_one_line("p", "a")
    assert lines.are_one_line("p", "top")
    assert not lines.are_one_line("p", "b")


def test_where_no_team_stands_above_people_do():
    rows = [team("a", leads="p"), team("b", leads="q"), team("c")]
    lines = read_lines(rows, [], [manager("p", "m"), manager("q", "m"), manager("m", "n")])
    assert lines.superior(["a", "b"]) == Superior("m", "their common manager", 1)
    assert lines.superior(["a", "c"]) is None
    gone = read_lines(
        rows, [], [manager("p", "m", gone=True), manager("q", "m"), manager("m", "n")]
    )
    assert gone.superior(["a", "b"]) == Superior("n", "their common manager", 2)


def test_a_team_that_nobody_describes_has_no_line():
    lines = read_lines([team("a", "nowhere")], [], [])
    assert lines.superior(["a", "unknown"]) is None


def test_a_circle_of_teams_ends():
    lines = read_lines([team("a", "b"), team("b", "a"), team("c", "b")], [], [])
    assert lines.are_one_line("a", "b")
    assert lines.superior(["a", "c"]).team in {"a", "b"}


IDS = "abcdef"
LINES = st.sets(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=10)


@given(LINES, st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS), min_size=2, max_size=3))
def test_it_is_the_nearest_of_all_that_stand_above_every_one(ties, gone, parties):
    rows = [
        team(each, " ".join(sorted(above for below, above in ties if below == each)),
             status="archived" if each in gone else "active")
        for each in IDS
    ]  # fmt: skip
    found = read_lines(rows, [], []).superior(sorted(parties))
    graph = nx.DiGraph(ties)
    graph.add_nodes_from(IDS)
    far = {each: nx.single_source_shortest_path_length(graph, each) for each in parties}
    common = [each for each in IDS if each not in gone and all(each in far[p] for p in parties)]
    if not common:
        assert found is None
        return
    assert found.team in common
    assert found.levels == min(max(far[p][each] for p in parties) for each in common)
