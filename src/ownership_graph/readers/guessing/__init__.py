"""A mapping guessed from a table's header and first rows, as TOML that a person mends."""

from __future__ import annotations

from ownership_graph.readers.guessing.previewing import (
    command_for,
    mapping_beside,
    preview_guess,
    preview_mapping,
)
from ownership_graph.readers.guessing.writing import guessed_mapping

__all__ = ["command_for", "guessed_mapping", "mapping_beside", "preview_guess", "preview_mapping"]
