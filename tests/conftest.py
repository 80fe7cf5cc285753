"""What many tests stand on: an empty store of every kind, servers to ask, and the real data sets.

What a machine lacks is skipped with the reason; what `OWNERSHIP_GRAPH_REQUIRE` names (such as
`neo4j,data`) fails instead.
"""

from __future__ import annotations

import itertools
import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import settings
from servers.recorded_answers import RecordedAnswers

from ownership_graph.stores import Credentials, open_store

settings.register_profile("any machine", deadline=None)  # a slow machine is no fault
settings.load_profile("any machine")


def missing(what, reason):
    """Skip, or fail where `what` is demanded."""
    if what in os.environ.get("OWNERSHIP_GRAPH_REQUIRE", "").split(","):
        pytest.fail(f"{what} is demanded: {reason}")
    pytest.skip(reason)


class EmbeddedPlace:
    """Where embedded stores are made, each in a file of its own."""

    kind = "embedded"
    who: ClassVar = {"user": "", "password": ""}

    def __init__(self, folder):
        self._files = (folder / f"graph-{count}.kgl" for count in itertools.count())

    def fresh(self):
        """A new and empty store."""
        self.address = str(next(self._files))
        return self.again()

    def again(self):
        """The same store, opened once more."""
        return open_store(self.address)


class Neo4jPlace:
    """A real server, with one database that is emptied."""

    def __init__(self, kind, server, driver):
        self.kind, self.server, self.driver = kind, server, driver
        self.address = server.uri
        self.who = {"user": server.user, "password": server.password}

    def fresh(self):
        """The store, with nothing left in it."""
        from servers.neo4j_server import constrained, empty  # noqa: PLC0415 -- loads the driver

        empty(self.driver)
        constrained(self.driver, self.server)
        return self.again()

    def again(self):
        """The same store, opened once more."""
        return open_store(
            self.server.uri, Credentials(user=self.server.user, password=self.server.password)
        )


NEO4J = {"neo4j": "neo4j_server", "neo4j-2026": "neo4j_2026_server"}
"""The fixture of each kind of server; `OWNERSHIP_GRAPH_REQUIRE` can demand a kind."""


@contextmanager
def running(kind, version):
    from servers.neo4j_server import Unavailable, running_neo4j  # noqa: PLC0415 -- the driver

    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_neo4j(version))
        except Unavailable as error:
            missing(kind, str(error))
        yield server, stack.enter_context(server.driver())


@pytest.fixture(scope="session")
def neo4j_server():
    """A real Neo4j of the long-term version, with a driver of its own."""
    with running("neo4j", "5.26.30") as found:
        yield found


@pytest.fixture(scope="session")
def neo4j_2026_server():
    """A real Neo4j of the newest version, with a driver of its own."""
    with running("neo4j-2026", "2026.09.0") as found:
        yield found


NEWEST = "neo4j-2026"
ABOUT_STORES = {"stores", "queries"}
"""Folders whose tests tell one version of a server from another: the protocol and the answers.

All others stand on these, and are asked of the long-term version alone.
"""


@pytest.hookimpl(optionalhook=True)  # one of xdist's
def pytest_xdist_make_scheduler(config, log):
    """What `--dist loadgroup` means here."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from sharing import ByServer  # noqa: PLC0415 -- loads xdist

    return ByServer(config, log)


def pytest_generate_tests(metafunc):
    """Each test of a store on every kind of store that it can tell apart."""
    folder = metafunc.definition.path.parent.relative_to(Path(__file__).parent).parts[:1]
    known = [each for each in NEO4J if each != NEWEST or ABOUT_STORES.intersection(folder)]
    servers = [pytest.param(kind, marks=pytest.mark.neo4j) for kind in known]
    if "neo4j_place" in metafunc.fixturenames:
        metafunc.parametrize("neo4j_place", servers, indirect=True)
    if "place" in metafunc.fixturenames:
        metafunc.parametrize("place", ["embedded", *servers], indirect=True)


@pytest.fixture
def neo4j_place(request):
    """Where stores on a server are made, once for every version."""
    return Neo4jPlace(request.param, *request.getfixturevalue(NEO4J[request.param]))


@pytest.fixture
def place(request, tmp_path):
    """Where stores are made, once for every kind: `fresh()` is empty, `again()` the same one."""
    if request.param == "embedded":
        return EmbeddedPlace(tmp_path)
    return Neo4jPlace(request.param, *request.getfixturevalue(NEO4J[request.param]))


@pytest.fixture
def store(place):
    """An empty store, once for every kind."""
    with place.fresh() as opened:
        yield opened


@pytest.fixture
def embedded_store(tmp_path):
    """An empty embedded store."""
    with open_store(str(tmp_path / "graph.kgl")) as opened:
        yield opened


@pytest.fixture(scope="session")
def data_folder():
    """The folder of the real data sets."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("OWNERSHIP_GRAPH_TEST_DATA", beside))
    if not folder.is_dir():
        missing("data", f"the real data sets are not at '{folder}'")
    return folder


@pytest.fixture(scope="session")
def openldap(tmp_path_factory):
    """A real OpenLDAP, with the people and groups of the importer's tests."""
    from servers.openldap import Unavailable, running_openldap  # noqa: PLC0415 -- only where used

    ldif = Path(__file__).parent / "importers" / "ldap" / "directory.ldif"
    with ExitStack() as stack:
        try:
            found = stack.enter_context(running_openldap(tmp_path_factory.mktemp("ldap"), ldif))
        except Unavailable as error:
            missing("ldap", str(error))
        yield found


@pytest.fixture(scope="session")
def two_servers():
    with RecordedAnswers() as one, RecordedAnswers() as other:
        yield one, other


@pytest.fixture
def server(two_servers):
    """The server that a source names, empty; a request with no recorded answer fails the test."""
    asked, _ = two_servers
    asked.forget()
    yield asked
    unforeseen = [each.target for each in asked.unforeseen]
    asked.forget()
    assert not unforeseen


@pytest.fixture
def elsewhere(two_servers):
    """A server of another origin, empty: nothing should ask it anything."""
    _, other = two_servers
    other.forget()
    yield other
    other.forget()
