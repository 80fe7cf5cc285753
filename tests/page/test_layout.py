"""Where everything lies on the map."""

from __future__ import annotations

import math

import pytest
from page.told import node

from ownership_graph.organisation import organisation
from ownership_graph.page.graph import read_graph
from ownership_graph.page.layout import lay_out
from ownership_graph.records import Fact, Node, node_key, relationship_key


def large(size=1500):
    """The facts of a made-up organisation."""
    for each in organisation(today=20_781, size=size):
        if isinstance(each, Node):
            yield Fact(node_key(each.label, each.id), each.properties)
        else:
            ends = (each.from_label, each.from_id, each.to_label, each.to_id)
            yield Fact(relationship_key(each.type, *ends), each.properties)


@pytest.fixture(scope="module")
def graph():
    return read_graph(large())


@pytest.fixture(scope="module")
def layout(graph):
    return lay_out(graph)


def test_every_node_lies_in_its_disc_and_a_team_in_the_middle(graph, layout):
    for place, (point, number) in enumerate(zip(layout.points, layout.disc_of, strict=True)):
        disc = layout.discs[number]
        assert place in disc.members
        assert math.dist(point, (disc.x, disc.y)) < disc.radius
        if graph.nodes[place].label == "Team":
            assert (disc.home.team, point) == (place, (disc.x, disc.y))


def test_no_two_nodes_and_no_two_discs_overlap(layout):
    assert len({(round(x), round(y)) for x, y in layout.points}) == len(layout.points)
    for number, one in enumerate(layout.discs):
        for other in layout.discs[:number]:
            assert math.dist((one.x, one.y), (other.x, other.y)) > one.radius + other.radius


def test_groups_hold_their_discs_and_no_others(layout):
    assert len(layout.groups) > 5
    for disc in layout.discs:
        for number, group in enumerate(layout.groups):
            apart = math.dist((disc.x, disc.y), (group.x, group.y))
            if disc.group == number:
                assert apart + disc.radius <= group.radius + 1e-6
            else:
                assert apart >= disc.radius + group.radius


def test_the_order_of_the_facts_does_not_matter(layout):
    assert lay_out(read_graph(list(large())[::-1])) == layout


def test_without_teams_each_label_has_a_disc():
    facts = [node("Model", f"m{number}") for number in range(9)] + [node("Person", "p1")]
    layout = lay_out(read_graph(facts))
    assert [len(disc.members) for disc in layout.discs] == [1, 9]
    assert layout.groups == ()


def test_an_empty_graph_has_an_empty_map():
    layout = lay_out(read_graph([]))
    assert (layout.points, layout.discs) == ((), ())
