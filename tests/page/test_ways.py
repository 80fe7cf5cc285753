"""Ways between two nodes, and a hub with what hangs on it, in a real browser."""

from __future__ import annotations

import pytest
from page.looking import visit
from page.told import checked_company, company, node, nothing_asked, tie

pytestmark = pytest.mark.browser


def address_of(page):
    return page.evaluate("decodeURIComponent(location.hash)")


def way_lists(page):
    """The ways that the details tell, a line an item."""
    return [
        [line for item in each.locator("li").all() for line in item.inner_text().split("\n")]
        for each in page.locator("#details ol").all()
    ]


def found(page, words):
    """Search, and take the first result."""
    page.fill("#search", words)
    page.keyboard.press("Enter")


def test_a_way_is_begun_at_one_node_and_ended_at_another(open_page):
    page = open_page(company(), checked_company())
    found(page, "claims triage")
    page.click("text=Ways from here")
    assert address_of(page) == "#node=Model:m1&from=Model:m1"
    assert page.locator("#map-what").inner_text().startswith("Ways from Claims triage to …")
    assert "choose where to" in page.locator("#details").inner_text()
    found(page, "ben okoye")
    page.click("text=Ways from Claims triage to here")
    assert address_of(page) == "#from=Model:m1&to=Person:p2"
    assert page.locator("#map-what").inner_text() == (
        "From Claims triage to Ben Okoye\n9 ways of 4 steps, 5 shown; none is shorter"
    )
    assert page.locator("#details h2").inner_text() == "From Claims triage to Ben Okoye"
    assert way_lists(page)[0] == [
        "Claims triage", "is the matter of", "Legal review of case a1", "is decided by",
        "Ada Lind", "is in (lead)", "Model Risk", "has as a member (member)", "Ben Okoye",
    ]  # fmt: skip
    assert (
        page.locator("#map-count").inner_text().startswith("Showing 10 of 16 nodes (11 are near).")
    )
    page.locator("#details ol button", has_text="Model Risk").first.click()
    assert address_of(page) == "#node=Team:t1&from=Model:m1&to=Person:p2"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert address_of(page) == ""


def test_a_way_that_was_begun_can_be_given_up(open_page):
    page = open_page(company(), checked_company(), "#node=Model:m1&from=Model:m1")
    page.click("text=Never mind")
    assert address_of(page) == "#node=Model:m1"
    visit(page, "#from=Model:m1")
    page.keyboard.press("Escape")
    assert address_of(page) == ""


def test_what_nothing_ties_what_is_one_and_what_is_not_there_say_so(open_page):
    page = open_page(company(), checked_company(), "#from=Model:m1&to=Person:p2&hide=MEMBER_OF")
    none = "None of up to 12 steps, of what the legend lets through"
    assert page.locator("#map-what").inner_text().endswith(none)
    assert page.locator("#map-count").inner_text().startswith("Showing 2 of 16 nodes.")
    visit(page, "#from=Model:m1&to=Model:m1")
    assert page.locator("#map-what").inner_text().endswith("They are one and the same")
    visit(page, "#from=Model:m1&to=Model:gone")
    assert "nothing called Model:gone" in page.locator("#details").inner_text()
    visit(page, "#from=Model:gone&to=Model:m1")
    assert page.locator("#map-count").inner_text().startswith("Showing 16 of 16 nodes.")


def many_ways(middles):
    """A start and an end with so many nodes between them, of two kinds of ties."""
    start, end = ("Team", "a"), ("Model", "b")
    for number in range(middles):
        between = ("Dataset", f"d{number:02}")
        kind = "DEPENDS_ON" if number == middles - 1 else "SERVES"
        yield tie(kind, start if kind == "DEPENDS_ON" else between, between if kind ==
                  "DEPENDS_ON" else start)  # fmt: skip
        yield tie("DEPENDS_ON", between, end)


def test_of_many_ways_those_that_go_one_way_are_shown_first_and_all_can_be(open_page):
    page = open_page(many_ways(12), nothing_asked(), "#from=Team:a&to=Model:b")
    assert (
        page.locator("#map-what")
        .inner_text()
        .endswith("12 ways of 2 steps, 5 shown; none is shorter")
    )
    assert way_lists(page)[0] == ["a", "stands on", "d11", "stands on", "b"]
    page.click("text=Show all 14")
    assert page.locator("#map-what").inner_text().endswith("12 ways of 2 steps; none is shorter")
    assert len(way_lists(page)) == 12


def bundles(page):
    """The labels of lines on the map, each with how many lines it is for."""
    with page.expect_download() as saved:
        page.click("#map-svg")
    text = saved.value.path().read_text(encoding="utf-8")
    return [
        each.partition("<")[0] for each in text.split(">") if "\N{MULTIPLICATION SIGN}" in each
    ]


def test_many_alike_lie_round_their_hub_with_one_label_a_bundle(open_page):
    gate = ("Gate", "g1")
    facts = [node(*gate, "Gate"), node("Team", "t1", "Team")]
    facts += [tie("AT", ("Approval", f"a{number:02}"), gate) for number in range(20)]
    facts += [tie("OWNS", ("Team", "t1"), gate, role="accountable")]
    page = open_page(facts, nothing_asked(), "#node=Gate:g1&hops=1")
    assert page.locator("#map-what").inner_text() == (
        "Gate\nand what is within 1 step; lines without an arrow point at it"
    )
    assert bundles(page) == ["20 \N{MULTIPLICATION SIGN} AT"]
    visit(page, "#node=Gate:g1&hops=1&hide=AT")
    assert page.locator("#map-what").inner_text().endswith("what it points at right")


def test_what_the_legend_hides_leaves_a_dashed_line_that_is_told(open_page):
    page = open_page(company(), checked_company(), "#node=Model:m1&hops=1&hide=Approval")
    assert page.locator("#map-count").inner_text() == (
        "Showing 5 of 16 nodes. 2 of 23 relationships. 3 dashed: through what the legend hides."
    )
    with page.expect_download() as saved:
        page.click("#map-svg")
    svg = saved.value.path().read_text(encoding="utf-8")
    assert svg.count('stroke-dasharray="5 5"') == 3
    assert "through Approval<" in svg
