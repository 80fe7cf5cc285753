"""The text of a first settings file: every key explained, and a table a source."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ownership_graph.cli.logs import LONGEST
from ownership_graph.reports.quoting import printable
from ownership_graph.toml_file import toml_value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ownership_graph.importing.recognised import Recognised

HEAD = """\
# Settings of ownership-graph. Paths are meant from this file's folder.
# `ownership-graph settings` tells what is in force, and where each value comes from.

# Who is believed first where sources differ; what people state themselves (manual) always is.
# precedence = ["manual", "directory", "inventory"]

# One human has many names, and things are renamed: a line each in this table.
identities = "identities.csv"

# The source that says which models there are; others are compared with it.
# inventory_of_record = "inventory"

# Up to this risk tier models pass no gate, by policy.
# self_serve_tier = 1

# For how long it is remembered what was altered or removed; always by default.
# keep_changes = "400d"

# Folders of questions of your own.
# queries = ["questions"]

# Folders of measures that those name, in Python: they run code.
# measures = ["measures"]

[store]
address = "ownership.kgl"        # a file, or "neo4j+s://graph.example.org"
# user = "neo4j"
# password = "env:NEO4J_PASSWORD"   # or "file:/run/secrets/neo4j"; never the password itself

# One such table a source. What the importer can be told: ownership-graph import tables --help

"""
EXAMPLES = """\
# [[source]]
# name = "directory"
# importer = "tables"            # a folder with nodes_<Label>.csv and rels_<TYPE>.csv
# path = "directory"
# authoritative_for = ["Person"] # it lists everybody: who is no longer listed has left
# stale_after = "3d"             # answers say so when it is older

# [[source]]
# name = "inventory"
# importer = "table"             # any other table, through a mapping
# path = "models.csv"
# mapping = "models.toml"
# mode = "full"                  # what is no longer listed goes; delta, events: nothing goes
# removal_guard = 0.25           # stop when more than this share of it would go at once

# [[source]]
# name = "manual"                # what people state, and deny, themselves
# importer = "manual"
# path = "manual.toml"
"""
_TAKEN = frozenset({"identities", "forget"})


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One `[[source]]` of a settings file; commented out where `ask` says what comes first.

    With `trace` its `path` is only where a system is spoken of, and is not written.
    """

    name: str
    importer: str
    path: Path
    what: str
    options: Mapping[str, object] = field(default_factory=dict)
    ask: str = ""
    trace: bool = False

    def lines(self, folder: Path) -> Iterator[str]:
        """The table, with its paths as they are meant from `folder`."""
        mark = "# " if self.ask else ""
        for told in filter(None, (self.what, self.ask)):
            yield f"# {printable(told, longest=LONGEST)}"
        yield f"{mark}[[source]]"
        keys = {"name": self.name, "importer": self.importer, "path": self.path, **self.options}
        if self.trace:
            del keys["path"]
        for key, value in keys.items():
            yield f"{mark}{key} = {toml_value(_from(folder, value))}"


def source_tables(recognised: Iterable[Recognised]) -> list[SourceTable]:
    """What was recognised, each under a name of its own."""
    tables: list[SourceTable] = []
    taken = set(_TAKEN)
    every = list(recognised)
    for each in every:
        found = each.found
        name = own_name(found.name or _usual_name(each, every), found.path, taken)
        taken.add(name)
        told = (found.what, found.options, found.ask, found.trace)
        tables.append(SourceTable(name, each.importer.name, found.path, *told))
    return tables


def _usual_name(named: Recognised, every: Sequence[Recognised]) -> str:
    """The importer's name; and its file's, where another such one lies beside it."""
    name, path = named.importer.name, named.found.path
    beside = [
        each.found.path
        for each in every
        if each.importer.name == name
        and each.found.path.parent == path.parent
        and path.is_file()
        and each.found.path.is_file()
    ]
    if len(beside) <= 1:
        return name
    stems = [each.stem for each in beside]
    return f"{name} {path.stem if stems.count(path.stem) == 1 else path.name}"


def own_name(wanted: str, path: Path, taken: Collection[str]) -> str:
    """A name that no other source has: as it is, with the folder's name, or with a number."""
    base = " ".join(wanted.split()) or "source"
    longer = f"{base} {path.stem if path.parent.name in ('', base) else path.parent.name}"
    numbered = (f"{longer} {number}" for number in range(2, len(taken) + 3))
    return next(each for each in (base, longer, *numbered) if each not in taken)


def settings_text(tables: Sequence[SourceTable], folder: Path) -> str:
    """A whole settings file for that folder; with examples where it has no source yet."""
    return HEAD + (sources_text(tables, folder) if tables else EXAMPLES)


def sources_text(tables: Sequence[SourceTable], folder: Path) -> str:
    """The sources alone, as they stand in the file."""
    return "\n".join("\n".join(each.lines(folder)) + "\n" for each in tables)


def _from(folder: Path, value: object) -> str | int | float | list[str]:
    """A value of a key; a path as it is written in a file of that folder."""
    match value:
        case Path():
            return Path(os.path.relpath(value, folder)).as_posix()
        case bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [str(_from(folder, each)) for each in value]
        case _:
            return str(value)
