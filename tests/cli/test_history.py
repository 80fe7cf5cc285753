"""`runs`, `history`, `diff` and `--as-of`, as they are typed."""

from datetime import UTC, datetime

import msgspec
import pytest

from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.stores import open_store

TODAY = f"{datetime.now(UTC):%Y-%m-%d}"


@pytest.fixture
def twice(run, tables):
    """Two imports: in the second a team has another name, and one model and its owner are gone."""
    assert run("import", "tables", tables, "--as", "inv").code == 0
    (tables / "nodes_Team.csv").write_text("id,name\nt1,Data office\nt2,Risk\n", encoding="utf-8")
    (tables / "nodes_Model.csv").write_text(
        "id,name,stage\nm2,Churn forecast,pilot\n", encoding="utf-8"
    )
    (tables / "rels_OWNS.csv").write_text("from_label,from,to_label,to,role\n", encoding="utf-8")
    assert run("import", "tables", tables, "--as", "inv").code == 0


def decoded(outcome):
    return msgspec.json.decode(outcome.out)


@pytest.mark.usefixtures("twice")
def test_runs_are_listed_newest_first(run):
    assert [each["run"] for each in decoded(run("runs", "--format", "json"))] == ["inv#2", "inv#1"]
    assert "inv#1" not in run("runs", "--limit", "1").out
    assert decoded(run("runs", "--source", "other", "--format", "json")) == []


@pytest.mark.usefixtures("twice")
def test_a_run_is_shown_with_what_it_did(run):
    shown = run("runs", "show", "inv").out

    assert "inv#2: import with tables, done" in shown
    assert "~ Team t1 (Data office) (name: Data -> Data office)" in shown
    assert "- Model m1 (Claims triage)" in shown
    assert "- Team t1 (Data office) OWNS Model m1 (Claims triage), accountable" in shown
    listed = decoded(run("runs", "show", "inv#2", "--format", "json"))
    assert {each["what"] for each in listed} == {"new", "changed", "gone"}


def test_days_are_told_as_dates(run, tables):
    model = tables / "nodes_Model.csv"
    model.write_text("id,name,stage_day\nm1,Claims triage,2026-03-01\n", encoding="utf-8")
    run("import", "tables", tables, "--as", "inv")
    model.write_text("id,name,stage_day\nm1,Claims triage,2026-04-01\n", encoding="utf-8")
    run("import", "tables", tables, "--as", "inv")

    assert "(stage_day: 2026-03-01 -> 2026-04-01)" in run("runs", "show", "inv").out
    days = [
        (each["from"], each["to"])
        for each in decoded(run("history", "m1", "--format", "json"))
        if each["property"] == "stage_day"
    ]
    assert days == [(None, "2026-03-01"), ("2026-03-01", "2026-04-01")]


def test_a_second_source_of_a_fact_is_told_beside_the_first(run, tables):
    for source in ("inv", "scan"):
        run("import", "tables", tables, "--as", source)

    assert "~ Team t1 (Data) (sources: inv -> inv, scan)" in run("runs", "show", "scan").out


def test_a_run_that_failed_tells_why_and_ten_of_many_are_shown(run, tables):
    many = "".join(f"p{n},P {n}\n" for n in range(12))
    (tables / "nodes_Person.csv").write_text(f"id,name\n{many}", encoding="utf-8")
    run("import", "tables", tables, "--as", "inv")
    (tables / "nodes_Person.csv").write_text("id,name\n", encoding="utf-8")
    assert run("import", "tables", tables, "--as", "inv").code == 4

    assert "2 more; --all lists them" in run("runs", "show", "1").out
    assert "p9" in run("runs", "show", "1", "--all").out
    failed = run("runs", "show", "2").out
    assert "why: importing 'inv'" in failed
    assert "It changed nothing." in failed
    run("import", "tables", tables, "--as", "inv", "--allow-removals")
    assert "the removal guard was let pass" in run("runs", "show", "3").out


@pytest.mark.usefixtures("twice")
def test_an_undo_is_previewed_done_and_told(run):
    preview = run("runs", "undo", "inv", "--dry-run")
    assert preview.out.startswith("Dry run, nothing was written: inv#3 takes back inv#2.")
    assert len(decoded(run("runs", "--format", "json"))) == 2

    done = run("runs", "undo", "inv#2")
    assert done.out == (
        "inv#3 takes back inv#2. Facts there again: 2, as they were: 1, gone: 1.\n"
    )
    assert "The next import of 'inv' brings back" in done.err
    assert "it took back inv#2" in run("runs", "show", "3").out
    refused = run("runs", "undo", "inv#2")
    assert (refused.code, "undo inv#3" in refused.err) == (1, True)
    assert run("runs", "undo", "inv#3").err == ""
    unknown = run("runs", "undo", "inv2")
    assert (unknown.code, "Did you mean" in unknown.err) == (2, True)


@pytest.mark.usefixtures("twice")
def test_a_node_has_a_history_also_when_it_is_gone(run):
    gone = decoded(run("history", "m1", "--format", "json"))
    assert [(each["run"], each["what"]) for each in gone if each["property"] == "sources"] == [
        ("inv#1", "new"), ("inv#1", "new"), ("inv#2", "gone"), ("inv#2", "gone"),
    ]  # fmt: skip
    assert gone[0]["day"] == TODAY
    renamed = decoded(run("history", "Team", "t1", "--format", "json"))
    assert ("Data", "Data office") in [(each["from"], each["to"]) for each in renamed]


