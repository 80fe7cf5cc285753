"""A system's answers over HTTP: from its own address only, with patience, within limits."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

import httpx2
import msgspec
import stamina
from stamina.instrumentation import set_on_retry_hooks

from ownership_graph.errors import SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest answer that is taken, unpacked; a page of an API has a few."""

TRIES = 5
"""How often a request is made before its failure is the source's."""

FIRST_WAIT, JITTER = 0.2, 1.0
"""Seconds before the second try, doubled before each further one; and up to so many more."""

LONGEST_WAIT = 120.0
"""Seconds of the longest Retry-After that is waited for."""

LONGEST = 1_800.0
"""Seconds after which a system has not answered, all requests together."""

SILENCE = 30.0
"""Seconds without a byte after which a request has failed."""

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 403})
_ABSENT = 404


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `data` out of its JSON, and the address of the next page, or blank."""

    data: object
    next_link: str
    headers: Mapping[str, str]


class AbsentError(SourceError):
    """What was asked for is not there: 404."""


class _TryAgainError(Exception):
    """An answer that may be another one in a while: `wait` seconds, where it says so."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.why, self.wait = why, wait


@dataclass
class Site:
    """A system at one address that is asked, never told; use it as a context, which closes it.

    `authorization` is the whole value of that header, `headers` are sent with each request.
    Neither goes anywhere but to `url`'s own scheme, host and port, and never in the clear to
    another machine. `doing` begins the sentence of an error.

    Raises:
        UsageError: the address is none, a secret would cross the network in the clear, or no
            header can hold it.
    """

    url: str
    doing: str
    authorization: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    silence: float = SILENCE
    longest: float = LONGEST

    def __post_init__(self) -> None:
        """Look at the address before anything is sent."""
        set_on_retry_hooks([])  # they log what is retried, with its arguments
        self._base = self._address(self.url)
        if self.authorization and self._base.scheme == "http" and not _is_here(self._base.host):
            raise UsageError(
                f"{self.doing}: a secret would cross the network in the clear to"
                f" {self._base.host}. Write the address with https."
            )
        secret = {"Authorization": self.authorization} if self.authorization else {}
        sent = {"Accept": "application/json", **self.headers, **secret}
        if not all(each.isascii() and each.isprintable() for each in sent.values()):
            raise UsageError(
                f"{self.doing}: what was given as token has a line break, or a letter with an"
                " accent, in it, as no token has. See what is kept in its place."
            )
        self._client = httpx2.Client(
            headers=sent,
            timeout=self.silence,
            follow_redirects=False,
        )
        self._ends = monotonic() + self.longest

    def __enter__(self) -> Self:
        """Nothing is asked yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close what is open."""
        self._client.close()

    def get(self, path: str = "", parameters: Mapping[str, str | int] | None = None) -> Answer:
        """The answer at a path below the site's address, or at the address of a next page.

        Asked again where that may help: on a broken line, 429 (after as long as Retry-After
        says) and what servers answer when they are busy.

        Raises:
            SourceError: it could not be had, or is not what it should be.
        """
        return self._patiently("GET", path, params=dict(parameters or {}) or None)

    def post(self, path: str, question: object) -> Answer:
        """The answer to a question that is sent along as JSON; one that alters nothing there.

        Raises:
            SourceError: as `get`.
        """
        return self._patiently("POST", path, json=question)

    def _patiently(self, method: str, path: str, **sent: Any) -> Answer:  # noqa: ANN401 -- as httpx2 takes it
        url = self._below(path)
        tries = stamina.retry_context(
            on=_how_long,
            attempts=TRIES,
            timeout=None,
            wait_initial=FIRST_WAIT,
            wait_jitter=JITTER,
        )
        try:
            for attempt in tries:
                with attempt:
                    return self._asked(method, url, sent)
        except _TryAgainError as error:
            raise self._fault(f"{error.why}, {TRIES} times. Try again later.", url) from error
        raise AssertionError  # pragma: no cover -- the loop returns or raises

    def _address(self, text: str) -> httpx2.URL:
        url = _url(text)
        if url.scheme not in ("http", "https") or not url.host or url.userinfo:
            raise UsageError(
                f"{self.doing}: the address is no https://host or http://host without a name and"
                " password in it. Secrets have options of their own."
            )
        return url

    def _below(self, path: str) -> httpx2.URL:
        base = self._base
        url = _url(path) if path.startswith(("http://", "https://")) else _url(path, base)
        if _origin(url) != _origin(base):
            raise self._fault(
                f"the next page is said to be at {url.host or 'what is no address'}, another place"
                " than was asked. It was not followed.",
                base,
            )
        return url

    def _asked(self, method: str, url: httpx2.URL, sent: Mapping[str, Any]) -> Answer:
        self._within_time(url)
        try:
            with self._client.stream(method, url, **sent) as got:
                self._look_at(got, url)
                return Answer(self._json(self._body(got, url), got, url), *_beside(got))
        except httpx2.DecodingError as error:
            raise self._fault("the answer is packed, and damaged.", url) from error
        except httpx2.TimeoutException as error:
            raise _TryAgainError(f"no byte came for {self.silence:g} s") from error
        except httpx2.TransportError as error:
            raise _TryAgainError(f"the line broke ({_said(error)})") from error

    def _within_time(self, url: httpx2.URL) -> None:
        if monotonic() > self._ends:
            raise self._fault(f"it took longer than {self.longest:,.0f} s in all.", url)

    def _look_at(self, got: httpx2.Response, url: httpx2.URL) -> None:
        """Let only an answer pass that is one."""
        code = got.status_code
        if code in _BUSY or (code in _REFUSED and _asked_too_often(got.headers)):
            raise self._later(got, url)
        if code in _REFUSED:
            raise self._fault(
                f"it answered {code}: what was given as token or password is missing, expired, or"
                " does not allow this. Renew it.",
                url,
            )
        if got.is_redirect:
            host = _url(got.headers.get("Location", "")).host or "another page"
            raise self._fault(
                f"it answered {code} and points to {host}, which was not followed. If that is the"
                " right place, state it as the address.",
                url,
            )
        if not got.is_success:
            fault = self._fault(f"it answered {code}. Is this the address of its API?", url)
            raise AbsentError(fault.message) if code == _ABSENT else fault

    def _later(self, got: httpx2.Response, url: httpx2.URL) -> Exception:
        wait = _retry_after(got.headers.get("Retry-After", ""))
        if wait is None:
            wait = _until(got.headers.get("X-RateLimit-Reset", ""))
        if wait is not None and wait > LONGEST_WAIT:
            return self._fault(
                f"it answered {got.status_code}, and asks to wait {wait:,.0f} s. Try again then.",
                url,
            )
        return _TryAgainError(f"it answered {got.status_code}", wait)

    def _body(self, got: httpx2.Response, url: httpx2.URL) -> bytes:
        pieces, size = [], 0
        for piece in got.iter_bytes():
            size += len(piece)
            if size > LARGEST:
                raise self._fault(
                    f"the answer is larger than {LARGEST // 1024**2} MiB. Ask for smaller pages.",
                    url,
                )
            self._within_time(url)
            pieces.append(piece)
        return b"".join(pieces)

    def _json(self, body: bytes, got: httpx2.Response, url: httpx2.URL) -> object:
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            kind = got.headers.get("Content-Type", "").partition(";")[0][:40]
            raise self._fault(
                f"the answer is no JSON that can be read{f' ({kind})' if kind.isascii() else ''}."
                " Is this the address of its API?",
                url,
            ) from error

    def _fault(self, why: str, url: httpx2.URL) -> SourceError:
        """The error, with the address but not what was asked of it."""
        return SourceError(f"{self.doing}: {url.copy_with(query=None, fragment=None)}: {why}")


