"""Neo4j's jars: fetched by Maven once for each version, then kept in the user's cache."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from servers.unavailable import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>neo4j-libs</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version>
  </dependency></dependencies>
</project>
"""
ATTEMPTS = 3


def jars(version: str) -> Path:
    """The folder that holds all jars of Neo4j Community, or Unavailable.

    It is renamed into place only when whole; two test runs at once do not disturb each other.
    """
    cache = _cache()
    home = cache / f"neo4j-{version}"
    with _locked(cache / f"neo4j-{version}.lock"):
        if not _whole(home):
            _fetch(version, home)
    return home / "lib"


def _cache() -> Path:
    named = os.environ.get("OWNERSHIP_GRAPH_CACHE")
    above = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    cache = Path(named) if named else above / "ownership-graph"
    cache.mkdir(parents=True, exist_ok=True)
    return cache


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        import fcntl  # noqa: PLC0415 -- not on Windows
    except ImportError as error:
        raise Unavailable("a Neo4j for tests is only started on Linux and macOS") from error
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel lets go of it when the holder dies
        yield


def _whole(home: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return bool(json.loads((home / "COMPLETE").read_text()) == _sizes(home / "lib"))
    return False


def _sizes(lib: Path) -> dict[str, int]:
    return {jar.name: jar.stat().st_size for jar in sorted(lib.glob("*.jar"))}


def _fetch(version: str, home: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable(f"the jars of Neo4j {version} are not here, and no mvn to fetch them")
    with tempfile.TemporaryDirectory(prefix=f"{home.name}.part-", dir=home.parent) as part:
        wanted = Path(part) / "pom.xml"
        wanted.write_text(POM.format(version=version))
        fetched = Path(part) / "home"
        _ask(maven, wanted, fetched / "lib")
        (fetched / "COMPLETE").write_text(json.dumps(_sizes(fetched / "lib")))
        shutil.rmtree(home, ignore_errors=True)
        fetched.rename(home)


def _ask(maven: str, wanted: Path, lib: Path) -> None:
    """Ask a few times: a registry that is asked for 200 files may miss one."""
    command = [maven, "-q", "-B", "-f", str(wanted), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={lib}"]
    said = ""
    for _ in range(ATTEMPTS):
        done = subprocess.run(
            command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode == 0:
            return
        said = done.stdout[-1500:] + done.stderr[-500:]
    raise Unavailable(f"Maven could not fetch Neo4j's jars: {said}")
