"""What happened to the graph: seen as of a day, told, and taken back."""

from __future__ import annotations

from ownership_graph.history.going_back import as_of
from ownership_graph.history.undoing import Undone, undo

__all__ = ["Undone", "as_of", "undo"]
