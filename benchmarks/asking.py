"""All saved queries over a made-up organisation, each with its time, and how it grows.

`python3 dev.py bench asking` measures the embedded store, from a thousand nodes to a million,
each size in a process of its own. With a number as argument, up to that many nodes; with `only`
before it, of that size alone. With a file of the embedded store as argument, that graph alone:
nothing is made or imported first.

`python3 dev.py bench asking neo4j only 64000` measures a Neo4j too, up to 64,000 nodes. The
server is started for it, with the memory of `docker/compose.yaml` and Java's compilers as they
are by default, and is asked in two states:

- *just started*: loaded, stopped, started again and asked once. Every question is planned for
  the first time, by a Java that has not compiled anything yet.
- *asked before*: the same questions on the days after, the median of five, as a nightly check
  finds a server that people share.

In the place of `neo4j`, the address of an **empty** server (and its password in NEO4J_PASSWORD)
measures that one: its database is emptied before and after. It is not started again, so that
its first check is called *first asked*.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from importing import empty
from ownership_graph.findings import check
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import organisation, write_tables
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.stores import Credentials, open_store
from timing import print_table

SIZES = (1_000, 8_000, 64_000, 1_000_000)
MOST_ON_A_SERVER = 64_000
TODAY = 20_781
AGAIN = 5
SLOWEST = 20
GIBIBYTE = 1024**2
OWN = "neo4j"
SETTINGS = {"server.memory.pagecache.size": "128m"}
FLAGS = ("-Xms256m", "-Xmx512m", "-XX:TieredStopAtLevel=4")
COUNT = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS n, count(r) AS r"


def credentials() -> Credentials:
    """The password of the environment."""
    return Credentials(password=os.environ.get("NEO4J_PASSWORD", ""))


def load_tables(address: str, tables: Path) -> None:
    """Import the tables into that store."""
    order = Order("bench", find_importer("tables"), {"path": tables})
    with open_store(address, credentials()) as store:
        load(store, order, now=datetime.now(UTC))


def ask(address: str, again: int, server: int | None) -> None:
    """A check in this process, and as many again, each a day later; prints what each took as JSON.

    Memory is in GiB. `server` is the number of the process that answers, where it is known.
    """
    told = [one_check(address, TODAY + day, server) for day in range(1 + again)]
    print(json.dumps(told))


def one_check(address: str, today: int, server: int | None) -> dict[str, Any]:
    """What one check took, by the clock and of the processors."""
    questions = load_questions()
    with open_store(address, credentials()) as store:
        store.read("RETURN 1 AS one")
        began = time.perf_counter()
        nodes, ties = store.read(COUNT).rows[0]
        counted = time.perf_counter() - began
        began, used = time.perf_counter(), processor_seconds(server)
        checked = check(store, questions, today=today, timeout=600)
        whole = time.perf_counter() - began
        used = processor_seconds(server) - used
    return {
        "nodes": nodes,
        "ties": ties,
        "questions": len(questions),
        "findings": sum(len(each.findings) for each in checked.answers),
        "counted": counted,
        "whole": whole,
        "processor": used,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIBIBYTE,
        "seconds": {each.question.code: each.seconds for each in checked.answers},
    }


def processor_seconds(server: int | None) -> float:
    """What this process and the server's have taken of the processors so far."""
    own = time.process_time()
    if server is None:
        return own
    told = Path(f"/proc/{server}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return own + sum(map(int, told[11:13])) / os.sysconf("SC_CLK_TCK")


def measured(step: str, *arguments: str) -> Any:  # noqa: ANN401 -- what JSON holds
    """What a step of this file prints, in a process of its own."""
    command = [sys.executable, __file__, step, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout) if done.stdout else None


def of_size(size: int, stores: list[str], folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """What a check takes at one size, by kind of store."""
    write_tables(organisation(today=TODAY, size=size), folder)
    file = str(folder / "graph.kgl")
    measured("load", file, str(folder))
    found = [("embedded", measured("ask", file, "0")[0])]
    for each in stores if size <= MOST_ON_A_SERVER else ():
        first, *later = on_own(folder) if each == OWN else on_theirs(each, folder)
        state = "just started" if each == OWN else "first asked"
        found.append((f"Neo4j, {state}", first))
        found.append(("Neo4j, asked before", middle(later)))
    return found


def on_own(folder: Path) -> list[dict[str, Any]]:
    """The checks of a server that is started for it, stopped when it is loaded, started again."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    servers: Any = import_module("servers.neo4j_server")
    with servers.child_neo4j(settings=SETTINGS, flags=FLAGS) as process:
        os.environ["NEO4J_PASSWORD"] = process.password
        measured("load", process.uri, str(folder))
        process.stop()
        process.start()
        return list(measured("ask", process.uri, str(AGAIN), str(process.pid)))


def on_theirs(address: str, folder: Path) -> list[dict[str, Any]]:
    """The checks of a server that runs already."""
    with emptied(address):
        measured("load", address, str(folder))
        return list(measured("ask", address, str(AGAIN)))


def middle(told: list[dict[str, Any]]) -> dict[str, Any]:
    """The check that took the median time."""
    return sorted(told, key=lambda each: each["whole"])[len(told) // 2]


def main(arguments: list[str]) -> None:
    """Print a table by store and size, the slowest queries, and how each size grows."""
    numbers = [int(each) for each in arguments if each.isdigit()]
    saved = [each for each in arguments if Path(each).is_file()]
    most = max(numbers, default=SIZES[-1])
    sizes = numbers if "only" in arguments else [each for each in SIZES if each <= most]
    stores = [each for each in arguments if each == OWN or "://" in each]
    found = [("embedded", measured("ask", each, "0")[0]) for each in saved]
    for size in [] if saved else sizes:
        with tempfile.TemporaryDirectory() as name:
            found += of_size(size, stores, Path(name))
    show(found)


def show(found: list[tuple[str, dict[str, Any]]]) -> None:
    """The tables of what was found, by kind of store."""
    print_table(
        ("store", "nodes", "relationships", "questions", "findings", "plain count s",
         "whole check s", "processor s", "ratio", "GiB", "slowest", "s"),
        [
            (kind, told["nodes"], told["ties"], told["questions"], told["findings"],
             told["counted"], told["whole"], told["processor"], told["whole"] / told["counted"],
             told["memory"], *slowest(told)[0])
            for kind, told in found
        ],
    )  # fmt: skip
    for kind in dict.fromkeys(kind for kind, _ in found):
        those = [told for own, told in found if own == kind]
        print(f"\n{kind}, seconds of the slowest by nodes, and growth against n log n from the")
        print("size before to the last one:\n")
        print_table(
            ("question", *(f"{told['nodes']:,}" for told in those), "growth"), table(those)
        )


def slowest(told: dict[str, Any]) -> list[tuple[str, float]]:
    """The slowest questions of a check, with their seconds."""
    return sorted(told["seconds"].items(), key=lambda each: -each[1])[:SLOWEST]


def table(those: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    """The slowest at the largest size, with their seconds at each, and how the last step grew."""
    rows: list[tuple[object, ...]] = []
    for code, _ in slowest(those[-1]):
        taken = [told["seconds"][code] for told in those]
        rows.append((code, *taken, grown([told["nodes"] for told in those], taken)))
    total = [told["whole"] for told in those]
    rows.append(("whole check", *total, grown([told["nodes"] for told in those], total)))
    return rows


def grown(nodes: list[int], taken: list[float]) -> object:
    """The growth of the last step, 1.0 where it is that of n log n; "-" where there is none."""
    steps = [
        (after / before) / (more * math.log(more) / (less * math.log(less)))
        for (before, after), (less, more) in zip(pairwise(taken), pairwise(nodes), strict=True)
    ]
    return steps[-1] if steps else "-"


@contextlib.contextmanager
def emptied(address: str) -> Iterator[None]:
    """Everything is taken out of that Neo4j, before and after."""
    from neo4j import GraphDatabase  # noqa: PLC0415 -- only where used

    with GraphDatabase.driver(address, auth=("neo4j", credentials().password)) as driver:
        empty(driver)
        try:
            yield
        finally:
            empty(driver)


if __name__ == "__main__":
    if sys.argv[1:2] == ["load"]:
        load_tables(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["ask"]:
        ask(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]) if sys.argv[4:] else None)
    else:
        main(sys.argv[1:])
