"""The nightly run: imports, findings, page and numbers under one lock, told in a few lines."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownership_graph.days import number_of
from ownership_graph.errors import (
    OwnershipGraphError,
    StoreAwayError,
    StoreLockedError,
    StoreTimeoutError,
)
from ownership_graph.findings import Limits, check, record
from ownership_graph.history import prune
from ownership_graph.importing.quoting import so_many
from ownership_graph.loading.everything import load_all
from ownership_graph.reports.table import told
from ownership_graph.scheduling.metrics import SEVERITIES, Ended, write_metrics
from ownership_graph.scheduling.telling import ERROR, INFO, WARNING, exit_named, tell_import, worst

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import timedelta
    from pathlib import Path

    from ownership_graph.findings.answer import Checked
    from ownership_graph.identities import Aliases
    from ownership_graph.loading import Order
    from ownership_graph.queries.question import Question
    from ownership_graph.scheduling.every import Clock
    from ownership_graph.scheduling.telling import Tell
    from ownership_graph.stores import Store

FINDINGS = 3
ENDS_ALL = (StoreAwayError, StoreLockedError)
"""What leaves nothing to be tried."""


@dataclass(frozen=True, slots=True)
class Night:
    """What is to be done. Without `questions` the imports are all; `None` for no such file.

    `fail_on` is the severity from which on a finding gives exit code 3. `wait` is in seconds.
    `stale_after` are the ages from which on sources are stale. What was changed longer ago than
    `keep_changes` is forgotten; nothing, where that is None.
    """

    orders: Sequence[Order]
    precedence: Sequence[str] = ()
    stale_after: Mapping[str, timedelta] = field(default_factory=dict)
    aliases: Aliases | None = None
    keep_changes: timedelta | None = None
    questions: Sequence[Question] = ()
    rejects: Path | None = None
    page: Path | None = None
    metrics: Path | None = None
    fail_on: int | None = None
    wait: float = 0.0
    timeout: float = 30.0
    dry_run: bool = False
    allow_removals: bool = False
    strict: bool = False


def run_night(store: Store, night: Night, *, clock: Clock, tell: Tell) -> int:
    """Do all of it, each step told as it ends; the worst exit code.

    A step that fails is told, and the next one is tried.

    Raises:
        StoreLockedError: another process is writing, and still is after `wait`.
        StoreAwayError: the server does not answer.
    """
    with nullcontext() if night.dry_run else store.lock(wait=night.wait):
        return _Run(store, night, clock, tell).carried_out()


class _Run:
    """One run under way; it has the store's lock."""

    def __init__(self, store: Store, night: Night, clock: Clock, tell: Tell) -> None:
        self._store, self._night, self._clock, self._tell = store, night, clock, tell
        self._began = time.perf_counter()
        self._code = 0
        self._checked: Checked | None = None

    def carried_out(self) -> int:
        """All steps in turn."""
        night = self._night
        count = len(night.orders)
        self._tell(
            "began",
            f"run of {so_many(count, 'source')} into {self._store.address}",
            store=self._store.address,
            sources=[order.source for order in night.orders],
        )
        self._step("importing", self._import)
        if night.questions and not night.dry_run:
            self._step("checking", self._check)
        page, metrics, checked = night.page, night.metrics, self._checked
        if page and checked:
            self._step("writing the page", lambda: self._write_page(page, checked))
        if metrics and not night.dry_run:
            self._step("writing the metrics", lambda: self._write_metrics(metrics))
        level = INFO if self._code in (0, FINDINGS) else ERROR
        seconds = self._seconds()
        self._tell(
            "ended",
            f"ended after {seconds:.1f} s: {exit_named(self._code)}",
            level=level,
            exit_code=self._code,
            seconds=round(seconds, 3),
        )
        return self._code

    def _step(self, name: str, work: Callable[[], None]) -> None:
        """Do one step; what fails in it is told, and counts."""
        try:
            work()
        except ENDS_ALL:
            raise
        except OwnershipGraphError as error:
            self._failed(error, step=name)

    def _failed(self, error: OwnershipGraphError, **known: object) -> None:
        self._code = worst(self._code, error.exit_code)
        source = known.get("source")
        said = f"{source}: failed, nothing of it was changed: {error}" if source else str(error)
        self._tell("failed", said, level=ERROR, exit_code=error.exit_code, **known)

    def _import(self) -> None:
        night = self._night
        for each in load_all(
            self._store,
            night.orders,
            now=self._clock.now(),
            precedence=night.precedence,
            aliases=night.aliases,
            dry_run=night.dry_run,
            allow_removals=night.allow_removals,
            strict=night.strict,
            rejects=night.rejects,
        ):
            if each.summary:
                tell_import(each.summary, self._tell)
                self._code = worst(self._code, each.summary.exit_code)
            if each.error:
                self._failed(each.error, source=each.source, state="failed")
        if night.keep_changes and not night.dry_run:
            prune(self._store, night.keep_changes, now=self._clock.now())

    def _check(self) -> None:
        night = self._night
        now = self._clock.now()
        self._checked = check(
            self._store,
            night.questions,
            today=number_of(now),
            timeout=night.timeout,
            limits=Limits(night.stale_after, now),
        )
        self._tell_findings(self._checked)
        record(self._store, self._checked)

    def _tell_findings(self, checked: Checked) -> None:
        found = [each for answer in checked.answers for each in answer.findings]
        severities = Counter(SEVERITIES[each.severity] for each in found)
        listed = ", ".join(f"{severities[name]:,} {name}" for name in ("high", "medium", "low"))
        trend = f"; {told(checked.trend)}" if checked.trend else ""
        asked = [each for each in checked.answers if each.question.severity is not None]
        open_ = sum(1 for each in asked if each.state in {"not assessable", "rollout"})
        silence = f"; {checked.silence()}" if checked.unanswered else ""
        stale = f"; stale: {', '.join(sorted(checked.stale))}" if checked.stale else ""
        self._tell(
            "checked",
            f"findings: {len(found):,} ({listed}){trend}; {open_} questions not assessed{stale}"
            f"{silence}",
            level=WARNING if silence else INFO,
            counts=dict(severities),
            not_assessed=open_,
            not_answered=[each.question.code for each in checked.unanswered],
            stale=sorted(checked.stale),
        )
        worst_found = max((each.severity for each in found), default=0)
        if self._night.fail_on is None:
            return
        if checked.unsure:
            self._code = worst(self._code, StoreTimeoutError.exit_code)
        if worst_found >= self._night.fail_on:
            self._code = worst(self._code, FINDINGS)

    def _write_page(self, path: Path, checked: Checked) -> None:
        from ownership_graph.page import recorded, write_page  # noqa: PLC0415 -- only where used

        written = write_page(
            path,
            self._store.facts(),
            checked,
            title="Ownership graph",
            generated=f"{self._clock.now():%Y-%m-%d %H:%M} UTC",
            told=recorded(self._store),
        )
        self._tell(
            "page",
            f"page: {path}, {written.nodes:,} nodes, {written.relationships:,} relationships",
            path=str(path),
        )

    def _write_metrics(self, path: Path) -> None:
        ended = Ended(self._clock.now(), self._seconds(), self._code)
        write_metrics(path, self._store, ended, self._checked)

    def _seconds(self) -> float:
        return time.perf_counter() - self._began
