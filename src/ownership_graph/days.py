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


def quarter_of(number: int) -> int:
    """The quarter of that day, counted so that the one after it is one more.

    >>> quarter_of(92) - quarter_of(0)
    1
    """
    day = date_of(number)
    return 4 * day.year + (day.month - 1) // 3


def first_day_of(quarter: int) -> int:
    """The day with which a quarter begins.

    >>> first_day_of(quarter_of(100))
    90
    """
    return number_of(date(quarter // 4, quarter % 4 * 3 + 1, 1))


def quarter_name(quarter: int) -> str:
    """What a quarter is called.

    >>> quarter_name(quarter_of(100))
    '1970-Q2'
    """
    return f"{quarter // 4}-Q{quarter % 4 + 1}"


def ago(days: int) -> str:
    """So many days before the day that is reckoned to, in words.

    >>> ago(19), ago(1), ago(0)
    ('19 days ago', 'yesterday', 'today')
    """
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")
