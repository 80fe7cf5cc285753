"""`import`: plans, guards, rejected rows and exit codes, as a scheduler sees them."""

from __future__ import annotations

import json
import re
import shlex
import tomllib

STORE = ("--store", "g.kgl")


def test_a_folder_of_tables_goes_in(run, tables):
    first = run("import", "tables", tables, "--as", "inventory", *STORE)
    assert first.code == 0
    assert "new        3 nodes, 1 relationship" in first.out
    again = run("import", "tables", tables, "--as", "inventory", *STORE)
    assert "unchanged  4" in again.out


def test_a_dry_run_writes_nothing(run, tables, tmp_path):
    said = run("import", "tables", tables, "--dry-run", *STORE)
    assert said.code == 0
    assert "nothing was written" in said.out
    assert not (tmp_path / "g.kgl").exists()


def test_the_summary_as_json(run, tables):
    said = run("import", "tables", tables, "--as", "inventory", "--json", *STORE)
    summary = json.loads(said.out)
    assert summary["nodes"] == {"new": 3, "changed": 0, "removed": 0}
    assert summary["run"]["source"] == "inventory"


def test_without_a_name_the_source_is_importer_and_path(run, tables):
    said = run("import", "tables", "tables", "--json", *STORE)
    assert json.loads(said.out)["run"]["source"] == f"tables:{tables}"


def test_without_a_name_a_source_that_is_asked_over_http_is_importer_and_host(run, server):
    pull = {"number": 7, "html_url": f"{server.url}/a/model-b/pull/7", "title": "x"}
    server.on("/repos/a/model-b/pulls", [pull])
    server.on("/repos/a/model-b/issues/7/timeline", [])
    words = ("--repository", "a/model-b", "--model-repositories", "a/model-{model}")

    said = run("import", "pull-requests", *words, "--url", server.url, "--json", *STORE)

    assert json.loads(said.out)["run"]["source"] == "pull_requests:127.0.0.1"
    wrong = run("import", "pull-requests", *words, "--url", "https://[x", *STORE)
    assert wrong.code == 4
    assert wrong.err.startswith("ownership-graph: reading the reviews: ")


def test_what_people_state_is_called_manual_and_believed_first(run, tables, tmp_path):
    run("import", "tables", tables, "--as", "inventory", *STORE)
    (tmp_path / "ours.toml").write_text("[Model.m1]\nabsent = true\n", encoding="utf-8")

    said = run("import", "manual", "ours.toml", *STORE)

    assert said.out.startswith("manual: ")
    assert "held       2  (a source that is believed first says no)" in said.out
    asked = run("query", "-", *STORE, "--format", "csv", stdin="MATCH (m:Model) RETURN m.id AS id")
    assert asked.out == "id\nm2\n"


def test_rejected_rows_are_shown_written_mended_and_imported_again(run, tables, tmp_path):
    table = tables / "nodes_Model.csv"
    rows = "".join(f"m{n},x,prodution\n" for n in range(3, 10))
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    said = run("import", "tables", tables, "--as", "inventory", *STORE)
    assert said.code == 0
    assert "rejected   7 rows, 7 in part; the others went in" in said.err
    assert "nodes_Model.csv:4" in said.err
    assert "Did you mean 'production'?" in said.err
    assert "by reason" in said.err
    rejects = tmp_path / "ownership-graph-rejected" / "inventory"
    mended = rejects / "nodes_Model.csv"
    text = mended.read_text(encoding="utf-8").replace("prodution,", "production,")
    mended.write_text(text, encoding="utf-8")
    again = run("import", "tables", rejects, "--as", "inventory", "--mode", "delta", *STORE)
    assert "changed    7 nodes" in again.out
    live = "MATCH (m:Model {name: 'x', stage: 'production'}) RETURN count(m) AS n"
    assert run("query", "-", *STORE, "--format", "csv", stdin=live).out == "n\n7\n"
    unmended = run("import", "tables", tables, "--as", "inventory", *STORE)
    assert "rejected   7 rows, 7 in part" in unmended.err
    assert run("query", "-", *STORE, "--format", "csv", stdin=live).out == "n\n7\n"


