"""The ways in which a value is turned: into lower case, through a list of values, from a date."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.patterns import fits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ownership_graph.readers.mapping.rules import Way

BUILT_IN: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "slug": lambda text: "-".join(text.casefold().split()),
}
"""The ways that are always there; a slug is what other importers make ids of teams from."""

NOTHING = "\0"
"""Stands before, between and behind a value that cannot be turned, and the reason.

No row that can be taken holds this character.
"""

_LONGEST_DATE = 40


def turner(name: str, way_name: str, way: Way | None) -> Callable[[str], str]:
    """What turns the values of `name`; without a list or dates by a way that is always there.

    A blank value that fits no pattern stays blank; any other that fits none is not guessed.
    """
    if way is None:
        return BUILT_IN[way_name]
    if way.dates:
        dates = way.dates
        return lambda text: _iso_date(text, dates) if len(text) <= _LONGEST_DATE else text
    results = [(fits(patterns), result) for result, patterns in way.results]

    def turn(text: str) -> str:
        for fit, result in results:
            if fit(text):
                return result
        return text and (
            f"{NOTHING}{text}{NOTHING}{shown(text)} in '{name}' fits nothing in"
            f' [values.{way_name}]. Add it there, or end the list with a result for "*".{NOTHING}'
        )

    return turn


@lru_cache(maxsize=65_536)
def _iso_date(text: str, dates: tuple[str, ...]) -> str:
    """The date as 2024-03-01; a text that is no date is left, and the import check tells of it."""
    for each in dates:
        try:
            return datetime.strptime(text, each).date().isoformat()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return text
