"""How many findings there were, day by day, from what is kept of recorded checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ownership_graph.records import FindingRecord

MOST_DAYS = 400
"""Of so many days a page tells how many findings there were, the newest."""
HIGH, MEDIUM = 4, 2
"""From these severities on."""


def findings_by_day(records: Iterable[FindingRecord]) -> list[tuple[int, int, int, int]]:
    """Day by day on which that differs: how many of high, medium and low severity were open.

    A finding that was resolved and came back counts all along, since only its first and its last
    day are kept. Questions that could not be assessed open nothing and resolve nothing.

    >>> from ownership_graph.records import FindingRecord
    >>> known = [FindingRecord("a", "A", "open", 4, 10, 30, 10),
    ...          FindingRecord("b", "A", "resolved", 1, 10, 19, 20)]
    >>> findings_by_day(known)
    [(10, 1, 0, 1), (20, 1, 0, 0)]
    """
    steps: dict[int, list[int]] = {}
    for each in records:
        if each.state == "asked":
            steps.setdefault(each.first_seen_day, [0, 0, 0])
            continue
        level = 0 if each.severity >= HIGH else 1 if each.severity >= MEDIUM else 2
        steps.setdefault(each.first_seen_day, [0, 0, 0])[level] += 1
        if each.state == "resolved":
            steps.setdefault(each.since_day, [0, 0, 0])[level] -= 1
    days = []
    high = medium = low = 0
    for day in sorted(steps):
        more = steps[day]
        high, medium, low = high + more[0], medium + more[1], low + more[2]
        days.append((day, high, medium, low))
    return days[-MOST_DAYS:]
