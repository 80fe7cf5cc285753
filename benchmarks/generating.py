"""`ownership-graph generate` from ten thousand nodes to a million: time, memory, and the cost.

`python3 dev.py bench generating` makes an organisation of each size in a process of its own, and
writes the rows of its tables once more with a bare csv loop, out of memory. With a number as
argument, of up to so many nodes; with `only` before it, of so many alone. Ten million take some
minutes and three gigabytes of disk. The ratio is that of the processor's seconds.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from timing import print_table

SIZES = 10_000, 100_000, 1_000_000, 10_000_000
USUAL = 1_000_000
CHUNK = 100_000
"""Rows that the bare loop holds at a time."""

KIBIBYTES = 1024
PROGRAM = """
import sys, time, resource
from ownership_graph.cli import app
try:
    app(["generate", *sys.argv[1:]])
finally:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("\\n", time.process_time(), most)
"""


def generate(folder: Path, size: int) -> tuple[float, float, int]:
    """Seconds, those of the processor, and the most memory in MiB, of the whole command."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), "--size", str(size), "--today", "2026-11-24"],
        check=True,
        capture_output=True,
        text=True,
    )
    taken = time.perf_counter() - began
    processor, most = done.stdout.split()[-2:]
    return taken, float(processor), int(most) // KIBIBYTES


def bare_loop(tables: list[Path], out: Path) -> tuple[int, float]:
    """How many rows the tables have, and the processor's seconds to write them from memory."""
    count, seconds = 0, 0.0
    for table in tables:
        with (
            table.open(encoding="utf-8", newline="") as source,
            out.open("w", encoding="utf-8", newline="") as target,
        ):
            reader, writer = csv.reader(source), csv.writer(target, lineterminator="\n")
            while rows := list(islice(reader, CHUNK)):
                began = time.process_time()
                for row in rows:
                    writer.writerow(row)
                seconds += time.process_time() - began
                count += len(rows)
    return count, seconds


def rows(sizes: Iterable[int]) -> Iterator[tuple[object, ...]]:
    """A row a size."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "made"
            taken, processor, memory = generate(folder, size)
            tables = sorted(folder.glob("*/*.csv"))
            written = sum(each.stat().st_size for each in tables)
            count, bare = bare_loop(tables, Path(name) / "again.csv")
        yield size, count, written / 1e6, memory, taken, processor, bare, processor / bare


def main(arguments: list[str]) -> None:
    """Print one table."""
    numbers = [int(each) for each in arguments if each.isdigit()]
    most = max(numbers, default=USUAL)
    sizes = numbers if "only" in arguments else [each for each in SIZES if each <= most]
    print_table(
        ("nodes", "rows", "MB", "most memory MiB", "generate s", "processor s",
         "bare csv loop processor s", "ratio"),
        list(rows(sizes)),
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
