"""Numbers as people write measurements, and as systems count."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(
    r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?)\s*(%?)", re.ASCII | re.IGNORECASE
)

_LONGEST = 18


def whole_in(said: str) -> int | None:
    """The whole number that the text is; nothing where it is none, or longer than any count.

    >>> whole_in("120"), whole_in("-1"), whole_in(""), whole_in("9" * 5_000)
    (120, None, None, None)
    """
    return int(said) if said.isdecimal() and len(said) <= _LONGEST else None


def number_in(said: str) -> float | None:
    """The number that the text is, a share for one in per cent; nothing where it is none.

    >>> number_in("0.93"), number_in("93.5 %"), number_in("high"), number_in("1e999")
    (0.93, 0.935, None, None)
    """
    found = _NUMBER.fullmatch(said.strip()[:100])
    if found is None:
        return None
    value = float(found[1])
    if not math.isfinite(value):
        return None
    return round(value / 100, 15) if found[2] else value
