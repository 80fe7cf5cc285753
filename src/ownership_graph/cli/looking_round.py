"""What was recognised in a folder, what was passed over, and why: told to whoever asked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from ownership_graph.cli.logs import LONGEST
from ownership_graph.importing.quoting import so_many
from ownership_graph.reports.quoting import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ownership_graph.cli.first_settings import SourceTable
    from ownership_graph.importing.recognised import Recognised
    from ownership_graph.importing.surroundings import Surroundings

DATA = frozenset(
    {
        ".csv", ".tsv", ".xlsx", ".xls", ".ods", ".parquet", ".json", ".jsonl", ".ndjson",
        ".yaml", ".yml", ".xml", ".xes", ".db", ".sqlite", ".ldif",
    }
)  # fmt: skip
"""Endings of files that could be sources; nobody wonders why a program's text is none."""

MOST_SHOWN = 5


def tell(
    surroundings: Surroundings,
    recognised: Sequence[Recognised],
    tables: Sequence[SourceTable],
    failed: Sequence[str],
) -> None:
    """Tell what will be imported, what a person must first say, and what is left out."""
    root = surroundings.root
    ready, asked = _parted(tables)
    typer.echo(f"Looked round {root}: {so_many(len(surroundings.files), 'file')}.")
    _list("Recognised", [_row(each, root) for each in ready])
    _list(
        "To be decided, and written with a # before it",
        [row for each in asked for row in (_row(each, root), f"  {_line(each.ask)}")],
    )
    unknown = list(_unknown(surroundings, recognised))
    _list("Passed over", [*unknown, *surroundings.passed_over, *map(_line, failed)])
    if not tables:
        typer.echo("Nothing was recognised here. What can be read: ownership-graph import --help")
    typer.echo("")


def _parted(tables: Sequence[SourceTable]) -> tuple[list[SourceTable], list[SourceTable]]:
    return [each for each in tables if not each.ask], [each for each in tables if each.ask]


def _list(title: str, rows: Sequence[str]) -> None:
    if rows:
        typer.echo(f"\n{title}:")
        for each in rows:
            typer.echo(f"  {each}")


def _row(table: SourceTable, root: Path) -> str:
    place = os.path.relpath(table.path, root)
    return f"{_line(place)}  {table.importer}: {_line(table.what)}"


def _line(text: str) -> str:
    return printable(text, longest=LONGEST)


def _unknown(surroundings: Surroundings, recognised: Sequence[Recognised]) -> Iterator[str]:
    """Files that could be sources and that no importer knows, by their endings."""
    known = {path for each in recognised for path in (each.found.path, *each.found.also)}
    endings: dict[str, list[Path]] = {}
    for file in surroundings.files:
        if file.suffix.lower() in DATA and file not in known:
            endings.setdefault(file.suffix.lower(), []).append(file)
    for ending, files in sorted(endings.items()):
        names = ", ".join(os.path.relpath(each, surroundings.root) for each in files[:MOST_SHOWN])
        more = f" and {len(files) - MOST_SHOWN:,} more" if len(files) > MOST_SHOWN else ""
        yield f"{names}{more}: no importer recognises this {ending}"
