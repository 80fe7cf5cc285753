"""The team matrix in a real browser: who needs whom, what they have for it, clashes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page.told import column, finding, in_groups, node, nothing_asked, question, tie

from ownership_graph.findings.answer import Answer
from ownership_graph.queries.question import Need
from ownership_graph.records import Rows

pytestmark = pytest.mark.browser

COLUMNS = ("team", "other", "needs", "models", "has", "congruence")
NAMES = {"a": "Claims", "b": "Pricing", "c": "Model Risk", "x": "Operations", "y": "Risk"}


def facts():
    """Two functions: claims and pricing in one, model risk in the other; two models."""
    for own, name in NAMES.items():
        yield node("Team", own, name)
    for own, above in (("a", "x"), ("b", "x"), ("c", "y")):
        yield tie("PART_OF", ("Team", own), ("Team", above))
    yield node("Model", "m1", "Triage")
    yield node("Model", "m2", "Fraud")


def coordination(*rows, count=None):
    """The listing with those rows, and a clash of rewards between the two functions."""
    columns = (
        column("team", "Team"), column("other", "Team"), column("needs", type_="int"),
        column("models", "Model", many=True), column("has", many=True),
        column("congruence", type_="float"),
    )  # fmt: skip
    listing = question("LST-08", severity=None, columns=columns)
    told = Rows(COLUMNS, [(*row, 0.5) for row in rows])
    clash = question("INC-01", columns=(column("a", "Team"), column("b", "Team")))
    found = finding("INC-01", ("Team", "x"), ("Team", "y"))
    answers = (
        Answer(listing, "assessed", rows=told),
        Answer(clash, "assessed", findings=(found,)),
    )
    return in_groups(replace(nothing_asked(), answers=answers))


PAIRS = (("a", "c", 9, ["m1", "m2"], []), ("a", "b", 4, ["m1"], ["a person in both", "handovers"]))


def cells(page):
    return [each.get_attribute("aria-label") for each in page.locator("#matrix-grid button").all()]


def test_each_pair_says_what_it_needs_what_it_has_and_whether_rewards_clash(open_page):
    page = open_page(facts(), coordination(*PAIRS), "#view=matrix")
    pair = "Claims and Pricing: 4 needs, and for it a person in both, handovers"
    bare = (
        "Claims and Model Risk: 9 needs, and for it nothing;"
        " their functions' rewards clash, and nobody settles it"
    )
    links = page.locator("#matrix-grid tbody th").all_inner_texts()
    assert links == ["Claims", "Pricing", "Model Risk"]
    assert page.locator("#matrix-grid [aria-label]").count() == 4
    assert [each for each in cells(page) if each] == [pair, bare, pair, bare]
    assert page.locator("#matrix-grid .need.bare").count() == 2
    assert page.locator("#matrix-grid .clash").count() == 2
    assert page.locator("#matrix-count").inner_text() == (
        "Showing 2 of 2 pairs that have to coordinate, of 3 teams, those with most need;"
        " 1 of these have nothing for it."
    )


def test_a_pair_that_is_chosen_tells_its_models(open_page):
    page = open_page(facts(), coordination(*PAIRS), "#view=matrix")
    page.click("#matrix-grid button[aria-label*='9 needs'] >> nth=0")
    told = page.locator("#matrix-pair")
    assert "Claims and Model Risk: 9 needs" in told.inner_text()
    told.locator("button", has_text="Fraud").click()
    assert page.locator("#details h2").inner_text() == "Fraud"
    assert page.locator("#matrix").is_visible()


def test_only_the_teams_that_are_shown_stand_in_it_and_one_that_is_unknown_is_left_out(open_page):
    rows = (*PAIRS, ("a", "gone", 7, [], []))
    page = open_page(facts(), coordination(*rows), "#view=matrix&hops=1&node=Team:x")
    assert page.locator("#matrix-grid tbody th").all_inner_texts() == ["Claims", "Pricing"]
    assert page.locator("#matrix-count").inner_text().startswith("Showing 1 of 3 pairs")


def test_of_many_teams_those_with_most_need_are_drawn(open_page):
    many = [node("Team", f"t{number}", f"Team {number:02}") for number in range(40)]
    rows = [("t0", f"t{number}", number, [], []) for number in range(1, 40)]
    page = open_page(many, coordination(*rows), "#view=matrix")
    names = page.locator("#matrix-grid tbody th").all_inner_texts()
    assert (len(names), names[0], names[1], names[-1]) == (30, "Team 00", "Team 11", "Team 39")


def test_without_data_it_says_so(open_page):
    page = open_page(facts(), nothing_asked(), "#view=matrix")
    assert page.locator("#matrix").inner_text() == (
        "No two of the teams that are shown are known to need each other."
    )
    lacking = Answer(
        question("LST-08", severity=None),
        "not assessable",
        missing=(Need("WORKED_ON", "WORKED_ON"),),
    )
    page = open_page(facts(), replace(nothing_asked(), answers=(lacking,)), "#view=matrix")
    assert (
        page.locator("#matrix")
        .inner_text()
        .startswith("Which teams need each other cannot be assessed: no data on ")
    )


def test_a_matrix_too_large_for_the_window_scrolls_with_its_teams_in_sight(open_page):
    teams = [node("Team", f"t{at:02}", f"Underwriting team for region {at}") for at in range(30)]
    rows = [(f"t{at:02}", f"t{at + 1:02}", 1, [], []) for at in range(29)]
    page = open_page(teams, coordination(*rows), "#view=matrix")
    page.set_viewport_size({"width": 1360, "height": 850})
    box = page.locator("#matrix .box")
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth")
    assert page.locator("#matrix").evaluate("(sheet) => sheet.scrollWidth == sheet.clientWidth")
    row, column = "#matrix-grid tbody tr:last-child th", "#matrix-grid thead th:last-child"
    box.evaluate("(box) => box.scrollTo(9999, 9999)")
    at, around = page.locator(row).bounding_box(), box.bounding_box()
    assert at["x"] == around["x"]
    assert page.locator(column).bounding_box()["y"] == around["y"]
    page.hover(row)
    assert page.locator("#tip").inner_text() == "Underwriting team for region 29"
