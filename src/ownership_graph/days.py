"""Days as the graph keeps them: whole numbers, counted from 1970-01-01."""

from __future__ import annotations

from datetime import date

_EPOCH = date(1970, 1, 1).toordinal()


def number_of(day: date) -> int:
    """Days since 1970-01-01; a datetime counts by its date.

    >>> number_of(date(1970, 1, 3))
    2
    """
    return day.toordinal() - _EPOCH


def date_of(number: int) -> date:
    """The date of that day.

    >>> date_of(2).isoformat()
    '1970-01-03'
    """
    return date.fromordinal(_EPOCH + number)


def ago(days: int) -> str:
    """So many days before the day that is reckoned to, in words.

    >>> ago(19), ago(1), ago(0)
    ('19 days ago', 'yesterday', 'today')
    """
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")
