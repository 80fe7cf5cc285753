"""A real Neo4j for tests: named by the environment, in a container, or as a child process.

For a fixture of session scope:

    with running_neo4j() as server:                  # 5.26 LTS; raises Unavailable
        with server.driver() as driver:
            empty(driver)                            # before each test
            open_store(server.uri, Credentials(server.user, server.password))

`running_neo4j(NEWEST)` is the newest calendar version. `Unavailable` says in its text why
there is none: skip with it, or fail where Neo4j is demanded.

Tried in this order:

1. The server at `OWNERSHIP_GRAPH_TEST_NEO4J_URI` (and `…_USER`, `…_PASSWORD`). It must be
   empty, since the tests delete all that it holds.
2. A container by testcontainers, where `OWNERSHIP_GRAPH_TEST_NEO4J_IMAGE` names an image.
3. A child process: needs Java 17 or 21, and Maven until the jars are in the cache.

For `NEWEST` the variables begin with `OWNERSHIP_GRAPH_TEST_NEO4J_2026`, and Java is 25.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from neo4j import GraphDatabase, NotificationMinimumSeverity
from servers.neo4j_process import Neo4jProcess
from servers.unavailable import Unavailable

from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.stores import Credentials
from ownership_graph.stores.neo4j_connection import Connection
from ownership_graph.stores.neo4j_schema import LOCK_LABEL, constrain
from ownership_graph.stores.rows import CHANGE_LABEL, FINDING_LABEL, HELD_LABEL, RUN_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from neo4j import Driver

__all__ = [
    "LONG_TERM", "NEWEST", "Server", "Unavailable", "child_neo4j", "constrained", "empty",
    "running_neo4j",
]  # fmt: skip

LONG_TERM = "5.26.30"
NEWEST = "2026.09.0"

_VARIABLES = {
    LONG_TERM: "OWNERSHIP_GRAPH_TEST_NEO4J",
    NEWEST: "OWNERSHIP_GRAPH_TEST_NEO4J_2026",
}
_CONSTRAINED = (
    *LABELS, *RELATIONSHIPS, RUN_LABEL, CHANGE_LABEL, HELD_LABEL, FINDING_LABEL, LOCK_LABEL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server is, and who we are to it."""

    uri: str
    password: str = field(repr=False)
    user: str = "neo4j"

    def driver(self) -> Driver:
        """A driver of its own; close it."""
        return GraphDatabase.driver(
            self.uri,
            auth=(self.user, self.password),
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        )


@contextlib.contextmanager
def running_neo4j(
    version: str = LONG_TERM,
    settings: Mapping[str, str] | None = None,
    flags: Sequence[str] = (),
) -> Iterator[Server]:
    """A server of that version while the block lasts, or Unavailable with the reason.

    `settings` and `flags` are those of `child_neo4j`; a server that runs already, or that a
    container brings, has its own.
    """
    variable = _VARIABLES[version]
    uri = os.environ.get(f"{variable}_URI")
    image = os.environ.get(f"{variable}_IMAGE")
    if uri:
        yield _named(uri, variable)
    elif image:
        with _container(image) as server:
            yield server
    else:
        with child_neo4j(version, settings, flags) as process:
            yield Server(process.uri, process.password)


@contextlib.contextmanager
def child_neo4j(
    version: str = LONG_TERM,
    settings: Mapping[str, str] | None = None,
    flags: Sequence[str] = (),
) -> Iterator[Neo4jProcess]:
    """A server of one's own, that may be killed and started again."""
    with tempfile.TemporaryDirectory(
        prefix="ownership-graph-neo4j-", ignore_cleanup_errors=True
    ) as home:
        process = Neo4jProcess(version, Path(home), settings, flags)
        try:
            process.start()
            yield process
        finally:
            process.kill()


def empty(driver: Driver, *, schema: bool = False) -> None:
    """Delete all nodes and relationships, and with `schema` all constraints."""
    with driver.session() as session:
        for pattern, entity in (("()-[e]->()", 10_000), ("(e)", 1_000)):
            session.run(
                f"MATCH {pattern} CALL (e) {{ DELETE e }} IN TRANSACTIONS OF {entity} ROWS"
            ).consume()
        if schema:
            names = [row["name"] for row in session.run("SHOW CONSTRAINTS YIELD name")]
            for name in names:
                session.run(f"DROP CONSTRAINT `{name}`").consume()


def constrained(driver: Driver, server: Server) -> None:
    """See that the database has every constraint that an import could want.

    With each new one a server forgets the plans of all queries.
    """
    with driver.session() as session:
        found = session.run("SHOW CONSTRAINTS YIELD name RETURN count(*)").single(strict=True)
    if found.value() < len(_CONSTRAINED):
        connection = Connection(server.uri, Credentials(server.user, server.password))
        try:
            constrain(connection, "preparing a test", _CONSTRAINED)
        finally:
            connection.close()


def _named(uri: str, variable: str) -> Server:
    password = os.environ.get(f"{variable}_PASSWORD", "")
    server = Server(uri, password, os.environ.get(f"{variable}_USER", "neo4j"))
    with server.driver() as driver:
        found = driver.execute_query("MATCH (n) RETURN count(n) AS nodes").records[0]["nodes"]
    if found:
        raise Unavailable(
            f"the server at {variable}_URI holds {found} nodes, and the tests would delete them"
        )
    return server


@contextlib.contextmanager
def _container(image: str) -> Iterator[Server]:
    from docker.errors import DockerException  # noqa: PLC0415 -- only where it is asked for
    from testcontainers.community.neo4j import Neo4jContainer  # noqa: PLC0415 -- the same

    password = secrets.token_urlsafe(18)
    container = Neo4jContainer(image, username="neo4j", password=password)
    try:
        container.start()
    except DockerException as error:
        raise Unavailable(f"no container of {image} could be started: {error}") from error
    try:
        yield Server(container.get_connection_url(), password)
    finally:
        container.stop()
