"""What Neo4j returns, as the plain values that every store returns."""

from __future__ import annotations

from functools import cache, singledispatch
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from neo4j.graph import Path

_PLAIN = frozenset({str, int, float, bool, type(None)})


@cache
def converter() -> Callable[[object], object]:
    """A function that makes text, number, bool, None, list, dict or date of any value.

    See `stores.rows` for what becomes of nodes, relationships, paths and times.
    """
    from neo4j.graph import Node, Path, Relationship  # noqa: PLC0415 -- where it is used
    from neo4j.time import Date, DateTime, Duration, Time  # noqa: PLC0415 -- the same

    @singledispatch
    def change(value: object) -> object:
        return str(value)

    def plain(value: object) -> object:
        return value if type(value) in _PLAIN else change(value)

    def plain_list(values: list[object]) -> list[object]:
        return list(map(plain, values))

    def plain_dict(value: dict[str, object] | Node | Relationship) -> dict[str, object]:
        return {name: plain(each) for name, each in value.items()}

    def plain_time(value: DateTime | Time) -> str:
        return value.to_native().isoformat()

    change.register(list, plain_list)
    for kind in (dict, Node, Relationship):
        change.register(kind, plain_dict)
    change.register(Path, lambda path: plain_list(_in_turn(path)))
    change.register(Date, Date.to_native)
    change.register(DateTime, plain_time)
    change.register(Time, plain_time)
    change.register(Duration, Duration.iso_format)
    change.register(tuple, list)  # a point: its coordinates
    return plain


def _in_turn(path: Path) -> list[object]:
    pairs = chain.from_iterable(zip_longest(path.nodes, path.relationships))
    return [each for each in pairs if each is not None]
