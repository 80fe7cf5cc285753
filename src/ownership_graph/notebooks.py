"""Hands a graph over to notebooks that already use py2neo (the extra `py2neo`).

py2neo has had no maintainer since 2023 and speaks only Bolt 4; the package itself uses the
official driver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from ownership_graph.errors import UsageError
from ownership_graph.records import NodeKey, RelationshipKey, parse_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    import py2neo

    from ownership_graph.records import Fact


def to_subgraph(facts: Iterable[Fact]) -> py2neo.Subgraph:
    """The facts as py2neo's nodes and relationships; `store.facts()` gives all of a store.

    Each node has its label as primary label and `id` as primary key, so that
    `py2neo.Graph.merge(subgraph)` finds it again.

    Raises:
        UsageError: py2neo is not installed.
    """
    try:
        import py2neo  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise UsageError(
            "handing the graph over to py2neo: it is not installed."
            " Install it: pip install 'ownership-graph[py2neo]'."
        ) from error
    nodes: dict[tuple[str, str], py2neo.Node] = {}
    ties: list[py2neo.Relationship] = []
    for fact in facts:
        match parse_key(fact.key):
            case NodeKey(label, own_id):
                node = py2neo.Node(label, id=own_id, **fact.properties)
                node.__primarylabel__, node.__primarykey__ = label, "id"
                nodes[label, own_id] = node
            case RelationshipKey() as key:
                start = nodes[key.from_label, key.from_id]
                end = nodes[key.to_label, key.to_id]
                ties.append(py2neo.Relationship(start, key.type, end, **fact.properties))
            case never:
                assert_never(never)
    return py2neo.Subgraph(nodes.values(), ties)
