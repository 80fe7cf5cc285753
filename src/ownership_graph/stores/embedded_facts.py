"""Facts, runs and changes as they are read out of the embedded engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.stores.rows import (
    CHANGE_LABEL,
    FINDING_LABEL,
    HELD_LABEL,
    RUN_LABEL,
    Ends,
    Row,
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

    from kglite import FrozenGraph

    from ownership_graph.records import Change, Fact, FindingRecord, ImportRun, Key

_NODE = "RETURN n.id AS id, properties(n) AS properties"
_RELATIONSHIP = "RETURN properties(r) AS properties"


def counts(graph: FrozenGraph) -> tuple[int, int]:
    """How many nodes and relationships are facts."""
    labels = "|".join(quoted(label) for label in LABELS)
    nodes = graph.cypher(f"MATCH (n:{labels}) RETURN count(n) AS n").scalar()
    ties = graph.cypher("MATCH ()-[r]->() RETURN count(r) AS n").scalar()
    return int(nodes), int(ties)


def stated(graph: FrozenGraph, source: str) -> dict[Key, str]:
    """The hash of each fact that a source states, absent ones included."""
    patterns = [(f"(x:{quoted(label)})", "x.key") for label in LABELS]
    patterns += [(f"()-[x:{quoted(name)}]->()", "x.key") for name in RELATIONSHIPS]
    patterns.append((f"(x:{HELD_LABEL})", "x.id"))
    found: dict[Key, str] = {}
    for pattern, key in patterns:
        rows = graph.cypher(
            f"MATCH {pattern} WHERE $source IN x.sources RETURN {key} AS key,"
            " CASE WHEN size(x.sources) = 1 THEN x.hashes[0] ELSE"
            " [i IN range(0, size(x.sources) - 1) WHERE x.sources[i] = $source"
            " | x.hashes[i]][0] END AS hash",
            params={"source": source},
        )
        found.update(zip(rows.column("key"), rows.column("hash"), strict=True))
    return found


def all_facts(graph: FrozenGraph) -> Iterator[Fact]:
    """Every fact, nodes first."""
    for label in LABELS:
        yield from _nodes(graph, f"MATCH (n:{quoted(label)})")
    for name in RELATIONSHIPS:
        yield from _relationships(graph, f"MATCH ()-[r:{quoted(name)}]->()")


def held(graph: FrozenGraph) -> Iterator[Fact]:
    """Every absent fact."""
    text = f"MATCH (n:{HELD_LABEL}) {_NODE} ORDER BY n.id"
    return (held_from_row(row["properties"]) for row in graph.cypher(text).to_list())


def added_after(graph: FrozenGraph, seq: int) -> Iterator[Fact]:
    """Every fact that appeared in a later run, nodes first; absent ones are last."""
    rows: list[Row] = [{"seq": seq}]
    for label in LABELS:
        pattern = f"UNWIND $rows AS row MATCH (n:{quoted(label)}) WHERE n.added_run > row.seq"
        yield from _nodes(graph, pattern, rows)
    for name in RELATIONSHIPS:
        pattern = (
            f"UNWIND $rows AS row MATCH ()-[r:{quoted(name)}]->() WHERE r.added_run > row.seq"
        )
        yield from _relationships(graph, pattern, rows)
    yield from (fact for fact in held(graph) if fact.added_run > seq)


def facts_of(graph: FrozenGraph, keys: Collection[Key]) -> Iterator[Fact]:
    """The facts of those keys that are there, nodes first; absent ones are last."""
    wanted = grouped_keys(dict.fromkeys(keys))
    for label, rows in wanted.nodes.items():
        pattern = f"UNWIND $rows AS row MATCH (n:{quoted(label)} {{id: row.id}})"
        yield from _nodes(graph, pattern, rows)
    for ends, rows in wanted.relationships.items():
        yield from _relationships(graph, f"UNWIND $rows AS row {found_from(ends, rows)}", rows)
    absent = list(held(graph))
    if absent:
        among = frozenset(keys)
        yield from (fact for fact in absent if fact.key in among)


def found_from(ends: Ends, rows: Sequence[Row]) -> str:
    """The pattern that finds the relationship `r` of each `row`.

    It begins at the end where fewer of the rows meet: from a hub each look costs the hub's
    whole degree.
    """
    type_, start, end = (quoted(name) for name in ends)
    starts = {row["from_id"] for row in rows}
    targets = {row["to_id"] for row in rows}
    if len(starts) > len(targets):
        return f"MATCH (a:{start} {{id: row.from_id}})-[r:{type_}]->() WHERE r.key = row.key"
    return f"MATCH (b:{end} {{id: row.to_id}})<-[r:{type_}]-() WHERE r.key = row.key"


def runs(graph: FrozenGraph) -> list[ImportRun]:
    """All runs, oldest first."""
    text = f"MATCH (n:{RUN_LABEL}) {_NODE} ORDER BY n.seq, n.id"
    return [run_from_row(row["properties"]) for row in graph.cypher(text).to_list()]


def findings(graph: FrozenGraph) -> list[FindingRecord]:
    """What is kept of findings, by identity."""
    text = f"MATCH (n:{FINDING_LABEL}) {_NODE} ORDER BY n.id"
    return [finding_from_row(row["properties"]) for row in graph.cypher(text).to_list()]


def changes(graph: FrozenGraph, after: int) -> Iterator[Change]:
    """The changes of the runs after that one, newest first."""
    text = f"MATCH (n:{CHANGE_LABEL}) WHERE n.seq > $after {_NODE} ORDER BY n.seq DESC, n.key"
    for row in graph.cypher(text, params={"after": after}).to_list():
        yield change_from_row(row["properties"])


def _nodes(graph: FrozenGraph, pattern: str, rows: Sequence[Row] = ()) -> Iterator[Fact]:
    found = graph.cypher(f"{pattern} {_NODE}", params={"rows": rows}).to_list()
    return (fact_from_row(row["properties"], row["id"]) for row in found)


def _relationships(graph: FrozenGraph, pattern: str, rows: Sequence[Row] = ()) -> Iterator[Fact]:
    found = graph.cypher(f"{pattern} {_RELATIONSHIP}", params={"rows": rows}).to_list()
    return (fact_from_row(row["properties"]) for row in found)
