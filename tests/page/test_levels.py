"""In a real browser: circles that stand for many teams, and open."""

from __future__ import annotations

import pytest
from page.looking import places_of, visit
from page.told import TODAY, column, finding, in_groups, node, nothing_asked, question, tie

from ownership_graph.findings.answer import Answer, Checked

pytestmark = pytest.mark.browser

DEPARTMENTS = 50
EACH = 10


@pytest.fixture(scope="module")
def facts():
    """551 teams in a tree, each of the lowest with four models, and a model that nobody owns."""
    found = [node("Team", "all", "Company"), node("Model", "lost", "Lost model")]
    for department in range(DEPARTMENTS):
        above = ("Team", f"d{department}")
        found += [node(*above, f"Department {department}"), tie("PART_OF", above, ("Team", "all"))]
        for number in range(EACH):
            team = ("Team", f"t{department}-{number}")
            found += [node(*team, f"Team {department}-{number}"), tie("PART_OF", team, above)]
            for model in range(4):
                own = ("Model", f"m{department}-{number}-{model}")
                found += [node(*own, f"Model {own[1]}"), tie("OWNS", team, own)]
    return found


@pytest.fixture(scope="module")
def checked():
    """One finding, on a model of a department that is rolled up."""
    asked = question("OWN-01", "Models nobody looks after", columns=(column("a", "Model"),))
    found = finding("OWN-01", ("Model", "m0-3-1"))
    return in_groups(Checked("x", TODAY, (Answer(asked, "assessed", findings=(found,)),)))


@pytest.fixture
def page(open_page, facts, checked):
    return open_page(facts, checked)


def head(page):
    return page.locator("#map-what").inner_text().split("\n")


def count(page):
    return page.locator("#map-count").inner_text()


def hash_of(page):
    return page.evaluate("location.hash")


def test_the_first_map_says_how_many_circles_hold_how_many_teams(page):
    assert count(page).startswith(
        "Showing 2,552 of 2,552 nodes, gathered by team in 392 circles,"
        " of which 16 hold 176 teams and open."
    )
    assert "between circles; open a team for single relationships" in count(page)


def test_an_address_opens_a_branch_and_escape_leads_back_step_by_step(page):
    visit(page, "#branch=Team%3Ad0")
    assert head(page) == ["Department 0 · 11 teams"]
    assert count(page).startswith("Showing 51 of 2,552 nodes, gathered by team.")
    page.focus("#map-canvas")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert (hash_of(page)[:16], head(page)[1]) == ("#branch=Team%3Ad", "in Department 0")
    assert "&team=Team%3A" in hash_of(page)
    page.keyboard.press("Escape")
    assert hash_of(page) == "#branch=Team%3Ad0"
    page.keyboard.press("Escape")
    assert (hash_of(page), head(page)) == ("", [""])


def test_a_double_click_opens_a_circle_and_a_button_leads_back_to_the_whole(page):
    visit(page, "#branch=Team%3Ad0")
    page.mouse.dblclick(*places_of(page, "0072B2")[0])
    assert "&team=Team%3A" in hash_of(page)
    page.click("#map-out")
    assert (hash_of(page), page.locator("#map-out").is_visible()) == ("", False)


def test_what_a_finding_names_is_ringed_in_the_circle_that_holds_it(page):
    visit(page, "#question=OWN-01")
    assert head(page)[1] == "1 of 392 circles ringed on the map"
    visit(page, "#question=OWN-01&branch=Team%3Ad0")
    assert head(page)[1] == "1 of 11 circles ringed on the map in Department 0"
    visit(page, "#question=OWN-01&branch=Team%3Ad1")
    assert head(page)[1] == "0 of 11 circles ringed on the map in Department 1"
    visit(page, "#finding=OWN-01|m0-3-1")
    assert head(page)[0] == "Model m0-3-1"


def test_what_is_looked_at_elsewhere_leads_out_of_a_branch(page):
    visit(page, "#branch=Team%3Ad0&node=Team%3Ad0")
    page.click("#details .node-link:has-text('Team 0-0')")
    assert hash_of(page) == "#branch=Team%3Ad0&node=Team%3At0-0"
    visit(page, "#branch=Team%3Ad0&node=Team%3Ad0")
    page.click("#details .node-link:has-text('Company')")
    assert hash_of(page) == "#node=Team%3Aall"


def test_the_table_and_the_filter_follow_the_branch(page):
    visit(page, "#branch=Team%3Ad0&view=table")
    assert page.locator("#table-body tr").count() == 51
    visit(page, "#branch=Team%3Ad0&hide=Model")
    assert count(page).startswith("Showing 11 of 2,552 nodes")


def test_an_address_of_no_branch_shows_the_whole(page):
    visit(page, "#branch=Team%3Aunknown")
    assert "392 circles" in count(page)
    assert page.locator("#map-out").is_hidden()


def test_teams_without_a_tree_are_gathered_and_open_by_name(open_page):
    facts = [node("Team", f"{team:04}", f"Team {team:04}") for team in range(2100)]
    page = open_page(facts, nothing_asked())
    assert count(page).startswith(
        "Showing 2,100 of 2,100 nodes, gathered by team in 400 circles,"
        " of which 1 holds 1,701 teams and opens."
    )
    page.focus("#map-canvas")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert hash_of(page) == "#branch=%2F399"
    assert head(page) == ["Smaller teams · 1,701 teams"]
    visit(page, "#branch=%2F399%2F0")
    assert head(page) == ["Team 0000 to Team 0040 · 41 teams", "in Smaller teams"]
    page.keyboard.press("Escape")
    assert hash_of(page) == "#branch=%2F399"
