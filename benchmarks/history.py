"""The graph as of before a run, and that run taken back: 100,000 facts, a tenth of them changed.

`python3 dev.py bench history` measures the embedded store; with the address of an **empty**
Neo4j (and its password in NEO4J_PASSWORD) as argument that one too: its database is emptied
before and after.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from importing import empty
from ownership_graph.history import as_of, undo
from ownership_graph.importing.importers import Importer
from ownership_graph.loading import Order, load
from ownership_graph.records import Node, Relationship
from ownership_graph.stores import Credentials, Store, open_store
from timing import print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.records import Record

FACTS = 100_000
CHANGED = 10_000
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def says(version: int) -> Iterator[Record]:
    """Half nodes, half relationships; a tenth is altered, added or gone in the second version."""
    for each in range(FACTS // 4):
        other = each + FACTS * version if each % 20 == 0 else each
        name = f"Model {version}" if each % 5 == 1 else "Model"
        yield Node("Model", f"m{other}", {"name": name, "stage": "pilot"})
        yield Node("Team", f"t{each}", {"name": f"Team {each}"})
        yield Relationship("OWNS", "Team", f"t{each}", "Model", f"m{other}", {"share": 0.5})
        yield Relationship("WORKED_ON", "Team", f"t{each}", "Model", f"m{other}", {"events": 3})


def bring(store: Store, version: int) -> int:
    """Import a version; how many facts that touched."""
    importer = Importer("said", Path(), "", "", (), "full", (), lambda: says(version))
    order = Order("said", importer, {}, removal_guard=1)
    summary = load(store, order, now=NOW + timedelta(days=version))
    return summary.added + summary.changed + summary.removed


def measured(store: Store, name: str) -> list[tuple[str, ...]]:
    """The rows of the table for one store."""
    bring(store, 0)
    touched = bring(store, 1)
    rows: list[tuple[str, ...]] = []
    reading = 0.0

    def row(what: str, began: float) -> float:
        taken = time.perf_counter() - began
        ratio = f"{taken / reading:.2f}" if reading else "1.00"
        rows.append((name, what, f"{taken:.2f}", ratio))
        return taken

    began = time.perf_counter()
    count = sum(1 for _ in store.facts())
    reading = row(f"read all {count:,} facts", began)
    began = time.perf_counter()
    with as_of(store, 1) as past:
        row(f"as of before a run of {touched:,} facts", began)
        past.stated("said")
    began = time.perf_counter()
    undo(store, "said#2", now=NOW + timedelta(days=2))
    row(f"undo of that run of {touched:,} facts", began)
    return rows


def main() -> None:
    """Print the table."""
    head = ("store", "what", "seconds", "ratio to reading")
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(str(Path(folder) / "graph.kgl")) as store,
    ):
        rows = measured(store, "embedded")
    if len(sys.argv) > 1:
        rows += on_server(sys.argv[1], os.environ["NEO4J_PASSWORD"])
    print_table(head, rows)


def on_server(address: str, password: str) -> list[tuple[str, ...]]:
    """The rows of the table for a server's database, which is emptied."""
    from neo4j import GraphDatabase  # noqa: PLC0415 -- only where used

    with GraphDatabase.driver(address, auth=("neo4j", password)) as driver:
        empty(driver)
        with open_store(address, Credentials(password=password)) as store:
            rows = measured(store, "Neo4j")
        empty(driver)
    return rows


if __name__ == "__main__":
    main()
