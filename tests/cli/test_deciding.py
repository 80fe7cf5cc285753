"""`decide`, as people and pipelines use it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import jsonschema_rs
import pytest

from ownership_graph.page.graph import read_graph
from ownership_graph.page.privacy import privacy_for
from ownership_graph.stores import open_store

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "how-to" / "decide.md"
STORE = ("--store", "g.kgl")
STUCK = "model:reply-copilot"


@pytest.fixture
def stored(run, example):
    assert run("import", "tables", example, "--as", "example", *STORE).code == 0


def plain(text):
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def test_the_guide_shows_what_the_program_says(run, stored):
    [shown] = re.findall(r"```text\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    typed, _, answer = shown.partition("\n")
    said = run(*typed.removeprefix("$ ownership-graph ").split(), *STORE)
    assert plain(said.out) == plain(answer)


def test_the_verdict_is_the_first_line(run, stored):
    said = run("decide", "fraud ring detection", *STORE)
    assert said.code == 0
    assert said.out.startswith("Yes: Fraud ring detection can get through the 4 gates left.\n")
    assert "Hangs on: Mehmet Boateng (Data use)" in said.out
    away = run("decide", "fraud ring detection", *STORE, "--away", "Mehmet Boateng").out
    assert away.startswith("No: as rights are written today, nobody can take")
    assert "Mehmet Boateng is away" in away


def test_a_model_that_gets_nowhere_can_fail_a_pipeline(run, stored):
    assert run("decide", STUCK, *STORE).code == 0
    assert run("decide", STUCK, *STORE, "--fail-on-stuck").code == 3
    assert run("decide", "model:voice-triage", *STORE, "--fail-on-stuck").code == 0


def test_what_is_not_there_is_told_with_the_nearest(run, stored):
    said = run("decide", "model:reply-copilto", *STORE)
    assert (said.code, said.out) == (2, "")
    assert "Did you mean 'model:reply-copilot'?" in said.err


def test_json_follows_its_schema_and_every_file_has_its_format(run, stored, tmp_path):
    said = run("decide", STUCK, *STORE, "--format", "json", "-o", "a.csv", "-o", "a.txt")
    document = json.loads(said.out)
    schema = json.loads((ROOT / "docs/reference/decide.schema.json").read_text(encoding="utf-8"))
    jsonschema_rs.validate(schema, document)
    assert (document["schema"], document["state"]) == (1, "stuck")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    assert {row["part"] for row in rows} == {"gate", "change", "decision"}
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("No: ")


@pytest.mark.parametrize("people", ["roles", "pseudonyms"])
def test_nobody_is_named_who_is_not_to_be(run, stored, people):
    named = run("decide", STUCK, *STORE, "--format", "json").out
    said = run("decide", STUCK, *STORE, "--format", "json", "--people", people).out
    assert "Eero Balogun" in named
    assert "Eero Balogun" not in said
    assert "person:" not in said
    with open_store("g.kgl") as store:
        page = privacy_for(read_graph(store.facts()), people)
    [before] = json.loads(said)["path"][0]["request"]["before"]
    [known] = json.loads(named)["path"][0]["request"]["before"]
    assert before["id"] == page.ids["Person", known["id"]]
    assert before["name"] == page.names["Person", known["id"]]


def test_the_model_as_it_was(run, stored):
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert run("decide", STUCK, *STORE, "--as-of", today).out == run("decide", STUCK, *STORE).out
    assert run("decide", STUCK, *STORE, "--as-of", "2020-01-01").code == 1
