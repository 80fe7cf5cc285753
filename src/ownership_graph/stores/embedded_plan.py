"""A plan written as Cypher into a transaction of the embedded engine.

New facts are created, not merged: at a hub a merge costs the hub's whole degree. Constraints
refuse a plan that is applied twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from ownership_graph.errors import StoreError
from ownership_graph.model import LABELS
from ownership_graph.stores.embedded_facts import found_from
from ownership_graph.stores.rows import (
    CHANGE_LABEL,
    FINDING_LABEL,
    HELD_LABEL,
    RUN_LABEL,
    Ends,
    Grouped,
    Row,
    change_row,
    finding_row,
    grouped,
    grouped_keys,
    held_row,
    ids,
    quoted,
    run_row,
    stub_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kglite import ResultView

    from ownership_graph.records import FindingRecord, ImportRun, Plan

_BATCH = 20_000


class Transaction(Protocol):
    """What a transaction of the engine is to us."""

    def cypher(self, query: str, params: dict[str, object] | None = None) -> ResultView:
        """The result of one statement."""
        ...


def write_plan(transaction: Transaction, plan: Plan) -> None:
    """Write all of a plan but its run; errors leave the transaction half done."""
    for label, names in (
        (HELD_LABEL, plan.release),
        (CHANGE_LABEL, plan.drop_changes),
        (RUN_LABEL, plan.drop_runs),
        (FINDING_LABEL, plan.drop_findings),
    ):
        _each(transaction, ids(names), f"MATCH (n:{label} {{id: row.id}}) DELETE n")
    _take(transaction, grouped_keys(plan.remove), plan.run.seq)
    created, altered = grouped(plan.create), grouped(plan.alter)
    for label, rows in created.nodes.items():
        _create_nodes(transaction, label, rows)
    for label, rows in altered.nodes.items():
        text = f"MATCH (n:{quoted(label)} {{id: row.id}}) SET n = row.properties"
        _all_of(transaction, rows, text, label)
    for ends, rows in created.relationships.items():
        _create_relationships(transaction, ends, rows)
    for ends, rows in altered.relationships.items():
        text = f"{found_from(ends, rows)} SET r = row.properties"
        _all_of(transaction, rows, text, ends[0])
    _merge_nodes(transaction, HELD_LABEL, [held_row(each) for each in plan.hold])
    _create_nodes(transaction, CHANGE_LABEL, [change_row(each) for each in plan.changes])
    for run in plan.runs:
        write_run(transaction, run)
    if plan.remove or not all(fact.described for fact in plan.create):
        _tidy(transaction)


def write_run(transaction: Transaction, run: ImportRun) -> None:
    """Write a run, in the place of the one of the same id if there is one."""
    _merge_nodes(transaction, RUN_LABEL, [run_row(run)])


def write_findings(transaction: Transaction, records: Sequence[FindingRecord]) -> None:
    """Write what is kept of findings, each in the place of the one of the same id."""
    _merge_nodes(transaction, FINDING_LABEL, [finding_row(each) for each in records])


def _take(transaction: Transaction, leaving: Grouped, seq: int) -> None:
    for ends, rows in leaving.relationships.items():
        _each(transaction, rows, f"{found_from(ends, rows)} DELETE r")
    for label, rows in leaving.nodes.items():
        _take_nodes(transaction, label, rows, seq)


def _take_nodes(transaction: Transaction, label: str, rows: Sequence[Row], seq: int) -> None:
    """Delete nodes, and make stubs of those that relationships still point at."""
    held = f"MATCH (n:{quoted(label)} {{id: row.id}}) WHERE EXISTS {{ (n)--() }}"
    told = "RETURN row.key AS key, n.id AS id, n.added_run AS run, n.first_seen_day AS day"
    stubs = [
        stub_row(at["id"], at["key"], added_run=at["run"], run=seq, first_seen_day=at["day"])
        for batch in _batches(rows)
        for at in transaction.cypher(f"UNWIND $rows AS row {held} {told}", {"rows": batch})
    ]
    text = f"MATCH (n:{quoted(label)} {{id: row.id}})"
    _each(transaction, stubs, f"{text} SET n = row.properties")
    kept = {stub["id"] for stub in stubs}
    _each(transaction, [row for row in rows if row["id"] not in kept], f"{text} DELETE n")


def _create_nodes(transaction: Transaction, label: str, rows: Sequence[Row]) -> None:
    """Create nodes; naming their properties is four times as fast as setting a map.

    But the engine refuses a name that the label has never had; setting a map teaches it, so
    the first row that has each name is written in that way.
    """
    if rows:
        _constrain(transaction, f"(x:{quoted(label)})", "x.id")
    first: dict[str, int] = {}
    for place, row in enumerate(rows):
        for name in cast("Row", row["properties"]):
            first.setdefault(name, place)
    taught = dict.fromkeys(first.values())
    text = f"CREATE (n:{quoted(label)} {{id: row.id}}) SET n += row.properties"
    _each(transaction, [rows[place] for place in taught], text)
    named = "".join(f", {quoted(name)}: row.properties.{quoted(name)}" for name in first)
    others = [row for place, row in enumerate(rows) if place not in taught]
    _each(transaction, others, f"CREATE (n:{quoted(label)} {{id: row.id{named}}})")


def _merge_nodes(transaction: Transaction, label: str, rows: Sequence[Row]) -> None:
    """Write bookkeeping nodes, in the place of those of the same ids if there are any."""
    if rows:
        _constrain(transaction, f"(x:{label})", "x.id")
    _each(transaction, rows, f"MERGE (n:{label} {{id: row.id}}) SET n = row.properties")


def _create_relationships(transaction: Transaction, ends: Ends, rows: Sequence[Row]) -> None:
    type_, start, end = (quoted(name) for name in ends)
    text = (
        f"MATCH (a:{start} {{id: row.from_id}}) MATCH (b:{end} {{id: row.to_id}})"
        f" CREATE (a)-[r:{type_}]->(b) SET r = row.properties"
    )
    _all_of(transaction, rows, text, ends[0])
    # Where the type is new, one index over all of it is built faster than row by row.
    _constrain(transaction, f"()-[x:{type_}]-()", "x.key")


def _tidy(transaction: Transaction) -> None:
    for label in LABELS:
        transaction.cypher(
            f"MATCH (n:{quoted(label)}) WHERE n.described = false AND NOT EXISTS {{ (n)--() }}"
            " DELETE n"
        )


def _constrain(transaction: Transaction, pattern: str, what: str) -> None:
    transaction.cypher(f"CREATE CONSTRAINT IF NOT EXISTS FOR {pattern} REQUIRE {what} IS UNIQUE")


def _all_of(transaction: Transaction, rows: Sequence[Row], text: str, name: str) -> None:
    """Do something for each row, or raise StoreError where one was not found."""
    done = _each(transaction, rows, text)
    if done != len(rows):
        raise StoreError(
            f"writing {len(rows)} {name} to the store: {len(rows) - done} of them, or their"
            " ends, are not there. The plan was made for another state of the store; import"
            " again."
        )


def _each(transaction: Transaction, rows: Sequence[Row], text: str) -> int:
    """How many rows the statement was carried out for."""
    statement = f"UNWIND $rows AS row {text} RETURN count(*) AS n"
    return sum(
        int(transaction.cypher(statement, {"rows": batch}).to_list()[0]["n"])
        for batch in _batches(rows)
    )


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))
