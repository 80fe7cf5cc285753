"""What the page saves: pictures and CSV, without a request and without a breach of its policy."""

from __future__ import annotations

import csv
import struct
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from page.looking import visit
from page.test_hostile import EVIL, evil_checked, evil_facts
from page.told import (
    checked_company,
    company,
    finding,
    in_groups,
    node,
    nothing_asked,
    question,
    tie,
)

from ownership_graph.findings.answer import Answer

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def saved(page, button):
    """The name and the bytes of the file that a button hands over."""
    with page.expect_download() as told:
        page.click(button)
    return told.value.suggested_filename, told.value.path().read_bytes()


def drawing(page):
    """The map's SVG as a tree."""
    name, content = saved(page, "#map-svg")
    assert name.endswith("-map.svg")
    return ET.fromstring(content)  # noqa: S314 -- the page's own


def texts(svg):
    return [each.text for each in svg.iter(f"{SVG}text")]


def rows(page, button):
    """A CSV file's name, and its rows."""
    name, content = saved(page, button)
    return name, list(csv.reader(content.decode("utf-8-sig").splitlines()))


def test_the_map_is_saved_as_it_is_drawn(open_page):
    page = open_page(company(), checked_company(), title="AI at Éxample: 2026")
    svg = drawing(page)
    assert svg.get("viewBox").count(" ") == 3
    assert svg.find(f"{SVG}title").text == "AI at Éxample: 2026"
    assert {"Example Group", "Claims"} <= {*texts(svg)}
    fills = [each.get("fill") for each in svg.iter(f"{SVG}path")]
    assert (fills.count("#0072b2"), fills.count("#d55e00")) == (3, 3)
    dashed = [each for each in svg.iter(f"{SVG}path") if each.get("stroke-dasharray") == "3 2"]
    assert len(dashed) == 1
    assert saved(page, "#map-svg")[0] == "ai-at-example-2026-map.svg"


def test_a_finding_is_saved_with_its_lines_arrows_and_labels(open_page):
    page = open_page(company(), checked_company(), "#finding=CEN-03|g1")
    svg = drawing(page)
    assert {"Legal review", "OWNS", "4 \N{MULTIPLICATION SIGN} AT"} <= {*texts(svg)}
    count = page.locator("#map-count").inner_text()
    lines = [each for each in svg.iter(f"{SVG}path") if each.get("d").count("L") == 1]
    assert count.split(". ")[1].startswith(f"{len(lines)} of ")
    visit(page, "#node=Model:m1&hops=2")
    assert any(each.get("stroke") == "#0a5ea8" for each in drawing(page).iter(f"{SVG}path"))


def test_lines_within_a_column_are_bent_and_a_line_to_itself_is_left_to_the_table(open_page):
    models = [("Model", own) for own in "abc"]
    facts = [node(*each) for each in models]
    facts += [tie("DEPENDS_ON", models[0], each) for each in models]
    facts += [tie("DEPENDS_ON", models[1], models[2])]
    svg = drawing(open_page(facts, nothing_asked(), "#node=Model:a&hops=1"))
    bent = [each.get("d") for each in svg.iter(f"{SVG}path") if "Q" in each.get("d")]
    assert len(bent) == 1


def test_discs_are_saved_with_their_rings_and_what_shines_through_stands_by_itself(open_page):
    facts = [node("Team", f"t{number}", f"Team {number}") for number in range(2)]
    facts += [node("Model", f"m{number}") for number in range(2_100)]
    facts += [
        tie("OWNS", ("Team", f"t{number % 2}"), ("Model", f"m{number}"), role="accountable")
        for number in range(2_100)
    ]
    facts += [tie("DEPENDS_ON", ("Model", "m0"), ("Model", "m1"))]
    svg = drawing(open_page(facts, nothing_asked(), scheme="dark"))
    assert texts(svg).count("1,051") == 2
    through = [each for each in svg.iter(f"{SVG}path") if each.get("stroke-opacity")]
    assert {each.get("stroke") for each in through} == {"rgb(150, 175, 205)"}
    assert svg.find(f"{SVG}rect").get("fill") == "#12171d"


