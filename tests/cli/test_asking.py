"""`check`, `query` and `queries`, as people and pipelines use them."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from ownership_graph.stores import open_store

STORE = ("--store", "g.kgl")


@pytest.fixture
def stored(run, tables):
    assert run("import", "tables", tables, "--as", "inventory", *STORE).code == 0


def test_check_shows_count_denominator_and_first_step(run, stored):
    said = run("check", "ownership", *STORE)
    assert said.code == 0
    assert "1 of 2 live models" in said.out
    assert "Churn forecast" in said.out
    assert "Churn forecast (m2)" in run("check", "OWN-01", *STORE).out
    assert "First step: " in said.out


def test_check_of_everything_begins_with_the_first_five_by_cause(run, stored):
    said = run("check", *STORE)
    assert "Where to begin" in said.out
    assert "Models nobody owns: 1 of 2 live models" in said.out
    by_question = run("check", *STORE, "--by", "question").out
    assert "Where to begin" not in by_question
    assert "First step" in by_question
    assert "Where to begin" in run("check", "ownership", *STORE, "--by", "cause").out
    assert "Where to begin" not in run("check", *STORE, "--show", "1").out
    wrong = run("check", *STORE, "--by", "theme")
    assert wrong.code == 2
    assert "'theme' is neither cause nor question" in wrong.err


def test_check_as_json_is_for_programs(run, stored):
    document = json.loads(run("check", "OWN-01", "CEN-03", "--format", "json", *STORE).out)
    unowned, few = sorted(document["questions"], key=lambda each: each["code"], reverse=True)
    assert unowned["findings"][0]["identity"] == "OWN-01|m2"
    assert few["state"] == "not assessable"
    assert few["missing"] == ["CAN_DECIDE"]


def test_check_writes_each_file_in_its_own_format(run, stored, tmp_path):
    said = run("check", "OWN-01", "-o", "a.json", "-o", "a.csv", *STORE)
    assert (said.code, said.out) == (0, "")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    assert rows[0]["subject"] == "m2"
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["schema"] == 1


def test_findings_change_the_exit_code_only_when_asked(run, stored):
    assert run("check", "OWN-01", "--fail-on", "high", *STORE).code == 3
    assert run("check", "CEN-03", "--fail-on", "low", *STORE).code == 0
    wrong = run("check", "--fail-on", "hihg", *STORE)
    assert (wrong.code, wrong.out) == (2, "")


def test_check_says_what_it_does_not_know(run, stored):
    for words, sentence in (
        (("check", "OWN-1"), "Did you mean 'OWN-"),
        (("check", "ownreship"), "Did you mean 'ownership'?"),
        (("check", "--set", "min_dependants=1"), "min_dependents"),
        (("check", "--set", "nonsense"), "is not PARAMETER=VALUE"),
        (("check", "--today", "yesterday"), "is not a day"),
        (("check", "--format", "jsno"), "Did you mean 'json'?"),
        (("check", "-o", "a.docx"), "does not say a format"),
    ):
        said = run(*words, *STORE)
        assert (said.code, said.out) == (2, "")
        assert sentence in said.err.replace("\n", " ")


def test_a_missing_store_is_a_sentence(run):
    said = run("check", "--store", "none.kgl")
    assert said.code == 1
    assert "none.kgl" in said.err
    assert "Traceback" not in said.err


def test_query_takes_names_files_and_typed_text(run, stored, tmp_path):
    assert "m2" in run("query", "OWN-01", *STORE).out
    (tmp_path / "q.cypher").write_text(
        "MATCH (m:Model) WHERE m.stage = $stage RETURN m.id AS model ORDER BY model",
        encoding="utf-8",
    )
    words = ("query", "q.cypher", "--set", "stage=pilot", "--format", "json", *STORE)
    assert json.loads(run(*words).out) == [{"model": "m2"}]
    said = run(
        "query", "-", "--limit", "1", *STORE, stdin="MATCH (m:Model) RETURN m.id AS m ORDER BY m"
    )
    assert "(the limit; there are more)" in said.out
    today = run(
        "query",
        "-",
        "--today",
        "1970-01-03",
        "--format",
        "csv",
        *STORE,
        stdin="RETURN $today AS d",
    )
    assert today.out == "d\n2\n"


def test_query_refuses_what_writes_or_leaks(run, stored):
    for text in ("CREATE (n:Team {id: 'x'})", "LOAD CSV FROM 'file:///etc/passwd' AS r RETURN r"):
        said = run("query", "-", *STORE, stdin=text)
        assert (said.code, said.out) == (2, "")


def test_query_names_a_file_that_cannot_be_read(run, stored, tmp_path):
    assert run("query", "none.cypher", *STORE).code == 2
    (tmp_path / "bad.cypher").write_bytes(b"\xff\xfe\xff")
    assert "not UTF-8" in run("query", "bad.cypher", *STORE).err
    several = run("query", "ownership", *STORE)
    assert several.code == 2
    assert "stands for several" in several.err


def test_queries_lists_and_shows(run):
    assert "OWN-01" in run("queries").out
    shown = run("queries", "show", "OWN-01")
    assert "// needs: OWNS" in shown.out
    measured = run("queries", "show", "DEC-03")
    assert "then" in measured.out
    assert run("queries", "show", "OWN-99").code == 2


def test_questions_are_chosen_by_what_they_are_evidence_towards(run, stored):
    words = ("--control", "EU AI Act 14", "--control", "nist map")
    rows = list(csv.DictReader(io.StringIO(run("queries", *words, "--format", "csv").out)))
    named = {each["code"]: each["evidence towards"] for each in rows}
    assert (named["OVR-01"], named["RSK-01"]) == ("EU AI Act 14", "NIST MAP 1.5")
    document = json.loads(run("check", *words, "--format", "json", *STORE).out)
    assert [each["code"] for each in document["questions"]] == [each["code"] for each in rows]
    oversight = next(each for each in document["questions"] if each["code"] == "OVR-01")
    act = next(each for each in oversight["controls"] if each["framework"] == "EU AI Act")
    assert (act["clause"], act["text_day"], act["applies_from"]) == (
        "14", "2024-06-13", "2027-12-02",
    )  # fmt: skip
    shown = run("queries", "show", "OVR-01").out
    assert "// evidence towards, no more than that:\n//   NIST GOVERN 3.2: " in shown
    assert "(text of 2024-06-13, applies from 2027-12-02)\n//     Moved from" in shown
    assert "evidence towards" not in run("queries", "show", "LAT-01").out


def test_a_clause_that_no_question_names_is_told(run):
    wrong = run("queries", "--control", "NIST GOVREN 2.1")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Did you mean 'NIST GOVERN 2.1'? Their frameworks: EU AI Act, " in wrong.err
    none = run("check", "LAT-01", "--control", "NIST")
    assert none.code == 2
    assert "no question here is evidence towards 'NIST'. Their frameworks: none." in none.err


def test_own_questions_have_the_same_rights(run, stored, tmp_path):
    theme = tmp_path / "ours" / "house"
    theme.mkdir(parents=True)
    (theme / "pilots.cypher").write_text(
        "// Pilots\n//\n// Because we ask.\n//\n// code: OUR-01\n// severity: 2\n"
        "// remedy: Look at it.\n// needs: Model.stage\n// column model: Model -- the pilot\n"
        "MATCH (m:Model) WHERE m.stage = 'pilot'\nRETURN m.id AS model\nORDER BY model\n",
        encoding="utf-8",
    )
    assert "Churn forecast" in run("check", "OUR-01", "--queries", "ours", *STORE).out
    (theme / "pilots.cypher").write_text(
        "// Pilots\n//\n// x\n//\n// cod: OUR-01\n", encoding="utf-8"
    )
    said = run("check", "--queries", "ours", *STORE)
    assert said.code == 2
    assert "pilots.cypher:5" in said.err


def test_a_check_that_is_recorded_is_what_later_ones_are_compared_with(run, tables):
    run("import", "tables", tables, "--as", "s")
    first = run("check", "--record", "--today", "2026-11-20")
    assert first.code == 0
    assert "resolved since" not in first.out
    (tables / "rels_OWNS.csv").write_text(
        "from_label,from,to_label,to,role\nTeam,t1,Model,m2,accountable\n", encoding="utf-8"
    )
    run("import", "tables", tables, "--as", "s", "--allow-removals")
    later = run("check", "--today", "2026-11-21")
    assert "1 new, 1 resolved since 2026-11-20" in later.out
    assert run("check", "--today", "2026-11-21", "--format", "json").out.count('"new"') > 1
    assert (
        "history goes forward. Record from 2026"
        in run("check", "--record", "--today", "2026-11-19").err
    )


def test_a_question_of_ones_own_values_is_no_history(run, tables):
    run("import", "tables", tables)
    assert "has not come yet" in run("check", "--record", "--today", "2199-01-01").err
    said = run("check", "OWN-01", "--record", "--set", "min_dependents=1")
    assert said.code == 2
    assert "no history" in said.err


STALE = """\
store = "g.kgl"

