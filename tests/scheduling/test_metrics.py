"""Numbers for Prometheus, read back by its own parsers."""

from __future__ import annotations

import stat
import subprocess
from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families
from small_graphs import fill

from ownership_graph.findings import check
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.records import ImportRun
from ownership_graph.scheduling.metrics import Ended, write_metrics

ENDED = Ended(datetime(2026, 11, 25, 6, 1, tzinfo=UTC), seconds=61.5, exit_code=4)
GRAPH = """
Model m1 stage=production
Model m2 disputed=["stage"]
Team t1 OWNS Model m2
"""
ODD = 'in"vent\\ory\nof {2026}'


def run(seq, source, state, **more):
    return ImportRun(
        id=f"{source}#{seq}", seq=seq, source=source, importer="tables", state=state,
        started="2026-11-25T06:00:00Z", finished="2026-11-25T06:00:05Z", **more,
    )  # fmt: skip


RUNS = [
    run(2, "inventory", "done", stated=120),
    run(3, ODD, "done", stated=7),
    run(4, "inventory", "failed", rows_rejected=3),
    run(5, "identities", "done", kind="identities"),
]


def numbers(path):
    found = {}
    for family in text_string_to_metric_families(path.read_text(encoding="utf-8")):
        for sample in family.samples:
            key = (sample.name.removeprefix("ownership_graph_"), *sample.labels.values())
            found[key] = sample.value
    return found


@pytest.fixture
def store(embedded_store):
    """Two sources that differ on a model, with runs of every kind."""
    fill(embedded_store, GRAPH, source="s")
    with embedded_store.lock():
        for each in RUNS:
            embedded_store.record(each)
    return embedded_store


@pytest.fixture
def written(tmp_path, store):
    path = tmp_path / "ownership.prom"
    write_metrics(path, store, ENDED, check(store, load_questions(), today=20_000))
    return path


def test_what_was_is_what_is_told(written):
    found = numbers(written)
    assert found["run_exit_code",] == 4
    assert found["run_duration_seconds",] == 61.5
    assert found["disputed_facts",] == 1
    success = datetime(2026, 11, 25, 6, 0, 5, tzinfo=UTC).timestamp()
    assert found["source_last_success_timestamp_seconds", "inventory"] == success
    assert found["source_facts", "inventory"] == 120
    assert found["source_rejected_rows", "inventory"] == 3
    assert found["source_duration_seconds", "inventory"] == 5
    assert found["source_state", "inventory", "failed"] == 1
    assert found["source_state", "inventory", "done"] == 0


def test_odd_names_are_escaped(written):
    assert numbers(written)["source_facts", ODD] == 7


def test_findings_by_severity_and_code(written):
    found = numbers(written)
    assert found["question_findings", "OWN-01"] == 1
    assert found["findings", "high"] >= 1
    assert found["questions", "not assessable"] > 10
    assert ("question_findings", "APP-01") not in found


def test_without_a_check_there_are_no_findings(tmp_path, store):
    path = tmp_path / "m.prom"
    unfinished = ImportRun(id="x", seq=9, source="x", importer="t", started="2026-11-25T06:00:00Z")
    with store.lock():
        store.record(unfinished)
    write_metrics(path, store, ENDED)
    found = numbers(path)
    assert not any(key[0] == "findings" for key in found)
    assert ("source_duration_seconds", "x") not in found
    assert found["source_state", "x", "applying"] == 1


def test_the_exporter_may_read_it(written):
    assert stat.S_IMODE(written.stat().st_mode) == 0o644


def test_promtool_has_nothing_to_say(written, tool):
    tool("promtool", "--version", kind="promtool")
    with written.open("rb") as text:
        done = subprocess.run(
            ["promtool", "check", "metrics"],
            stdin=text,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
