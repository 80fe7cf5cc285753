"""The schedulers' own tools, with which their texts are read."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


@pytest.fixture
def tool():
    """`tool("crontab", …)` runs one of Debian's tools; skips, or fails where it is demanded."""

    def run(name, *words, check=True, kind="schedulers", **env):
        if shutil.which(name) is None:
            reason = f"{name} is not installed"
            if kind in os.environ.get("OWNERSHIP_GRAPH_REQUIRE", "").split(","):
                pytest.fail(f"{kind} is demanded: {reason}")
            pytest.skip(reason)
        done = subprocess.run(
            [name, *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8", **env},
        )
        if check:
            assert done.returncode == 0, done.stderr
        return done

    return run
