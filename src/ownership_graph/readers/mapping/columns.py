"""The columns of a mapping found in a table's header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.model import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ownership_graph.readers.mapping.rules import Column, Rules


def columns_known(rules: Rules, header: Sequence[str]) -> int:
    """How many of the mapping's columns a header has, once or more often."""
    return sum(bool(_fitting(each, header)) for each in rules.columns)


def find_columns(rules: Rules, header: Sequence[str]) -> list[int]:
    """The place of each of the mapping's columns in the header.

    Raises:
        SettingsError: the header has no such column, or several.
    """
    return [_find(each, header) for each in rules.columns]


def _fitting(column: Column, header: Sequence[str]) -> list[int]:
    """The places that have the column's name; where none has, those that do but for the case."""
    wanted = column.header.casefold()
    if wanted.startswith("~"):
        part = wanted[1:].strip()
        return [place for place, name in enumerate(header) if part in name.casefold()]
    exact = [place for place, name in enumerate(header) if name == column.header]
    return exact or [place for place, name in enumerate(header) if name.casefold() == wanted]


def _find(column: Column, header: Sequence[str]) -> int:
    found = _fitting(column, header)
    if len(found) == 1:
        return found[0]
    if found:
        names = sorted({shown(header[each]) for each in found})
        why = f"{len(found)} columns of the table fit {shown(column.header)}: {', '.join(names)}."
        hint = " Name more of it; of two columns with one name rename one in the table."
    else:
        kind = "whose name holds" if column.header.startswith("~") else "called"
        wanted = column.header.removeprefix("~")
        why = f"the table has no column {kind} {shown(wanted)}."
        hint = nearest(wanted, header) or f" It has: {_listed(header)}."
    raise column.place.fault(why + hint)


def _listed(header: Sequence[str], most: int = 10) -> str:
    names = ", ".join(shown(each) for each in header[:most])
    return f"{names} and {len(header) - most} more" if len(header) > most else names
