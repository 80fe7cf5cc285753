"""A real MLflow tracking server with its registry, as a child process: gone with the tests."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

from servers.unavailable import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 120.0
"""Seconds that a start may take; about 4 are usual."""

_NEEDED = ("aiohttp", "flask", "flask_cors", "pandas")
_APP = "mlflow.server.fastapi_app:app"
"""What `mlflow server` itself starts, after it has loaded MLflow once more for nothing."""


@contextmanager
def running_mlflow(database: Path) -> Iterator[str]:
    """The address of a server that keeps everything in that database.

    Raises:
        Unavailable: a package that the server needs is not installed.
    """
    missing = [name for name in _NEEDED if not importlib.util.find_spec(name)]
    if missing:
        raise Unavailable(
            f"an MLflow server needs {', '.join(missing)}; install them: pip install --group"
            " mlflow-server"
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = database.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "--host", "127.0.0.1", "--port", str(port), _APP],
            cwd=database.parent,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(database.parent),
                "MLFLOW_DISABLE_TELEMETRY": "true",
                "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
                "_MLFLOW_SERVER_FILE_STORE": f"sqlite:///{database}",
                "_MLFLOW_SERVER_ARTIFACT_ROOT": str(database.parent / "artifacts"),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:  # noqa: S310 -- ours
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"the MLflow server did not start: {log.read_text()[-2000:]}")
