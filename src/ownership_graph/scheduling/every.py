"""Work that is done again and again at given times, for a place that has no cron."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from ownership_graph.errors import OwnershipGraphError
from ownership_graph.scheduling.health import Health, write_health
from ownership_graph.scheduling.telling import ERROR, exit_named

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ownership_graph.scheduling.telling import Tell
    from ownership_graph.scheduling.times import Times

FINE = (0, 3)
"""Exit codes of a run that did its work; 3 tells of findings."""
LONGEST_NAP = 30.0
"""Seconds after which the clock is looked at again: it may have been set, or the machine slept."""


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Now, in UTC."""
        ...

    def sleep_until(self, moment: datetime) -> None:
        """Come back at that moment, not before."""
        ...


class RealClock:
    """The machine's own."""

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)

    def sleep_until(self, moment: datetime) -> None:
        """Come back at that moment; a signal ends the sleep at once."""
        while (left := (moment - self.now()).total_seconds()) > 0:
            time.sleep(min(left, LONGEST_NAP))


class Every:
    """Does the work at each of some times, until it failed too often in a row."""

    def __init__(
        self, times: Times, *, clock: Clock, tell: Tell, health: Path | None, give_up_after: int
    ) -> None:
        """`health` is the file that tells others how it goes."""
        self._times, self._clock, self._tell = times, clock, tell
        self._file, self._give_up_after = health, give_up_after
        self._health = Health(clock.now(), "waiting")

    def go_on(self, work: Callable[[], int], *, at_once: bool = False) -> int:
        """Work at each time, with `at_once` also now; the exit code of the failure that ends it.

        `work` gives its exit code. An interruption passes through, and the health says so.
        """
        try:
            if at_once:
                self._work(work)
            while self._health.consecutive_failures < self._give_up_after:
                self._wait()
                self._work(work)
        except KeyboardInterrupt:
            self._tell("stopped", "stopped: interrupted")
            raise
        finally:
            self._note(replace(self._health, state="stopped", next=None))
        code = self._health.exit_code or 0
        failures = f"{self._give_up_after} failure{'s' if self._give_up_after > 1 else ''}"
        self._tell(
            "gave up",
            f"gave up after {failures} in a row: {exit_named(code)}",
            level=ERROR,
            exit_code=code,
        )
        return code

    def _wait(self) -> None:
        coming = self._times.after(self._clock.now())
        self._note(replace(self._health, state="waiting", next=coming.astimezone(UTC)))
        self._tell(
            "waiting",
            f"waiting until {coming:%Y-%m-%d %H:%M %Z}",
            next=f"{coming.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        )
        self._clock.sleep_until(coming)

    def _work(self, work: Callable[[], int]) -> None:
        began = self._clock.now()
        self._note(replace(self._health, state="running", last_start=began, next=None))
        try:
            code = work()
        except OwnershipGraphError as error:
            code = error.exit_code
            self._tell("failed", str(error), level=ERROR, exit_code=code)
        if code in FINE:
            after = replace(self._health, last_success=self._clock.now(), consecutive_failures=0)
        else:
            failures = self._health.consecutive_failures + 1
            after = replace(self._health, consecutive_failures=failures)
        self._note(replace(after, state="waiting", exit_code=code))

    def _note(self, health: Health) -> None:
        self._health = health
        if self._file:
            try:
                write_health(self._file, health)
            except OwnershipGraphError as error:
                # What is not written grows old, which is how others learn of it.
                self._tell("failed", str(error), level=ERROR)
