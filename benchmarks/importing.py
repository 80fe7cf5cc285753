"""100,000 facts from CSV, end to end, beside a bare UNWIND-MERGE loop over the same rows.

`python3 dev.py bench importing` measures the embedded store; with the address of an **empty**
Neo4j (and its password in NEO4J_PASSWORD) as argument that one too: its database is emptied
before and after.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import organisation, write_tables
from ownership_graph.records import Node, Relationship
from ownership_graph.stores import Credentials, open_store
from timing import print_table

FACTS = 100_000
BATCH = 5_000
RUNS = 3
TODAY = 20_781

Loop = Callable[[str, list[dict[str, Any]]], object]
Grouped = tuple[dict[str, list[Any]], dict[tuple[str, str, str], list[Any]]]


def grouped(folder: Path) -> Grouped:
    """The rows of the tables in memory, as the bare loop takes them."""
    nodes: dict[str, list[Any]] = defaultdict(list)
    ties: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for record in find_importer("tables").read(path=folder):
        if isinstance(record, Node):
            nodes[record.label].append({"id": record.id, "p": record.properties})
        elif isinstance(record, Relationship):
            end = {"a": record.from_id, "b": record.to_id, "p": record.properties}
            ties[record.type, record.from_label, record.to_label].append(end)
    return nodes, ties


def batches(rows: list[Any]) -> Iterable[list[Any]]:
    """The rows in batches."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def bare_loop(run: Loop, rows: Grouped) -> None:
    """What people write first: UNWIND, MERGE, SET, in batches."""
    nodes, ties = rows
    for label, listed in nodes.items():
        for batch in batches(listed):
            run(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.p", batch)
    for (type_, start, end), listed in ties.items():
        text = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}})"
            f" MERGE (a)-[r:{type_}]->(b) SET r += row.p"
        )
        for batch in batches(listed):
            run(text, batch)


def embedded_loop(folder: Path, rows: Grouped) -> float:
    """Seconds of the bare loop on the embedded engine as it opens by default, with its save."""
    import kglite  # noqa: PLC0415 -- only where used

    file = folder / "bare.kgl"
    graph = kglite.open(str(file))
    for label in rows[0]:
        graph.cypher(f"CREATE CONSTRAINT FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    began = time.perf_counter()
    bare_loop(lambda text, batch: graph.cypher(text, params={"rows": batch}), rows)
    graph.save()
    taken = time.perf_counter() - began
    graph.close()
    file.unlink()
    return taken


def neo4j_loop(address: str, password: str, rows: Grouped) -> float:
    """Seconds of the bare loop on that Neo4j."""
    from neo4j import GraphDatabase  # noqa: PLC0415 -- only where used

    with GraphDatabase.driver(address, auth=("neo4j", password)) as driver:
        empty(driver)
        for label in rows[0]:
            driver.execute_query(
                f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
            )
        began = time.perf_counter()
        bare_loop(lambda text, batch: driver.execute_query(text, rows=batch), rows)
        taken = time.perf_counter() - began
        empty(driver)
    return taken


def empty(driver: Any) -> None:  # noqa: ANN401 -- the driver's own class
    """Take everything out of a database, in steps that fit its memory."""
    with driver.session() as session:
        for pattern in ("()-[x]->()", "(x)"):
            session.run(f"MATCH {pattern} CALL (x) {{ DELETE x }} IN TRANSACTIONS OF 5000 ROWS")


def import_once(address: str, credentials: Credentials, folder: Path) -> float:
    """Seconds of one import of the tables, from files to the recorded run."""
    order = Order("bench", find_importer("tables"), {"path": folder})
    began = time.perf_counter()
    with open_store(address, credentials) as store:
        load(store, order, now=datetime.now(UTC))
    return time.perf_counter() - began


def measured(
    folder: Path, rows: Grouped, address: str, credentials: Credentials
) -> tuple[float, float, float]:
    """Medians of the bare loop, the first import and the second, run in turn."""
    server = "://" in address
    taken = []
    for turn in range(RUNS):
        if server:
            bare = neo4j_loop(address, credentials.password, rows)
            store = address
        else:
            bare = embedded_loop(folder, rows)
            store = str(folder / f"{turn}.kgl")
        first = import_once(store, credentials, folder)
        taken.append((bare, first, import_once(store, credentials, folder)))
    middle = RUNS // 2
    bare, first, second = (sorted(column)[middle] for column in zip(*taken, strict=True))
    return bare, first, second


def main(addresses: list[str]) -> None:
    """Print one table, a row a store."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tables(organisation(today=TODAY, size=round(FACTS / 2.7)), folder)
        rows = grouped(folder)
        count = sum(map(len, rows[0].values())) + sum(map(len, rows[1].values()))
        credentials = Credentials(password=os.environ.get("NEO4J_PASSWORD", ""))
        table = []
        for address in ["embedded", *addresses]:
            bare, first, second = measured(folder, rows, address, credentials)
            what = address.partition("://")[0]
            table.append((what, count, bare, first, first / bare, second, second / first))
    print_table(
        ("store", "facts", "bare loop s", "import s", "ratio", "unchanged s", "ratio to first"),
        table,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
