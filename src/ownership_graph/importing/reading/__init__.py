"""Tables of any format, row by row: one way to read them all."""

from __future__ import annotations

from ownership_graph.importing.reading.delimited import DELIMITERS, delimiter_named
from ownership_graph.importing.reading.opening import open_table
from ownership_graph.importing.reading.tables import (
    LONGEST_CELL,
    LONGEST_NAME,
    LONGEST_ROW,
    MOST_SHOWN,
    Columns,
    Row,
    Table,
    names_in,
    require_columns,
)

__all__ = [
    "DELIMITERS",
    "LONGEST_CELL",
    "LONGEST_NAME",
    "LONGEST_ROW",
    "MOST_SHOWN",
    "Columns",
    "Row",
    "Table",
    "delimiter_named",
    "names_in",
    "open_table",
    "require_columns",
]
