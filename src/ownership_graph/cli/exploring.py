"""`explore`: the interactive page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ownership_graph.cli.asking import questions_in_force
from ownership_graph.cli.options import (
    ANSWER,
    AsOfOption,
    QueriesOption,
    SettingsOption,
    StoreOption,
    TimeoutOption,
    TodayOption,
    day_number,
    limits_in_force,
    looked_at,
    opened,
    settings_in_force,
)
from ownership_graph.cli.people import People, PeopleOption


def explore(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where the page goes.")
    ] = Path("graph.html"),
    store: StoreOption = None,
    settings: SettingsOption = None,
    queries: QueriesOption = None,
    today: TodayOption = None,
    as_of: AsOfOption = None,
    title: Annotated[
        str, typer.Option("--title", help="The page's heading.", rich_help_panel=ANSWER)
    ] = "Ownership graph",
    people: PeopleOption = People.NAMED,
    timeout: TimeoutOption = 30.0,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """One HTML file: findings first, and the graph behind them; it needs no network."""
    from ownership_graph.findings import check as ask  # noqa: PLC0415 -- only where used
    from ownership_graph.page import write_page  # noqa: PLC0415
    from ownership_graph.whole_file import refuse_folder  # noqa: PLC0415

    refuse_folder(output)
    in_force = settings_in_force(settings)
    questions = questions_in_force(in_force, queries)
    with opened(store, in_force) as present:
        graph = looked_at(present, as_of)
        checked = ask(
            graph,
            questions,
            today=day_number(today or as_of),
            timeout=timeout,
            limits=limits_in_force(in_force, today or as_of),
        )
        written = write_page(
            output,
            graph.facts(),
            checked,
            title=title,
            people=people.value,
            generated=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        )
    typer.echo(
        f"{output}: {written.nodes:,} nodes, {written.relationships:,} relationships,"
        f" {written.bytes / 1e6:.1f} MB.",
    )
    if written.persons and people is People.NAMED:
        typer.echo(
            f"It names {written.persons:,} person{'' if written.persons == 1 else 's'}; --people"
            " roles or --people pseudonyms leaves their names out."
        )
    if open_:
        typer.launch(output.resolve().as_uri())


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Look")(explore)
