"""`import` of all sources: one line a source, and exit codes as a scheduler sees them."""

from __future__ import annotations

import json
import sys

import pytest

from ownership_graph.stores import open_store

SETTINGS = """\
store = "g.kgl"

[[source]]
name = "inventory"
importer = "tables"
path = "tables"
mode = "delta"
removal_guard = 0.9
authoritative_for = ["Team"]

[[source]]
name = "people"
importer = "tables"
path = "people"
"""


@pytest.fixture
def settings(tmp_path, tables):
    """Two sources; the second one is not there until a test writes it."""
    file = tmp_path / "ownership-graph.toml"
    file.write_text(SETTINGS, encoding="utf-8")
    return file


@pytest.fixture
def people(tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "nodes_Person.csv").write_text("id,status\np1,active\np2,activ\n", encoding="utf-8")
    return folder


def lines(said):
    return [line.split() for line in said.out.splitlines()]


def test_every_source_has_its_line_and_a_total_ends_it(run, settings, people):
    said = run("import")
    assert said.code == 0
    assert said.out.startswith("source     state  rows  new  changed  gone  rejected  seconds\n")
    assert lines(said)[1][:4] == ["inventory", "done", "4", "4"]
    assert lines(said)[2][:5] == ["people", "done", "2", "2", "1"]
    assert said.out.splitlines()[-1] == "2 sources; facts: 6 new"
    assert "people\n  rejected   1 row, 1 in part; the others went in" in said.err
    assert (settings.parent / "ownership-graph-rejected" / "people").is_dir()
    again = run("import")
    assert lines(again)[1][:2] == ["inventory", "same"]
    assert again.out.splitlines()[-1] == "2 sources; facts: nothing new"


