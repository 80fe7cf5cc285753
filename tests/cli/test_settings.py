"""`settings`: what is in force, where it comes from, and no secret in it."""

from __future__ import annotations

import json

import pytest

SETTINGS = """\
precedence = ["hr"]
keep_changes = "52w"

[store]
address = "neo4j://ada:hunter2@graph.example.org"
password = "env:PW"

[[source]]
name = "hr"
importer = "tables"
path = "hr"
stale_after = "36h"
"""


@pytest.fixture
def in_force(run, tmp_path):
    (tmp_path / "ownership-graph.toml").write_text(SETTINGS, encoding="utf-8")

    def told(*words):
        rows = json.loads(run("settings", "--format", "json", *words).out)
        return {row["key"]: (row["value"], row["from"]) for row in rows}

    return told


def test_every_value_comes_with_where_it_comes_from(in_force, tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERSHIP_GRAPH__SOURCE__HR__DELIMITER", ";")
    told = in_force()
    file = "ownership-graph.toml"
    assert told["settings file"] == (str(tmp_path / file), "found upward from here")
    assert told["precedence"] == (["hr"], f"{file}:1")
    assert told["keep_changes"] == ("52w", f"{file}:2")
    assert told["log_format"] == ("text", "default")
    assert told["source.hr.path"] == (str(tmp_path / "hr"), f"{file}:11")
    assert told["source.hr.stale_after"] == ("36h", f"{file}:12")
    assert told["source.hr.mode"] == ("full", "default")
    assert told["source.hr.encoding"] == ("auto", "default")
    assert told["source.hr.delimiter"] == (";", "OWNERSHIP_GRAPH__SOURCE__HR__DELIMITER")
    assert in_force("--store", "x.kgl")["store.address"] == ("x.kgl", "option")
    chosen = in_force("--settings", file)
    assert chosen["settings file"] == (file, "option")


def test_no_secret_is_shown_and_whether_it_is_set_is(in_force, run, monkeypatch):
    told = in_force()
    assert told["store.password"][0] == "env:PW (not set)"
    assert told["store.address"][0] == "neo4j://***@graph.example.org"
    monkeypatch.setenv("PW", "hunter3")
    assert in_force()["store.password"][0] == "env:PW (set)"
    monkeypatch.setenv("OWNERSHIP_GRAPH__STORE__PASSWORD", "hunter4")
    assert in_force()["store.password"] == ("*** (set)", "OWNERSHIP_GRAPH__STORE__PASSWORD")
    assert "hunter" not in run("settings").out


def test_without_a_file_the_defaults_are_told(run):
    said = run("settings")
    assert said.code == 0
    assert "there is none here or above" in said.out
    assert "ownership.kgl" in said.out


def test_the_schema_knows_the_importers_options(run):
    schema = json.loads(run("settings", "--schema").out)
    assert schema["properties"]["source"]["items"] == {"$ref": "#/$defs/SourceSettings"}
    source = schema["$defs"]["SourceSettings"]
    assert "default" not in source["properties"]["mode"]
    assert source["properties"]["mode"]["enum"] == ["full", "delta", "events"]
    of_table = next(
        each["then"]
        for each in source["allOf"]
        if each["if"]["properties"]["importer"]["const"] == "table"
    )
    assert of_table["required"] == ["path"]


def test_a_mistake_is_2(run, tmp_path):
    (tmp_path / "ownership-graph.toml").write_text(
        SETTINGS.replace('"tables"', '"tabels"'), encoding="utf-8"
    )
    said = run("settings")
    assert said.code == 2
    assert "Did you mean 'tables'?" in said.err