def test_strict_fails_on_a_rejected_row(run, tables):
    with (tables / "nodes_Model.csv").open("a", encoding="utf-8") as table:
        table.write("m3,x,prodution\n")
    said = run("import", "tables", tables, "--strict", *STORE)
    assert said.code == 4
    count = "MATCH (m:Model) RETURN count(m) AS n"
    assert run("query", "-", *STORE, "--format", "csv", stdin=count).out == "n\n0\n"


def test_the_removal_guard_stops_a_cut_off_export(run, tables):
    table = tables / "nodes_Model.csv"
    whole = table.read_text(encoding="utf-8") + "".join(f"x{n},x,pilot\n" for n in range(40))
    table.write_text(whole, encoding="utf-8")
    assert run("import", "tables", tables, "--as", "inventory", *STORE).code == 0
    table.write_text("id,name,stage\nm1,Claims triage,production\n", encoding="utf-8")
    stopped = run("import", "tables", tables, "--as", "inventory", *STORE)
    assert stopped.code == 4
    assert "--allow-removals" in stopped.err
    through = run("import", "tables", tables, "--as", "inventory", "--allow-removals", *STORE)
    assert through.code == 0
    assert "gone       41 nodes" in through.out


def test_any_table_goes_in_through_a_mapping(run, tmp_path):
    (tmp_path / "inventory.csv").write_text("Name;Team\nTriage;Data\n", encoding="cp1252")
    (tmp_path / "m.toml").write_text(
        '[columns]\nname = "Name"\nteam = "Team"\n'
        '[[fact]]\nModel = "uc{row}"\nset = { name = "{name}" }\n'
        '[[fact]]\nOWNS = ["Team t:{team}", "Model uc{row}"]\nset = { role = "accountable" }\n',
        encoding="utf-8",
    )
    words = ("import", "table", "inventory.csv", "--mapping", "m.toml", *STORE)
    wrong = run(*words)
    assert wrong.code == 4
    assert "Say --delimiter ';'" in wrong.err
    said = run(*words, "--delimiter", ";")
    assert said.code == 0
    assert "stubs      1" in said.out


def test_faults_of_files_and_stores_are_sentences_with_their_codes(run, tables, tmp_path):
    for words, code, sentence in (
        (("import", "tables", "none"), 4, "no such file or folder"),
        (("import", "tabels", "none"), 2, "Did you mean 'tables'?"),
        (
            ("import", "table", tables / "nodes_Model.csv", "--mapping", "none.toml"),
            2,
            "could not be read",
        ),
        (("import", "tables", tables, "--store", "http://x"), 2, "no store answers to 'http://'"),
        (("import", "tables", tables, "--store", "no/such/folder/g.kgl"), 1, "no/such/folder"),
    ):
        said = run(*words)
        assert (said.code, said.out) == (code, "")
        assert sentence in said.err.replace("\n", " ")
        assert "Traceback" not in said.err


def test_own_importers_only_run_when_their_folder_is_named(run, tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "pets.py").write_text(
        '"""Pets.\n\nAll of them."""\n'
        "from ownership_graph.records import Node\n"
        "PROVIDES = ()\n"
        "def read(path: 'Path', *, tag: 'tuple[str, ...]' = (), many: int = 1):\n"
        '    """Reads.\n\n    Args:\n        path: Where.\n        tag: Which.\n'
        '        many: How many.\n    """\n'
        "    yield from (Node('Team', f'{t}{n}') for t in tag for n in range(many))\n",
        encoding="utf-8",
    )
    assert run("import", "pets", "x", *STORE).code == 2
    words = ("import", "--importers", folder, "pets")
    assert "How many." in run(*words, "--help").out
    said = run(*words, "x", "--tag", "a", "--tag", "b", "--many", "2", *STORE)
    assert "new        4 nodes" in said.out
    (folder / "pets.py").write_text(
        '"""Pets."""\nPROVIDES = ()\n'
        'def read(path: "Path", *, store: str = ""):\n    yield from ()\n',
        encoding="utf-8",
    )
    clash = run(*words, "x", *STORE)
    assert clash.code == 2
    assert "its option 'store'" in clash.err


