"""How an import grows from a thousand facts to a million, on the embedded store.

`python3 dev.py bench growth` imports made-up tables of each size three times, each time in a
process of its own: into an empty store, the same once more, and once more with a single fact
changed, so that each of the others is compared. With a number as argument, up to that many.
"""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import organisation, write_tables
from ownership_graph.stores import open_store
from timing import print_table

SIZES = 1_000, 10_000, 100_000, 1_000_000
TODAY = 20_781
FACTS_A_NODE = 2.7
MEBIBYTE = 1024


def import_once(store: Path, folder: Path) -> None:
    """One import in this process; prints facts stated, seconds and the most memory, in MiB."""
    order = Order("bench", find_importer("tables"), {"path": folder})
    began = time.perf_counter()
    with open_store(str(store)) as opened:
        summary = load(opened, order, now=datetime.now(UTC))
    taken = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    print(summary.run.stated, taken, memory)


def measured(store: Path, folder: Path) -> tuple[int, float, float]:
    """The same in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, str(store), str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    facts, taken, memory = done.stdout.split()
    return int(facts), float(taken), float(memory)


def add_team(table: Path) -> None:
    """A row more, with nothing but its id."""
    with table.open("r+", encoding="utf-8") as file:
        others = file.readline().count(",")
        file.seek(0, 2)
        file.write(f"one-more{',' * others}\n")


def rows(largest: int) -> Iterator[tuple[object, ...]]:
    """A row a size; the last columns are against n log n, from the size before."""
    before: tuple[float, float] | None = None
    for size in (each for each in SIZES if each <= largest):
        with tempfile.TemporaryDirectory() as name:
            folder, store = Path(name) / "tables", Path(name) / "graph.kgl"
            folder.mkdir()
            write_tables(organisation(today=TODAY, size=round(size / FACTS_A_NODE)), folder)
            facts, first, first_memory = measured(store, folder)
            _, same, same_memory = measured(store, folder)
            add_team(folder / "nodes_Team.csv")
            _, compared, compared_memory = measured(store, folder)
        cost = facts * math.log(facts)
        grown = (compared / cost) / (before[1] / before[0]) if before else "-"
        before = cost, compared
        yield (
            facts, first, first_memory, same, same_memory, compared, compared_memory,
            compared / first, grown,
        )  # fmt: skip


def main(arguments: list[str]) -> None:
    """Print one table, or with a store and a folder import once."""
    if len(arguments) > 1:
        import_once(Path(arguments[0]), Path(arguments[1]))
        return
    print_table(
        (
            "facts", "first s", "MiB", "unchanged s", "MiB", "all but one unchanged s", "MiB",
            "to first", "growth against n log n",
        ),
        list(rows(int(arguments[0]) if arguments else SIZES[-1])),
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
