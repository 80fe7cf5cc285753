"""`init`: the first files of a folder, with every key explained; nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ownership_graph.errors import UsageError

SETTINGS = """\
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
IDENTITIES = "alias,label,id\n"
FILES = {"ownership-graph.toml": SETTINGS, "identities.csv": IDENTITIES}


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where they go.", show_default=False)
    ] = Path(),
) -> None:
    """A settings file with every key explained, and an empty table of identities."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in FILES.items():
            typer.echo(f"{_written(folder / name, text)}  {folder / name}")
    except OSError as error:
        raise UsageError(
            f"writing the first files into {folder}: {error.strerror}. Name a folder that you may"
            " write to: ownership-graph init FOLDER."
        ) from error
    step = "" if folder.resolve() == Path.cwd() else f"  cd {folder}\n"
    typer.echo(f"""
Next:
{step}  write your sources into ownership-graph.toml
  ownership-graph settings           what is in force
  ownership-graph import --dry-run   what would be imported
  ownership-graph import
  ownership-graph check""")


def _written(file: Path, text: str) -> str:
    """Write the file where there is none; the word for what was done."""
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        return "kept   "
    return "written"


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Start")(init)
