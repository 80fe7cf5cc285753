"""What the health file says of a program's health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ownership_graph.errors import OwnershipGraphError
from ownership_graph.scheduling.health import Health, read_health, verdict, write_health

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(hours=25)


@pytest.mark.parametrize(
    ("health", "well", "said"),
    [
        (Health(NOON - HOUR, "waiting", next=NOON + HOUR), True, "no success since the start"),
        (Health(NOON - HOUR, "running", last_start=NOON), True, "running"),
        (Health(NOON - 2 * DAY, "running"), False, "longer ago than allowed"),
        (Health(NOON, "waiting", next=NOON - HOUR), False, "did not begin"),
        (Health(NOON, "waiting", next=NOON - timedelta(minutes=4)), True, "waiting"),
        (Health(NOON, "stopped", last_success=NOON), False, "stopped; the last success was at"),
        (
            Health(NOON - HOUR, "waiting", consecutive_failures=1, exit_code=4),
            False,
            "no run has succeeded: 1 failed since, the last with exit code 4",
        ),
        (
            Health(NOON, "waiting", last_success=NOON - HOUR, consecutive_failures=2, exit_code=1),
            True,
            "2 failed since",
        ),
        (
            Health(
                NOON, "waiting", last_success=NOON - 2 * DAY, consecutive_failures=2, exit_code=1
            ),
            False,
            "2026-11-23 10:00:00Z, longer ago than allowed; 2 failed since",
        ),
        (
            Health(NOON - HOUR, "waiting", last_success=NOON - HOUR, next=NOON + HOUR),
            True,
            "the next run is at 2026-11-25 13:00:00Z",
        ),
    ],
)
def test_a_verdict_says_why(health, well, said):
    found, sentence = verdict(health, now=NOON, longest=DAY)
    assert found is well
    assert said in sentence


def test_a_file_comes_back_as_it_was_written(tmp_path):
    health = Health(NOON, "waiting", NOON, NOON, NOON + DAY, 1, 4)
    write_health(tmp_path / "health.json", health)
    assert read_health(tmp_path / "health.json") == health


def test_a_file_that_is_none_is_told(tmp_path):
    with pytest.raises(OwnershipGraphError, match="No such file"):
        read_health(tmp_path / "health.json")
    (tmp_path / "health.json").write_text("{}", encoding="utf-8")
    with pytest.raises(OwnershipGraphError, match="no health file"):
        read_health(tmp_path / "health.json")
