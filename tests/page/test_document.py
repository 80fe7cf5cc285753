"""The HTML document."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from importlib.resources import files

import pytest

from ownership_graph.errors import OwnershipGraphError
from ownership_graph.page.document import (
    DataElement,
    Markup,
    document,
    drawing_library,
    filled,
    read_widget,
)

HERE = files("ownership_graph.page")


@pytest.fixture(scope="module")
def page():
    return document("A & B", element_of({"x": 1}))


def hashes(texts):
    return {
        f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'"
        for each in texts
    }


def test_the_policy_comes_before_all_and_names_each_script_and_style_by_its_hash(page):
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert policy.end() < min(page.index("<script"), page.index("<style"))
    parts = dict(
        each.strip().split(" ", 1) for each in policy[1].replace("&#x27;", "'").split(";")
    )
    assert set(parts.pop("script-src").split()) == hashes(
        re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    )
    assert set(parts.pop("style-src").split()) == hashes(
        re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    )
    assert parts == {
        "default-src": "'none'",
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }


def test_nothing_in_it_points_outside_or_is_run_by_an_attribute(page):
    own = page.replace(drawing_library(), "")
    assert not re.findall(r"""\s(?:src|href|action|style|on[a-z]+)\s*=\s*["']""", own)
    assert "innerHTML" not in own
    assert not re.search(r"\{\{\w+\}\}", own)


def test_the_title_is_escaped(page):
    assert "<title>A &amp; B</title>" in page


def test_a_template_is_filled_once_and_escaped():
    assert filled("{{a}}{{b}}", {"a": "{{b}}<", "b": Markup("<i>")}) == "{{b}}&lt;<i>"


def element_of(*parts):
    element = DataElement()
    for members in parts:
        element.add(members)
    return element.ended()


def test_small_data_can_be_read_and_large_are_packed():
    small = '<script type="application/json" id="data">{"x":1,"y":2}</script>'
    assert element_of({"x": 1, "y": 2}) == element_of({"x": 1}, {"y": 2}) == small
    large, two = {"x": "y" * 100_000}, {"a": 1, "b": [2]}
    for parts in ((large,), (large, two), (two, large), (two, large, {"c": 3})):
        element = element_of(*parts)
        packed = re.fullmatch(r"<script .* data-packed=\"gzip\">(.*)</script>", element)[1]
        whole = {name: value for part in parts for name, value in part.items()}
        assert json.loads(gzip.decompress(base64.b64decode(packed))) == whole
        assert element == element_of(*parts)


def test_every_widget_says_where_it_goes_and_what_it_is():
    widgets = [each for each in (HERE / "widgets").iterdir() if each.name.endswith(".html")]
    assert len(widgets) >= 8
    for file in widgets:
        widget = read_widget(file)
        assert widget.markup, file.name
        assert widget.script, file.name


def test_a_widget_that_does_not_say_where_it_goes_is_refused(tmp_path):
    for text in ("<p>x</p>", "<!-- place: cellar 1. Dark. -->\n<p>x</p>"):
        file = tmp_path / "odd.html"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(OwnershipGraphError, match=r"odd\.html does not begin with"):
            read_widget(file)


def test_the_drawing_library_is_the_newest_that_pyvis_brings():
    assert "@version 9.1.2" in drawing_library()[:500]
    assert "sourceMappingURL" not in drawing_library()


def test_of_several_versions_the_newest_is_taken_and_none_is_an_error(tmp_path):
    for version in ("9.9.1", "10.1.5", "9.10.0"):
        folder = tmp_path / f"vis-{version}"
        folder.mkdir()
        (folder / "vis-network.min.js").write_text(f"/* @version {version} */", encoding="utf-8")
    (tmp_path / "vis-0").mkdir()
    (tmp_path / "vis-1").mkdir()
    (tmp_path / "vis-1" / "vis-network.min.js").write_text("no version", encoding="utf-8")
    assert drawing_library(tmp_path) == "/* @version 10.1.5 */"
    empty = tmp_path / "vis-0"
    with pytest.raises(OwnershipGraphError, match="holds no vis-network script"):
        drawing_library(empty)