[[source]]
name = "inventory"
importer = "tables"
path = "tables"
stale_after = "3d"

[[source]]
name = "gates"
importer = "tables"
path = "gates"
"""


def test_answers_that_rest_on_a_stale_source_say_so(run, tables, tmp_path):
    (tmp_path / "ownership-graph.toml").write_text(STALE, encoding="utf-8")
    assert run("import", "--source", "inventory").code == 0
    assert "as of" not in run("check", "OWN-01").out
    later = (datetime.now(UTC) + timedelta(days=19)).date()
    said = run("check", "OWN-01", "--today", str(later)).out
    assert "as of 19 days ago  OWN-01" in said
    assert "Not imported for too long: inventory (19 days ago); 1 answer rests on that" in said
    told = json.loads(run("check", "OWN-01", "--today", str(later), "--format", "json").out)
    assert told["sources"][0]["stale"]
    assert told["questions"][0]["as_of"] == str(later - timedelta(days=19))
    fresh = json.loads(run("check", "OWN-01", "--format", "json").out)
    assert "stale" not in fresh["sources"][0]
    assert "as_of" not in fresh["questions"][0]


def test_doctor_tells_which_sources_are_stale_or_were_never_imported(run, tables, tmp_path):
    settings = tmp_path / "ownership-graph.toml"
    settings.write_text('store = "g.kgl"', encoding="utf-8")
    assert "none in the settings" in run("doctor").out
    settings.write_text(STALE.replace("3d", "1m"), encoding="utf-8")
    before = run("doctor")
    assert before.code == 0
    assert f"of gates there is no {tmp_path / 'gates'}" in before.out
    assert "inventory was never imported, gates was never imported" in before.out
    run("import", "--source", "inventory")
    (tmp_path / "gates").mkdir()
    (tmp_path / "gates" / "nodes_Gate.csv").write_text("id\ng1\n", encoding="utf-8")
    said = run("doctor")
    assert said.code == 1
    assert "gates was never imported. Look" in said.out
    run("import", "--source", "gates")
    assert "inventory today, gates today" in run("doctor").out
    with open_store("g.kgl") as store, store.lock():
        old = f"{datetime.now(UTC) - timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}"
        store.record(replace(store.runs()[0], finished=old))
    said = run("doctor")
    assert said.code == 1
    assert "inventory is stale, it was imported 2 days ago. Look" in said.out


def test_cypher_in_the_place_of_a_name_is_told_where_to_go(run):
    said = run("query", "MATCH (n) RETURN n", "--store", "g.kgl")
    assert said.code == 2
    assert "hand it in: echo 'MATCH …' | ownership-graph query -" in said.err


def test_query_hands_the_rows_to_the_measure_behind_them(run, stored, tables):
    (tables / "nodes_Team.csv").write_text("id,name\nt1,Risk\n", encoding="utf-8")
    assert run("import", "tables", tables, "--as", "other", *STORE).code == 0

    for limit, lines in ((10, 2), (1, 2)):
        said = run("query", "LST-04", "--limit", limit, "--format", "csv", *STORE).out
        assert "Data" in said
        assert "claims" not in said.partition("\n")[0]
        assert len(said.splitlines()) == lines


def test_the_inventory_of_record_of_the_settings_reaches_the_questions(run, stored, tmp_path):
    registry = tmp_path / "registry"
    registry.mkdir()
    (registry / "nodes_Model.csv").write_text("id,stage\nm9,production\n", encoding="utf-8")
    assert run("import", "tables", registry, "--as", "registry", *STORE).code == 0

    unset = run("check", "INV-01", *STORE)
    assert "inventory_of_record (not set)" in unset.out
    (tmp_path / "ownership-graph.toml").write_text(
        'inventory_of_record = "inventory"\n', encoding="utf-8"
    )
    assert "1 of 3 live models" in run("check", "INV-01", *STORE).out
    assert "m9" in run("query", "INV-01", *STORE).out
    other = run("check", "INV-01", "--set", "inventory_of_record=registry", *STORE)
    assert "2 of 3 live models" in other.out
