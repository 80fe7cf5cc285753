"""`impact` and `path` on the command line."""

from __future__ import annotations

import csv
import io
import json

import pytest


@pytest.fixture
def stored(run, tables):
    (tables / "rels_DEPENDS_ON.csv").write_text(
        "from_label,from,to_label,to\nModel,m2,Model,m1\n", encoding="utf-8"
    )
    assert run("import", "tables", tables, "--as", "inventory").code == 0


def test_impact_tells_what_relies_on_a_thing_and_how_complete_that_is(run, stored):
    said = run("impact", "claims triage")
    assert (said.code, said.err) == (0, "")
    assert "Churn forecast" in said.out
    assert "1 rely on Claims triage (m1): 1 directly, 0 through others." in said.out
    assert "1 of 2 live models have stated dependencies; 1 unknown." in said.out
    document = json.loads(run("impact", "m1", "--format", "json").out)
    assert document["relying"][0]["thing"] == {
        "label": "Model", "id": "m2", "name": "Churn forecast",
    }  # fmt: skip
    assert document["coverage"]["stated"] == 1
    table = run("impact", "m1", "--format", "csv")
    assert next(csv.DictReader(io.StringIO(table.out)))["through"] == "Claims triage (m1)"
    assert "1 of 2 live models" in table.err


def test_path_tells_each_step_or_that_there_is_none(run, stored, tmp_path):
    said = run("path", "t1", "m2", "-o", "way.csv", "--format", "table")
    assert (said.code, said.err) == (0, "Written: way.csv\n")
    assert "owns (accountable)" in said.out
    assert "1 way of 2 steps between Data (t1) and Churn forecast (m2)" in said.out
    assert (tmp_path / "way.csv").read_text().startswith("way,step,how,label,id,name,owners\n")
    none = run("path", "t1", "m2", "--steps", "1")
    assert (none.code, none.err) == (0, "")
    assert none.out.startswith("None within 1 step:")
    assert "rows" not in none.out


def test_what_cannot_be_is_a_sentence(run, stored):
    for words, sentence in (
        (("impact", "Clams triage"), "Did you mean 'Claims triage'?"),
        (("path", "m1", "nothing-like-it"), "nothing has that id or name."),
        (("path", "m1", "m1"), "are one and the same"),
    ):
        said = run(*words)
        assert (said.code, said.out) == (2, "")
        assert sentence in said.err


def test_both_look_back(run, stored):
    assert run("impact", "m1", "--as-of", "2001-01-01").code != 0
    assert run("path", "m1", "m2", "--as-of", "2999-01-01").code == 0
