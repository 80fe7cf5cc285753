"""Discs too many for one map, rolled up the tree of teams."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st
from page.told import node, tie

from ownership_graph.page.graph import read_graph
from ownership_graph.page.layout import lay_out
from ownership_graph.page.rolling import MOST_DISCS, roll_up


def teams(parents, *more):
    """A graph of so many teams, each part of another by number, or of none."""
    facts = [node("Team", f"{team:04}", f"Team {team:04}") for team in range(len(parents))]
    facts += [
        tie("PART_OF", ("Team", f"{team:04}"), ("Team", f"{above:04}"))
        for team, above in enumerate(parents)
        if above is not None
    ]
    return read_graph([*facts, *more])


def rolled(graph):
    return roll_up(graph, lay_out(graph))


def maps(found):
    """How many discs lie on each map, the first map first."""
    counts = {None: 0}
    for above in found.parent:
        counts[above] = counts.get(above, 0) + 1
    return list(counts.values())


def circles_of(graph, found):
    """By map, where its discs lie and how large they are."""
    radii = [disc.radius for disc in lay_out(graph).discs] + [
        each.radius for each in found.branches
    ]
    by_map = {}
    for above, at, radius in zip(found.parent, found.at, radii, strict=True):
        by_map.setdefault(above, []).append((at, radius))
    return by_map


def models_of(team, count):
    """So many models of one team."""
    for number in range(count):
        model = ("Model", f"{team}-{number}")
        yield from (node(*model), tie("OWNS", ("Team", f"{team:04}"), model))


def departments(count, each):
    """A company of departments, each with so many teams."""
    return [None, *[0] * count, *(1 + team // each for team in range(count * each))]


def test_what_one_map_holds_is_not_rolled_up():
    assert rolled(teams([None] * MOST_DISCS)) is None
    assert rolled(teams([None] * (MOST_DISCS + 1))) is not None


def test_the_deepest_and_of_them_the_smallest_are_rolled_up_first_and_no_more_than_need_be():
    graph = teams(departments(41, 10), *models_of(42, 1))
    found = rolled(graph)
    assert [(branch.name, branch.team) for branch in found.branches] == [
        (f"Team {team:04}", team) for team in range(2, 8)
    ]
    assert maps(found) == [1 + 41 + 41 * 10 - 6 * 10, *[11] * 6]


def test_of_a_team_of_very_many_the_smallest_are_gathered_and_open_by_name():
    graph = teams([None, *[0] * 2000], *models_of(77, 2))
    found = rolled(graph)
    assert (found.branches[0].name, found.branches[0].team) == ("Smaller teams", None)
    assert maps(found)[:2] == [MOST_DISCS, 40]
    assert (found.parent[0], found.parent[77]) == (None, None)
    assert found.branches[1].name == "Team 0001 to Team 0040"


def test_without_a_tree_the_smallest_are_gathered_but_never_what_has_no_team():
    graph = teams([None] * 600, node("Model", "m"), node("Service", "long"))
    found = rolled(graph)
    assert [branch.name for branch in found.branches] == ["Smaller teams"]
    assert maps(found) == [MOST_DISCS, 600 + 2 + 1 - MOST_DISCS]
    alone = [disc.home.label for disc in lay_out(graph).discs if disc.home.team is None]
    assert (sorted(alone), found.parent[600:602]) == (["Model", "Service"], (None, None))


def test_a_team_that_opens_to_too_many_keeps_the_largest_and_gathers_the_rest():
    two = [None, None, *[0] * 900, *[1] * 900]
    found = rolled(teams(two))
    assert [branch.name for branch in found.branches[:2]] == ["Team 0000", "Smaller teams"]
    assert max(maps(found)) == MOST_DISCS


def test_long_names_are_cut_where_two_stand_for_many():
    long = [node("Team", f"{team:04}", f"{team:04} has a long name") for team in range(1500)]
    names = [branch.name for branch in rolled(read_graph(long)).branches]
    assert names[:2] == ["Smaller teams", "0000 has a… to 0032 has a…"]


def test_teams_that_are_part_of_each_other_in_a_circle_lie_on_the_first_map():
    around = [1, 2, 0, 2, *[0] * 90, *[3] * 90, *[None] * 300]
    found = rolled(teams(around))
    assert {branch.team for branch in found.branches} <= {0, 2, 3}
    assert maps(found)[0] <= MOST_DISCS


def test_no_two_on_one_map_overlap_and_each_is_as_large_as_what_it_holds():
    graph = teams(departments(45, 10), *models_of(60, 40))
    found = rolled(graph)
    for circles in circles_of(graph, found).values():
        for number, (at, radius) in enumerate(circles):
            for other, beside in circles[:number]:
                assert math.dist(at, other) > radius + beside
    assert all(each.radius > 30 for each in found.branches)
    assert set(found.group_of.values()) == set(range(len(found.groups)))


def test_what_is_tied_lies_side_by_side_wherever_it_is_rolled_up():
    parents = departments(45, 10)
    one, other = 46, 100
    tied = rolled(teams(parents, tie("DEPENDS_ON", ("Team", "0046"), ("Team", "0100"))))
    plain = rolled(teams(parents))
    assert tied.parent == plain.parent
    assert None not in (tied.parent[one], tied.parent[other])
    near, far = (
        math.dist(found.at[found.parent[one]], found.at[found.parent[other]])
        for found in (tied, plain)
    )
    assert near < far


@st.composite
def forests(draw):
    """Some teams, each part of an earlier or a later one, or of none."""
    count = draw(st.integers(1, 60))
    above = st.none() | st.integers(0, count - 1)
    return draw(st.lists(above, min_size=count, max_size=count))


@given(forests())
def test_every_map_holds_few_enough_and_every_disc_lies_on_one(parents):
    graph = teams(parents)
    found = roll_up(graph, lay_out(graph), 9)
    assert (found is None) == (len(parents) <= 9)
    if found is None:
        return
    assert max(maps(found)) <= 9
    for number in range(len(found.parent)):
        seen = set()
        at = number
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = found.parent[at]


def test_the_order_of_the_facts_does_not_matter():
    facts = [node("Team", f"{team:04}") for team in range(500)]
    assert rolled(read_graph(facts)) == rolled(read_graph(facts[::-1]))


def test_a_chain_of_many_teams_is_rolled_up_from_its_end():
    assert maps(rolled(teams([None, *range(999)]))) == [MOST_DISCS, *[2] * 600]
