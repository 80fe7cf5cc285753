"""Any CSV table, through a mapping.

A mapping is a TOML file that says which columns there are, what their values mean, and which
facts each row makes. The table may be gzip. A mistake in the mapping is shown with its line
before anything is read; a fact that a row cannot make is rejected, and the others go in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.importing.mapping.facts import facts
from ownership_graph.importing.mapping.language import read_mapping
from ownership_graph.importing.delimited import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.records import Record

PROVIDES: tuple[str, ...] = ()


def read(
    path: Path, *, mapping: Path, encoding: str = "auto", delimiter: str = ","
) -> Iterator[Record]:
    """What the mapping makes of each row.

    Args:
        path: The table.
        mapping: The mapping, a TOML file.
        encoding: utf-8, cp1252 or the like; auto tells UTF-8 from cp1252.
        delimiter: What parts the cells; tab for a tabulator.
    """
    rules = read_mapping(mapping)
    with open_table(path, file=path.name, encoding=encoding, delimiter=delimiter) as table:
        yield from facts(rules, table)
