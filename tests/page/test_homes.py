"""At which team each node is at home."""

from __future__ import annotations

import pytest
from page.told import company, node, tie

from ownership_graph.page.graph import read_graph
from ownership_graph.page.homes import Home, groups_of, homes


def home_of(facts, label, own_id):
    """The id of the home's team, or None and the label."""
    graph = read_graph(facts)
    home = homes(graph)[graph.places[label, own_id]]
    return home.label if home.team is None else graph.nodes[home.team].id


@pytest.mark.parametrize(
    ("label", "own_id", "home"),
    [
        ("Team", "t1", "t1"),
        ("Person", "p3", "t2"),
        ("Model", "m1", "t2"),
        ("Approval", "a1", "t2"),
        ("Gate", "g1", "t1"),
        ("Model", "m3", "Model"),
        ("Dataset", "d1", "Dataset"),
    ],
)
def test_each_is_at_home_where_its_owner_is_and_what_nobody_owns_stands_apart(label, own_id, home):
    assert home_of(company(), label, own_id) == home


def test_what_a_person_owns_is_at_home_in_the_persons_team():
    facts = [
        tie("MEMBER_OF", ("Person", "p1"), ("Team", "t1")),
        tie("OWNS", ("Person", "p1"), ("Model", "m1")),
    ]
    assert home_of(facts, "Model", "m1") == "t1"


def test_what_a_homeless_person_owns_has_no_home():
    assert home_of([tie("OWNS", ("Person", "p1"), ("Model", "m1"))], "Model", "m1") == "Model"


def test_the_accountable_team_comes_before_another_and_before_a_person():
    model = ("Model", "m1")
    facts = [
        tie("MEMBER_OF", ("Person", "p1"), ("Team", "t1")),
        tie("OWNS", ("Person", "p1"), model, role="accountable"),
        tie("OWNS", ("Team", "t2"), model, role="technical"),
        tie("OWNS", ("Team", "t3"), model, role="accountable"),
    ]
    assert home_of(facts, "Model", "m1") == "t3"


def test_a_criterion_is_at_home_with_the_model_that_it_judges_unless_it_is_owned():
    facts = [
        tie("OWNS", ("Team", "t1"), ("Model", "m1")),
        tie("JUDGED_BY", ("Model", "m1"), ("Criterion", "c1")),
        tie("JUDGED_BY", ("Model", "m1"), ("Criterion", "c2")),
        tie("OWNS", ("Team", "t2"), ("Criterion", "c2")),
    ]
    assert (home_of(facts, "Criterion", "c1"), home_of(facts, "Criterion", "c2")) == ("t1", "t2")


def test_an_unknown_label_has_no_home():
    facts = [node("Robot", "r1")]
    assert homes(read_graph(facts)) == [Home(None, "Robot")]


def groups(*parts, teams=8):
    """The group of each team, by ids."""
    facts = [node("Team", f"t{number}") for number in range(teams)]
    facts += [tie("PART_OF", ("Team", part), ("Team", whole)) for part, whole in parts]
    graph = read_graph(facts)
    found = groups_of(graph, range(len(graph.nodes)))
    return {graph.nodes[team].id: graph.nodes[group].id for team, group in found.items()}


def test_a_branch_is_one_group_and_the_top_of_everything_is_parted():
    parts = [("t1", "t0"), ("t2", "t0"), ("t3", "t1"), ("t4", "t3"), ("t5", "t2"), ("t6", "t2")]
    assert groups(*parts) == {
        "t0": "t0", "t1": "t1", "t3": "t1", "t4": "t1", "t2": "t2", "t5": "t2", "t6": "t2",
        "t7": "t7",
    }  # fmt: skip


def test_teams_that_are_part_of_each_other_in_a_circle_are_groups_of_their_own():
    parts = [("t1", "t2"), ("t2", "t3"), ("t3", "t1"), ("t4", "t4")]
    assert set(groups(*parts).items()) >= {(each, each) for each in ("t1", "t2", "t3", "t4")}


def test_of_two_parents_the_first_counts():
    assert groups(("t1", "t3"), ("t1", "t2"))["t1"] == "t2"