def _how_long(error: Exception) -> bool | float:
    """Whether to try again, or after how many seconds."""
    if not isinstance(error, _TryAgainError):
        return False
    return True if error.wait is None else error.wait


def _url(text: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """The address, or that of a path and query below `base`; an empty one for what is none."""
    try:
        if base is None:
            return httpx2.URL(text)
        start, _, query = text.partition("?")
        path = f"{base.path.rstrip('/')}/{start.lstrip('/')}" if start else base.path
        return base.copy_with(path=path, query=httpx2.URL(f"?{query}").query or None)
    except (httpx2.InvalidURL, ValueError):
        return httpx2.URL("")


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _is_here(host: str) -> bool:
    """Whether the host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _beside(got: httpx2.Response) -> tuple[str, Mapping[str, str]]:
    return got.links.get("next", {}).get("url", ""), got.headers


def _retry_after(said: str) -> float | None:
    """The seconds of a Retry-After, which says them or a point in time."""
    if said.isdecimal():
        return float(said)
    try:
        until = parsedate_to_datetime(said).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)


def _asked_too_often(headers: Mapping[str, str]) -> bool:
    """Whether a refusal is for now only, as GitHub's once an hour's requests are used up."""
    return headers.get("X-RateLimit-Remaining") == "0" or "Retry-After" in headers


def _until(said: str) -> float | None:
    """The seconds until a point in time, which is given in seconds since 1970."""
    if not said.isdecimal() or len(said) > len("1000000000"):
        return None
    return max(float(said) - datetime.now(UTC).timestamp(), 0.0)


def _said(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__
