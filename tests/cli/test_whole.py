"""`demo`, `explore`, `doctor`, and how the program ends."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("ownership-graph")


def test_demo_shows_findings_and_writes_the_page(run, tmp_path):
    said = run("demo")
    assert said.code == 0
    assert "findings from" in said.out
    unknown = said.out.partition("Not assessable: no data on\n")[2].partition("\n\n")[0]
    assert {line.split()[0] for line in unknown.splitlines()} <= {"INV-01", "INV-02"}
    page = tmp_path / "ownership-graph-demo" / "graph.html"
    assert page.stat().st_size > 100_000
    assert str(page.relative_to(tmp_path)) in said.out


def test_demo_names_the_program_as_it_can_be_called_from_here(tmp_path):
    for path, named in (
        (f"{PROGRAM.parent}:/usr/bin", "ownership-graph"),
        ("/usr/bin", os.path.relpath(PROGRAM, tmp_path)),
    ):
        said = subprocess.run(
            [PROGRAM, "demo"], cwd=tmp_path, env={"PATH": path}, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        assert f"\n  {named} check ownership --store " in said.stdout


def test_demo_replaces_only_what_it_made(run, tmp_path):
    assert run("demo", "here").code == 0
    (tmp_path / "here" / "mine.txt").write_text("keep", encoding="utf-8")
    assert run("demo", "here", "--seed", "8").code == 0
    assert (tmp_path / "here" / "mine.txt").read_text(encoding="utf-8") == "keep"


def test_demo_touches_no_folder_that_is_not_its_own(run, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "ownership.kgl").write_text("mine", encoding="utf-8")
    said = run("demo", "docs")
    assert said.code == 2
    assert "holds files that no demo made" in said.err
    assert (tmp_path / "docs" / "ownership.kgl").read_text(encoding="utf-8") == "mine"


def test_demo_says_when_it_may_not_write(run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = run("demo", "file/below")
    assert said.code == 2
    assert "cannot be written to" in said.err


def test_explore_counts_what_the_page_names(run, tables):
    (tables / "nodes_Person.csv").write_text("id,name\np1,Ada Okafor\n", encoding="utf-8")
    run("import", "tables", tables, "--store", "g.kgl")
    said = run("explore", "-o", "page.html", "--store", "g.kgl")
    assert said.code == 0
    assert "It names 1 person" in said.out
    roles = run("explore", "-o", "page.html", "--people", "pseudonyms", "--store", "g.kgl")
    assert "It names" not in roles.out
    assert "Ada Okafor" not in Path("page.html").read_text(encoding="utf-8")


def test_explore_leaves_it_as_it_was_whether_python_looks_for_garbage(run, tables):
    run("import", "tables", tables, "--store", "g.kgl")
    words = ("explore", "-o", "page.html", "--store", "g.kgl")
    assert run(*words, "--only", "kind:unicorn").code == 2
    assert gc.isenabled()
    gc.disable()
    try:
        assert run(*words).code == 0
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_explore_makes_a_page_of_a_part(run, tables):
    run("import", "tables", tables, "--store", "g.kgl")
    words = ("explore", "-o", "page.html", "--store", "g.kgl")
    said = run(*words, "--only", "kind:team", "--hops", "0")
    assert (said.code, said.err) == (0, "")
    assert "It holds what the search 'kind:team' finds. It leaves out " in said.out
    found = run(*words, "--findings-only")
    assert "It holds what a finding names, and what is within 1 step of it." in found.out
    none = run(*words, "--only", "kind:unicorn")
    assert (none.code, none.out) == (2, "")
    assert "--only 'kind:unicorn': nothing among" in none.err
    round_nothing = run(*words, "--hops", "2")
    assert round_nothing.code == 2
    assert "no part is chosen. Add --only SEARCH or --findings-only." in round_nothing.err


def test_explore_compares_with_a_day_and_with_another_store(run, tables):
    run("import", "tables", tables, "--store", "g.kgl")
    shutil.copy("g.kgl", "then.kgl")
    (tables / "nodes_Team.csv").write_text("id,name\nt1,Data office\nt2,Risk\n", encoding="utf-8")
    run("import", "tables", tables, "--store", "g.kgl")
    words = ("explore", "-o", "page.html", "--store", "g.kgl", "--compare")
    said = run(*words, "then.kgl")
    assert (said.code, said.err) == (0, "")
    assert "Beside then.kgl: nodes: 1 new, 1 changed; relationships: none differs; " in said.out
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert f"Since {today}: nodes: none differs; " in run(*words, today).out
    wrong = run(*words, "yesterday")
    assert (wrong.code, wrong.out) == (2, "")
    assert "'yesterday' is neither a day, such as 2026-03-01, nor a store" in wrong.err
    early = run(*words, "2001-01-01")
    assert (early.code != 0, "2001-01-01" in early.err) == (True, True)


def test_the_page_is_opened_when_asked(run, monkeypatch):
    opened = []
    monkeypatch.setattr("typer.launch", opened.append)
    assert run("demo", "--open").code == 0
    folder = Path("ownership-graph-demo")
    assert (
        run("explore", "-o", "page.html", "--open", "--store", folder / "ownership.kgl").code == 0
    )
    assert opened == [
        (folder / "graph.html").resolve().as_uri(),
        Path("page.html").resolve().as_uri(),
    ]


def test_doctor_says_what_is_well(run, tables):
    before = run("doctor", "--store", "g.kgl")
    assert before.code == 0
    assert "importers  approvals, backstage, codeowners" in before.out
    run("import", "tables", tables, "--store", "g.kgl")
    after = run("doctor", "--store", "g.kgl", "--json")
    found = {each["what"]: each for each in json.loads(after.out)}
    assert "last run" in found["store"]["how"]
    assert all(each["well"] for each in found.values())


def test_doctor_says_what_is_wrong(run, tmp_path):
    (tmp_path / "g.kgl").write_text("no store", encoding="utf-8")
    said = run("doctor", "--store", "g.kgl")
    assert said.code == 1
    assert "WRONG  store" in said.out


def test_the_store_may_come_from_the_settings(run, tables, tmp_path):
    (tmp_path / "ownership-graph.toml").write_text('store = "other.kgl"', encoding="utf-8")
    assert run("import", "tables", tables).code == 0
    assert (tmp_path / "other.kgl").is_file()
    (tmp_path / "ownership-graph.toml").write_text("stroe = 3", encoding="utf-8")
    wrong = run("check")
    assert wrong.code == 2
    assert "ownership-graph.toml:1" in wrong.err


def test_version_help_and_no_words(run):
    assert run("--version").out.count(".") == 2
    assert "Exit codes" in run("--help").out
    assert run().code == 2


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_terminated_program_exits_with_130(tmp_path):
    program = subprocess.Popen(
        [PROGRAM, "query", "-", "--store", tmp_path / "none.kgl"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    )
    assert program.stdin is not None
    program.stdin.write(b"RETURN ")
    program.stdin.flush()
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(2)
    program.send_signal(signal.SIGTERM)
    program.communicate(timeout=20)
    assert program.returncode == 130


def test_a_ctrl_c_while_the_program_still_loads_ends_like_a_later_one(tmp_path):
    (tmp_path / "typer.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    program = subprocess.run(
        [PROGRAM, "queries"], env={"PYTHONPATH": str(tmp_path)}, capture_output=True, check=False
    )
    assert (program.returncode, program.stdout) == (130, b"")
    assert program.stderr == b"ownership-graph: interrupted.\n"


def test_the_package_itself_is_a_program():
    words = [sys.executable, "-m", "ownership_graph", "--version"]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout.count(".") == 2


@pytest.mark.parametrize("beginning", [True, False])
@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("queries",),
        ("queries", "--format", "csv"),
        ("queries", "show", "OWN-01"),
        ("check", "--store", "g.kgl", "--show", "0"),
        ("check", "--store", "g.kgl", "--format", "json"),
    ],
)
def test_where_nobody_reads_on_the_program_ends_without_a_word(run, tables, words, beginning):
    run("import", "tables", tables, "--store", "g.kgl")
    program = subprocess.Popen([PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if beginning:
        program.stdout.read(1)
    program.stdout.close()
    said = program.stderr.read()
    program.stderr.close()
    assert (program.wait(), said) in ((141, b""), (0, b""))
    assert beginning or program.returncode == 141


def test_messages_that_nobody_reads_end_it_as_well(tmp_path):
    words = [PROGRAM, "check", "--store", "none.kgl"]
    program = subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE)
    program.stderr.close()
    assert program.wait() == 141


def test_a_program_may_be_started_without_anything_to_write_to(tmp_path):
    line = f"{PROGRAM} queries show OWN-01 >&- 2>&-"
    assert subprocess.run(line, shell=True, cwd=tmp_path, check=False).returncode == 0


def test_a_folder_in_the_place_of_a_file_is_told_before_anything_is_asked(run, tmp_path):
    (tmp_path / "a.json").mkdir()
    for words in (("explore", "-o", "."), ("check", "-o", "a.json")):
        said = run(*words, "--store", "none.kgl")
        assert (said.code, said.out) == (2, "")
        assert f"writing '{words[-1]}': that is a folder. Name a file in it." in said.err
