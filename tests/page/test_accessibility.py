"""Whoever sees little, uses no mouse or holds a phone: axe-core, the keyboard, zoom, focus."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from page.looking import visit
from page.told import (
    checked_company,
    column,
    company,
    in_groups,
    node,
    nothing_asked,
    question,
)

from ownership_graph.findings.answer import Answer
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.page import Other, write_page
from ownership_graph.records import Rows

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"whole": (1400, 900), "zoomed to 200 %": (700, 450), "on a phone": (390, 800)}
STATES = {
    "map": "",
    "lanes": "#view=lanes",
    "matrix": "#view=matrix",
    "charts": "#view=charts",
    "table": "#view=table",
    "a group": "#cause=CEN-03",
    "a question": "#question=OWN-01",
    "a finding": "#finding=OWN-01|m3",
    "a node": "#node=Model:m1&hops=2&view=table",
    "another colour": "#colour=severity&node=Model:m1",
    "ways": "#from=Person:p1&to=Person:p3",
    "a way begun": "#node=Model:m1&from=Person:p1",
    "by question": "#by=question",
    "what changed": "#view=changes&colour=change",
    "what changed on the map": "#colour=change&node=Model:m1",
}


def everything():
    """A check that gives every view something to show."""
    columns = (
        column("team", "Team"), column("other", "Team"), column("needs", type_="int"),
        column("models", "Model", many=True), column("has", many=True),
    )  # fmt: skip
    rows = Rows(
        ("team", "other", "needs", "models", "has"),
        [("t1", "t2", 3, ["m1"], []), ("t0", "t2", 1, [], ["handovers"])],
    )
    pairs = Answer(question("LST-08", severity=None, columns=columns), "assessed", rows=rows)
    checked = checked_company()
    return in_groups(replace(checked, answers=(*checked.answers, pairs)))


@pytest.fixture
def audited(browser, axe, tmp_path):
    """A function that opens the page and gives another, which tells what axe-core finds there.

    The page's own policy lets no script in; this context alone sets it aside.
    """
    path = tmp_path / "page.html"
    then = Other("since 2026-11-01", [*company()[2:-9], node("Team", "t9")], nothing_asked())
    write_page(path, company(), everything(), title="Example", generated="today", other=then)
    contexts = []

    def opened(scheme="light"):
        contexts.append(browser.new_context(bypass_csp=True, color_scheme=scheme))
        page = contexts[-1].new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-usable]")
        page.evaluate(axe)
        return page, lambda: violations(page)

    yield opened
    for each in contexts:
        each.close()


def violations(page):
    """What axe-core finds wrong with the page as it stands."""
    found = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", WCAG)
    assert len(found["passes"]) > 15
    return [
        f"{each['id']}: {each['help']}: {node['html']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def resize(page, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view(audited, scheme):
    page, told = audited(scheme)
    resize(page, "whole")
    for state, address in STATES.items():
        visit(page, address)
        assert (state, told()) == (state, [])


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_what_opens_over_the_page(audited, size):
    page, told = audited()
    resize(page, size)
    page.click("#about-open")
    assert told() == []
    page.click("#about-close")
    page.fill("#search", "a")
    assert told() == []


def test_axe_sees_what_is_wrong(audited):
    page, told = audited()
    page.evaluate("for (const name of ['aria-label', 'placeholder']) search.removeAttribute(name)")
    (found,) = told()
    assert found.startswith(("label:", "aria-input-field-name:"))


@pytest.mark.parametrize("size", ["zoomed to 200 %", "on a phone"])
def test_in_a_small_window_panels_lie_under_one_another_and_nothing_is_cut_off(open_page, size):
    page = open_page(company(), everything(), title="A name as long as names are " * 5)
    resize(page, size)
    width, _ = SIZES[size]
    for each in ("title", "holds"):
        assert page.evaluate(f"{each}.scrollWidth <= {each}.clientWidth")
    for state, address in STATES.items():
        visit(page, address)
        assert (state, page.evaluate("document.documentElement.scrollWidth")) == (state, width)
        boxes = [page.locator(f"#{each}").bounding_box() for each in ("left", "centre", "right")]
        for above, below in itertools.pairwise(boxes):
            assert above["y"] + above["height"] <= below["y"] + 1
        assert {box["width"] for box in boxes} == {width}


def test_on_a_phone_what_is_chosen_comes_into_sight(open_page):
    page = open_page(company(), everything())
    resize(page, "on a phone")
    page.click("#view-table")
    assert abs(page.locator("#centre").bounding_box()["y"]) < 1
    page.click("[data-cause='OWN-01']")
    assert page.locator(".entry-body").is_visible()
    assert page.locator("#centre").bounding_box()["y"] > 1
    page.click("[data-finding='OWN-01|m3']")
    assert abs(page.locator("#centre").bounding_box()["y"]) < 1


FOCUSABLE = "button, input, select, summary, textarea, a[href], [tabindex='0']"


@pytest.mark.parametrize("state", ["map", "lanes", "matrix", "table", "a question", "a node"])
def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(open_page, state):
    page = open_page(company(), everything(), STATES[state])
    wanted = page.evaluate(
        """(focusable) => {
          const all = [...document.querySelectorAll(focusable)];
          const shown = all.filter((each) => each.checkVisibility());
          shown.forEach((each, place) => (each.dataset.place = place));
          return shown.length;
        }""",
        FOCUSABLE,
    )
    reached, unseen = set(), []
    for _ in range(wanted + 1):
        page.keyboard.press("Tab")
        place, outline, seen = page.evaluate(
            """() => {
              const { activeElement: now } = document;
              const { left, top, width, height } = now.getBoundingClientRect();
              const at = document.elementFromPoint(left + width / 2, top + height / 2);
              const seen = now.contains(at) || at?.contains(now);
              return [now.dataset.place, getComputedStyle(now).outlineStyle, seen];
            }"""
        )
        if place is not None:
            reached.add(place)
            unseen += [place] if outline == "none" or not seen else []
    assert (len(reached), unseen) == (wanted, [])


def test_what_something_means_is_told_to_the_mouse_and_to_the_keyboard(open_page):
    page = open_page(company(), everything(), "#node=Model:m1")
    tip = page.locator("#tip")
    assert tip.is_hidden()
    page.locator("#details .hint", has_text="OWNS").focus()
    told = tip.inner_text()
    assert told == RELATIONSHIPS["OWNS"].meaning
    described = page.evaluate("document.activeElement.getAttribute('aria-describedby')")
    assert described == "tip"
    page.keyboard.press("Escape")
    assert (tip.is_hidden(), page.evaluate("location.hash")) == (True, "#node=Model:m1")
    page.locator("#details .tie button").first.focus()
    assert tip.inner_text() == "stated by inventory"
    page.locator("#details .close").focus()
    assert tip.is_hidden()
    page.locator("#legend label", has_text="Gate").hover()
    assert tip.inner_text() == LABELS["Gate"].meaning
    box, size = tip.bounding_box(), page.viewport_size
    assert 0 <= box["x"] <= size["width"] - box["width"]
    tip.hover()
    assert tip.is_visible()
    page.mouse.move(5, 5)
    assert tip.is_hidden()


def test_of_the_details_only_the_heading_is_announced(open_page):
    page = open_page(company(), everything(), "#node=Model:m1")
    said = page.locator("#details-said")
    assert said.text_content() == "Claims triage"
    assert page.locator("#details[aria-live], #details [role='status']").count() == 0
    visit(page, "#node=Model:gone")
    assert said.text_content().startswith("This page holds nothing called Model:gone.")
    visit(page, "")
    assert said.text_content() == ""


def focus_of(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent")


def test_where_what_had_the_focus_goes_its_part_of_the_page_takes_it(open_page):
    page = open_page(company(), everything(), "#node=Model:m1")
    page.locator("#details .hops button >> nth=0").press("Enter")
    assert focus_of(page) == "details"
    page.locator("#details .close").press("Enter")
    assert focus_of(page) == "view-map"
    page.goto(f"{page.url.partition('#')[0]}#node=Model:m1&hops=1")
    page.locator("#map-out").press("Enter")
    assert focus_of(page) == "map"


def test_the_heading_that_sorts_keeps_the_focus(open_page):
    page = open_page(company(), everything(), "#view=table")
    page.locator("#table-head button >> nth=1").press("Enter")
    assert focus_of(page) == "Kind ↑"


def test_what_changes_is_announced(open_page):
    page = open_page(company(), everything(), "#view=table")
    live = "[role='status'], [role='alert'], [aria-live='polite']"
    names = page.eval_on_selector_all(live, "(all) => all.map((each) => each.id)")
    wanted = {"problem", "search-count", "map-count", "table-count", "lanes-count"}
    assert wanted | {"matrix-count", "matrix-pair"} <= set(names)
    page.fill("#search", "model risk")
    assert page.locator("#search-count").inner_text().startswith("Showing 1 of 1 found")