def test_a_dry_run_shows_what_the_guard_would_say(run, tables):
    rows = "".join(f"x{n},Model {n},pilot\n" for n in range(40))
    table = tables / "nodes_Model.csv"
    whole = table.read_text(encoding="utf-8")
    table.write_text(whole + rows, encoding="utf-8")
    run("import", "tables", tables, "--as", "inventory", *STORE)
    table.write_text(whole, encoding="utf-8")
    said = run("import", "tables", tables, "--as", "inventory", "--dry-run", *STORE)
    assert said.code == 4
    assert "\n  guard      " in said.out
    allowed = run(
        "import", "tables", tables, "--as", "inventory", "--dry-run", *STORE, "--allow-removals"
    )
    assert (allowed.code, "guard" in allowed.out) == (0, False)


def test_what_became_of_the_rows_beside_the_rejected_is_true(run, tables):
    table = tables / "nodes_Model.csv"
    whole = table.read_text(encoding="utf-8")
    many = "".join(f"x{n},Model {n},pilot\n" for n in range(40))
    table.write_text(f"{whole}{many}m9,x,prodution\n", encoding="utf-8")
    words = ("import", "tables", tables, "--as", "inventory", *STORE)
    assert "rejected   1 row, 1 in part; the others would go in" in run(*words, "--dry-run").err
    assert "rejected   1 row, 1 in part; the others went in" in run(*words).err

    table.write_text(f"{whole},x,pilot\n", encoding="utf-8")
    guarded = run(*words, "--dry-run")
    assert "\n  guard      " in guarded.out
    assert "rejected   1 row; nothing would go in, for the removal guard stops it" in guarded.err


def test_where_all_rows_are_rejected_none_went_in(run, tmp_path):
    (tmp_path / "nodes_Model.csv").write_text("id,stage\n,pilot\n", encoding="utf-8")
    words = ("import", "tables", "nodes_Model.csv", *STORE)
    assert "rejected   1 row; nothing else was stated" in run(*words, "--dry-run").err
    assert "rejected   1 row; nothing else was stated" in run(*words).err


def test_rows_that_no_table_can_hold_are_not_to_be_mended_where_they_are_listed(run, tmp_path):
    rows = (
        "Work Email,Name,Department\nann@corp.example,Ann,Risk\nbob@corp.example,Bob,Risk,more\n"
    )
    (tmp_path / "staff.csv").write_text(rows, encoding="utf-8")

    said = run("import", "hr", "staff.csv", "--as", "hr", *STORE)

    folder = "ownership-graph-rejected/hr"
    assert [each.name for each in (tmp_path / folder).iterdir()] == ["rejected.txt"]
    assert "to mend and import again" not in said.err
    assert (
        "    no table can hold them: mend them in the source. They are listed in"
        f" {folder}/rejected.txt" in said.err
    )


def test_ids_that_stand_twice_are_named(run, tables):
    with (tables / "nodes_Team.csv").open("a", encoding="utf-8") as table:
        table.write("t1,Risk\n")

    said = run("import", "tables", tables, *STORE)

    told = said.out[said.out.index("  doubles") :].splitlines()
    assert told[0] == "  doubles    1  (stated again with other content; the last row counts)"
    assert told[1].endswith("nodes_Team.csv:2")
    assert "nodes_Team.csv:3: Team 't1', also at " in told[1]
    said = run("import", "tables", tables, "--json", *STORE)
    assert [each.split(": ")[1][:9] for each in json.loads(said.out)["doubled"]] == ["Team 't1'"]


