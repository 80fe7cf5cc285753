"""The values of a question's parameters: what a type takes, from a header or from `--set`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.days import number_of

if TYPE_CHECKING:
    from ownership_graph.queries.question import ParameterType

LARGEST = 2**63 - 1
"""The largest whole number that both stores hold."""
MOST = 1e300
"""The largest float that is taken: more is a slip, and infinity is not a number here."""

Scalar: TypeAlias = int | float | str | bool


def value_of(type_: ParameterType, given: object) -> Scalar | None:
    """What was given as a value of the type, `None` where it is none.

    A whole number will do for a float, and an ISO date for a day.

    >>> value_of("float", 3), value_of("int", 3.5), value_of("day", "1970-01-02")
    (3.0, None, 1)
    """
    if isinstance(given, bool):
        return given if type_ == "bool" else None
    match type_, given:
        case "text", str():
            return given
        case "int" | "day", int() if abs(given) <= LARGEST:
            return given
        case "float", int() | float() if abs(given) <= MOST:
            return float(given)
        case "day", str():
            return _day(given)
        case _:
            return None


def _day(text: str) -> int | None:
    try:
        return number_of(date.fromisoformat(text))
    except ValueError:
        return None
