"""Any table (CSV, Excel, Parquet, JSON Lines), through a mapping in TOML.

The mapping says which columns the table has, what is made of their values, and which nodes and
relationships each row states. A mistake in it is told with its file and line before the first
row is read. Its language is described in docs/importers/table.md.

A row that is cut off, or that would make an id of a blank column, is rejected; the others go in.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.importing.reading import open_table
from ownership_graph.importing.recognising import Found
from ownership_graph.importing.surroundings import NO_TEXT
from ownership_graph.readers.guessing import (
    command_for,
    mapping_beside,
    preview_guess,
    preview_mapping,
)
from ownership_graph.readers.mapping import Bound, columns_known, read_mapping
from ownership_graph.records import Promise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from ownership_graph.importing.reading import Table
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.mapping import Rules
    from ownership_graph.records import Record

PROVIDES: tuple[str, ...] = ()

_DOING = "reading the table"

_MAPPING = re.compile(r"^\[columns\]", re.MULTILINE)
_ALIASES = ("alias", "label", "id")
_MOST_SHOWN = 5
_MOST_ASKED = 20  # whoever has more has data there, and no lists of models


def inputs(path: Path, *, mapping: Path | None = None, **_: object) -> tuple[Path, ...]:
    """The files that are all that `read` looks at."""
    return (path, mapping) if mapping else (path,)


def read(
    path: Path,
    *,
    mapping: Path | None = None,
    encoding: str = "auto",
    delimiter: str = ",",
    sheet: str = "",
) -> Iterator[Record]:
    """What the rows of the table state, and a promise of each label and relationship in it.

    Args:
        path: The table: CSV or JSON Lines, gzipped or not, an Excel workbook, or Parquet.
        mapping: The TOML file that says what its rows state; --preview guesses one.
        encoding: That of a text, such as utf-8 or cp1252; auto tells UTF-8, UTF-16 and cp1252.
        delimiter: What parts its columns: one character, or comma, semicolon, tab, pipe.
        sheet: The sheet of a workbook; else the one with most of the mapping's columns.
    """
    written = {"encoding": encoding, "delimiter": delimiter, "sheet": sheet}
    if mapping is None:
        raise UsageError(
            f"{_DOING}: it needs a mapping that says what its rows state. Give one with --mapping;"
            f" for a first one: {command_for(path, written)} --preview"
        )
    rules = read_mapping(mapping)
    with _opened(path, rules, **written) as table:
        yield from Bound(rules, table.header, path.name).records(table.rows)
    for need in rules.promises:
        yield Promise(need)


def preview(path: Path, *, mapping: Path | None = None, **written: str) -> Iterator[str]:
    """A mapping guessed from the header, or the one given, and the first facts that it makes."""
    rules = read_mapping(mapping) if mapping else None
    with _opened(path, rules, **written) as table:
        yield from (
            preview_mapping(rules, table, path) if rules else preview_guess(table, path, written)
        )


def found(surroundings: Surroundings) -> Iterator[Found]:
    """The tables nearest to the top, certain where a mapping has their name.

    What the columns of the others mean is for a person to say.
    """
    tables = (_found(each, surroundings) for each in surroundings.tables())
    ordered = sorted(filter(None, tables), key=lambda each: (len(each.path.parts), each.path))
    asked = [each for each in ordered if each.ask]
    yield from (each for each in ordered if not each.ask)
    yield from asked[:_MOST_ASKED]


def _found(file: Path, surroundings: Surroundings) -> Found | None:
    """What the settings would say of that table; nothing where it is none."""
    header = surroundings.header(file)
    text = file.suffix not in NO_TEXT
    if (text and len(header.columns) <= 1) or header.columns == _ALIASES:
        return None
    names = ", ".join(header.columns[:_MOST_SHOWN])
    more = ", …" if len(header.columns) > _MOST_SHOWN else ""
    what = (
        f"a table with the columns {names}{more}" if names else f"a table in a {file.suffix} file"
    )
    mapping = next(
        (
            each
            for each in surroundings.named(f"{file.stem}.toml")
            if _MAPPING.search(surroundings.start(each))
        ),
        None,
    )
    first = mapping_beside(file)
    command = command_for(file, header.options)
    ask = (
        f"Say in {first} what its columns mean; {command} --preview makes a first guess. Then take"
        " the # away."
    )
    options = {**header.options, "mapping": mapping or first}
    asked = "" if mapping else ask
    return Found(file, what, options, file.stem, ask=asked, otherwise=bool(asked))


def _opened(path: Path, rules: Rules | None, **written: str) -> AbstractContextManager[Table]:
    known = partial(columns_known, rules) if rules else len
    return open_table(path, known=known, doing=_DOING, **written)
