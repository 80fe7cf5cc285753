"""Neo4j's own parser over every saved query, without a server."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKER = Path(__file__).parents[1] / "cypher"


@pytest.fixture(scope="module")
def node():
    found = shutil.which("node")
    why = "" if found else "Node.js is not on the PATH"
    if found and not (CHECKER / "node_modules").is_dir():
        why = f"its modules are not installed: npm ci --prefix {CHECKER}"
    if why and "node" in os.environ.get("OWNERSHIP_GRAPH_REQUIRE", "").split(","):
        pytest.fail(f"Neo4j's checker for Cypher is demanded, and {why}")
    if why:
        pytest.skip(f"Neo4j's checker for Cypher: {why}")
    return found


def run(node, *folders):
    return subprocess.run(
        [node, CHECKER / "check-cypher.mjs", *folders],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_every_saved_query_is_cypher_5(node):
    done = run(node)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_each_fault_is_told_with_file_line_and_column(node, tmp_path):
    theme = tmp_path / "theme"
    theme.mkdir()
    lines = [
        "// among: x",
        "//   MATCH (n RETURN count(n) AS n",
        "// code: A",
        "MATCH (n)",
        "RETURN unheard_of(n) AS x",
    ]
    (theme / "wrong.cypher").write_text("\n".join(lines), encoding="utf-8")
    (theme / "right.cypher").write_text("RETURN $today AS x", encoding="utf-8")
    done = run(node, tmp_path)
    told = [line.partition("wrong.cypher:")[2] for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert told[0].startswith("5:8: Function unheard_of is not present")
    assert told[1].startswith("2:15: Invalid input 'RETURN'")
    assert len(told) == 2
