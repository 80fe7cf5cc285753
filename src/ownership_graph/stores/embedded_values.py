"""What the embedded engine returns, as the plain values that every store returns."""

from __future__ import annotations

from datetime import datetime, time
from itertools import chain, zip_longest

from ownership_graph.model import MADE_UP_BY_ENGINE

_NODE = {"id", "labels", "properties"}
_RELATIONSHIP = {"id", "start", "end", "type", "properties"}
_PATH = {"nodes", "relationships"}


def plain(value: object) -> object:
    """Text, number, bool, None, list, dict or date; see `stores.rows` for the others.

    >>> plain({"id": 0, "labels": ["Team"], "properties": {"id": "t1", "type": "Team"}})
    {'id': 't1'}
    """
    match value:
        case dict():
            return _plain_dict(value)
        case list() | tuple():
            return [plain(each) for each in value]
        case datetime() | time():
            return value.isoformat()
        case _:
            return value


def _plain_dict(value: dict[str, object]) -> object:
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
            return {name: plain(each) for name, each in properties.items()}
        case {"nodes": list(nodes), "relationships": list(ties)} if value.keys() == _PATH:
            pairs = chain.from_iterable(zip_longest(nodes, ties))
            return [plain(each) for each in pairs if each is not None]
        case _:
            return {name: plain(each) for name, each in value.items()}
