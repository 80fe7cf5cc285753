"""Writes `organisation/` beside this file again; a test compares them."""  # noqa: INP001 -- a script

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from ownership_graph.organisation import organisation, write_tables

DAY = date(2026, 11, 24)
"""The day on which the example stands still."""

if __name__ == "__main__":
    folder = Path(__file__).parent / "organisation"
    shutil.rmtree(folder, ignore_errors=True)
    write_tables(organisation(today=(DAY - date(1970, 1, 1)).days), folder)
