"""`explore`: the interactive page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from ownership_graph.page import Chosen, PageSummary

PART = "Part of the graph"


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
    only: Annotated[
        str,
        typer.Option(
            "--only",
            metavar="SEARCH",
            help="Only what this search finds, written as on the page: 'team:risk stage:pilot'.",
            rich_help_panel=PART,
        ),
    ] = "",
    findings_only: Annotated[
        bool,
        typer.Option("--findings-only", help="Only what a finding names.", rich_help_panel=PART),
    ] = False,
    hops: Annotated[
        int | None,
        typer.Option(
            "--hops",
            min=0,
            max=9,
            help="How many steps round it the part goes; 1 without.",
            rich_help_panel=PART,
        ),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """One HTML file: findings first, and the graph behind them; it needs no network."""
    from ownership_graph.findings import check as ask  # noqa: PLC0415 -- only where used
    from ownership_graph.page import recorded, write_page  # noqa: PLC0415
    from ownership_graph.whole_file import refuse_folder  # noqa: PLC0415

    refuse_folder(output)
    chosen = _chosen(only, hops, findings_only=findings_only)
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
            chosen=chosen,
            told=recorded(graph),
        )
    typer.echo(
        f"{output}: {written.nodes:,} nodes, {written.relationships:,} relationships,"
        f" {written.bytes / 1e6:.1f} MB.",
    )
    if not chosen.is_all:
        typer.echo(_told(chosen, written))
    if written.persons and people is People.NAMED:
        typer.echo(
            f"It names {written.persons:,} person{'' if written.persons == 1 else 's'}; --people"
            " roles or --people pseudonyms leaves their names out."
        )
    if open_:
        typer.launch(output.resolve().as_uri())


def _chosen(only: str, hops: int | None, *, findings_only: bool) -> Chosen:
    """The part of the graph that was asked for; `--hops` goes round something."""
    from ownership_graph.page import Chosen  # noqa: PLC0415 -- only where used

    only = only.strip()
    if hops is not None and not (only or findings_only):
        raise UsageError(
            "--hops says how far round a part the page goes, and no part is chosen."
            " Add --only SEARCH or --findings-only."
        )
    return Chosen(only, findings_only=findings_only, hops=1 if hops is None else hops)


def _told(chosen: Chosen, written: PageSummary) -> str:
    """What the page holds and what it leaves out, in two sentences."""
    left = written.left_out
    return (
        f"It holds {chosen.words()}. It leaves out {left.nodes:,} nodes,"
        f" {left.relationships:,} relationships, and {left.findings:,} findings about them."
    )


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Look")(explore)
