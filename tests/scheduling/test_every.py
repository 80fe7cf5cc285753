"""Work at given times: on time, told, given up after too many failures, ended at once."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from ownership_graph.errors import StoreLockedError
from ownership_graph.scheduling.every import Every, RealClock
from ownership_graph.scheduling.health import read_health
from ownership_graph.scheduling.times import times

BEGIN = datetime(2026, 11, 25, 5, 30, tzinfo=UTC)


class ClockOfTests:
    """Goes on only when someone sleeps; work takes a minute."""

    def __init__(self):
        self.moment = BEGIN
        self.slept = []

    def now(self):
        return self.moment

    def sleep_until(self, moment):
        self.slept.append(moment)
        self.moment = moment


@pytest.fixture
def told():
    return []


@pytest.fixture
def loop(tmp_path, told):
    clock = ClockOfTests()

    def made(**more):
        said = {"health": tmp_path / "health.json", "give_up_after": 2, **more}
        return Every(
            times("0 6 * * *"),
            clock=clock,
            tell=lambda event, *_, **__: told.append(event),
            **said,
        )

    made.clock, made.file = clock, tmp_path / "health.json"
    return made


def working(*outcomes, loop=None):
    """Work that gives those exit codes in turn, raises those errors."""
    left = list(outcomes)

    def work():
        if loop:
            loop.seen = read_health(loop.file)
        found = left.pop(0)
        if isinstance(found, BaseException):
            raise found
        return found

    return work


def test_it_works_at_its_times_until_it_failed_too_often(loop, told):
    code = loop().go_on(working(0, 4, 3, 1, StoreLockedError("locked")))
    assert code == 5
    assert [f"{each:%d %H:%M}" for each in loop.clock.slept] == [
        "25 06:00", "26 06:00", "27 06:00", "28 06:00", "29 06:00",
    ]  # fmt: skip
    assert told == ["waiting"] * 5 + ["failed", "gave up"]
    health = read_health(loop.file)
    assert (health.state, health.consecutive_failures, health.exit_code) == ("stopped", 2, 5)
    assert health.last_success == BEGIN.replace(day=27, hour=6, minute=0)
    assert health.last_start == BEGIN.replace(day=29, hour=6, minute=0)


def test_findings_are_no_failure(loop):
    assert loop(give_up_after=1).go_on(working(3, 3, 3, 4)) == 4


def test_it_can_begin_at_once(loop, told):
    assert loop(give_up_after=1).go_on(working(2), at_once=True) == 2
    assert loop.clock.slept == []
    assert told == ["gave up"]


def test_while_it_works_the_health_says_so(loop):
    loop(give_up_after=1).go_on(working(1, loop=loop))
    assert (loop.seen.state, loop.seen.next) == ("running", None)


def test_an_interruption_ends_it_and_is_noted(loop, told):
    with pytest.raises(KeyboardInterrupt):
        loop().go_on(working(0, KeyboardInterrupt()))
    assert read_health(loop.file).state == "stopped"
    assert told[-1] == "stopped"


def test_a_fault_of_our_own_is_not_hidden(loop):
    with pytest.raises(ZeroDivisionError):
        loop().go_on(working(ZeroDivisionError()))


def test_without_a_health_file_it_works_too(loop):
    assert loop(health=None, give_up_after=1).go_on(working(1)) == 1
    assert not loop.file.exists()


def test_a_health_file_that_cannot_be_written_is_told_and_stops_nothing(loop, told, tmp_path):
    assert loop(health=tmp_path / "none" / "h.json", give_up_after=1).go_on(working(1)) == 1
    assert told.count("failed") == 4


def test_the_machines_clock_sleeps_to_the_moment_and_no_longer():
    clock, began = RealClock(), time.monotonic()
    clock.sleep_until(clock.now() + timedelta(seconds=0.2))
    assert 0.2 <= time.monotonic() - began < 5
    clock.sleep_until(clock.now() - timedelta(days=1))
    assert clock.now().tzinfo is UTC
