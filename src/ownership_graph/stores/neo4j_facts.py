"""Facts, runs and changes as they are read out of Neo4j."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.stores.rows import (
    CHANGE_LABEL,
    FINDING_LABEL,
    HELD_LABEL,
    RUN_LABEL,
    change_from_row,
    fact_from_row,
    finding_from_row,
    grouped_keys,
    held_from_row,
    quoted,
    run_from_row,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ownership_graph.records import Change, Fact, FindingRecord, ImportRun, Key
    from ownership_graph.stores.rows import Row

_BATCH = 20_000
_NODE = "RETURN n.id, properties(n)"
_RELATIONSHIP = "RETURN properties(r)"
# Two lists a label cost half of what a row a fact does.
_STATED = (
    "WHERE $source IN x.sources WITH {kind} AS kind, {key} AS key,"
    " [i IN range(0, size(x.sources) - 1) WHERE x.sources[i] = $source | x.hashes[i]][0] AS hash"
    " RETURN kind, collect(key), collect(hash)"
)


class Ask(Protocol):
    """How rows are had."""

    def __call__(self, statement: str, **parameters: object) -> list[list[Any]]:
        """The values of all rows that a statement returns."""
        ...


def counts(ask: Ask) -> tuple[int, int]:
    """How many nodes and relationships are facts."""
    nodes = " + ".join(f"COUNT {{ (:{quoted(name)}) }}" for name in LABELS)
    ties = " + ".join(f"COUNT {{ ()-[:{quoted(name)}]->() }}" for name in RELATIONSHIPS)
    [[found_nodes, found_ties]] = ask(f"RETURN {nodes} AS nodes, {ties} AS relationships")
    return found_nodes, found_ties


def stated(ask: Ask, source: str) -> dict[Key, str]:
    """The hash of each fact that a source states, absent ones included."""
    labels, types = "|".join(map(quoted, LABELS)), "|".join(map(quoted, RELATIONSHIPS))
    found: dict[Key, str] = {}
    for pattern, kind, key in (
        (f"(x:{labels})", "labels(x)", "x.key"),
        (f"()-[x:{types}]->()", "type(x)", "x.key"),
        (f"(x:{HELD_LABEL})", "labels(x)", "x.id"),
    ):
        statement = f"MATCH {pattern} {_STATED.format(kind=kind, key=key)}"
        for _, keys, hashes in ask(statement, source=source):
            found.update(zip(keys, hashes, strict=True))
    return found


def all_facts(ask: Ask) -> Iterator[Fact]:
    """Every fact, nodes first."""
    for label in LABELS:
        yield from _nodes(ask(f"MATCH (n:{quoted(label)}) {_NODE}"))
    for name in RELATIONSHIPS:
        yield from _relationships(ask(f"MATCH ()-[r:{quoted(name)}]->() {_RELATIONSHIP}"))


def held(ask: Ask) -> Iterator[Fact]:
    """Every absent fact."""
    found = ask(f"MATCH (n:{HELD_LABEL}) RETURN properties(n) ORDER BY n.id")
    return (held_from_row(properties) for [properties] in found)


def added_after(ask: Ask, seq: int) -> Iterator[Fact]:
    """Every fact that appeared in a later run, nodes first; absent ones are last."""
    labels, types = "|".join(map(quoted, LABELS)), "|".join(map(quoted, RELATIONSHIPS))
    yield from _nodes(ask(f"MATCH (n:{labels}) WHERE n.added_run > $seq {_NODE}", seq=seq))
    yield from _relationships(
        ask(f"MATCH ()-[r:{types}]->() WHERE r.added_run > $seq {_RELATIONSHIP}", seq=seq)
    )
    yield from (fact for fact in held(ask) if fact.added_run > seq)


def facts_of(ask: Ask, keys: Collection[Key]) -> Iterator[Fact]:
    """The facts of those keys that are there, nodes first; absent ones are last."""
    wanted = grouped_keys(dict.fromkeys(keys))
    for label, rows in wanted.nodes.items():
        for batch in batches(rows, _BATCH):
            found = f"UNWIND $rows AS row MATCH (n:{quoted(label)} {{id: row.id}}) {_NODE}"
            yield from _nodes(ask(found, rows=batch))
    for (name, _, _), rows in wanted.relationships.items():
        for batch in batches(rows, _BATCH):
            found = f"UNWIND $rows AS row {found_by_key(name)} {_RELATIONSHIP}"
            yield from _relationships(ask(found, rows=batch))
    absent = list(held(ask))
    if absent:
        among = frozenset(keys)
        yield from (fact for fact in absent if fact.key in among)


def found_by_key(name: str) -> str:
    """The pattern that finds the relationship `r` of each `row`, by the constraint's index."""
    return f"MATCH ()-[r:{quoted(name)} {{key: row.key}}]->()"


def batches(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    """The rows, that many at a time."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def runs(ask: Ask) -> list[ImportRun]:
    """All runs, oldest first."""
    found = ask(f"MATCH (n:{RUN_LABEL}) RETURN properties(n) ORDER BY n.seq, n.id")
    return [run_from_row(properties) for [properties] in found]


def findings(ask: Ask) -> list[FindingRecord]:
    """What is kept of findings, by identity."""
    found = ask(f"MATCH (n:{FINDING_LABEL}) RETURN properties(n) ORDER BY n.id")
    return [finding_from_row(properties) for [properties] in found]


def changes(ask: Ask, after: int) -> Iterator[Change]:
    """The changes of the runs after that one, newest first."""
    found = ask(
        f"MATCH (n:{CHANGE_LABEL}) WHERE n.seq > $after RETURN properties(n)"
        " ORDER BY n.seq DESC, n.key",
        after=after,
    )
    return (change_from_row(properties) for [properties] in found)


# What a writer deletes while it is read comes with its place, and without its properties.
def _nodes(found: list[list[Any]]) -> Iterator[Fact]:
    return (fact_from_row(properties, own_id) for own_id, properties in found if properties)


def _relationships(found: list[list[Any]]) -> Iterator[Fact]:
    return (fact_from_row(properties) for [properties] in found if properties)
