"""What does not end within its time is told as such, in every form, and never as no finding."""

from __future__ import annotations

import csv
import io
import json

import pytest

SLOW = """\
// Four models at once
//
// There are too many of these to count.
//
// code: SLO-01
// severity: {severity}
// {more}
// column n: int -- how many
MATCH (a:Model), (b:Model), (c:Model), (d:Model)
WHERE a.id < b.id AND b.id < c.id AND c.id < d.id
RETURN count(a) AS n
"""
ASKED = ("check", "SLO-01", "OWN-01", "--timeout", "0.5")
REASON = "not answered in 0.5 s"


@pytest.fixture
def slow(run, tables, tmp_path):
    """Have a question that never ends; with `listing=True` it can have no findings."""
    rows = "".join(f"n{number},Model {number},pilot\n" for number in range(400))
    with (tables / "nodes_Model.csv").open("a", encoding="utf-8") as out:
        out.write(rows)
    run("import", "tables", tables)
    (tmp_path / "ours" / "slow").mkdir(parents=True)
    (tmp_path / "ownership-graph.toml").write_text('queries = ["ours"]\n')

    def write(*, listing=False):
        severity, more = ("info", "cause: owner") if listing else ("2", "remedy: Wait.")
        text = SLOW.format(severity=severity, more=more)
        (tmp_path / "ours" / "slow" / "four.cypher").write_text(text)

    write()
    return write


def test_it_is_told_in_every_form(run, slow):
    said = run(*ASKED)
    assert (said.code, said.err) == (0, "")
    assert "Not answered: what these would find is unknown; --timeout gives more time" in said.out
    assert REASON in said.out
    assert "1 not answered" in said.out
    document = run(*ASKED, "--format", "json")
    slow_one = next(q for q in json.loads(document.out)["questions"] if q["code"] == "SLO-01")
    assert (slow_one["state"], slow_one["reason"], slow_one["findings"]) == (
        "not answered",
        REASON,
        [],
    )
    rows = run(*ASKED, "--format", "csv")
    (row,) = (each for each in csv.DictReader(io.StringIO(rows.out)) if each["code"] == "SLO-01")
    assert (row["state"], row["evidence"]) == ("not answered", REASON)
    for each in (document, rows):
        assert each.code == 0
        assert each.err.startswith(f"{REASON}: SLO-01. What they would find is unknown")


def test_by_cause_it_is_told_below(run, slow):
    said = run(*ASKED, "--by", "cause")
    assert (said.code, said.err) == (0, "")
    assert REASON in said.out
    assert "1 not answered" in said.out


def test_what_nobody_knows_does_not_pass_a_check(run, slow):
    said = run(*ASKED, "--fail-on", "high")
    assert said.code == 1  # OWN-01 has findings of high severity; an error stands over that
    assert "checking what --fail-on asks for: not answered in 0.5 s: SLO-01." in said.err
    slow(listing=True)
    assert run(*ASKED[:2], *ASKED[3:], "--fail-on", "high").code == 0


def test_a_query_that_is_asked_alone_has_no_answer(run, slow):
    said = run("query", "SLO-01", "--timeout", "0.5")
    assert (said.code, said.out) == (1, "")
    assert "no answer within 0.5 s" in said.err


def test_the_nightly_run_tells_it_too(run, slow, tmp_path):
    (tmp_path / "ownership-graph.toml").write_text(
        'queries = ["ours"]\n[[source]]\nname = "s"\nimporter = "tables"\npath = "tables"\n'
    )
    said = run("--log-format", "json", "run", "--timeout", "1")
    checked = next(
        each for each in map(json.loads, said.err.splitlines()) if each["event"] == "checked"
    )
    assert said.code == 0
    assert "SLO-01" in checked["not_answered"]
    assert checked["level"] == "warning"
    assert run("run", "--timeout", "1", "--fail-on", "high").code == 1
