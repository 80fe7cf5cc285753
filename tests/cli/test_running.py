"""`run` and `health`: last night in ten lines, and an exit code for the scheduler."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from ownership_graph.stores import open_store

PROGRAM = Path(sys.executable).with_name("ownership-graph")
SETTINGS = """
page = "graph.html"
metrics = "ownership.prom"
health = "health.json"
store = "g.kgl"
"""


def source(name, path):
    return f'[[source]]\nname = "{name}"\nimporter = "tables"\npath = "{path}"\n'


@pytest.fixture
def settings(tmp_path, tables):
    """Writes the settings with those sources."""

    def write(*sources, text=SETTINGS):
        said = text + "".join(source(*each) for each in sources)
        (tmp_path / "ownership-graph.toml").write_text(said, encoding="utf-8")

    write(("inventory", "tables"))
    return write


def told(said):
    return [line.partition("Z  ")[2] for line in said.err.splitlines()]


def test_a_night_is_told_in_a_few_lines(run, settings, tmp_path):
    said = run("run")
    assert said.code == 0
    lines = told(said)
    assert lines[0] == f"run of 1 source into {tmp_path / 'g.kgl'}"
    assert lines[1].startswith("inventory: done, 4 rows, 4 added, in ")
    assert lines[2].startswith("findings: 2 (2 high, 0 medium, 0 low); ")
    assert lines[3] == f"page: {tmp_path / 'graph.html'}, 3 nodes, 1 relationships"
    assert lines[4].endswith("exit code 0, all is well")
    assert "ownership_graph_findings" in (tmp_path / "ownership.prom").read_text(encoding="utf-8")
    with open_store(str(tmp_path / "g.kgl")) as store:
        assert {each.state for each in store.findings()} == {"asked", "new"}


def test_one_source_that_fails_stops_no_other_step(run, settings, tmp_path):
    settings(("gone", "nowhere"), ("inventory", "tables"))
    said = run("run", "--fail-on", "low")
    assert said.code == 4
    lines = told(said)
    assert lines[1].startswith("gone: failed, nothing of it was changed: ")
    assert lines[2].startswith("inventory: done")
    assert "exit code 4, a source failed" in lines[-1]
    numbers = (tmp_path / "ownership.prom").read_text(encoding="utf-8")
    assert 'source_state{source="gone",state="failed"} 1.0' in numbers


def test_a_source_that_fell_silent_is_named(run, settings, tables, tmp_path):
    assert run("run").code == 0
    (tmp_path / "ownership-graph.toml").write_text(
        f'{SETTINGS}{source("inventory", "tables")}stale_after = "3d"', encoding="utf-8"
    )
    with open_store(str(tmp_path / "g.kgl")) as store, store.lock():
        [done] = store.runs()
        store.record(replace(done, finished="2026-01-01T06:00:00Z"))
    tables.rename(tmp_path / "away")
    said = run("run")
    assert said.code == 4
    assert [line for line in told(said) if line.endswith("; stale: inventory")]


def test_findings_can_fail_it(run, settings):
    assert run("run", "--fail-on", "high").code == 3
    assert run("run", "--fail-on", "highest").code == 2


def test_a_page_that_cannot_be_written_is_an_error_and_the_rest_is_done(run, settings, tmp_path):
    said = run("run", "-o", "none/graph.html")
    assert said.code == 1
    assert "writing none/graph.html" in said.err
    assert (tmp_path / "ownership.prom").exists()


def test_without_page_and_metrics_there_are_none(run, settings, tmp_path):
    settings(("inventory", "tables"), text='store = "g.kgl"\n')
    assert run("run").code == 0
    assert not (tmp_path / "graph.html").exists()
    assert run("run", "--metrics", "m.prom").code == 0
    assert (tmp_path / "m.prom").exists()


def test_a_dry_run_writes_nothing(run, settings, tmp_path):
    said = run("run", "--dry-run")
    assert said.code == 0
    assert "inventory: dry run, 4 rows, 4 added" in said.err
    assert not any(
        (tmp_path / name).exists() for name in ("g.kgl", "graph.html", "ownership.prom")
    )


def test_a_store_that_another_writes_to_ends_it_at_once(run, settings, tmp_path):
    assert run("run").code == 0
    with open_store(str(tmp_path / "g.kgl")) as store, store.lock():
        said = run("run", "--wait", "0.1")
    assert said.code == 5
    assert len(said.err.splitlines()) == 1


def test_a_server_that_is_away_ends_it_at_once(run, settings):
    said = run("run", "--store", "bolt://127.0.0.1:1")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    dry = run("run", "--dry-run", "--store", "bolt://127.0.0.1:1")  # which takes no lock
    assert (dry.code, len(dry.err.splitlines())) == (1, 2)


def test_settings_without_sources_are_told(run, settings):
    settings()
    said = run("run")
    assert said.code == 2
    assert "[[source]]" in said.err


def test_for_machines_each_step_is_an_event(run, settings):
    said = run("--log-format", "json", "run")
    events = [json.loads(line) for line in said.err.splitlines()]
    assert [each["event"] for each in events] == ["began", "imported", "checked", "page", "ended"]
    said_by_check = run("check").out.rsplit(", ", 1)[1]
    assert said_by_check.startswith(f"{events[2]['not_assessed']} not assessed")
    assert events[-1]["exit_code"] == 0
    assert events[2]["counts"] == {"high": 2}


def test_it_gives_up_after_failures_in_a_row(run, settings):
    settings(("gone", "nowhere"))
    said = run("run", "--every", "0 6 * * *", "--at-once", "--give-up-after", "1")
    assert said.code == 4
    assert "gave up after 1 failure in a row" in said.err
    found = run("health")
    assert found.code == 1
    assert found.out.startswith("stopped; ")


def test_wrong_times_are_told_at_once(run, settings):
    assert "not five fields" in run("run", "--every", "daily").err
    assert "time zone" in run("run", "--every", "@daily", "--timezone", "Mars").err


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_terminated_one_ends_at_once_with_130(settings, tmp_path):
    program = subprocess.Popen(
        [PROGRAM, "run", "--every", "0 6 * * *", "--at-once"],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stderr is not None
    for line in program.stderr:
        if "waiting until" in line:
            break
    well = subprocess.run(
        [PROGRAM, "health"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (well.returncode, well.stdout.split(";")[0]) == (0, "waiting")
    began = time.monotonic()
    program.send_signal(signal.SIGTERM)
    _, err = program.communicate(timeout=20)
    assert time.monotonic() - began < 5
    assert program.returncode == 130
    assert "stopped: interrupted" in err


def test_health_asks_for_what_it_needs(run, settings, tmp_path):
    assert "25 hours" in run("health", "--max-age", "25 hours").err
    assert run("health", "none.json").code == 1
    settings(("inventory", "tables"), text='store = "g.kgl"\n')
    said = run("health")
    assert said.code == 2
    assert "no file is named" in said.err


def test_imports_alone_can_be_done_again_and_again(run, settings, tmp_path):
    settings(("inventory", "tables"), ("gone", "nowhere"))
    words = ("import", "--every", "@hourly", "--at-once", "--give-up-after", "1")
    said = run(*words, "--metrics", "m.prom")
    assert said.code == 4
    assert "inventory  done" in " ".join(said.out.split("\n"))
    assert "gave up" in said.err
    assert "ownership_graph_run_exit_code 4.0" in (tmp_path / "m.prom").read_text(encoding="utf-8")
    assert (tmp_path / "health.json").exists()
    assert "not five fields" in run("import", "--every", "daily").err


def test_a_dry_import_leaves_the_metrics_as_they_are(run, settings, tmp_path):
    assert run("import", "--dry-run").code == 0
    assert not (tmp_path / "ownership.prom").exists()
    assert run("import", "--source", "inventory").code == 0
    assert (tmp_path / "ownership.prom").exists()