def test_the_map_is_saved_as_a_picture_on_its_ground(open_page):
    page = open_page(company(), checked_company())
    name, content = saved(page, "#map-png")
    box = page.locator("#map-canvas").bounding_box()
    assert (name, content[:8]) == ("example-map.png", b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == (round(box["width"]), round(box["height"]))


def test_the_table_is_saved_in_its_order_all_rows_of_it(open_page):
    facts = [*company(), *(node("Model", f"x{number}", stage="idea") for number in range(400))]
    page = open_page(facts, checked_company(), "#view=table")
    page.click("#table-head button >> nth=1")
    page.click("#table-head button >> nth=1")
    name, (head, *told) = rows(page, "#table-csv")
    assert name == "example-table.csv"
    assert head == [
        "Name", "Kind", "Team", "Stage or status", "Relationships", "Findings", "Id",
    ]  # fmt: skip
    assert len(told) == 416
    shown = page.locator("#table-body td:first-child").all_inner_texts()
    assert [each[0] for each in told[: len(shown)]] == shown
    assert ["Fraud score", "Model", "Claims", "production", "2", "1", "m2"] in told


def test_findings_are_saved_with_their_evidence(open_page):
    page = open_page(company(), checked_company())
    name, (head, *told) = rows(page, "#findings-csv")
    assert name == "example-findings.csv"
    first = dict(zip(head, told[0], strict=True))
    assert first == {
        "code": "OWN-01", "query": "ownership/own-01", "title": "Models nobody owns",
        "state": "new", "severity": "4", "rank": "1", "subject": "m3", "name": "Letter draft",
        "identity": "OWN-01|m3", "actor": "the lead of the nearest team",
        "remedy": "Name one owner this week.", "evidence": "days 2024-10-04",
    }  # fmt: skip
    assert [each[5] for each in told] == sorted(each[5] for each in told)


def test_what_a_spreadsheet_would_take_for_a_formula_gets_a_quote(open_page):
    names = ["=1+1", "+1", "-1", "@x", 'a "b", c', "two\nlines", "plain"]
    facts = [node("Model", f"m{place}", name) for place, name in enumerate(names)]
    asked = question("OWN-01", "=cmd()")
    answers = (Answer(asked, "assessed", findings=(finding("OWN-01", ("Model", "gone")),)),)
    page = open_page(facts, in_groups(replace(nothing_asked(), answers=answers)), "#view=table")
    _, content = saved(page, "#table-csv")
    text = content.decode("utf-8-sig")
    told = {row[0] for row in csv.reader(text.splitlines(keepends=True))}
    assert told >= {"'=1+1", "'+1", "'-1", "'@x", 'a "b", c', "two\nlines", "plain"}
    (_, (_, row)) = rows(page, "#findings-csv")
    assert (row[2], row[6], row[7]) == ("'=cmd()", "gone", "gone")


def test_whatever_names_say_is_saved_as_text(open_page):
    page = open_page(evil_facts(), evil_checked(), title=EVIL[0])
    for address in ("", f"#node=Model:{EVIL[0]}&hops=1", "#cause=OWN-01"):
        visit(page, address)
        svg = drawing(page)
        kinds = {each.tag.removeprefix(SVG) for each in svg.iter()}
        assert kinds <= {"svg", "title", "rect", "path", "text"}
        assert not any(name.startswith("on") for each in svg.iter() for name in each.attrib)
    saved(page, "#map-png")
    saved(page, "#findings-csv")
    page.click("#view-table")
    _, content = saved(page, "#table-csv")
    cells = [cell for row in csv.reader(content.decode("utf-8-sig").splitlines()) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-"))]


def test_a_title_without_letters_gives_a_name_too(open_page):
    page = open_page(company(), nothing_asked(), title="日本")
    assert saved(page, "#findings-csv")[0] == "graph-findings.csv"
