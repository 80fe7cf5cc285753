"""The page as it is printed: light, without buttons, and whole."""

from __future__ import annotations

import pytest
from page.looking import visit
from page.told import checked_company, company, node

pytestmark = pytest.mark.browser

PAPER = {"width": 718, "height": 1000}
"""A sheet of A4 between its margins."""
BOX = "(each) => { const { top, bottom } = each.getBoundingClientRect(); return [top, bottom]; }"


def put_on_paper(page):
    page.evaluate("() => { dispatchEvent(new Event('beforeprint')); }")
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)


def test_paper_is_light_and_without_buttons(open_page):
    page = open_page(company(), checked_company(), scheme="dark")
    put_on_paper(page)
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.locator(".views").is_hidden()
    assert page.locator("#by-question").is_hidden()
    assert page.locator("#map-canvas").is_visible()


def test_nothing_lies_over_what_comes_next_on_paper(open_page):
    facts = [*company(), *(node("Model", f"more-{number}") for number in range(60))]
    page = open_page(facts, checked_company())
    put_on_paper(page)
    for view in ("table", "lanes", "matrix", "charts", "map"):
        visit(page, f"#view={view}")
        top, bottom = page.locator(f"#{view}").evaluate(BOX)
        assert bottom - top > 30
        assert page.locator("#legend").evaluate(BOX)[0] >= bottom
