"""The constraints that the graph needs on Neo4j, and the labels that are not ours."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.stores.rows import CHANGE_LABEL, FINDING_LABEL, HELD_LABEL, RUN_LABEL, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from neo4j import ManagedTransaction

    from ownership_graph.stores.neo4j_connection import Connection

LOCK_LABEL = "ImportLock"

_LOG = logging.getLogger("ownership_graph")
_OURS = frozenset({*LABELS, RUN_LABEL, CHANGE_LABEL, HELD_LABEL, FINDING_LABEL, LOCK_LABEL})


def constrain(connection: Connection, doing: str, names: Iterable[str]) -> None:
    """See that nodes of those labels are unique by `id`, relationships of those types by `key`.

    Without that, a MERGE looks at every node, and two writers could make one fact twice.
    """
    found = connection.read(doing, _constraints)
    missing = [name for name in dict.fromkeys(names) if _rule(name) not in found]
    if missing:
        left = connection.read(doing, _left_over)
        _carry_out(connection, doing, [f"DROP INDEX {quoted(each)} IF EXISTS" for each in left])
        _carry_out(connection, doing, [_constraint(name) for name in missing])


def _carry_out(connection: Connection, doing: str, statements: Sequence[str]) -> None:
    def work(transaction: ManagedTransaction) -> None:
        for statement in statements:
            transaction.run(statement).consume()

    if statements:
        connection.write(doing, work)


def _left_over(transaction: ManagedTransaction) -> list[str]:
    """Indexes of constraints that a server was making when it was killed.

    They belong to no constraint, and hold the names that the constraints would get.
    """
    found = transaction.run(
        "SHOW INDEXES YIELD name, owningConstraint, labelsOrTypes, properties"
        " WHERE owningConstraint IS NULL AND name STARTS WITH 'constraint_'"
        " RETURN name, labelsOrTypes, properties"
    ).values()
    return [
        name
        for name, names, properties in found
        if len(names) == 1
        and names[0] in _OURS | RELATIONSHIPS.keys()
        and properties == [_rule(names[0])[1]]
    ]


def _constraints(transaction: ManagedTransaction) -> set[tuple[str, str]]:
    """What is unique by itself: (label or type, property)."""
    found = transaction.run("SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties").values()
    return {
        (names[0], properties[0])
        for kind, names, properties in found
        if kind.endswith(("UNIQUENESS", "KEY")) and len(properties) == 1
    }


def _rule(name: str) -> tuple[str, str]:
    return name, "key" if name in RELATIONSHIPS else "id"


def _constraint(name: str) -> str:
    pattern = f"()-[x:{quoted(name)}]-()" if name in RELATIONSHIPS else f"(x:{quoted(name)})"
    return f"CREATE CONSTRAINT IF NOT EXISTS FOR {pattern} REQUIRE x.{_rule(name)[1]} IS UNIQUE"


def warn_of_others(connection: Connection, doing: str) -> None:
    """Say so where the database holds nodes that are not ours; they are left alone."""
    others = connection.read(doing, _others)
    if others:
        named = ", ".join(f"{label} ({number})" for label, number in sorted(others.items()))
        _LOG.warning("%s: the database holds nodes of other labels too: %s. They are left alone;"
                     " a database of its own would keep them apart", doing, named)  # fmt: skip


def _others(transaction: ManagedTransaction) -> dict[str, int]:
    """How many nodes each label has that is not ours; a label outlives its last node."""
    labels = transaction.run("CALL db.labels() YIELD label RETURN label ORDER BY label").value()
    counted = ((label, _count(transaction, label)) for label in labels if label not in _OURS)
    return {label: number for label, number in counted if number}


def _count(transaction: ManagedTransaction, label: str) -> int:
    found = transaction.run(f"MATCH (n:{quoted(label)}) RETURN count(n) AS n").single(strict=True)
    return int(found["n"])
