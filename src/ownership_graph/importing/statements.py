"""What one source states of one fact, with the hash by which it is compared."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from ownership_graph.importing.quoting import brief, shown
from ownership_graph.records import NodeKey, parse_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.records import Key, Properties, Rejected, RelationshipKey

Place: TypeAlias = "tuple[str, ...]"

_PLACE_PARTS = 5
HASH_BYTES = 16
SHORT = 64
"""Bytes of properties that are worth remembering."""

MOST_REMEMBERED = 10_000
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Statement(msgspec.Struct, frozen=True, gc=False):
    """What a source states of one fact, and where it says so.

    A node's name that is its id is left out: that is what stands there anyway.
    """

    hash: str
    properties: Properties
    file: str = ""
    line: int = 0


def statement_hash(properties: Properties) -> str:
    """32 hexadecimal digits, the same for the same properties in any order.

    >>> statement_hash({"a": 1, "b": "x"}) == statement_hash({"b": "x", "a": 1})
    True
    """
    return Hashes().of(properties)[0]


class Hashes:
    """Hashes of properties; short ones are remembered, for relationships repeat them."""

    def __init__(self) -> None:
        """Nothing is remembered yet."""
        self._known: dict[bytes, tuple[str, Properties]] = {}

    def of(self, properties: Properties) -> tuple[str, Properties]:
        """The hash, and the same properties: one dict for all that are alike."""
        text = _encode(properties)
        known = self._known.get(text)
        if known is None:
            known = blake2b(text, digest_size=HASH_BYTES).hexdigest(), properties
            if len(text) <= SHORT and len(self._known) < MOST_REMEMBERED:
                self._known[text] = known
        return known


def node_row(found: NodeKey, properties: Mapping[str, object]) -> dict[str, str]:
    """A node as a row of a node table."""
    return {"id": _cell(found.id), "entity": _cell(found.label), **_cells(properties)}


def relationship_row(found: RelationshipKey, properties: Mapping[str, object]) -> dict[str, str]:
    """A relationship as a row of an edge table."""
    return {
        "from_label": _cell(found.from_label),
        "from": _cell(found.from_id),
        "to_label": _cell(found.to_label),
        "to": _cell(found.to_id),
        **_cells(properties),
    }


def place_of(key: Key) -> Place:
    """What a fact is about: a label and an id, or a relationship and its ends.

    >>> place_of('["OWNS","Team","t1","Model","m1","accountable"]')
    ('OWNS', 'Team', 't1', 'Model', 'm1')
    """
    return tuple(msgspec.json.decode(key, type=list[str])[:_PLACE_PARTS])


def place_of_row(rejected: Rejected) -> Place:
    """What a rejected row is about, as far as it says."""
    kind, _, name = rejected.table.partition("_")
    ends = ("id",) if kind == "nodes" else ("from_label", "from", "to_label", "to")
    return name, *(rejected.row.get(each, "").strip() for each in ends)


def said_twice(key: Key, before: Statement, now: Statement) -> str:
    """Which fact is stated again, and where; without the places where they are not known.

    >>> said_twice('["Team","t1"]', Statement("", {}, "t.csv", 2), Statement("", {}, "t.csv", 4))
    "t.csv:4: Team 't1', also at t.csv:2"
    """
    found = parse_key(key)
    if isinstance(found, NodeKey):
        what = f"{found.label} {shown(found.id)}"
    else:
        start = f"{found.from_label} {shown(found.from_id)}"
        end = f"{found.to_label} {shown(found.to_id)}"
        what = ", ".join(
            [f"{start} {found.type} {end}", *map(shown, filter(None, found.identity))]
        )
    if not (now.line and before.line):
        return what
    return f"{now.file}:{now.line}: {what}, also at {before.file}:{before.line}"


def _cells(properties: Mapping[str, object]) -> dict[str, str]:
    return {str(name): _cell(value) for name, value in properties.items() if value is not None}


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    return ";".join(map(_cell, value)) if isinstance(value, list | tuple) else brief(value)
