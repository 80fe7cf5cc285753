"""What a governance lead sees first of a company of 5,000 people with 300 AI systems."""

from __future__ import annotations

import csv
import json
import re

import pytest

DAY = ("--today", "2026-11-24")
WIDTH, SCREEN = 110, 50


@pytest.fixture
def company(run, tmp_path, monkeypatch):
    """The folder of a company of 5,000, in a store."""
    made = run("generate", "made", "--people", 5_000, "--systems", 300, *DAY)
    assert made.code == 0, made.err
    monkeypatch.chdir(tmp_path / "made")
    assert run("import").code == 0
    return tmp_path / "made"


def rows(folder, label):
    with (folder / "organisation" / f"nodes_{label}.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_the_first_screen_of_a_large_company_tells_where_to_begin(company, run):
    assert 5_000 <= len(rows(company, "Person")) < 5_020
    assert len(rows(company, "Model")) == 300

    said = run("check", *DAY)
    first, _, rest = said.out.partition("Everything, by what stands behind it")
    assert len(first.splitlines()) <= SCREEN
    assert max(map(len, said.out.splitlines())) <= WIDTH
    assert re.findall(r"^\d", first, re.MULTILINE) == list("12345")
    assert first.count("First step: ") == first.count("By: ") == 5
    # Whoever reads it knows no ids.
    assert not re.search(r"\b[a-z-]+:[bcd]?\d+", first)
    assert "D  design" in rest

    groups = json.loads(run("check", *DAY, "--format", "json").out)["groups"]
    assert 20 < len(groups) <= 60
    assert len({each["cause"] for each in groups}) == len(groups)
    best = [each for each in groups if each.get("first")]
    assert [bool(each["actors"]) for each in best] == [True] * 5
    assert {each["urgency"] for each in best} == {"A"}
    # Nothing swallows the rest: neither a cause, nor a question that hits most.
    assert max(each["count"] for each in groups) < 0.3 * sum(each["count"] for each in groups)
