"""Spans of time as people write them: `12h`, `3d`, `2w`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

PATTERN = r"^[1-9][0-9]{0,4} ?[mhdw]$"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def span(text: object) -> timedelta:
    """The span that a text such as `3d` names; minutes, hours, days or weeks.

    >>> span("12h")
    datetime.timedelta(seconds=43200)
    """
    if isinstance(text, timedelta):
        return text
    if not isinstance(text, str) or not re.fullmatch(PATTERN, text.strip()):
        raise ValueError("it is no span of time. Write it as 12h, 3d or 2w")
    number, unit = text.strip()[:-1], text.strip()[-1]
    return timedelta(**{_UNITS[unit]: int(number)})


def spelt(span: timedelta) -> str:
    """The span in the largest unit that holds it without a rest.

    >>> spelt(timedelta(days=14)), spelt(timedelta(hours=36))
    ('2w', '36h')
    """
    for unit in ("w", "d", "h"):
        one = timedelta(**{_UNITS[unit]: 1})
        if not span % one:
            return f"{span // one}{unit}"
    return f"{span // timedelta(minutes=1)}m"


Span: TypeAlias = Annotated[
    timedelta,
    BeforeValidator(span),
    PlainSerializer(spelt),
    WithJsonSchema({"type": "string", "pattern": PATTERN, "examples": ["12h", "3d", "2w"]}),
]
