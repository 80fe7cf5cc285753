"""`impact` and `path` on the command line."""

from __future__ import annotations

import csv
import io
import json

import jsonschema_rs
import pytest

from ownership_graph.reports.traced.documents import (
    ImpactDocument,
    PathDocument,
    document_schema,
)


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
    assert "1 relies on Claims triage (m1): 1 directly, 0 through others; none in" in said.out
    assert "1 of 2 live models have stated dependencies; on what the other 1 stand" in said.out
    document = json.loads(run("impact", "m1", "--format", "json").out)
    jsonschema_rs.validate(json.loads(document_schema(ImpactDocument)), document)
    assert document["schema"] == 1
    assert document["impact"]["relying"][0]["thing"] == {
        "label": "Model", "id": "m2", "name": "Churn forecast",
    }  # fmt: skip
    assert document["impact"]["dependencies"]["stated"] == 1
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
    assert none.out.startswith("None known within 1 step:")
    assert "How complete this is" in none.out
    document = json.loads(run("path", "t1", "m2", "--format", "json").out)
    jsonschema_rs.validate(json.loads(document_schema(PathDocument)), document)
    assert [step["thing"]["id"] for step in document["path"]["ways"][0]] == ["t1", "m1", "m2"]


def test_of_a_long_list_the_first_lines_are_shown(run, tables):
    rows = "".join(f"Model,n{n},Model,m1\n" for n in range(12))
    (tables / "rels_DEPENDS_ON.csv").write_text(f"from_label,from,to_label,to\n{rows}")
    run("import", "tables", tables)
    few = run("impact", "m1").out
    assert "Directly (12)" in few
    assert "… and 2 more; --show 0 tells all" in few
    every = run("impact", "m1", "--show", "0").out
    assert "n9" in every
    assert "more;" not in every


def test_persons_appear_as_is_asked(run, stored, tables):
    (tables / "nodes_Person.csv").write_text("id,name,status\np1,Ada Byron,left\n")
    (tables / "rels_MEMBER_OF.csv").write_text(
        "from_label,from,to_label,to,role\nPerson,p1,Team,t1,lead\n"
    )
    (tables / "rels_OWNS.csv").write_text(
        "from_label,from,to_label,to,role\nTeam,t1,Model,m1,accountable\n"
        "Person,p1,Model,m2,business\n"
    )
    run("import", "tables", tables, "--as", "inventory")
    assert "Ada Byron (gone)" in run("impact", "m1").out
    for form in ("table", "json", "csv"):
        for words in (("impact", "m1"), ("impact", "p1"), ("path", "p1", "m1")):
            for people, shown in (("roles", "lead of Data"), ("pseudonyms", "person-")):
                said = run(*words, "--people", people, "--format", form)
                assert said.code == 0
                assert "Ada" not in said.out + said.err
                assert shown in said.out


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
