"""All saved queries over a made-up organisation, each with its time, and how it grows.

`python3 dev.py bench asking` measures the embedded store; with the address of an **empty**
Neo4j (and its password in NEO4J_PASSWORD) as argument that one too: its database is emptied
before and after.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from importing import empty
from ownership_graph.findings import check
from ownership_graph.findings.answer import Checked
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import organisation, write_tables
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.stores import Credentials, open_store
from timing import print_table

SIZES = (1_000, 8_000, 64_000)
TODAY = 20_781
SLOWEST = 10
COUNT = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS n, count(r) AS r"


def asked(address: str, credentials: Credentials, tables: Path) -> tuple[int, int, float, Checked]:
    """Nodes, relationships, seconds of a plain count, and the check of all questions."""
    with open_store(address, credentials) as store:
        load(
            store, Order("bench", find_importer("tables"), {"path": tables}), now=datetime.now(UTC)
        )
    with open_store(address, credentials) as store:
        store.read("RETURN 1 AS one")
        began = time.perf_counter()
        rows = store.read(COUNT).rows[0]
        counted = time.perf_counter() - began
        checked = check(store, load_questions(), today=TODAY, timeout=120)
    return int(str(rows[0])), int(str(rows[1])), counted, checked


def main(addresses: list[str]) -> None:
    """Print a table by store and size, then the slowest queries at the largest size."""
    credentials = Credentials(password=os.environ.get("NEO4J_PASSWORD", ""))
    table, slowest = [], []
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            tables = Path(name) / str(size)
            write_tables(organisation(today=TODAY, size=size), tables)
            for address in [str(tables / "graph.kgl"), *addresses]:
                what = address.partition("://")[0] if "://" in address else "embedded"
                if what != "embedded":
                    empty_server(address, credentials)
                began = time.perf_counter()
                nodes, ties, counted, checked = asked(address, credentials, tables)
                total = sum(each.seconds for each in checked.answers)
                findings = sum(len(each.findings) for each in checked.answers)
                table.append(
                    (what, nodes, ties, len(checked.answers), findings, counted, total,
                     total / counted, time.perf_counter() - began)
                )  # fmt: skip
                if size == SIZES[-1]:
                    worst = sorted(checked.answers, key=lambda each: -each.seconds)[:SLOWEST]
                    slowest += [(what, each.question.code, each.seconds) for each in worst]
                if what != "embedded":
                    empty_server(address, credentials)
    print_table(
        ("store", "nodes", "relationships", "questions", "findings", "plain count s",
         "all questions s", "ratio", "with import s"),
        table,
    )  # fmt: skip
    print()
    print_table(("store", "slowest questions", "seconds"), slowest)


def empty_server(address: str, credentials: Credentials) -> None:
    """Take everything out of that Neo4j."""
    from neo4j import GraphDatabase  # noqa: PLC0415 -- only where used

    with GraphDatabase.driver(address, auth=("neo4j", credentials.password)) as driver:
        empty(driver)


if __name__ == "__main__":
    main(sys.argv[1:])