@pytest.mark.usefixtures("twice")
def test_a_history_of_nothing_says_what_is_near(run):
    for words, told in (
        (["t11"], "Did you mean 't1'"),
        (["Data office"], "Its id is 't1'"),
        (["Taem", "t1"], "Did you mean 'Team'"),
        (["Team", "zzz"], "'Team zzz': nothing is known of it."),
        (["Team", "Data", "office"], "3 words were given"),
    ):
        found = run("history", *words)
        assert (found.code, told in found.err) == (2, True), found.err


@pytest.mark.usefixtures("twice")
def test_two_days_are_compared(run, tables, tmp_path):
    with open_store(str(tmp_path / "past.kgl")) as store:
        for day, name in ((1, "One"), (2, "Two")):
            (tables / "nodes_Team.csv").write_text(f"id,name\nt{day},{name}\n", encoding="utf-8")
            order = Order("inv", find_importer("tables"), {"path": tables})
            now = datetime(2020, 1, day, tzinfo=UTC)
            load(store, order, now=now, allow_removals=True)
    told = run("diff", "2020-01-01", "2020-01-02", "--store", "past.kgl").out
    assert told.startswith("1 new: 1 Team\n1 gone: 1 Team\n")
    same = run("diff", TODAY, TODAY)
    assert "0 rows" in same.out
    early = run("diff", "2020-01-01", TODAY)
    assert (early.code, "the first run was finished on" in early.err) == (1, True)
    assert run("diff", "yesterday", TODAY).code == 2


@pytest.mark.usefixtures("twice")
def test_the_graph_is_asked_as_of_a_day(run, tmp_path):
    count = "MATCH (m:Model) RETURN count(m) AS n, $today AS today"
    asked = run("query", "-", "--as-of", TODAY, "--format", "json", stdin=count)
    assert decoded(asked)[0]["n"] == 1
    checked = decoded(run("check", "--as-of", TODAY, "--format", "json"))
    assert checked["today"] == TODAY
    assert run("explore", "--as-of", TODAY).code == 0
    assert (tmp_path / "graph.html").exists()
    early = run("check", "--as-of", "2020-01-01")
    assert (early.code, "the first run was finished on" in early.err) == (1, True)
    assert run("check", "--as-of", TODAY, "--record").code == 2
    assert run("check", "--as-of", "then").code == 2


@pytest.mark.usefixtures("twice")
def test_what_is_old_is_forgotten_on_demand(run):
    assert "Nothing is old enough" in run("runs", "prune", "--older-than", "400d").out
    wrong = run("runs", "prune", "--older-than", "long")
    assert (wrong.code, "Write it as 12h, 3d or 2w" in wrong.err) == (2, True)


def test_what_is_older_than_the_settings_say_is_forgotten_after_an_import(run, tables, tmp_path):
    (tmp_path / "ownership-graph.toml").write_text(
        'keep_changes = "1d"\n[[source]]\nname = "inv"\nimporter = "tables"\npath = "tables"\n',
        encoding="utf-8",
    )
    teams = tables / "nodes_Team.csv"
    for day, name in enumerate(("Two", "Three", "Four")):
        teams.write_text(f"id,name\nt1,{name}\n", encoding="utf-8")
        past = datetime(2020, 1, 1 + day, tzinfo=UTC)
        with open_store(str(tmp_path / "ownership.kgl")) as store:
            load(store, Order("inv", find_importer("tables"), {"path": tables}), now=past)
    teams.write_text("id,name\nt1,Five\n", encoding="utf-8")

    assert run("import").code == 0

    assert "can be seen" not in run("runs", "prune", "--older-than", "1d").out
    refused = run("check", "--as-of", "2020-01-01")
    assert (refused.code, "Ask for 2020-01-03, or a later day" in refused.err) == (1, True)
    assert run("check", "--as-of", "2020-01-03").code == 0
    assert "is no longer remembered" in run("runs", "show", "inv#3").out


def test_pruning_tells_from_which_day_on_the_graph_can_be_seen(run, tables, tmp_path):
    for day in (1, 2, 3):
        (tables / "nodes_Team.csv").write_text(f"id,name\nt1,No {day}\n", encoding="utf-8")
        with open_store(str(tmp_path / "ownership.kgl")) as store:
            order = Order("inv", find_importer("tables"), {"path": tables})
            load(store, order, now=datetime(2020, 1, day, tzinfo=UTC))

    told = run("runs", "prune", "--older-than", "1d").out

    assert told == (
        "1 changes and 0 runs are no longer remembered. The graph can be seen as of 2020-01-02"
        " and later.\n"
    )


def test_a_person_is_forgotten_after_a_question(run, tables, monkeypatch):
    (tables / "nodes_Person.csv").write_text("id,name\np1,Ada\n", encoding="utf-8")
    run("import", "tables", tables)
    assert "Say --yes" in run("forget", "p1").err

    monkeypatch.setattr("ownership_graph.cli.history._somebody_is_there", lambda: True)
    assert run("forget", "p1", stdin="n\n").code == 1
    asked = run("forget", "p1", stdin="y\n")

    assert "Taken out: 1 fact, 0 changes and 0 findings" in asked.out
    assert "brings them back with its next import" in asked.err
    assert run("forget", "p1", "--yes").code == 2
