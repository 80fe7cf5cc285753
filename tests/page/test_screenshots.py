"""A picture of each tab, kept in the folder that OWNERSHIP_GRAPH_SCREENSHOTS names."""

from __future__ import annotations

import os
import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ownership_graph.findings import check
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import organisation, write_tables
from ownership_graph.page import recorded, write_page
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.stores import open_store

pytestmark = pytest.mark.browser

TODAY = 20_781
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SIZE = {"width": 1400, "height": 900}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """The folder where they go."""
    wanted = os.environ.get("OWNERSHIP_GRAPH_SCREENSHOTS")
    folder = Path(wanted).absolute() if wanted else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def organised(tmp_path_factory):
    """The page of a made-up organisation with all questions asked."""
    folder = tmp_path_factory.mktemp("organised")
    write_tables(organisation(today=TODAY, size=200), folder / "tables")
    with open_store(str(folder / "g.kgl")) as store:
        order = Order("demo", find_importer("tables"), {"path": folder / "tables"})
        load(store, order, now=NOW)
        write_page(
            folder / "page.html",
            store.facts(),
            check(store, load_questions(), today=TODAY),
            title="A made-up organisation",
            generated="2026-11-24 12:00 UTC",
            told=recorded(store),
        )
    return folder / "page.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_tab_is_pictured(browser, organised, pictures, scheme):
    context = browser.new_context(viewport=SIZE, color_scheme=scheme)
    page = context.new_page()
    page.goto(organised.as_uri())
    page.wait_for_selector("html[data-usable]")
    for view in page.locator("#views button").all():
        view.click()
        name = f"{view.get_attribute('id').removeprefix('view-')}-{scheme}.png"
        page.screenshot(path=pictures / name)
        header = (pictures / name).read_bytes()[:24]
        assert struct.unpack(">II", header[16:]) == tuple(SIZE.values())
    page.click("#view-map")
    page.locator(".first > li > button").first.click()
    page.screenshot(path=pictures / f"finding-{scheme}.png")
    context.close()
