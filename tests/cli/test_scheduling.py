"""`schedule`: the text for a scheduler, from the settings in force."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

SETTINGS = """
[store]
address = "g.kgl"
password = "env:PW"
[[source]]
name = "inventory"
importer = "tables"
path = "tables"
"""
PROGRAM = str(Path(sys.executable).with_name("ownership-graph"))


@pytest.fixture(autouse=True)
def settings(tmp_path):
    (tmp_path / "ownership-graph.toml").write_text(SETTINGS, encoding="utf-8")


def test_a_schedule_names_what_is_in_force(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PW", "hunter2")
    said = run("schedule", "cron", "--at", "@daily")
    assert said.code == 0
    assert said.out.startswith("# ownership-graph: At 00:00 every day, by this machine's clock.")
    assert f"{PROGRAM} run --settings {tmp_path / 'ownership-graph.toml'} --wait 600" in said.out
    assert "#   PW\n" in said.out
    assert "hunter2" not in said.out


def test_several_files_are_told_apart_or_written(run, tmp_path):
    said = run("schedule", "systemd")
    assert "# ---- ownership-graph.service\n" in said.out
    assert "# ---- ownership-graph.timer\n" in said.out
    written = run("schedule", "systemd", "-o", ".")
    assert written.out == ""
    assert (tmp_path / "ownership-graph.timer").read_text(encoding="utf-8") in said.out
    run("schedule", "systemd", "-o", "new/units")
    assert (tmp_path / "new" / "units" / "ownership-graph.timer").is_file()
    refused = run("schedule", "systemd", "-o", "ownership-graph.timer/units")
    assert (refused.code, "Name another with --output" in refused.err) == (2, True)


def test_mistakes_are_told_now_and_not_at_night(run, tmp_path):
    assert "not five fields" in run("schedule", "cron", "--at", "daily").err
    assert "is not one of" in run("schedule", "crom").err
    (tmp_path / "ownership-graph.toml").write_text("stroe = 3", encoding="utf-8")
    assert run("schedule", "cron").code == 2
    (tmp_path / "ownership-graph.toml").unlink()
    assert "[[source]]" in run("schedule", "cron").err


def test_the_program_is_found_where_it_is(run, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert f" {tmp_path / 'ownership-graph'} run" in run("schedule", "cron").out
    (tmp_path / "ownership-graph").write_text("#!/bin/sh\n", encoding="utf-8")
    assert f" {tmp_path / 'ownership-graph'} run" in run("schedule", "cron").out
