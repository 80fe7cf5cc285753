"""By what nodes are coloured, in a real browser: the legend's key, the map, the address."""

from __future__ import annotations

import pytest
from page.looking import places_of
from page.told import checked_company, company, node, nothing_asked, tie

pytestmark = pytest.mark.browser

DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def key(page):
    """What each colour stands for, and of how many nodes."""
    entries = page.locator("#legend-classes li").all_inner_texts()
    return {
        name: int(count.replace(",", "")) for name, count in (each.split("\n") for each in entries)
    }


def seen(page, *colours):
    """Which of the colours are on the canvas."""
    return [at is not None for at in places_of(page, *colours)]


def test_colour_says_the_kind_until_something_else_is_chosen(open_page):
    page = open_page(company(), checked_company())
    assert page.locator("#legend-classes li").count() == 0
    assert seen(page, "d55e00", "0072b2") == [True, True]
    page.select_option("#legend-colour", "stage")
    assert page.evaluate("location.hash") == "#colour=stage"
    assert key(page) == {"pilot": 1, "production": 2, "no model": 13}
    assert seen(page, "e69f00", "cc79a7") == [True, False]
    page.click("[data-cause='OWN-01']")
    assert page.evaluate("location.hash") == "#cause=OWN-01&colour=stage"


@pytest.mark.parametrize(
    ("colour", "classes"),
    [
        ("severity", {"high": 1, "medium": 2, "in no finding": 13}),
        ("function", {"in no function": 16}),
        ("load", {"3 to 9": 3, "no open request": 13}),
    ],
)
def test_each_colouring_has_its_classes(open_page, colour, classes):
    page = open_page(company(), checked_company(), f"#colour={colour}")
    assert page.locator("#legend-colour").input_value() == colour
    assert key(page) == classes


def test_in_the_dark_what_colour_says_nothing_of_is_dark_and_most_is_brightest(open_page):
    page = open_page(company(), checked_company(), "#colour=load", scheme="dark")
    assert seen(page, "3b4652", "4a9bd4", "d3dae2") == [True, True, False]
    signs = page.locator("#legend-classes .sign *")
    fills = "(all) => all.map((each) => each.getAttribute('fill'))"
    assert signs.evaluate_all(fills) == ["#4a9bd4", "#3b4652"]
    page.click("#theme")
    assert seen(page, "3b4652", "4292c6", "d3dae2") == [False, True, True]
    assert signs.evaluate_all(fills) == ["#4292c6", "#d3dae2"]


def test_functions_beyond_those_with_a_colour_share_one(open_page):
    facts = [node("Team", "top", "Example Group", kind="organisation")]
    for number in range(9):
        function, team = ("Team", f"f{number}"), ("Team", f"t{number}")
        facts += [
            node(*function, f"Function {number}", kind="function"),
            node(*team, f"Team {number}"),
            tie("PART_OF", function, ("Team", "top")),
            tie("PART_OF", team, function),
        ]
        facts += [
            fact
            for person in range(12 - number)
            for fact in (
                node("Person", f"p{number}-{person}"),
                tie("MEMBER_OF", ("Person", f"p{number}-{person}"), team),
            )
        ]
    found = key(open_page(facts, nothing_asked(), "#colour=function"))
    assert list(found)[:2] == ["Function 0", "Function 1"]
    assert "Function 7" not in found
    assert found["other functions"] == found["Function 6"] * 2 - 1 - 2


def test_what_is_unknown_in_the_address_is_the_kind(open_page):
    page = open_page(company(), checked_company(), "#colour=constructor")
    assert page.locator("#legend-colour").input_value() == "kind"


def test_a_large_map_has_its_rings_in_the_colours(open_page):
    facts = [node("Model", f"m{number}", stage="pilot") for number in range(2100)]
    page = open_page(facts, nothing_asked(), "#colour=stage")
    assert key(page) == {"pilot": 2100}
    assert seen(page, "e69f00") == [True]


def test_the_zoom_stays_when_the_colours_change(open_page):
    page = open_page(company(), checked_company())
    page.click("#zoom-in")
    before = page.locator("#map-count").inner_text()
    shown = page.locator("#map-canvas canvas").screenshot()
    page.select_option("#legend-colour", "load")
    page.select_option("#legend-colour", "kind")
    assert page.locator("#map-count").inner_text() == before
    assert page.locator("#map-canvas canvas").screenshot() == shown


def test_a_disc_too_small_for_a_name_has_one_colour_while_the_map_is_dragged(open_page):
    team = ("Team", "t")
    facts = [node(*team), *(node("Model", f"m{number}") for number in range(2100))]
    for number in range(12):
        kind, type_ = ("Gate", "OWNS") if number < 5 else ("Person", "MEMBER_OF")
        own = (kind, f"x{number}")
        ends = (team, own) if kind == "Gate" else (own, team)
        facts += [node(*own), tie(type_, *ends)]
    page = open_page(facts, nothing_asked())
    page.focus("#map-canvas")
    for _ in range(4):
        page.keyboard.press("-")
    gate, person = "CC79A7", "56B4E9"
    assert seen(page, gate, person) == [True, True]
    page.mouse.move(500, 300)
    page.mouse.down()
    page.mouse.move(520, 320, steps=4)
    page.evaluate(DRAWN)
    assert seen(page, gate, person) == [False, True]
    page.mouse.up()
    page.evaluate(DRAWN)
    assert seen(page, gate, person) == [True, True]
