"""A real browser that tells of everything that a safe page never does."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ownership_graph.page import write_page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TOOLS = Path(__file__).with_name("types")
AXE = TOOLS / "node_modules" / "axe-core" / "axe.min.js"


def missing(what, reason):
    """Skip, or fail where `what` is demanded."""
    if what in os.environ.get("OWNERSHIP_GRAPH_REQUIRE", "").split(","):
        pytest.fail(f"{what} is demanded: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    """A real, headless Chromium."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        missing("browser", f"none of {', '.join(BROWSERS)} is on PATH")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only with a browser

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def node_program():
    """Node.js, with what is installed for it in `types`."""
    found = shutil.which("node")
    if found is None:
        missing("node", "Node.js is not on the PATH")
    if not (TOOLS / "node_modules" / ".package-lock.json").is_file():
        missing("node", f"what checks the page is not installed: npm ci --prefix {TOOLS}")
    return found


@pytest.fixture(scope="session")
def axe():
    """The script of axe-core."""
    if not AXE.is_file():
        missing("node", f"axe-core is not installed: npm ci --prefix {TOOLS}")
    return AXE.read_text(encoding="utf-8")


class Opened:
    """A page in the browser, and all that it did which a safe page never does."""

    def __init__(self, browser, path, scheme):
        self.context = browser.new_context(
            viewport={"width": 1400, "height": 900}, color_scheme=scheme
        )
        self.context.add_init_script(
            "window.refused = []; document.addEventListener('securitypolicyviolation',"
            " (event) => window.refused.push(event.violatedDirective))"
        )
        self.path, self.trouble = path, []
        self.page = self.context.new_page()
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))

    def _dialog(self, dialog):
        self.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request):
        if request.url.partition("#")[0] != self.path.as_uri():
            self.trouble.append(f"request: {request.url[:200]}")

    def _console(self, message):
        self.trouble.append(f"console {message.type}: {message.text[:300]}")

    def go(self, address=""):
        """Open the page with what is after `#`, and wait until it can be used."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.path.as_uri()}{address}")
        self.page.wait_for_selector("html[data-usable]")
        return self.page

    def close(self):
        """Close it, and fail where it did what a safe page never does."""
        refused = self.page.evaluate("window.refused")
        self.context.close()
        assert (self.trouble, refused) == ([], [])


@pytest.fixture
def open_page(browser, tmp_path):
    """A function that writes facts and answers as a page and opens it; all must stay quiet."""
    opened = []

    def write_and_open(facts, checked, address="", *, scheme="light", **how):
        path = tmp_path / f"page-{len(opened)}.html"
        given = {"title": "Example", "generated": "2026-11-24 12:00 UTC"} | how
        write_page(path, facts, checked, **given)
        opened.append(Opened(browser, path, scheme))
        return opened[-1].go(address)

    yield write_and_open
    for each in opened:
        each.close()
