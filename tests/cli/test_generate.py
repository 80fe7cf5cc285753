"""`generate`: what it writes, what it replaces, and what it refuses."""

from __future__ import annotations

import csv
import re

import pytest

DAY = ("--today", "2026-03-01")


def contents(folder):
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def rows_of(file):
    with file.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_both_sources_go_in_and_what_was_planted_is_found(run, tmp_path, monkeypatch):
    codes = ("--plant", "OWN-03", "--plant", "OWN-09")
    said = run("generate", "made", "--size", "1500", *DAY, *codes, "--defects", "2")
    assert said.code == 0
    assert re.search(
        r"1,5\d\d nodes and \d,\d{3} relationships, of 2026-03-01, in made\.", said.out
    )
    assert re.search(r"Planted: \d+ faults that are found, and 12 near misses", said.out)
    commands = re.findall(r"^  (?:ownership-graph )?(.+)$", said.out, re.MULTILINE)
    assert commands.pop(0) == "cd made"
    monkeypatch.chdir(tmp_path / "made")
    for command in commands:
        last = run(*command.split(), *(["OWN-03", "--show", "0"] if "check" in command else []))
        assert last.code == 0, last.err
    for row in rows_of(tmp_path / "made" / "truth.csv"):
        if row["code"] == "OWN-03":
            assert (row["subject"] in last.out) is (row["what"] == "defect")


def test_what_is_about_the_whole_lies_in_folders_of_its_own(run, tmp_path):
    assert run("generate", "made", "--size", "500", "--defects", "1", *DAY).code == 0
    folder = tmp_path / "made" / "alone" / "pth-01-tier-without-a-gate"
    assert rows_of(folder / "truth.csv")[0]["subject"] == ""
    store = ("--store", tmp_path / "alone.kgl")
    assert run("import", "tables", folder, *store).code == 0
    assert run("check", "PTH-01", "--fail-on", "medium", *DAY, *store).code == 3


def test_the_same_seed_and_day_give_the_same_bytes_and_another_seed_others(run, tmp_path):
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        assert run("generate", name, "--size", 2_000, *DAY, "--seed", seed).code == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one") != contents(tmp_path / "three")


def test_a_small_one_leaves_the_story_out(run, tmp_path):
    assert run("generate", "small", "--size", 100).code == 0
    assert run("generate", "large", "--size", 500).code == 0
    told = [
        b"model:motor-price" in (tmp_path / name / "organisation" / "nodes_Model.csv").read_bytes()
        for name in ("small", "large")
    ]
    assert told == [False, True]


def test_it_is_as_large_as_is_said_in_people_and_systems(run, tmp_path):
    def counted(*words):
        assert run("generate", "made", *words, "--defects", 0).code == 0
        folder = tmp_path / "made" / "organisation"
        return [len(rows_of(folder / f"nodes_{label}.csv")) for label in ("Person", "Model")]

    people, systems = counted("--people", 900, "--systems", 90)
    assert 900 <= people < 920
    assert systems == 90
    people, systems = counted("--people", 800)
    assert 800 <= people < 820
    assert systems == 500


def test_it_replaces_only_what_it_made(run, tmp_path):
    assert run("generate", "here", "--size", 500, "--defects", 1).code == 0
    (tmp_path / "here" / "mine.txt").write_text("keep", encoding="utf-8")
    assert run("generate", "here", "--size", 100, "--defects", 0).code == 0
    assert (tmp_path / "here" / "mine.txt").read_text(encoding="utf-8") == "keep"
    tables = tmp_path / "here" / "organisation"
    assert b"motor-price" not in (tables / "nodes_Model.csv").read_bytes()
    assert not (tables / "rels_CITES.csv").exists()
    assert not (tmp_path / "here" / "alone").exists()


def test_it_touches_no_folder_that_is_not_its_own(run, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "nodes_Model.csv").write_text("mine", encoding="utf-8")
    said = run("generate", "data")
    assert said.code == 2
    assert "holds files that no generate made" in said.err
    assert (tmp_path / "data" / "nodes_Model.csv").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--plant", "OWN-99"), "nothing can be planted for 'OWN-99'"),
        (("--today", "yesterday"), "'yesterday' is not a day"),
        (("--size", 10), "--size"),
        (("--defects", -1), "--defects"),
        (("--systems", 300), "beside it stands --people"),
        (("--people", 500, "--size", 500), "in place of --size"),
    ],
)
def test_what_makes_no_sense_is_told_before_anything_is_written(run, tmp_path, words, why):
    said = run("generate", "made", *words)
    assert said.code == 2
    assert why in said.err
    assert not (tmp_path / "made").exists()
