"""A server that answers as an LDAP directory would of which no real one can be had.

    def answer(asked):
        return [Found("cn=a", {"member;range=0-1": ["cn=b", "cn=c"]})], 0

    with RecordedLdap(folder, answer) as server:
        read(url=server.url, authority=server.authority)

What `answer` gives is either the entries that were found and the code of the result, or bytes that
are sent as they are. It speaks TLS, with a certificate of its own.
"""

from __future__ import annotations

import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from servers.openldap import certificate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_SEQUENCE, _SET, _NUMBER, _CHOICE, _TEXT = 0x30, 0x31, 0x02, 0x0A, 0x04
_BIND, _UNBIND, _SEARCH, _EXTENDED = 0x60, 0x42, 0x63, 0x77


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: its base, and the attributes that are wanted."""

    base: str
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An entry."""

    dn: str
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)


class RecordedLdap:
    """The server; it runs for the length of a `with`."""

    def __init__(self, folder: Path, answer: Callable[[Asked], object], *, bind: int = 0) -> None:
        """`folder` is for the certificate; `bind` is the code of the answer to a bind."""
        self.authority = certificate(folder)
        self.answer, self.bind = answer, bind
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(self.authority, folder / "key.pem")
        self._tcp = _Server(("127.0.0.1", 0), _Handler)
        self._tcp.recorded = self
        self._thread = threading.Thread(target=self._tcp.serve_forever, args=(0.01,), daemon=True)
        self.url = f"ldaps://127.0.0.1:{self._tcp.server_address[1]}"

    def __enter__(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop answering."""
        self._tcp.shutdown()
        self._tcp.server_close()
        self._thread.join()

    def replies(self, request: bytes) -> Iterator[bytes]:
        """The messages that answer a request."""
        (_, number), (kind, content), *_ = _parts(next(_parts(request))[1])
        if kind == _BIND:
            yield _message(number, _result(0x61, self.bind))
        elif kind == _EXTENDED:
            yield _message(number, _result(0x78, 2))
        elif kind == _SEARCH:
            parts = [each for _, each in _parts(content)]
            wanted = tuple(each.decode() for _, each in _parts(parts[7]))
            given = self.answer(Asked(parts[0].decode(), wanted))
            if isinstance(given, bytes):
                yield given
                return
            entries, code = given
            yield from (_message(number, _entry(each)) for each in entries)
            yield _message(number, _result(0x65, code))


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    recorded: RecordedLdap

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, or does not trust us, is what some tests are about."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        """Answer what one client asks, until it leaves."""
        recorded = self.server.recorded
        with recorded.tls.wrap_socket(self.request, server_side=True) as client:
            while request := client.recv(65_536):
                for reply in recorded.replies(request):
                    client.sendall(reply)


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The tagged values that stand one after the other."""
    at = 0
    while at < len(data):
        tag, size, at = data[at], data[at + 1], at + 2
        if size & 0x80:
            more = size & 0x7F
            size, at = int.from_bytes(data[at : at + more], "big"), at + more
        yield tag, data[at : at + size]
        at += size


def tagged(tag: int, *parts: bytes) -> bytes:
    """A tagged value."""
    body = b"".join(parts)
    return bytes([tag, 0x84]) + len(body).to_bytes(4, "big") + body


def _text(said: str) -> bytes:
    return tagged(_TEXT, said.encode())


def _message(number: bytes, content: bytes) -> bytes:
    return tagged(_SEQUENCE, tagged(_NUMBER, number), content)


def _result(tag: int, code: int) -> bytes:
    return tagged(tag, tagged(_CHOICE, bytes([code])), _text(""), _text("as recorded"))


def _entry(found: Found) -> bytes:
    attributes = (
        tagged(_SEQUENCE, _text(name), tagged(_SET, *map(_text, values)))
        for name, values in found.attributes.items()
    )
    return tagged(0x64, _text(found.dn), tagged(_SEQUENCE, *attributes))
