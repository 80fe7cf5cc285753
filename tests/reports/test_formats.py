"""Every format, as a whole; golden files are reviewed like code."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from ownership_graph.errors import UsageError
from ownership_graph.findings.answer import Trend
from ownership_graph.queries.question import Column
from ownership_graph.records import Rows
from ownership_graph.reports import find_format, format_names, format_of
from ownership_graph.reports.json import check_schema
from ownership_graph.reports.quoting import cell, printable


def written(name, checked, show):
    out = io.StringIO()
    find_format(name).write_checked(checked, out, show=show)
    return out.getvalue()


@pytest.mark.parametrize("name", format_names())
def test_a_check_in_every_format(name, checked, snapshot):
    assert written(name, checked, 2) == snapshot


@pytest.mark.parametrize("name", format_names())
def test_no_format_lets_a_name_steer_the_terminal(name, checked):
    if name == "table":
        assert "\x1b" not in written(name, checked, 0)


@pytest.mark.parametrize("name", format_names())
def test_rows_in_every_format(name, snapshot):
    rows = Rows(
        ("model", "n", "share", "ids"),
        [("=1+1", -3, 0.123456, ["a", "b"]), (None, 2, 1234.5, [])],
        cut=True,
    )
    out = io.StringIO()
    find_format(name).write_rows(rows, out)
    assert out.getvalue() == snapshot


def test_json_is_the_documented_shape(checked):
    document = json.loads(written("json", checked, 0))
    assert document["schema"] == 1
    assert document["today"] == "2026-11-24"
    first = document["questions"][0]
    assert first["among"] == {"what": "live models", "count": 351}
    assert first["findings"][0]["subject"] == ["m1"]
    trend = Trend(since=20_777, new=1, came_back=2, resolved=("OWN-01|m9",))
    changed = json.loads(written("json", replace(checked, trend=trend), 0))
    assert changed.pop("trend") == {
        "since": "2026-11-20", "new": 1, "came_back": 2, "resolved": ["OWN-01|m9"],
    }  # fmt: skip
    assert changed == document
    assert set(document) == set(
        json.loads(check_schema())["$defs"]["CheckDocument"]["required"]
    ) | {"schema"}


def test_the_terminal_tells_what_changed(checked):
    assert "new" not in written("table", checked, 0)
    answer = checked.answers[0]
    states = ("new", "open", "came back", "open")
    findings = tuple(
        structs.replace(found, state=state)
        for found, state in zip(answer.findings, states, strict=True)
    )
    trend = Trend(since=20_777, new=1, came_back=1, resolved=())
    now = replace(checked, answers=(replace(answer, findings=findings),), trend=trend)
    text = " ".join(written("table", now, 0).split())
    assert "4 of 351 live models, 1 new, 1 came back" in text
    assert "1 new, 1 came back, 0 resolved since 2026-11-20" in text


def test_csv_keeps_formulas_as_text(checked):
    rows = list(csv.DictReader(io.StringIO(written("csv", checked, 0))))
    assert [row["subject"] for row in rows[:3]] == ["m1", "m2", "'=cmd()"]
    assert rows[-2]["evidence"] == "not answered in 30 s"


def test_a_formats_name_and_a_files_ending():
    assert format_of(Path("a.JSON")).SUFFIX == ".json"
    with pytest.raises(UsageError, match="Did you mean 'json'"):
        find_format("jsno")
    with pytest.raises(UsageError, match="does not say a format"):
        format_of(Path("a.docx"))


def test_long_and_steering_text_is_shown_as_one_safe_line():
    assert printable("a" * 130) == "a" * 119 + "…"
    assert printable("\u202eevil\n") == "\\u202eevil\\n"
    assert cell(["=a", "b"]) == "'=a; b"


def test_a_question_asked_alone_shows_all_it_has(checked, snapshot):
    """Why it matters, ids, every row, and blocks where a table would be too wide."""
    said = {}
    for answer in checked.answers:
        out = io.StringIO()
        alone = replace(checked, answers=(answer,))
        find_format("table").write_checked(alone, out, show=0)
        said[answer.question.code] = out.getvalue()
    wide = checked.answers[0]
    columns = (*wide.question.columns, Column("days", "int", "how long"))
    more = replace(wide, question=replace(wide.question, columns=columns))
    row = {**wide.findings[0].row, "days": 7}
    out = io.StringIO()
    asked = replace(more, findings=(structs.replace(wide.findings[0], row=row),))
    find_format("table").write_checked(replace(checked, answers=(asked,)), out, show=0)
    assert [*said.values(), out.getvalue()] == snapshot


def test_a_listing_with_more_rows_than_are_shown_says_how_to_see_them(checked):
    listing = next(each for each in checked.answers if each.question.code == "WHO-01")
    alone = replace(checked, answers=(listing,))
    assert "and 1 more: ownership-graph check WHO-01 --show 0" in written("table", alone, 2)
    assert "more: " not in written("table", alone, 3)


def test_what_nobody_named_and_what_is_long_is_told_as_such(checked):
    first = checked.answers[0]
    blank = structs.replace(
        first.findings[0], subject=("",), row={"model": "", "teams": ["x" * 30] * 9}
    )
    asked = replace(checked, answers=(replace(first, findings=(blank, first.findings[1])),))
    said = written("table", asked, 0)
    assert "(nothing named)" in said
    assert "x and 2 more" in " ".join(said.split())
