"""Where the saved queries and the importers that come with the package lie."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def shipped(name: Literal["cypher", "importers"]) -> Path:
    """The folder of that name inside the installed package, else the one of the checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "shipped" / name
    return installed if installed.is_dir() else here.parents[1] / name
