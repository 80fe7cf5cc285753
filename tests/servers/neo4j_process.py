"""A Neo4j Community as a child process: own folder, own free port, gone with the tests."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from neo4j import GraphDatabase
from servers.java import find_java
from servers.neo4j_jars import jars

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PATIENCE = 120.0
"""Seconds that a start may take; about 6 are usual."""

_FLAGS = (
    "-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
    "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8", "-Djava.awt.headless=true",
    "-Dlog4j2.disable.jmx=true", "-Dio.netty.tryReflectionSetAccessible=true",
    "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)  # fmt: skip
_SETTINGS = MappingProxyType(
    {
        "server.default_listen_address": "127.0.0.1",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "db.tx_log.preallocate": "false",
        "server.logs.gc.enabled": "false",
        "server.memory.pagecache.size": "32m",
        "server.memory.heap.initial_size": "128m",
        "server.memory.heap.max_size": "512m",
        # Planning a query costs a hundred times as much as asking it of a small graph. Each test
        # fills the database anew, and would make the plan of the one before look out of date.
        "dbms.cypher.min_replan_interval": "1h",
        "dbms.cypher.statistics_divergence_threshold": "1.0",
    }
)


@dataclass(frozen=True, slots=True)
class Edition:
    """How one version is started: the Java that it runs on, its main class, flags, settings."""

    version: str
    java: tuple[int, ...]
    main: str
    flags: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)


EDITIONS = {
    "5.26.30": Edition("5.26.30", (17, 21), "org.neo4j.server.CommunityEntryPoint"),
    "2026.09.0": Edition(
        "2026.09.0",
        (25,),
        "org.neo4j.server.Neo4jCommunity",
        (
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
        ),
        {"server.fleet_discovery.enabled": "false", "dbms.fleet_manager.enabled": "false"},
    ),
}


class Neo4jProcess:
    """A server in `home` that can be killed, and started again on the same data and port."""

    def __init__(
        self,
        version: str,
        home: Path,
        settings: Mapping[str, str] | None = None,
        flags: Sequence[str] = (),
    ) -> None:
        """`settings` are lines of neo4j.conf, `flags` Java's, which go before those of tests.

        Raises Unavailable without Java or jars.
        """
        self._edition = EDITIONS[version]
        self._java, self._jars = find_java(self._edition.java), jars(version)
        self._settings = {**_SETTINGS, **self._edition.settings, **(settings or {})}
        self._flags = (*_FLAGS, *self._edition.flags, *flags)
        self._home = home
        self._log = home / "console.log"
        self._child: subprocess.Popen[bytes] | None = None
        self.port = 0
        self.password = ""

    @property
    def pid(self) -> int:
        """The number of the process that serves."""
        assert self._child is not None, "it was not started"
        return self._child.pid

    @property
    def uri(self) -> str:
        """Where it speaks Bolt."""
        return f"bolt://127.0.0.1:{self.port}"

    def start(self, more: Mapping[str, str] | None = None) -> None:
        """Start it, the first time on a free port and with a password of its own.

        `more` are settings for this one start.
        """
        for folder in ("conf", "data", "logs", "run", "plugins", "import"):
            (self._home / folder).mkdir(exist_ok=True)
        deadline = time.monotonic() + PATIENCE
        first = not self.port
        while not self._started(deadline, more or {}):
            said = self._log.read_text(errors="replace")
            taken = re.search("cannot bind|Address already in use", said)
            self.kill()
            if not (first and taken) or time.monotonic() > deadline:
                raise RuntimeError(f"Neo4j {self._edition.version} did not start:\n{said[-3000:]}")
        if not self.password:
            self._set_password()

    def stop(self) -> None:
        """End it in good order; started again, it has nothing to recover."""
        if self._child is not None:
            self._child.terminate()
            self._child.wait(PATIENCE)

    def kill(self) -> None:
        """End it at once, as a power cut would; its data stay."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()

    def _started(self, deadline: float, more: Mapping[str, str]) -> bool:
        """Launch it, and tell whether it came to serve."""
        self.port = self.port if self.password else _free_port()
        self._configure(more)
        # The server must not outlive a test run that was killed.
        tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        with self._log.open("wb") as log:
            self._child = subprocess.Popen(
                [*tied, *self._command()],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self._home, env=_environment(), start_new_session=True,
            )  # fmt: skip
        while self._child.poll() is None and time.monotonic() < deadline:
            if " Started." in self._log.read_text(errors="replace"):
                return True
            time.sleep(0.05)
        return False

    def _command(self) -> list[str]:
        return [
            str(self._java), *self._flags,
            "-cp", f"{self._jars}/*", self._edition.main,
            f"--home-dir={self._home}", f"--config-dir={self._home / 'conf'}", "--console-mode",
        ]  # fmt: skip

    def _configure(self, more: Mapping[str, str]) -> None:
        bolt = f"127.0.0.1:{self.port}"
        settings = {
            **self._settings,
            "server.bolt.listen_address": bolt,
            "server.bolt.advertised_address": bolt,
            **more,
        }
        lines = "".join(f"{name}={value}\n" for name, value in settings.items())
        (self._home / "conf" / "neo4j.conf").write_text(lines)

    def _set_password(self) -> None:
        password = secrets.token_urlsafe(18)
        with GraphDatabase.driver(self.uri, auth=("neo4j", "neo4j")) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new",
                new=password,
                database_="system",
            )
        self.password = password


def _free_port() -> int:
    """A port that is free now; port 0 would not do, since Neo4j does not tell what it got."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment() -> dict[str, str]:
    """This process's environment without what would change the server's settings."""
    java = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("NEO4J_") and name not in java
    }
