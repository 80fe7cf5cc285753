"""The page in a frame of a notebook: it is as quiet there as alone, and as much can be done."""

from __future__ import annotations

import pytest
from page.told import checked_company, company, nothing_asked

from ownership_graph.page import PageSummary, write_page


def test_a_summary_without_its_file_shows_no_frame(tmp_path):
    path = tmp_path / "page.html"
    made = write_page(path, company(), nothing_asked(), title="x", generated="now")
    assert "<iframe srcdoc=" in made._repr_html_()
    path.unlink()
    assert made._repr_html_() is None
    assert PageSummary(0, 0, 0, 0)._repr_html_() is None


@pytest.mark.browser
def test_in_a_notebooks_frame_everything_works_and_nothing_is_fetched(browser, tmp_path):
    made = write_page(
        tmp_path / "page.html", company(), checked_company(), title="Example", generated="now"
    )
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><p>Out[1]:</p>{made._repr_html_()}", encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    trouble = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: trouble.append(request.url))
    page.goto(notebook.as_uri())
    frame = page.frames[1]
    frame.wait_for_selector("html[data-usable]")
    frame.locator(".first > li > button").first.click()
    frame.locator(".finding-row").first.click()
    assert frame.locator("#map-what strong").inner_text() == "Letter draft"
    for view in frame.locator("#views button").all():
        view.click()
    frame.fill("#search", "triage")
    frame.locator("#search").press("Enter")
    assert frame.locator("#details h2").inner_text() == "Claims triage"
    assert frame.evaluate("location.hash").startswith("#node=Model%3Am1")
    frame.evaluate(
        """() => new Promise((done) => {
          addEventListener("hashchange", () => done(), { once: true });
          history.back();
        })"""
    )
    assert frame.locator("#details h2").inner_text() != "Claims triage"
    fetched = {notebook.as_uri(), "about:srcdoc"}
    assert [each for each in trouble if each.partition("#")[0] not in fetched] == []
    context.close()
