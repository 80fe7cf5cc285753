"""What a mapping makes of the first rows of a table, shown before anything is imported."""

from __future__ import annotations

from itertools import islice
from shlex import quote
from typing import TYPE_CHECKING

from ownership_graph.importing.checking import Checker
from ownership_graph.importing.quoting import brief
from ownership_graph.readers.approvals.columns import is_approvals
from ownership_graph.readers.guessing.writing import guessed_mapping
from ownership_graph.readers.mapping import Bound, parse_mapping
from ownership_graph.records import Node, Relationship
from ownership_graph.toml_file import parse_toml, toml_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.importing.reading import Row, Table
    from ownership_graph.readers.mapping import Rules

FIRST_ROWS = 200
"""Rows that are looked at."""

FIRST_FACTS = 10
FIRST_REJECTED = 5


_DEFAULTS = {"encoding": "auto", "delimiter": ",", "sheet": ""}


def command_for(path: Path, written: Mapping[str, str], *, importer: str = "table") -> str:
    """The command that reads the table, to be copied into a shell.

    >>> from pathlib import Path
    >>> command_for(Path("exports/AI list.csv"), {"delimiter": ";", "sheet": ""})
    "ownership-graph import table 'exports/AI list.csv' --delimiter ';'"
    """
    options = (f" --{key} {quote(value)}" for key, value in _unusual(written).items())
    return f"ownership-graph import {importer} {quote(str(path))}{''.join(options)}"


def mapping_beside(path: Path) -> Path:
    """Where the mapping of a table usually stands.

    >>> from pathlib import Path
    >>> mapping_beside(Path("exports/AI list.csv.gz")).as_posix()
    'exports/AI list.toml'
    """
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    return plain.with_suffix(".toml")


def _unusual(written: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in written.items() if value != _DEFAULTS.get(key)}


def preview_guess(
    table: Table, path: Path, written: Mapping[str, str] | None = None
) -> Iterator[str]:
    """A guessed mapping as TOML, and in comments how to use it and what it gives; line by line."""
    rows = list(islice(table.rows, FIRST_ROWS))
    text = guessed_mapping(table.header, [cells for _, cells, why in rows if cells and not why])
    mapping, how = mapping_beside(path), written or {}
    name = str(mapping)
    if is_approvals(table.header):
        yield "# It looks like a table of approvals, which is read without a mapping:"
        yield f"#   {command_for(path, how, importer='approvals')} --dry-run"
    yield f"# Guessed from the header and the first {len(rows)} rows. Mend it, save it as {name}:"
    yield f"#   {command_for(path, how)} --mapping {quote(name)} --dry-run"
    yield from text.splitlines()
    yield ""
    yield "# For ownership-graph.toml:"
    settings = {
        "name": mapping.stem, "importer": "table", "path": path.as_posix(), **_unusual(how),
        "mapping": mapping.as_posix(),
    }  # fmt: skip
    yield "#   [[source]]"
    yield from (f"#   {key} = {toml_value(value)}" for key, value in settings.items())
    rules = parse_mapping(
        parse_toml(text.encode(), file=name, doing="reading the guessed mapping")
    )
    yield ""
    yield from (f"# {line}".rstrip() for line in _facts(rules, table.header, rows, path.name))


def preview_mapping(rules: Rules, table: Table, path: Path) -> Iterator[str]:
    """What a mapping gives for the first rows of the table; line by line."""
    return _facts(rules, table.header, list(islice(table.rows, FIRST_ROWS)), path.name)


def _facts(rules: Rules, header: Sequence[str], rows: Sequence[Row], file: str) -> Iterator[str]:
    records = list(Bound(rules, header, file).records(rows))
    checker = Checker()
    checker.take_all(records)
    checked = checker.checked()
    faulty = {(each.file, each.line) for each in checked.rejected}
    good = [
        each
        for each in records
        if isinstance(each, Node | Relationship) and (each.file, each.line) not in faulty
    ]
    many = min(FIRST_FACTS, len(good))
    yield f"Facts, {many} of {len(checked.said)} in the first {len(rows)} rows:"
    yield from (f"  {_shown(each)}" for each in good[:FIRST_FACTS])
    if checked.rejected:
        yield f"{len(checked.rejected)} would be rejected, such as:"
        for each in checked.rejected[:FIRST_REJECTED]:
            yield f"  {brief(each.file)}:{each.line}: {brief(each.why)}"


def _shown(record: Node | Relationship) -> str:
    """A fact in words.

    >>> _shown(Node("Team", "t1", {"name": "Claims"}))
    "Team t1, name 'Claims'"
    """
    if isinstance(record, Node):
        what = f"{record.label} {brief(record.id)}"
    else:
        start = f"{record.from_label} {brief(record.from_id)}"
        what = f"{start} {record.type} {record.to_label} {brief(record.to_id)}"
    said = (f"{name} {brief(repr(value))}" for name, value in record.properties.items())
    return ", ".join((what, *said))
