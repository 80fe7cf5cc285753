"""What systemd's calendar says is what cron means, as systemd itself reckons it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownership_graph.errors import UsageError
from ownership_graph.scheduling.calendar import calendar_lines, refuse_extensions
from ownership_graph.scheduling.times import times

BEGIN = datetime(2026, 1, 1, 0, 0, 30, tzinfo=UTC)
MANY = 12


def by_systemd(tool, found):
    moments = set()
    for line in calendar_lines(found):
        said = tool(
            "systemd-analyze", "calendar", f"--iterations={MANY}",
            f"--base-time={BEGIN:%Y-%m-%d %H:%M:%S} UTC", line, TZ="UTC",
        ).stdout  # fmt: skip
        told = re.findall(r"(?:elapse|#\d+): \w{3} ([\d-]{10} [\d:]{8}) UTC", said)
        moments |= {
            datetime.strptime(each, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) for each in told
        }
    return sorted(moments)[:MANY]


def by_cron(found):
    moments, now = [], BEGIN
    for _ in range(MANY):
        now = found.after(now)
        moments.append(now.astimezone(UTC))
    return moments


@pytest.mark.parametrize(
    "text",
    [
        "0 6 * * *", "*/15 * * * *", "5,35 0-6/2 * * 1-5", "0 6 1 * 1", "0 6 */9 * 1",
        "0 6 13 * *", "0 6 L * *", "0 6 L * 5", "0 6 * * 5L", "0 6 * * 5#2", "0 6 * * 1,5#3",
        "0 6 29 2 *", "0 6 31 * 0", "0 6 * JAN-MAR SUN,7", "59 23 1,L * *", "0 6 * * 1#5",
    ],
)  # fmt: skip
def test_systemd_starts_when_cron_would(tool, text):
    found = times(text)
    assert by_systemd(tool, found) == by_cron(found)


field = {
    "minute": st.sampled_from(["*", "0", "7-9", "*/20", "1,59"]),
    "hour": st.sampled_from(["*", "0", "6", "8-18/4", "23"]),
    "day": st.sampled_from(["*", "1", "28", "*/2", "5-7", "L"]),  # each month has such a day
    "month": st.sampled_from(["*", "2", "*/5", "JUN"]),
    "weekday": st.sampled_from(["*", "0", "7", "1-5", "MON,WED"]),
}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(*field.values()))
def test_any_expression_that_systemd_can_say_is_said_rightly(tool, parts):
    found = times(" ".join(parts))
    assert by_systemd(tool, found) == by_cron(found)


def test_another_zone_is_named(tool):
    [line] = calendar_lines(times("0 6 * * *", "Europe/Berlin"))
    assert line == "*-*-* 06:00:00 Europe/Berlin"
    tool("systemd-analyze", "calendar", line)


@pytest.mark.parametrize("text", ["0 6 LW * *", "0 6 */2 * 5#2"])
def test_what_systemd_cannot_say_is_told(text):
    with pytest.raises(UsageError, match="cannot say"):
        calendar_lines(times(text))


@pytest.mark.parametrize("text", ["0 6 L * *", "0 6 LW * *", "0 6 * * 5L", "0 6 * * 1#2"])
def test_what_cron_cannot_say_is_told(text):
    with pytest.raises(UsageError, match="does not know L"):
        refuse_extensions(times(text), "cron")


def test_jul_is_no_last_day():
    refuse_extensions(times("0 6 * JUL *"), "cron")
