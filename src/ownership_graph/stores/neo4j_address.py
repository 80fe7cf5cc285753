"""Addresses of Neo4j servers, and the driver made for one."""

from __future__ import annotations

import ipaddress
import logging
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from neo4j import Driver

    from ownership_graph.stores import Credentials

_LOG = logging.getLogger("ownership_graph")
_PLAIN = {"neo4j", "bolt"}
_WAIT = 5.0
"""Seconds for a server to take a connection, and for a driver to go on trying."""


def checked(address: str) -> str:
    """The address, or UsageError if it is none, or holds more than scheme, host and port.

    >>> checked("neo4j+s://graph.example.org:7687")
    'neo4j+s://graph.example.org:7687'
    """
    scheme, _, rest = address.partition("://")
    if "@" in rest:
        # The address is not repeated: what stands before the @ may be a password.
        raise UsageError(
            f"opening a store at {scheme}://: the address holds an @, as if a user and a password"
            " stood before it. Write scheme, host and port only, and set the user as store.user"
            " and the password as store.password in the settings or the environment."
        )
    if rest != _host_and_port(address):
        raise UsageError(
            f"opening a store at {scheme}://: what follows is not a host, or a host and a port,"
            f" alone. Write it like {scheme}://graph.example.org:7687; a database is named by"
            " store.database in the settings."
        )
    return address


def _host_and_port(address: str) -> str | None:
    """What an address may hold after its scheme; None where it cannot be taken apart."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError:
        return None
    whole = parts.netloc.isascii() and parts.netloc.isprintable() and " " not in parts.netloc
    return parts.netloc if host and whole and port != 0 else None


def warn_of_clear_text(address: str) -> None:
    """Say so where the password would cross a network unencrypted."""
    scheme, _, rest = address.partition("://")
    if scheme in _PLAIN and not _is_this_machine(urlsplit(address).hostname or ""):
        _LOG.warning("opening the store '%s': the password and all data cross the network"
                     " unencrypted. Write %s+s://%s, or %s+ssc:// for a certificate that nobody"
                     " signed", address, scheme, rest, scheme)  # fmt: skip


def _is_this_machine(host: str) -> bool:
    """Whether that is this machine's own address.

    >>> _is_this_machine("localhost"), _is_this_machine("127.0.0.2"), _is_this_machine("10.0.0.1")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.rstrip(".") == "localhost" or host.rstrip(".").endswith(".localhost")


def driver_for(address: str, credentials: Credentials) -> Driver:
    """A driver; no connection is made yet. A `ca_file` that cannot be used raises UsageError."""
    from neo4j import GraphDatabase  # noqa: PLC0415 -- only where a server is used

    _quieten()
    trust: dict[str, Any] = {}
    if credentials.ca_file is not None:
        trust["ssl_context"] = _trusting(address, credentials.ca_file)
        address = address.replace("+s://", "://")
    return GraphDatabase.driver(
        address,
        auth=(credentials.user, credentials.password),
        user_agent="ownership-graph",
        connection_timeout=_WAIT,
        connection_acquisition_timeout=2 * _WAIT,
        max_transaction_retry_time=_WAIT,
        telemetry_disabled=True,
        **trust,
    )


def _trusting(address: str, ca_file: str) -> ssl.SSLContext:
    """TLS that trusts the authorities in that file, and no others."""
    scheme, _, rest = address.partition("://")
    plain, _, security = scheme.partition("+")
    if security != "s":
        raise UsageError(
            f"opening the store '{address}': certificates are named by store.ca_file, but"
            f" {scheme}:// does not check any. Write {plain}+s://{rest}."
        )
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise UsageError(
            f"opening the store '{address}': the certificates in '{ca_file}' cannot be used:"
            f" {error.strerror or error}. Name a file of certificates in PEM as store.ca_file."
        ) from error


def _quieten() -> None:
    """What the driver has to say is told by our own errors, and hints are for query writers."""
    log = logging.getLogger("neo4j")
    if log.level == logging.NOTSET:
        log.setLevel(logging.CRITICAL)
