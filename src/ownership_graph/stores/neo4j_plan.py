"""A plan as the statements that write it into Neo4j.

New facts are created, which costs two thirds of a merge, and constraints refuse a plan that was
made for another state of the store. A plan that was begun before can be applied again whole: its
facts are merged, and what it removes may be gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ownership_graph.errors import StoreError
from ownership_graph.model import LABELS
from ownership_graph.records import Plan
from ownership_graph.stores.neo4j_facts import batches, found_by_key
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

    from ownership_graph.records import FindingRecord, ImportRun

BATCH = 2_000
_SET_NODE = "n = row.properties, n.id = row.id"


class Statement(msgspec.Struct, frozen=True):
    """Something to do for each of some rows, which it knows as `row`.

    `name` is the label or the type that is written. With `whole` all that a row tells of must
    be there.
    """

    text: str
    rows: Sequence[Row]
    name: str
    whole: bool = False

    def check(self, done: int) -> None:
        """Raise StoreError where all should have been there, and `done` rows is not all."""
        if self.whole and done != len(self.rows):
            raise StoreError(
                f"writing {len(self.rows)} {self.name} to the store: {len(self.rows) - done} of"
                " them, or their ends, are not there. The plan was made for another state of the"
                " store; import again."
            )


def statements(plan: Plan, *, again: bool) -> Iterator[Statement]:
    """All of a plan but its run, in batches; `again` where it may be written in part.

    Changes come first: what they tell of cannot be looked up any more once it is gone.
    """
    new_node, new_relationship = _MERGED if again else _CREATED
    for label, names in (
        (HELD_LABEL, plan.release),
        (CHANGE_LABEL, plan.drop_changes),
        (RUN_LABEL, plan.drop_runs),
        (FINDING_LABEL, plan.drop_findings),
    ):
        yield from _batched(f"{_node(label)} DELETE n", ids(names), label)
    changes = [change_row(each) for each in plan.changes]
    yield from _batched(new_node(CHANGE_LABEL), changes, CHANGE_LABEL)
    yield from _take(grouped_keys(plan.remove), plan.run.seq)
    created, altered = grouped(plan.create), grouped(plan.alter)
    for label, rows in created.nodes.items():
        yield from _batched(new_node(label), rows, label)
    for label, rows in altered.nodes.items():
        yield from _batched(f"{_node(label)} SET {_SET_NODE}", rows, label, whole=True)
    for ends, rows in created.relationships.items():
        yield from _batched(new_relationship(ends), rows, ends[0], whole=True)
    for (name, _, _), rows in altered.relationships.items():
        text = f"{found_by_key(name)} SET r = row.properties"
        yield from _batched(text, rows, name, whole=True)
    held = [held_row(each) for each in plan.hold]
    yield from _batched(_merge_node(HELD_LABEL), held, HELD_LABEL)
    yield from map(run_statement, plan.runs)
    # A run that was broken off may have left stubs without relationships.
    if again or plan.runs or plan.remove or not all(fact.described for fact in plan.create):
        yield _tidy()


def parted(plan: Plan) -> tuple[Plan, Plan]:
    """The plan without the facts that are held from now on, or no longer; and those.

    Whoever writes such a fact must take it from one place and put it into the other in one
    transaction: in between, nobody would know what the other sources state of it.
    """
    turned = {fact.key for fact in plan.hold} | set(plan.release)
    return (
        msgspec.structs.replace(
            plan,
            create=tuple(fact for fact in plan.create if fact.key not in turned),
            remove=tuple(key for key in plan.remove if key not in turned),
            changes=tuple(each for each in plan.changes if each.key not in turned),
            hold=(),
            release=(),
        ),
        Plan(
            plan.run,
            create=tuple(fact for fact in plan.create if fact.key in turned),
            remove=tuple(key for key in plan.remove if key in turned),
            changes=tuple(each for each in plan.changes if each.key in turned),
            hold=plan.hold,
            release=plan.release,
        ),
    )


def run_statement(run: ImportRun) -> Statement:
    """Write a run, in the place of the one of the same id if there is one."""
    return Statement(_merge_node(RUN_LABEL), [run_row(run)], RUN_LABEL)


def finding_statements(records: Sequence[FindingRecord]) -> Iterator[Statement]:
    """Write what is kept of findings, each in the place of the one of the same id."""
    rows = [finding_row(each) for each in records]
    yield from _batched(_merge_node(FINDING_LABEL), rows, FINDING_LABEL)


def names(plan: Plan) -> Iterator[str]:
    """The labels and the types of relationships that a plan will write."""
    created = grouped_keys(fact.key for fact in plan.create)
    yield RUN_LABEL
    yield CHANGE_LABEL
    yield HELD_LABEL
    yield from created.nodes
    yield from (name for name, _, _ in created.relationships)


def _take(leaving: Grouped, seq: int) -> Iterator[Statement]:
    """Relationships out; then nodes out, or made stubs where relationships still point at them."""
    for (name, _, _), rows in leaving.relationships.items():
        yield from _batched(f"{found_by_key(name)} DELETE r", rows, name)
    for label, rows in leaving.nodes.items():
        stubs = [
            stub_row(str(row["id"]), str(row["key"]), added_run=0, run=seq, first_seen_day=0)
            for row in rows
        ]
        yield from _batched(
            f"{_node(label)} WHERE EXISTS {{ (n)--() }}"
            " WITH n, row, n.added_run AS added, n.first_seen_day AS day"
            f" SET {_SET_NODE}, n.added_run = added, n.first_seen_day = day",
            stubs, label,
        )  # fmt: skip
        text = f"{_node(label)} WHERE NOT EXISTS {{ (n)--() }} DELETE n"
        yield from _batched(text, rows, label)


def _tidy() -> Statement:
    labels = "|".join(map(quoted, LABELS))
    text = f"MATCH (n:{labels}) WHERE n.described = false AND NOT EXISTS {{ (n)--() }} DELETE n"
    return Statement(text, [{}], "stubs")


def _node(label: str) -> str:
    return f"MATCH (n:{quoted(label)} {{id: row.id}})"


def _create_node(label: str) -> str:
    return f"CREATE (n:{quoted(label)} {{id: row.id}}) SET n += row.properties"


def _merge_node(label: str) -> str:
    return (
        f"MERGE (n:{quoted(label)} {{id: row.id}})"
        f" ON CREATE SET n += row.properties ON MATCH SET {_SET_NODE}"
    )


def _create_relationship(ends: Ends) -> str:
    return f"{_both(ends)} CREATE (a)-[r:{quoted(ends[0])}]->(b) SET r = row.properties"


def _merge_relationship(ends: Ends) -> str:
    return (
        f"{_both(ends)} MERGE (a)-[r:{quoted(ends[0])} {{key: row.key}}]->(b)"
        " ON CREATE SET r = row.properties ON MATCH SET r = row.properties"
    )


def _both(ends: Ends) -> str:
    _, start, end = (quoted(each) for each in ends)
    return f"MATCH (a:{start} {{id: row.from_id}}) MATCH (b:{end} {{id: row.to_id}})"


_CREATED = _create_node, _create_relationship
_MERGED = _merge_node, _merge_relationship


def _batched(
    text: str, rows: Sequence[Row], name: str, *, whole: bool = False
) -> Iterator[Statement]:
    return (Statement(text, batch, name, whole) for batch in batches(rows, BATCH))
