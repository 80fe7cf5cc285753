"""All saved queries over a made-up organisation, each with its time, and how it grows.

`python3 dev.py bench asking` measures the embedded store, from a thousand nodes to a million,
each size in a process of its own; with the address of an **empty** Neo4j (and its password in
NEO4J_PASSWORD) as argument that one too, up to 64,000: its database is emptied before and after.
With a number as argument, up to that many nodes; with `only` before it, of that size alone. With a
file of the embedded store as argument, that graph alone: nothing is made or imported first.
"""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
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
SLOWEST = 20
GIBIBYTE = 1024**2
COUNT = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS n, count(r) AS r"


def credentials() -> Credentials:
    """The password of the environment."""
    return Credentials(password=os.environ.get("NEO4J_PASSWORD", ""))


def load_tables(address: str, tables: Path) -> None:
    """Import the tables into that store."""
    order = Order("bench", find_importer("tables"), {"path": tables})
    with open_store(address, credentials()) as store:
        load(store, order, now=datetime.now(UTC))


def ask(address: str) -> None:
    """One check in this process; prints what it took as JSON. Memory is in GiB."""
    questions = load_questions()
    with open_store(address, credentials()) as store:
        store.read("RETURN 1 AS one")
        began = time.perf_counter()
        nodes, ties = store.read(COUNT).rows[0]
        counted = time.perf_counter() - began
        began = time.perf_counter()
        checked = check(store, questions, today=TODAY, timeout=600)
        whole = time.perf_counter() - began
    told = {
        "nodes": nodes,
        "ties": ties,
        "questions": len(questions),
        "findings": sum(len(each.findings) for each in checked.answers),
        "counted": counted,
        "whole": whole,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIBIBYTE,
        "seconds": {each.question.code: each.seconds for each in checked.answers},
    }
    print(json.dumps(told))


def measured(step: str, *arguments: str) -> dict[str, Any]:
    """What a step of this file prints, in a process of its own."""
    command = [sys.executable, __file__, step, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout)) if done.stdout else {}


def of_size(size: int, addresses: list[str], folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """What a check takes at one size, by kind of store."""
    write_tables(organisation(today=TODAY, size=size), folder)
    found = []
    for address in [str(folder / "graph.kgl"), *addresses]:
        kind = address.partition("://")[0] if "://" in address else "embedded"
        if kind != "embedded" and size > MOST_ON_A_SERVER:
            continue
        if kind != "embedded":
            empty_server(address)
        measured("load", address, str(folder))
        found.append((kind, measured("ask", address)))
        if kind != "embedded":
            empty_server(address)
    return found


def main(arguments: list[str]) -> None:
    """Print a table by store and size, the slowest queries, and how each size grows."""
    numbers = [int(each) for each in arguments if each.isdigit()]
    saved = [each for each in arguments if Path(each).is_file()]
    most = max(numbers, default=SIZES[-1])
    sizes = numbers if "only" in arguments else [each for each in SIZES if each <= most]
    addresses = [each for each in arguments if "://" in each]
    found = [("embedded", measured("ask", each)) for each in saved]
    for size in [] if saved else sizes:
        with tempfile.TemporaryDirectory() as name:
            found += of_size(size, addresses, Path(name))
    show(found)


def show(found: list[tuple[str, dict[str, Any]]]) -> None:
    """The tables of what was found, by kind of store."""
    print_table(
        ("store", "nodes", "relationships", "questions", "findings", "plain count s",
         "whole check s", "ratio", "GiB", "slowest", "s"),
        [
            (kind, told["nodes"], told["ties"], told["questions"], told["findings"],
             told["counted"], told["whole"], told["whole"] / told["counted"], told["memory"],
             *slowest(told)[0])
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


def grown(nodes: list[int], taken: list[float]) -> float:
    """The growth of the last step, 1.0 where it is that of n log n."""
    steps = [
        (after / before) / (more * math.log(more) / (less * math.log(less)))
        for (before, after), (less, more) in zip(pairwise(taken), pairwise(nodes), strict=True)
    ]
    return steps[-1] if steps else math.nan


def empty_server(address: str) -> None:
    """Take everything out of that Neo4j."""
    from neo4j import GraphDatabase  # noqa: PLC0415 -- only where used

    with GraphDatabase.driver(address, auth=("neo4j", credentials().password)) as driver:
        empty(driver)


if __name__ == "__main__":
    if sys.argv[1:2] == ["load"]:
        load_tables(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["ask"]:
        ask(sys.argv[2])
    else:
        main(sys.argv[1:])