def test_rejected_rows_go_beside_the_settings_wherever_one_stands(
    run, settings, people, tmp_path, monkeypatch
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert run("import").code == 0
    assert (tmp_path / "ownership-graph-rejected" / "people" / "nodes_Person.csv").is_file()
    assert run("import", "--rejects", "here").code == 0
    assert (elsewhere / "here" / "people").is_dir()


def test_one_that_fails_does_not_stop_the_others_and_gives_4(run, settings):
    said = run("import")
    assert said.code == 4
    assert lines(said)[1][:2] == ["inventory", "done"]
    assert lines(said)[2][:2] == ["people", "failed"]
    assert said.out.splitlines()[-1] == "2 sources, 1 failed; facts: 4 new"
    assert said.err.startswith("people: ")
    assert "no such file or folder" in said.err


def test_a_source_that_the_guard_stops(run, settings, people):
    table = people / "nodes_Person.csv"
    table.write_text("id\n" + "".join(f"p{n}\n" for n in range(40)), encoding="utf-8")
    assert run("import").code == 0
    table.write_text("id\np1\n", encoding="utf-8")
    stopped = run("import")
    assert stopped.code == 4
    assert lines(stopped)[2][:2] == ["people", "stopped"]
    assert "--allow-removals" in stopped.err
    dry = run("import", "--dry-run")
    assert dry.code == 4
    assert lines(dry)[2][:4] == ["people", "stopped", "1", "39"]
    assert dry.out.splitlines()[-1].startswith("Dry run, nothing was written: 2 sources")
    assert "people: importing 'people': 39 of 40 Person facts" in dry.err
    through = run("import", "--allow-removals")
    assert lines(through)[2][:4] == ["people", "done", "1", "39"]


def test_ids_that_stand_twice_are_told_by_source(run, settings, people):
    (people / "nodes_Person.csv").write_text("id,name\np1,A\np1,B\np1,C\n", encoding="utf-8")

    said = run("import")

    head, count, first, second = said.err.splitlines()
    assert head == "people"
    assert count == "  doubles    2  (stated again with other content; the last row counts)"
    assert first.endswith("nodes_Person.csv:2")
    assert "nodes_Person.csv:4: Person 'p1', also at " in second


def test_strict_and_some_sources_only(run, settings, people):
    said = run("import", "--source", "people", "--strict")
    assert said.code == 4
    assert len(lines(said)) == 3
    assert "1 source, 1 failed" in said.out
    wrong = run("import", "--source", "peeple")
    assert wrong.code == 2
    assert "Did you mean 'people'?" in wrong.err


def test_the_summary_as_json_and_the_log_for_machines(run, settings):
    said = run("--log-format", "json", "import", "--json")
    told = json.loads(said.out)
    inventory, people = told["sources"]
    assert (inventory["source"], inventory["state"], inventory["error"]) == (
        "inventory",
        "done",
        None,
    )
    assert inventory["summary"]["nodes"]["new"] == 3
    assert (people["state"], people["summary"]) == ("failed", None)
    assert "no such file" in people["error"]
    events = [json.loads(line) for line in said.err.splitlines()]
    assert [each["event"] for each in events] == ["imported", "failed"]
    assert events[1]["source"] == "people"
    run("--log-format", "json", "import")
    assert run("import", "--dry-run").code == 4


def test_without_sources_it_says_what_to_write(run, tmp_path):
    said = run("import")
    assert said.code == 2
    assert "there is no ownership-graph.toml" in said.err
    assert '  importer = "tables"' in said.err
    (tmp_path / "ownership-graph.toml").write_text('store = "g.kgl"', encoding="utf-8")
    assert "ownership-graph.toml has none" in run("import").err


def test_every_mistake_of_the_settings_is_one_line(run, settings):
    settings.write_text(SETTINGS.replace("mode", "moda").replace("path", "pth"), encoding="utf-8")
    said = run("import")
    assert said.code == 2
    assert said.out == ""
    head, *others = said.err.splitlines()
    assert head.startswith("ownership-graph: ")
    assert len(others) == 4
    assert all(each.startswith(f"  {settings}:") for each in others)
    event = json.loads(run("--log-format", "json", "import").err)
    assert len(event["more"]) == 4


def test_a_name_that_is_no_importers(run, settings):
    for words, hint in (
        (("import", "people"), "ownership-graph import --source 'people'"),
        (("import", "tabels", "x"), "Did you mean 'tables'?"),
        (("import", "--dry-run", "tables", "tables"), "Write it behind the importer's name"),
        (("import", "--importers", "x"), 'Write importers = ["FOLDER"] into the settings'),
    ):
        said = run(*words)
        assert said.code == 2
        assert hint in said.err


def test_an_importer_of_the_settings_folders_may_be_named(run, settings, tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "pets.py").write_text(
        '"""Pets."""\nfrom ownership_graph.records import Node\nPROVIDES = ()\n'
        'def read(*, token: "Secret", many: int = 1):\n'
        '    yield from (Node("Team", f"t{n}") for n in range(many))\n',
        encoding="utf-8",
    )
    settings.write_text(f'importers = ["ours"]\n{SETTINGS}', encoding="utf-8")
    said = run("import", "pets", "--token", "env:NONE", "--many", "2")
    assert said.code == 0
    assert said.out.startswith("pets: ")
    wrong = run("import", "pets", "--token", "hunter2")
    assert wrong.code == 2
    assert "env:NAME or file:PATH" in wrong.err
    assert "hunter2" not in wrong.err


def test_an_ad_hoc_import_under_a_sources_name_is_that_source(run, settings, tables):
    assert run("import", "tables", "tables", "--as", "inventory").code == 0
    (tables / "nodes_Model.csv").unlink()
    (tables / "rels_OWNS.csv").unlink()
    said = run("import", "tables", "tables", "--as", "inventory")
    assert said.code == 0
    assert "gone" not in said.out  # its mode is delta
    (tables / "nodes_Team.csv").write_text("id\nt2\n", encoding="utf-8")
    said = run("import", "tables", "tables", "--as", "inventory", "--mode", "full")
    assert "departed   1" in said.out
    asked = run("query", "-", "--format", "csv", stdin="MATCH (t:Team) RETURN t.id, t.status")
    assert "t1,archived" in asked.out


def test_a_locked_store_is_5_and_can_be_waited_for(run, settings, tmp_path):
    with open_store(str(tmp_path / "g.kgl")) as store, store.lock():
        said = run("import", "--wait", "0.3")
    assert said.code == 5
    assert said.out == ""
    assert run("import", "tables", "tables", "--wait", "1").code == 0


def test_progress_names_the_source(run, settings, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert (
        "inventory (1 of 2): " in run("import", "--source", "inventory", "--source", "people").err
    )
