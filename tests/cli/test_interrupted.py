"""Imports by the command line that are told to end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from loading.interrupting import without_runs, write_tables

from ownership_graph.stores import open_store

PROGRAM = Path(sys.executable).with_name("ownership-graph")
TURNS = 8


def begun(folder, store):
    return subprocess.Popen(
        [PROGRAM, "import", "tables", folder, "--as", "hr", "--store", store, "--allow-removals"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COVERAGE_PROCESS_CONFIG": ""},
    )


def facts_in(store):
    with open_store(str(store)) as opened:
        return without_runs(opened.facts())


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_an_import_that_is_told_to_end_leaves_the_graph_of_before_or_of_after(tmp_path, told):
    store = tmp_path / "graph.kgl"
    versions = [write_tables(tmp_path / f"v{version}", version, count=800) for version in (0, 1)]
    whole = []
    for version in (1, 0):
        began = time.monotonic()
        program = begun(versions[version], store)
        _, said = program.communicate()
        assert program.returncode == 0, said
        lasted = time.monotonic() - began
        whole.append(facts_in(store))
    dice, ended = random.Random(told), 0

    for turn in range(1, TURNS + 1):
        program = begun(versions[turn % 2], store)
        time.sleep(dice.uniform(lasted / 3, lasted))
        program.send_signal(told)
        _, said = program.communicate()
        assert program.returncode in (0, 130, -told), said  # the last: before Python began
        assert "Traceback" not in said
        ended += program.returncode == 130
        assert facts_in(store) in whole

    assert ended
