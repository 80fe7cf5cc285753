"""What the embedded engine returns, as the plain values that every store returns."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import chain, zip_longest
from types import NoneType

from ownership_graph.model import MADE_UP_BY_ENGINE

_PLAIN = frozenset({str, int, float, bool, NoneType, date})
"""What is of one of these types itself is plain as it stands, and most is."""

_NODE = {"id", "labels", "properties"}
_RELATIONSHIP = {"id", "start", "end", "type", "properties"}
_PATH = {"nodes", "relationships"}


def plain_rows(rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
    """The cells of each row as plain values; `rows` is emptied, so that nothing is held twice."""
    rows.reverse()
    return [_plain_row(rows.pop()) for _ in range(len(rows))]


def _plain_row(row: dict[str, object]) -> tuple[object, ...]:
    cells = tuple(row.values())
    return cells if _PLAIN.issuperset(map(type, cells)) else tuple(map(plain, cells))


def plain(value: object) -> object:
    """Text, number, bool, None, list, dict or date; see `stores.rows` for the others.

    A list or dict that is plain already is not copied. What has no plain shape is text.

    >>> plain({"id": 0, "labels": ["Team"], "properties": {"id": "t1", "type": "Team"}})
    {'id': 't1'}
    >>> plain([b"abc"])
    ["b'abc'"]
    """
    if type(value) in _PLAIN:
        return value
    match value:
        case dict():
            return _plain_dict(value)
        case list() if _PLAIN.issuperset(map(type, value)):
            return value
        case list() | tuple():
            return [plain(each) for each in value]
        case datetime() | time():
            return value.isoformat()
        case _:
            return str(value)


def _plain_dict(value: dict[str, object]) -> object:
    if "properties" not in value and "nodes" not in value:
        return _plain_map(value)
    match value:
        case {"properties": dict(properties), **rest} if value.keys() == _NODE and isinstance(
            rest["labels"], list
        ):
            return {
                name: plain(each)
                for name, each in properties.items()
                if name not in MADE_UP_BY_ENGINE
            }
        case {"properties": dict(properties)} if value.keys() == _RELATIONSHIP:
            return _plain_map(properties)
        case {"nodes": list(nodes), "relationships": list(ties)} if value.keys() == _PATH:
            pairs = chain.from_iterable(zip_longest(nodes, ties))
            return [plain(each) for each in pairs if each is not None]
        case _:
            return _plain_map(value)


def _plain_map(value: dict[str, object]) -> dict[str, object]:
    if _PLAIN.issuperset(map(type, value.values())):
        return value
    for name, each in value.items():
        if type(each) not in _PLAIN:
            value[name] = plain(each)
    return value
