"""Values of any kind as the texts of cells; those that hold others are laid flat into columns."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_COLUMNS = 10_000
"""Keys that objects may have in all."""

DEEPEST = 20
"""How deep objects are laid flat; what is deeper stays JSON in a cell."""

LIST_DELIMITER = ";"
_MIDNIGHT = time()
_WHOLE = 2**53


def flat(
    of: Mapping[str, object], before: str = "", depth: int = 1
) -> Iterator[tuple[str, object]]:
    """Each value with its column: `owner.name` for what stands in an object `owner`.

    >>> list(flat({"id": 1, "owner": {"name": "Ann"}, "tags": ["a", "b"]}))
    [('id', 1), ('owner.name', 'Ann'), ('tags', ['a', 'b'])]
    """
    for name, value in of.items():
        if isinstance(value, dict) and depth < DEEPEST:
            yield from flat(value, f"{before}{name}.", depth + 1)
        else:
            yield f"{before}{name}", value


def as_text(value: object) -> str:
    """A value as a cell: blank for none, lists of plain values parted by `;`, the rest as JSON.

    Days and times are in ISO 8601; a time at midnight without an offset is a day.

    >>> as_text(None), as_text(True), as_text(3.0), as_text(["a", 1]), as_text([{"a": 1}])
    ('', 'true', '3', 'a;1', '[{"a": 1}]')
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, int | float):
        return _plain_text(value)
    if isinstance(value, list | dict):
        plain = isinstance(value, list) and not any(
            isinstance(each, list | dict) for each in value
        )
        if plain:
            return LIST_DELIMITER.join(map(as_text, value))
        return json.dumps(value, default=as_text, ensure_ascii=False)
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == _MIDNIGHT:
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else _plain_text(value)


def _plain_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
