"""People and teams as their systems write them: names, and what says nothing."""

from __future__ import annotations

from functools import lru_cache

from ownership_graph.readers.contacts import PLACEHOLDERS

_SAYS_NOTHING = PLACEHOLDERS | {
    "--", ".", "n.a.", "nan", "to be announced", "to be confirmed", "to be defined",
    "to be determined", "to be hired", "not assigned", "not applicable", "vacant", "open", "#n/a",
    "#ref!",
}  # fmt: skip


def stated(text: str) -> str:
    """The text without blanks around it; empty where it only fills the field.

    >>> stated(" Claims "), stated("N/A"), stated("tbd")
    ('Claims', '', '')
    """
    text = text.strip()
    return "" if text.casefold() in _SAYS_NOTHING else text


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
