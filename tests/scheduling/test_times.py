"""Cron expressions: read, refused in a sentence, and reckoned in a time zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ownership_graph.errors import UsageError
from ownership_graph.scheduling.times import NAMED, times


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not five fields"),
        ("6", "not five fields"),
        ("0 0 6 * * *", "not five fields"),
        ("60 6 * * *", "the field cannot be read: minute"),
        ("0 24 * * *", "hour"),
        ("0 6 30 2 *", "day-of-month"),
        ("0 6 * * MOO", "day-of-week"),
        ("0 6 */30 2 1#5", "never comes"),
        ("@often", "not five fields"),
    ],
)
def test_what_is_no_time_is_told(text, why):
    with pytest.raises(UsageError, match=why) as told:
        times(text)
    assert "0 6 * * *" in str(told.value)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../etc/passwd", "", "a\0b"])
def test_a_zone_that_is_not_known_is_told(zone):
    with pytest.raises(UsageError, match="time zone"):
        times("@daily", zone)


def test_names_stand_for_expressions():
    for name, text in NAMED.items():
        assert times(f" {name.upper()} ").text == text
    assert times("0  6 * *   *").text == "0 6 * * *"


def test_the_next_time_is_after_now():
    six = times("0 6 * * *")
    assert six.after(datetime(2026, 11, 25, 5, 59, tzinfo=UTC)).isoformat() == (
        "2026-11-25T06:00:00+00:00"
    )
    assert six.after(datetime(2026, 11, 25, 6, 0, tzinfo=UTC)).day == 26


def test_the_zone_decides_and_its_clock_changes_lose_no_night():
    berlin = times("30 2 * * *", "Europe/Berlin")
    winter = berlin.after(datetime(2026, 1, 1, tzinfo=UTC))
    assert winter.astimezone(UTC).hour == 1
    spring = berlin.after(datetime(2026, 3, 28, 12, tzinfo=UTC))  # 02:30 does not exist there
    assert spring.astimezone(UTC) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    autumn = berlin.after(datetime(2026, 10, 24, 12, tzinfo=UTC))  # and comes twice here
    assert autumn.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert berlin.after(autumn).date() > autumn.date()
