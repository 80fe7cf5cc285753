"""The tests of the page's scripts that need no browser, in `unit`, run by Node.js."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from page.scripts import scripts_in

UNIT = Path(__file__).with_name("unit")


def test_layout_and_search_in_node(node_program, tmp_path):
    scripts = os.pathsep.join(map(str, scripts_in(tmp_path)[:-1]))
    done = subprocess.run(
        [node_program, "--test", *sorted(UNIT.glob("*.test.mjs"))],
        env=os.environ | {"PAGE_SCRIPTS": scripts},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# fail 0" in done.stdout
