"""The language in which a mapping says what the rows of a table state."""

from __future__ import annotations

from ownership_graph.readers.mapping.applying import Bound
from ownership_graph.readers.mapping.columns import columns_known
from ownership_graph.readers.mapping.parsing import parse_mapping, read_mapping
from ownership_graph.readers.mapping.rules import Rules

__all__ = ["Bound", "Rules", "columns_known", "parse_mapping", "read_mapping"]
