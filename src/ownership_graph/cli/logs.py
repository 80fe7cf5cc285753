"""What the program tells while it works: sentences for people, or JSON lines for machines.

Everything in the package logs with the standard library's `logging.getLogger("ownership_graph")`.
Here it is decided how that looks on stderr, and that no secret is in it. A JSON line holds
`time` (UTC), `level`, `event`, `message`, and what else is known: `source`, `state`, `counts`,
`seconds`, `exit_code`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, MutableMapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import typer

from ownership_graph.reports.quoting import printable

ENVIRONMENT = "OWNERSHIP_GRAPH__LOG_FORMAT"
HIDDEN = "***"
LONGEST = 2_000
"""Characters of the longest sentence."""

_LOG = logging.getLogger("ownership_graph")
_WHO = re.compile(r"(?<=://)[^/\s@]+@")
_SECRET_NAME = re.compile(r"passw|secret|token|credential|api_?key|authorization", re.IGNORECASE)
_SHORTEST = 4
"""Characters of the shortest secret that is looked for in texts; a shorter one is in any text."""


class LogFormat(StrEnum):
    """How the log looks."""

    TEXT = "text"
    JSON = "json"


class _ToStderr(logging.Handler):
    """Writes each record to the stderr of the moment, in one line."""

    def emit(self, record: logging.LogRecord) -> None:
        typer.echo(self.format(record), err=True)


class _Sentences(logging.Formatter):
    """The sentence alone, or `stamped` behind its time."""

    def __init__(self, *, stamped: bool) -> None:
        super().__init__()
        self._stamped = stamped

    def format(self, record: logging.LogRecord) -> str:
        text = without_secrets(printable(record.getMessage(), longest=LONGEST))
        if not self._stamped:
            return text
        return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%d %H:%M:%SZ}  {text}"


_handler = _ToStderr()
_secrets: set[str] = set()
_chosen: list[LogFormat] = []


def start() -> None:
    """The log of a program that begins: sentences, of warnings only."""
    _chosen.clear()
    _secrets.clear()
    _show(LogFormat.TEXT)


def choose(form: LogFormat) -> None:
    """Show the log in that form; the first choice of a program stands, whatever is said later."""
    if not _chosen:
        _chosen.append(form)
        _show(form)


def tell_steps() -> None:
    """From here on tell every step with its time, also in sentences."""
    if not as_json():
        _handler.setFormatter(_Sentences(stamped=True))
        _LOG.setLevel(logging.INFO)


def as_json() -> bool:
    """Whether machines read the log."""
    return _chosen == [LogFormat.JSON]


def _show(form: LogFormat) -> None:
    for each in (_LOG, logging.getLogger()):
        each.removeHandler(_handler)
    if form is LogFormat.JSON:
        _handler.setFormatter(_json_lines())
        logging.getLogger().addHandler(_handler)  # what other packages warn of is told, too
        _LOG.setLevel(logging.INFO)
    else:
        _handler.setFormatter(_Sentences(stamped=False))
        _LOG.addHandler(_handler)
        _LOG.setLevel(logging.WARNING)


def _json_lines() -> logging.Formatter:
    import structlog  # noqa: PLC0415 -- it takes 0.1 s, and only machines need it

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%SZ", utc=True, key="time"),
            structlog.stdlib.add_log_level,
            _named,
            structlog.processors.format_exc_info,
        ],
        processors=[_redacted, structlog.processors.JSONRenderer()],
    )


def tell(event: str, message: str, *, level: int = logging.INFO, **known: object) -> None:
    """Log one event: a sentence for people, its name and what is known for machines."""
    _LOG.log(level, "%s", message, extra={"event": event, "known": known})


def fail(message: str, exit_code: int, more: Sequence[str] = ()) -> None:
    """Tell the one sentence with which the program ends, and what more there is of its kind."""
    text, *others = (
        without_secrets(printable(each, longest=LONGEST)) for each in (message, *more)
    )
    if as_json():
        tell("failed", text, level=logging.ERROR, exit_code=exit_code, more=others)
        return
    typer.echo(f"ownership-graph: {text}", err=True)
    for each in others:
        typer.echo(f"  {each}", err=True)


def crash(error: Exception) -> None:
    """Tell of a fault of our own, with its traceback in the one line."""
    _LOG.error("%r", error, exc_info=error, extra={"event": "crashed", "known": {"exit_code": 1}})


def note(text: str) -> None:
    """A remark beside the answer, for whoever sits at the terminal or reads the log."""
    if as_json():
        tell("note", text)
    else:
        typer.echo(text, err=True)


def hide(secret: str) -> None:
    """Never let that text into the log."""
    if len(secret) >= _SHORTEST:
        _secrets.add(secret)


def without_secrets(text: str) -> str:
    """The text with what is secret in it made unreadable.

    >>> without_secrets("neo4j://ada:1234@graph.example.org")
    'neo4j://***@graph.example.org'
    """
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return _WHO.sub(f"{HIDDEN}@", text)


def _named(_logger: Any, _method: str, told: MutableMapping[str, Any]) -> Mapping[str, Any]:  # noqa: ANN401 -- structlog's
    """What is known of a record, under the names that machines look for."""
    record = told["_record"]
    message = told.pop("event")
    return {
        **told,
        "event": getattr(record, "event", "log"),
        "message": printable(message, longest=LONGEST),
        **getattr(record, "known", {}),
    }


def _redacted(_logger: Any, _method: str, told: MutableMapping[str, Any]) -> Mapping[str, Any]:  # noqa: ANN401 -- the same
    """What goes out, with nothing of structlog's own and no secret in it."""
    return {name: _clean(name, value) for name, value in told.items() if not name.startswith("_")}


def _clean(name: str, value: object) -> object:
    if _SECRET_NAME.search(name):
        return HIDDEN
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, Mapping):
        return {str(key): _clean(str(key), each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(name, each) for each in value]
    return value
