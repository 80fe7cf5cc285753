"""How the made-up organisation states a node or a relationship in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.records import Node, Relationship

if TYPE_CHECKING:
    from ownership_graph.records import Value

End: TypeAlias = tuple[str, str]
"""A label and an id."""


def node(label: str, own_id: str, **properties: Value | None) -> Node:
    """A node with the properties that are not `None`."""
    stated = {name: value for name, value in properties.items() if value is not None}
    return Node(label, own_id, stated)


def tie(type_: str, start: End, end: End, **properties: Value | None) -> Relationship:
    """A relationship with the properties that are not `None`."""
    stated = {name: value for name, value in properties.items() if value is not None}
    return Relationship(type_, *start, *end, stated)
