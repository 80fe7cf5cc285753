"""A connection to an LDAP server: over TLS, with its certificate checked, or not at all."""

from __future__ import annotations

import ssl
import warnings
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import brief, shown

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it uses old names of pyasn1
    import ldap3
    from ldap3.core.exceptions import LDAPException

__all__ = ["DOING", "Asking", "Server", "ldap3", "leave", "new_answer", "told"]

if TYPE_CHECKING:
    from pathlib import Path

    from ownership_graph.secret import Secret

DOING = "reading the directory"
LARGEST = 128 * 1024 * 1024
"""Bytes of the largest answer that is taken: one page of entries."""

LONGEST = 1_800.0
"""Seconds after which a directory has not answered, all requests together."""

SILENCE = 30
"""Seconds without a byte after which the server is away."""

_ADVICE = {
    "certificate": "its certificate cannot be trusted ({}). Give the certificate of the authority"
    " that signed it with --authority, and the name that it is made out to in the address.",
    "startTLS": "it does not speak StartTLS ({}). Write the address with ldaps://.",
    "the answer is larger": "{}. Ask for smaller pages with --page.",
    "it took longer": "{}. Choose a base and filters that ask for less.",
}
"""What to do, by what ldap3 says went wrong."""

_PORTS = {"ldap": 389, "ldaps": 636}
_INVALID_CREDENTIALS = 49


@dataclass(frozen=True, slots=True)
class Server:
    """Where a directory is, and who asks; `authority` is the certificate that vouches for it.

    Raises:
        UsageError: the address is none, or the password is blank: that would bind as nobody.
    """

    url: str
    user: str
    password: Secret | None
    authority: Path | None

    def __post_init__(self) -> None:
        """Look at the address before anything is sent."""
        _parts(self.url)
        if bool(self.user) != bool(self.password):
            raise UsageError(
                f"{DOING}: a user and a password belong together. Give both, or none to ask"
                " without a name."
            )

    def connected(self) -> Any:  # noqa: ANN401 -- ldap3 has no types
        """A connection that is bound.

        Raises:
            SourceError: the server is away, not who it should be, or refuses.
        """
        scheme, host, port = _parts(self.url)
        server = ldap3.Server(
            host,
            port,
            use_ssl=scheme == "ldaps",
            tls=_Checked(self._context()),
            get_info=ldap3.NONE,
            allowed_referral_hosts=[],
            connect_timeout=SILENCE,
        )
        connection = ldap3.Connection(
            server,
            user=self.user or None,
            password=self._password(),
            authentication=ldap3.SIMPLE if self.user else ldap3.ANONYMOUS,
            client_strategy=ldap3.SYNC,
            read_only=True,
            auto_referrals=False,
            auto_range=False,  # it does not tell a range that is missing
            return_empty_attributes=False,
            check_names=False,
            receive_timeout=SILENCE,
        )
        try:
            with Asking(self.url):
                connection.open(read_server_info=False)
                if scheme == "ldap":
                    connection.start_tls(read_server_info=False)
                connection.bind(read_server_info=False)
            self._look_at(connection.result)
        except SourceError:
            leave(connection)
            raise
        return connection

    def _context(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context(cafile=self.authority)
        except (OSError, ssl.SSLError) as error:
            raise SourceError(
                f"{DOING}: the certificate of the authority could not be read"
                f" ({brief(error)}). It must be a file in the form PEM.",
                file=str(self.authority),
            ) from error
        context.sslsocket_class = _Guarded
        return context

    def _password(self) -> str | None:
        if self.password is None:
            return None
        password = self.password.reveal()
        if not password:
            raise UsageError(
                f"{DOING}: the password is blank, and with a blank one a server answers as if"
                " nobody had asked. Fill it in."
            )
        return password

    def _look_at(self, result: dict[str, Any]) -> None:
        """Let only a bind pass that is one."""
        if result["result"] == _INVALID_CREDENTIALS:
            raise SourceError(
                f"{DOING}: {self.url} refuses the name and the password of {shown(self.user)}."
                " Check both."
            )
        if result["result"]:
            raise SourceError(f"{DOING}: {self.url} does not let us in: {told(result)}.")


class Asking:
    """Makes what goes wrong with a server a sentence with its address.

    Over bytes that are no LDAP, ldap3 raises whatever its reading of them runs into.
    """

    def __init__(self, url: str) -> None:
        """`url` is the server's."""
        self._url = url

    def __enter__(self) -> None:
        """Nothing has gone wrong yet."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Turn the errors of ldap3 into ours."""
        if isinstance(error, LDAPException):
            raise SourceError(f"{DOING}: {self._url}: {_meant(str(error))}") from error
        if isinstance(error, Exception):
            raise SourceError(
                f"{DOING}: {self._url}: what it answers is no LDAP ({type(error).__name__}). Is"
                " this the address of a directory?"
            ) from error


def told(result: dict[str, Any]) -> str:
    """What the server says of a request, on one line."""
    said = brief(str(result.get("message", "")).strip())
    return f"{result['description']}{f' ({said})' if said else ''}"


def _meant(said: str) -> str:
    said = brief(said.strip("(,)'\""))  # ldap3 wraps errors in errors
    advice = (each for sign, each in _ADVICE.items() if sign in said)
    return next(advice, "{}. Check the address, and whether the server runs.").format(said)


def _parts(url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, port = urlsplit(""), 0
    beyond = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if not port or parts.scheme not in _PORTS or not parts.hostname or beyond:
        raise UsageError(
            f"{DOING}: {shown(url)} is not ldaps://host or ldap://host, with a port or without."
            " What to look for, and who asks, have options of their own."
        )
    return parts.scheme, parts.hostname, port


class _Checked(ldap3.Tls):  # type: ignore[misc]  # ldap3 has no types
    """TLS as the standard library checks it: ldap3's own check knows no addresses."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(validate=ssl.CERT_REQUIRED)
        self._context = context

    def wrap_socket(self, connection: Any, do_handshake: bool = False) -> None:  # noqa: ANN401, ARG002, FBT001, FBT002 -- as in ldap3
        connection.socket = self._context.wrap_socket(
            connection.socket, server_hostname=connection.server.host
        )


class _Guarded(ssl.SSLSocket):
    """A socket that takes only so much, for only so long."""

    ends = 0.0
    taken = 0

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        """The next bytes."""
        data = super().recv(buflen, flags)
        self.taken += len(data)
        self.ends = self.ends or monotonic() + LONGEST
        if self.taken > LARGEST:
            raise OSError(f"the answer is larger than {LARGEST // 1024**2} MiB")
        if monotonic() > self.ends:
            raise OSError(f"it took longer than {LONGEST:,.0f} s in all")
        return data


def leave(connection: Any) -> None:  # noqa: ANN401 -- ldap3 has no types
    """Close the connection, whatever state it is in."""
    held = connection.socket
    with suppress(LDAPException, OSError):
        connection.unbind()
    if held is not None:
        held.close()


def new_answer(connection: Any) -> None:  # noqa: ANN401 -- ldap3 has no types
    """The next answer may be as large as one may be."""
    connection.socket.taken = 0
