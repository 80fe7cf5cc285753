"""What is wanted out of data of which nothing is known: never an exception."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_YES = frozenset({"true", "yes", "on"})


def at(of: object, *path: str) -> object:
    """What stands under that path of keys; None where there is nothing.

    >>> at({"spec": {"owner": "risk"}}, "spec", "owner")
    'risk'
    """
    for key in path:
        if not isinstance(of, dict):
            return None
        of = of.get(key)
    return of


def table(of: object, *path: str) -> dict[str, object]:
    """The table there; an empty one where there is none."""
    found = at(of, *path)
    return found if isinstance(found, dict) else {}


def tables(of: object, *path: str) -> list[dict[str, object]]:
    """The tables of the list there, one alone too; what is no table is passed over.

    >>> tables({"owners": {"id": "u1"}}, "owners")
    [{'id': 'u1'}]
    """
    found = at(of, *path)
    if isinstance(found, list):
        return [each for each in found if isinstance(each, dict)]
    return [found] if isinstance(found, dict) else []


def text(of: object, *path: str) -> str:
    """The text there without blanks around it; numbers, days, yes and no as texts, else blank.

    >>> text({"version": 1.5}, "version"), text({"a": [1]}, "a"), text("x ")
    ('1.5', '', 'x')
    """
    return _text(at(of, *path))


def texts(of: object, *path: str) -> list[str]:
    """The texts of the list there, one alone too; what is blank or no text is passed over.

    >>> texts({"tag": ["a", "", None, 2]}, "tag"), texts({"tag": "a"}, "tag")
    (['a', '2'], ['a'])
    """
    return [found for found in map(_text, _each(at(of, *path))) if found]


def yes(of: object, *path: str) -> bool:
    """Whether a clear yes stands there: true, or such a word.

    >>> yes({"deleted": True}, "deleted"), yes({"deleted": "no"}, "deleted"), yes({}, "deleted")
    (True, False, False)
    """
    return text(of, *path).casefold() in _YES


def _each(found: object) -> Iterator[object]:
    if isinstance(found, list):
        yield from found
    elif found is not None:
        yield found


def _text(found: object) -> str:
    match found:
        case str():
            return found.strip()
        case bool():
            return "true" if found else "false"
        case int() | float():
            return str(found)
        case date():
            return found.isoformat()
        case _:
            return ""