def test_many_kinds_of_unusual_values_are_counted(run, tables):
    columns = ("stagee", "stag", "sstage", "risk_tie", "risk_tierr", "rissk_tier", "stagge")
    text = f"id,name,{','.join(columns)}\nm9,Triage,{','.join('x' for _ in columns)}\n"
    (tables / "nodes_Model.csv").write_text(text, encoding="utf-8")
    said = run("import", "tables", tables, *STORE)
    assert said.out.count("is not in the model") == 5
    assert "and 2 more kinds" in said.out


def test_people_see_how_far_it_is(run, tables, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    said = run("import", "tables", tables, *STORE)
    assert said.code == 0
    assert "new        3 nodes" in said.out


def test_a_link_that_leads_to_itself_is_no_source(run, tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    said = run("import", "tables", "loop", "--store", "g.kgl")
    assert said.code == 4
    assert said.err.startswith("ownership-graph: ")


def test_commands_that_are_printed_can_be_copied(run, tmp_path):
    (tmp_path / "our exports").mkdir()
    table = tmp_path / "our exports" / "AI list.csv"
    table.write_text("Model ID;Title;Owner\nm1;Triage;ann@corp.example\n", encoding="utf-8")
    hint = next(each for each in run("init", "--from", ".").out.splitlines() if "guess" in each)
    assert "Say in our exports/AI list.toml what" in hint
    command = re.search("; ownership-graph (.* --preview) makes", hint)[1]
    assert command == "import table 'our exports/AI list.csv' --delimiter ';' --preview"
    guessed = run(*shlex.split(command))
    (tmp_path / "our exports" / "AI list.toml").write_text(guessed.out, encoding="utf-8")
    command = re.search("#   ownership-graph (.* --dry-run)", guessed.out)[1]
    assert "new        1 node, 1 rel" in run(*shlex.split(command), *STORE).out
    shown = guessed.out.partition("# For ownership-graph.toml:\n")[2].partition("\n\n")[0]
    assert tomllib.loads(shown.replace("#   ", "")) == {
        "source": [
            {
                "name": "AI list",
                "importer": "table",
                "path": "our exports/AI list.csv",
                "delimiter": ";",
                "mapping": "our exports/AI list.toml",
            }
        ]
    }
    (tmp_path / "ownership-graph.toml").write_text(shown.replace("#   ", ""), encoding="utf-8")
    assert run("import", "--dry-run", *STORE).code == 0
    without = run("import", "table", "our exports/AI list.csv", "--delimiter", ";", *STORE)
    assert "import table 'our exports/AI list.csv' --delimiter ';' --preview" in without.err


def test_a_preview_guesses_a_mapping_that_can_be_saved_as_it_is(run, tmp_path):
    rows = "Model ID,Title,Stage,Owner\nm1,Triage,live,ann@corp.example\nm2,Churn,pilot,\n,X,,\n"
    (tmp_path / "list.csv").write_text(rows, encoding="utf-8")
    missing = run("import", "table", "list.csv", *STORE)
    assert missing.code == 2
    assert "import table list.csv --preview" in missing.err
    said = run("import", "table", "list.csv", "--preview", *STORE)
    assert said.code == 0
    assert "#   Model m1, name 'Triage', stage 'production'" in said.out
    assert "# Facts, 3 of 3 in the first 3 rows:" in said.out
    assert "# 1 would be rejected, such as:\n#   list.csv:4: the id of the Model" in said.out
    assert not (tmp_path / "g.kgl").exists()
    (tmp_path / "list.toml").write_text(said.out, encoding="utf-8")
    again = run("import", "table", "list.csv", "--mapping", "list.toml", "--preview", *STORE)
    assert again.out.startswith("Facts, 3 of 3 in the first 3 rows:\n  Model m1,")
    assert run("import", "table", "list.csv", "--mapping", "list.toml", *STORE).code == 0
    assert run("import", "table", "none.csv", "--preview", *STORE).code == 4
