"""Points in time as systems write them, and the days on which they lie."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.days import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Day: TypeAlias = int | str | None
"""A day as the graph keeps it; a text that is none, for the check to tell of; or nothing."""

LONGEST = 40
"""Characters of the longest text that is taken for a point in time."""


def moment_of(written: object, ways: Sequence[str] = ()) -> datetime | None:
    """The point in time, in UTC; without a zone it is meant in UTC. `None` where it is none.

    ISO 8601 is always understood, `ways` are patterns of `strptime` to be tried besides.

    >>> moment_of("2026-03-01T01:30:00.000+0200").isoformat()
    '2026-02-28T23:30:00+00:00'
    """
    text = written.strip() if isinstance(written, str) else ""
    return _moment(text, tuple(ways)) if 0 < len(text) <= LONGEST else None


def day_of(written: object, ways: Sequence[str] = ()) -> Day:
    """The day of a point in time, in UTC where its zone is known; nothing of a blank.

    A text that is no point in time is given back as it is: the check of rows rejects it.

    >>> day_of("1970-01-03 23:59:59"), day_of("02/Jan/70 9:15 PM", ("%d/%b/%y %I:%M %p",))
    (2, 1)
    >>> day_of("soon"), day_of(" "), day_of("19000")
    ('soon', None, '19000')
    """
    found = moment_of(written, ways)
    if found is not None:
        return number_of(found)
    return str(written).strip() or None if isinstance(written, str | int) else None


def first_of(days: Iterable[Day]) -> Day:
    """The first of the days; a text among them that is none, for the check to tell of; or nothing.

    >>> first_of([9, None, 7]), first_of([9, "soon"]), first_of([])
    (7, 'soon', None)
    """
    said = [each for each in days if each is not None]
    wrong = [each for each in said if isinstance(each, str)]
    return wrong[0] if wrong else min(said, default=None)


@lru_cache(maxsize=65_536)
def _moment(text: str, ways: tuple[str, ...]) -> datetime | None:
    return _iso(text) or next(filter(None, (_by(each, text) for each in ways)), None)


def _iso(text: str) -> datetime | None:
    try:
        return _in_utc(datetime.fromisoformat(text)) if text[4:5] == "-" else None
    except (ValueError, OverflowError):
        return None


def _by(way: str, text: str) -> datetime | None:
    try:
        return _in_utc(datetime.strptime(text, way))  # noqa: DTZ007 -- it gets its zone there
    except (ValueError, OverflowError):
        return None


def _in_utc(found: datetime) -> datetime:
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
