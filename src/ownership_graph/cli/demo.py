"""`demo`: the main job in one go, on a made-up organisation."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ownership_graph.cli.made_folder import make_room
from ownership_graph.cli.options import day_number

FOLDER = Path("ownership-graph-demo")
TABLES = "organisation"
STORE = "ownership.kgl"
PAGE = "graph.html"


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where everything goes.", show_default=True)
    ] = FOLDER,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="Another made-up organisation.")
    ] = 7,
    size: Annotated[
        int, typer.Option("--size", metavar="NODES", min=100, max=1_000_000, help="How large.")
    ] = 300,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """A made-up organisation goes into a store; findings appear, and the page is written."""
    make_room(folder, "demo", (TABLES, f"{STORE}*", PAGE))
    _load_tables(folder, seed=seed, size=size)
    _show_findings(folder)
    page = folder / PAGE
    store = folder / STORE
    program = _program()
    typer.echo(f"""
The page:      {page}
The tables:    {folder / TABLES} (what was imported; edit one and import it again)

Next:
  {program} check ownership --store {store}
  {program} queries show OWN-01
  {program} import tables {folder / TABLES} --as demo --dry-run --store {store}""")
    if open_:
        typer.launch(page.resolve().as_uri())


def _program() -> str:
    """How this program is called from here: its environment need not be the one in force."""
    name = "ownership-graph"
    return name if shutil.which(name) else os.path.relpath(sys.argv[0])


def _load_tables(folder: Path, *, seed: int, size: int) -> None:
    """Write the made-up organisation as tables, and import them as anyone's would be."""
    from ownership_graph.cli.progress import progress_bar  # noqa: PLC0415 -- only where used
    from ownership_graph.cli.summary import print_summary  # noqa: PLC0415
    from ownership_graph.importing.importers import find_importer  # noqa: PLC0415
    from ownership_graph.loading import Order, load  # noqa: PLC0415
    from ownership_graph.organisation import organisation, write_tables  # noqa: PLC0415
    from ownership_graph.stores import open_store  # noqa: PLC0415

    tables = folder / TABLES
    write_tables(organisation(today=day_number(None), seed=seed, size=size), tables)
    order = Order("demo", find_importer("tables"), {"path": tables})
    with open_store(str(folder / STORE)) as store, progress_bar() as progress:
        print_summary(load(store, order, now=datetime.now(UTC), progress=progress))


def _show_findings(folder: Path) -> None:
    """The findings on the terminal, and the page."""
    from ownership_graph.findings import check  # noqa: PLC0415
    from ownership_graph.page import recorded, write_page  # noqa: PLC0415
    from ownership_graph.queries.catalogue import load_questions  # noqa: PLC0415
    from ownership_graph.reports import table  # noqa: PLC0415
    from ownership_graph.stores import open_store  # noqa: PLC0415

    with open_store(str(folder / STORE)) as store:
        checked = check(store, load_questions(), today=day_number(None))
        typer.echo()
        table.write_causes(checked, sys.stdout)
        write_page(
            folder / PAGE,
            store.facts(),
            checked,
            title="A made-up organisation",
            generated=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            told=recorded(store),
        )


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Start")(demo)
