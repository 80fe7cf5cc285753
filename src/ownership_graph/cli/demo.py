"""`demo`: the main job in one go, on a made-up organisation."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ownership_graph.cli.options import day_number
from ownership_graph.errors import UsageError

FOLDER = Path("ownership-graph-demo")
MARK = "made-by-ownership-graph-demo.txt"
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
    _make_room(folder)
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


def _make_room(folder: Path) -> None:
    """An empty folder; what an earlier demo made is removed, and nothing else ever is."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise UsageError(
            f"making the demo: the folder {folder} holds files that no demo made."
            " Name another: ownership-graph demo FOLDER."
        )
    if (folder / MARK).is_file():
        shutil.rmtree(folder / TABLES, ignore_errors=True)
        for made in folder.glob(f"{STORE}*"):
            made.unlink()
        (folder / PAGE).unlink(missing_ok=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).write_text(
            "This folder was made by `ownership-graph demo`; running it again replaces the"
            f" {TABLES} folder, {STORE} and {PAGE} here.\n",
            encoding="utf-8",
        )
    except OSError as error:
        raise UsageError(
            f"making the demo: the folder {folder} cannot be written to ({error.strerror})."
            " Name another: ownership-graph demo FOLDER."
        ) from error


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
    from ownership_graph.page import write_page  # noqa: PLC0415
    from ownership_graph.queries.catalogue import load_questions  # noqa: PLC0415
    from ownership_graph.reports import table  # noqa: PLC0415
    from ownership_graph.stores import open_store  # noqa: PLC0415

    with open_store(str(folder / STORE)) as store:
        checked = check(store, load_questions(), today=day_number(None))
        typer.echo()
        table.write_checked(checked, sys.stdout, show=2)
        write_page(
            folder / PAGE,
            store.facts(),
            checked,
            title="A made-up organisation",
            generated=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        )


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Start")(demo)
