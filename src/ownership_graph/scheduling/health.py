"""The health file of a program that goes on running, and what it says of its health."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from ownership_graph.errors import OwnershipGraphError
from ownership_graph.whole_file import whole_file

if TYPE_CHECKING:
    from pathlib import Path

LATE = timedelta(minutes=5)
"""How long after its time a run may begin before the program counts as dead."""


class Health(msgspec.Struct, frozen=True):
    """How a program that runs at given times is doing; times are in UTC.

    `began` is when it was started, `next` when it will run again, `exit_code` that of its last
    run. A run that only found what `--fail-on` names counts as a success.
    """

    began: datetime
    state: Literal["waiting", "running", "stopped"]
    last_start: datetime | None = None
    last_success: datetime | None = None
    next: datetime | None = None
    consecutive_failures: int = 0
    exit_code: int | None = None


def write_health(path: Path, health: Health) -> None:
    """Write the file, whole or not at all."""
    with whole_file(path) as out:
        out.write(msgspec.json.format(msgspec.json.encode(health), indent=2).decode() + "\n")


def read_health(path: Path) -> Health:
    """What the file says.

    Raises:
        OwnershipGraphError: there is none, or it is something else.
    """
    doing = f"reading the health from {path}"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Health)
    except OSError as error:
        raise OwnershipGraphError(
            f"{doing}: {error.strerror}. It is written by --health of a run that goes on."
        ) from error
    except msgspec.DecodeError as error:
        raise OwnershipGraphError(f"{doing}: this is no health file ({error}).") from error


def verdict(health: Health, *, now: datetime, longest: timedelta) -> tuple[bool, str]:
    """Whether all is well, and a sentence on why: the last success is not older than `longest`."""
    failed = health.consecutive_failures
    since = health.last_success or health.began
    if health.state == "stopped":
        return False, f"stopped; {_success(health)}."
    if health.state == "waiting" and health.next and now > health.next + LATE:
        return False, f"the run of {_told(health.next)} did not begin; {_success(health)}."
    if failed and not health.last_success:
        return False, f"no run has succeeded: {_failures(health)}."
    if now - since > longest:
        return False, f"{_success(health)}, longer ago than allowed; {_failures(health)}."
    coming = f"; the next run is at {_told(health.next)}" if health.next else ""
    return True, f"{health.state}; {_success(health)}; {_failures(health)}{coming}."


def _success(health: Health) -> str:
    if health.last_success is None:
        return f"no success since the start at {_told(health.began)}"
    return f"the last success was at {_told(health.last_success)}"


def _failures(health: Health) -> str:
    count = health.consecutive_failures
    if not count:
        return "no failure since"
    return f"{count} failed since, the last with exit code {health.exit_code}"


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%SZ}"
