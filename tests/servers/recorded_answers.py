"""A server on a local port that plays recorded answers, and remembers what it was asked.

    with RecordedAnswers() as server:
        server.on("/items", {"items": [1], "next": "b"})        # JSON, or a text as it is
        server.on("/items?cursor=b", {"items": [2]})
        server.on("/busy", too_many(), failed(), {"items": []})  # one after the other
        read(url=server.url)
        assert server.asked == ["/items", "/items?cursor=b", ...]
        assert server.requests[0].headers["authorization"] == "Bearer secret"

An answer holds for its path, and for requests with all the parameters that stand behind the `?`,
whatever others they have; the one with most of them wins. Of several answers each is given once,
the last one from then on. What nobody recorded is a 404, and is kept in `unforeseen`.

Tests of importers have two such servers as fixtures, empty at the start: `server`, and
`elsewhere`, which is another origin.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: lists and tables as JSON, texts and bytes as they are, `times` over.

    `missing` bytes are announced and never come. `after` so many seconds the answer begins.
    """

    body: object = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0
    after: float = 0.0
    times: int = 1

    def content(self) -> bytes:
        """The body once."""
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()

    def media_type(self) -> str:
        """What the body is."""
        is_text = isinstance(self.body, bytes | str)
        return "text/plain; charset=utf-8" if is_text else "application/json"


def too_many(retry_after: str = "0") -> Answer:
    """429: ask again later, after so many seconds or at a date."""
    return Answer({"error": "slow down"}, 429, {"Retry-After": retry_after})


def failed(status: int = 500) -> Answer:
    """A server error: asked again, it may work."""
    return Answer({"error": "it broke"}, status)


def expired() -> Answer:
    """401: the token holds no longer."""
    return Answer({"error": "expired"}, 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'})


def moved(to: str, status: int = 302) -> Answer:
    """A redirect to an address."""
    return Answer({}, status, {"Location": to})


def cut_off(body: object) -> Answer:
    """An answer of which the last 100 bytes never come."""
    return Answer(body, missing=100)


def slow(body: object, seconds: float) -> Answer:
    """An answer that lets one wait; the end of the test ends the wait."""
    return Answer(body, after=seconds)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; the names of `headers` are in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    target: str

    def json(self) -> Any:
        """The body, taken apart."""
        return json.loads(self.body)


@dataclass(slots=True)
class _Recorded:
    """The answers to one path with some parameters; `given` counts how many were given."""

    path: str
    query: dict[str, str]
    answers: tuple[Answer, ...]
    given: int = 0

    def fits(self, request: Request) -> bool:
        return self.path == request.path and self.query.items() <= request.query.items()

    def next(self) -> Answer:
        answer = self.answers[min(self.given, len(self.answers) - 1)]
        self.given += 1
        return answer


class RecordedAnswers:
    """The server; it runs from `start` to `stop`, or for the length of a `with`."""

    def __init__(self) -> None:
        """It takes a free port, and knows no answer."""
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.recorded = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._lock = threading.Lock()
        self.over = threading.Event()
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self.forget()

    def forget(self) -> None:
        """Forget all answers and requests, and let nobody wait any longer."""
        self.over.set()
        self.over = threading.Event()
        self.requests: list[Request] = []
        self.unforeseen: list[Request] = []
        self._recorded: list[_Recorded] = []

    def on(self, target: str, *answers: object) -> None:
        """Record the answers to a path, with or without parameters.

        What is no `Answer` is the body of one with status 200.
        """
        parts = urlsplit(target)
        given = tuple(each if isinstance(each, Answer) else Answer(each) for each in answers)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self._recorded.append(_Recorded(parts.path, query, given or (Answer(),)))

    @property
    def asked(self) -> list[str]:
        """Path and parameters of each request, in their order, as they were written."""
        return [each.target for each in self.requests]

    def answer(self, request: Request) -> Answer:
        """What is answered to a request, which is remembered."""
        with self._lock:
            self.requests.append(request)
            fitting = [each for each in self._recorded if each.fits(request)]
            if fitting:
                return max(fitting, key=lambda each: len(each.query)).next()
            self.unforeseen.append(request)
            return Answer({"error": "nothing is recorded here"}, 404)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering, and give the port back."""
        self.over.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        """Begin to answer."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop answering."""
        self.stop()


class _Server(ThreadingHTTPServer):
    """Serves each connection in a thread that nothing waits for."""

    daemon_threads = True
    block_on_close = False
    recorded: RecordedAnswers

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    """Turns what comes over the wire into a `Request`, and an `Answer` into what goes back."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def _play(self) -> None:
        recorded = self.server.recorded
        over = recorded.over
        answer = recorded.answer(self._request())
        if answer.after and over.wait(answer.after):
            self.close_connection = True
            return
        content = answer.content()
        self.send_response(answer.status)
        if "content-type" not in {name.lower() for name in answer.headers}:
            self.send_header("Content-Type", answer.media_type())
        self.send_header("Content-Length", str(len(content) * answer.times + answer.missing))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            for _ in range(answer.times):
                self.wfile.write(content)
        self.close_connection = self.close_connection or bool(answer.missing)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _play  # noqa: N815 -- named so

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return Request(
            self.command,
            parts.path,
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            body,
            self.path,
        )

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- named so
        """Say nothing."""
