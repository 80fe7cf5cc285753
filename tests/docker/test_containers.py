"""Our image and the compose file, for real: built, brought up, seen at work, stopped.

Runs where an engine answers and `OWNERSHIP_GRAPH_TEST_PYTHON_IMAGE` and
`OWNERSHIP_GRAPH_TEST_NEO4J_IMAGE` name images to stand on; `tests/docker/run` sees to all that.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from conftest import missing

from ownership_graph.stores import Credentials, open_store

ROOT = Path(__file__).parents[2]
IMAGE = "ownership-graph-under-test"
PASSWORD = "correct-horse-battery"  # noqa: S105 -- of a server that lives as long as the test
HEALTH = "/tmp/health.json"  # noqa: S108 -- a tmpfs of the container
LONGEST = 240
"""Seconds; Neo4j and a first import on a busy machine."""


def docker(*words, check=True):
    done = subprocess.run(["docker", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0 or not check, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def images():
    """The images of Python and Neo4j."""
    names = [
        os.environ.get(f"OWNERSHIP_GRAPH_TEST_{each}_IMAGE", "") for each in ("PYTHON", "NEO4J")
    ]
    if not all(names):
        missing("docker", "no images to stand on are named; tests/docker/run makes them")
    for program in ("docker", "docker-compose"):
        if shutil.which(program) is None:
            missing("docker", f"{program} is not installed")
    if not docker("version", "--format", "{{.Server.Version}}", check=False):
        missing("docker", "no container engine answers")
    return names


@pytest.fixture(scope="module")
def image(images):
    """Our image, built from the Dockerfile on a base of the machine's own."""
    subprocess.run(
        ["docker", "build", "-q", "--network", "host", "-f", ROOT / "docker" / "Dockerfile",
         "--build-arg", f"PYTHON_IMAGE={images[0]}", "-t", IMAGE, ROOT],
        check=True, env={**os.environ, "DOCKER_BUILDKIT": "0"},
    )  # fmt: skip
    return IMAGE


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Project:
    """The compose file brought up under a name of its own."""

    def __init__(self, folder, images):
        password = folder / "neo4j-password"
        password.write_text(PASSWORD, encoding="utf-8")
        password.chmod(0o444)
        self.port = free_port()
        self.environment = {
            **os.environ,
            "NEO4J_PASSWORD": PASSWORD,
            "NEO4J_PASSWORD_FILE": str(password),
            "NEO4J_IMAGE": images[1],
            "NEO4J_BOLT_PORT": str(self.port),
            "NEO4J_HTTP_PORT": str(free_port()),
            "OWNERSHIP_GRAPH_IMAGE": IMAGE,
            "OWNERSHIP_GRAPH_FOLDER": str(ROOT / "examples"),
        }

    def compose(self, *words):
        command = ["docker-compose", "-p", "og-test", "-f", ROOT / "docker" / "compose.yaml"]
        subprocess.run([*command, *words], check=True, env=self.environment)

    def inspected(self, service):
        return json.loads(docker("inspect", f"og-test_{service}_1"))[0]

    def wait_for_the_first_run(self):
        """Till the imports wait for the next time, and the engine has seen that they are well."""
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            said = self.execute("ownership-graph", "health", HEALTH).stdout
            well = self.inspected("imports")["State"]["Health"]["Status"] == "healthy"
            if said.startswith("waiting; the last success was at ") and well:
                return
            time.sleep(2)
        pytest.fail(docker("logs", "og-test_imports_1"))

    def execute(self, *words):
        return subprocess.run(
            ["docker", "exec", "og-test_imports_1", *words],
            capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory, images, image):
    made = Project(tmp_path_factory.mktemp("secret"), images)
    try:
        made.compose("up", "-d")
        made.wait_for_the_first_run()
        yield made
    finally:
        made.compose("down", "--volumes")


def test_a_scheduled_import_goes_into_the_shared_graph(project):
    with open_store(f"bolt://127.0.0.1:{project.port}", Credentials(password=PASSWORD)) as store:
        [run] = store.runs()
        assert (run.source, run.state) == ("organisation", "done")
        assert run.stated == sum(1 for _ in store.facts())
        assert any(each.state == "new" for each in store.findings())


def test_its_log_is_json_and_holds_no_secret(project):
    said = subprocess.run(
        ["docker", "logs", "og-test_imports_1"], capture_output=True, text=True, check=True
    )
    names = [json.loads(line)["event"] for line in said.stderr.splitlines()]
    assert names[-1] == "waiting"
    assert {"imported", "checked", "page", "ended"} <= set(names)
    assert PASSWORD not in said.stdout + said.stderr


def test_it_owns_nothing(project):
    told = project.inspected("imports")
    assert told["Config"]["User"] == "10001:10001"
    host = told["HostConfig"]
    assert host["ReadonlyRootfs"]
    assert host["CapDrop"] == ["ALL"]
    assert "no-new-privileges:true" in host["SecurityOpt"]
    assert PASSWORD not in json.dumps(told)
    for path in ("/x", "/data/x", "/opt/x"):
        assert "Read-only file system" in project.execute("touch", path).stderr
    status = project.execute("cat", "/proc/1/status").stdout
    assert "CapEff:\t0000000000000000" in status
    assert project.execute("ls", "/out").stdout.split() == ["graph.html", "ownership.prom"]


def test_the_server_is_reached_from_this_machine_only(project):
    ports = project.inspected("neo4j")["NetworkSettings"]["Ports"]
    assert {each["HostIp"] for bound in ports.values() for each in bound} == {"127.0.0.1"}


def test_it_stops_at_once_and_the_data_stay(project):
    began = time.monotonic()
    project.compose("stop", "imports")
    assert time.monotonic() - began < 10
    assert project.inspected("imports")["State"]["ExitCode"] == 130
    project.compose("up", "-d")
    project.wait_for_the_first_run()
    with open_store(f"bolt://127.0.0.1:{project.port}", Credentials(password=PASSWORD)) as store:
        assert len(store.runs()) == 2


def test_wrong_settings_end_the_container_with_a_sentence(image):
    done = subprocess.run(
        ["docker", "run", "--rm", "--network", "none", image], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    [event] = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert event["exit_code"] == 2
    assert "[[source]]" in json.dumps(event)
