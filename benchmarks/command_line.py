"""How long the command line takes to say what it can do, beside an empty Python process."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from timing import median_seconds, print_table

PROGRAM = Path(sys.executable).with_name("ownership-graph")


def run(*command: str | Path) -> None:
    """Run a command to its end, its output thrown away."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Print one table."""
    empty = median_seconds(lambda: run(sys.executable, "-c", "pass"), 9)
    rows = [("an empty Python process", empty, 1.0)]
    for words in (["--help"], ["check", "--help"], ["import", "tables", "--help"]):
        taken = median_seconds(partial(run, PROGRAM, *words), 9)
        rows.append((f"ownership-graph {' '.join(words)}", taken, taken / empty))
    print_table(("what", "seconds", "times an empty process"), rows)


if __name__ == "__main__":
    main()
