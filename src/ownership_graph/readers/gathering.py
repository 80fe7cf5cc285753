"""What one file says of a node in several places, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ownership_graph.records import Record


def gathered(records: Iterable[Record]) -> list[Record]:
    """The records, with one node for what was said of it in all places.

    Where two places differ there are two, so that it is counted; the later one wins, and holds
    what only the earlier one said.

    >>> named, bare = Node("Person", "p1", {"name": "Ann"}), Node("Person", "p1")
    >>> gathered([named, bare]) == gathered([bare, named]) == [named]
    True
    """
    kept: list[Record] = []
    places: dict[tuple[str, str], tuple[int, Node]] = {}
    for record in records:
        if not isinstance(record, Node):
            kept.append(record)
            continue
        key = record.label, record.id
        place, before = places.get(key, (len(kept), record))
        both = replace(before, properties={**before.properties, **record.properties})
        if any(both.properties[name] != value for name, value in before.properties.items()):
            place = len(kept)
        places[key] = place, both
        kept[place : place + 1] = [both]
    return kept
