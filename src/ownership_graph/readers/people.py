"""People and teams as their systems write them: addresses, names, and what says nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from ownership_graph.readers.contacts import PLACEHOLDERS

LONGEST_ADDRESS = 320
"""Characters of the longest address: 64 before the @, 255 behind it (RFC 3696)."""

_SAYS_NOTHING = PLACEHOLDERS | {
    "--", ".", "n.a.", "nan", "to be announced", "to be confirmed", "to be defined",
    "to be determined", "to be hired", "not assigned", "not applicable", "vacant", "open", "#n/a",
    "#ref!",
}  # fmt: skip
_ADDRESS = re.compile(r"[^\s@<>,;:/\\\"()]+@[^\s@<>,;:/\\\"()]+")


def stated(text: str) -> str:
    """The text without blanks around it; empty where it only fills the field.

    >>> stated(" Claims "), stated("N/A"), stated("tbd")
    ('Claims', '', '')
    """
    text = text.strip()
    return "" if text.casefold() in _SAYS_NOTHING else text


def address(text: str) -> str:
    """The e-mail address in lower case; empty where the text is none, or more than one.

    >>> address("Jane.Doe@Example.org"), address("mailto:j@example.org"), address("a@b.c; d@e.f")
    ('jane.doe@example.org', 'j@example.org', '')
    """
    text = text.strip().casefold().removeprefix("mailto:")
    return text if len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) else ""


def folded(text: str) -> str:
    """The text without regard to case and to how much blank stands in it.

    >>> folded(" Jane  DOE ")
    'jane doe'
    """
    return " ".join(text.casefold().split())


@lru_cache(10_000)
def team_id(name: str) -> str:
    """The id of the team of that name.

    >>> team_id("Claims  EMEA")
    'team:claims-emea'
    """
    return f"team:{'-'.join(name.casefold().split())}"
