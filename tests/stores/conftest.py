"""A Neo4j of one's own, that can be killed and started again."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack

import pytest
from conftest import missing


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A folder with a private key and a certificate for this machine, signed by itself."""
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
            "-keyout", folder / "private.key", "-out", folder / "public.crt",
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="session")
def own_neo4j(certificate):
    """A server that speaks TLS too; whoever kills it starts it again."""
    from servers.neo4j_server import Unavailable, child_neo4j  # noqa: PLC0415 -- the driver

    settings = {
        "server.bolt.tls_level": "OPTIONAL",
        "dbms.ssl.policy.bolt.enabled": "true",
        "dbms.ssl.policy.bolt.base_directory": str(certificate),
        "dbms.ssl.policy.bolt.client_auth": "NONE",
    }
    with ExitStack() as stack:
        try:
            process = stack.enter_context(child_neo4j(settings=settings))
        except Unavailable as error:
            missing("neo4j", str(error))
        yield process
