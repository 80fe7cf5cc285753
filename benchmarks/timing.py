"""How the benchmarks take times and print them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def median_seconds(work: Callable[[], object], runs: int = 5) -> float:
    """The median time of `runs` runs of `work`, in seconds."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A Markdown table."""
    print(f"| {' | '.join(columns)} |")
    print(f"|{'---|' * len(columns)}")
    for row in rows:
        print(f"| {' | '.join(shown(cell) for cell in row)} |")


def shown(cell: object) -> str:
    """A number with three significant digits, anything else as it is."""
    if isinstance(cell, float):
        return f"{cell:.3g}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
