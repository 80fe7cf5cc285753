"""`impact` and `path`: what relies on a thing, and how two things are tied."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.cli import logs
from ownership_graph.cli.options import (
    ANSWER,
    Answering,
    AsOfOption,
    FormatOption,
    OutputOption,
    SettingsOption,
    StoreOption,
    TimeoutOption,
    looked_at,
    opened,
    settings_in_force,
)
from ownership_graph.cli.people import People, PeopleOption, with_people

if TYPE_CHECKING:
    from ownership_graph.stores import Store
    from ownership_graph.tracing import Impact, Ways

NODE = 'An id, or a whole name; "Team t1" where an id is not one label\'s alone.'


@dataclass(frozen=True, slots=True)
class _Where:
    """Which graph is asked."""

    store: str | None
    settings: Path | None
    as_of: str | None


def impact(
    node: Annotated[str, typer.Argument(metavar="NODE", help=NODE)],
    hops: Annotated[
        int,
        typer.Option(
            "--hops", metavar="N", min=1, max=12, help="Steps at most.", rich_help_panel=ANSWER
        ),
    ] = 12,
    show: Annotated[
        int,
        typer.Option(
            "--show",
            metavar="N",
            min=0,
            help="Lines of each list on the terminal, 0 for all.",
            rich_help_panel=ANSWER,
        ),
    ] = 10,
    store: StoreOption = None,
    settings: SettingsOption = None,
    as_of: AsOfOption = None,
    people: PeopleOption = People.NAMED,
    timeout: TimeoutOption = 30.0,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """What relies on a model, a service, a team or a person, and who must be told of a change."""
    from ownership_graph.tracing import impact as found  # noqa: PLC0415 -- only where used

    _answer(
        lambda graph: found(graph, node, hops=hops, timeout=timeout),
        _Where(store, settings, as_of),
        Answering(format_, output),
        people=people,
        show=show,
    )


def path(
    start: Annotated[str, typer.Argument(metavar="FROM", help=NODE)],
    end: Annotated[str, typer.Argument(metavar="TO", help="The other.")],
    steps: Annotated[
        int,
        typer.Option(
            "--steps", metavar="N", min=1, max=12, help="Steps at most.", rich_help_panel=ANSWER
        ),
    ] = 6,
    show: Annotated[
        int,
        typer.Option(
            "--show", metavar="N", min=1, help="Ways that are told.", rich_help_panel=ANSWER
        ),
    ] = 5,
    store: StoreOption = None,
    settings: SettingsOption = None,
    as_of: AsOfOption = None,
    people: PeopleOption = People.NAMED,
    timeout: TimeoutOption = 30.0,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """How two things are tied: the shortest ways, step by step, with the owners on the way."""
    from ownership_graph.tracing import ways_between  # noqa: PLC0415 -- only where used

    def ask(graph: Store) -> Ways:
        return ways_between(graph, start, end, steps=steps, shown=show, timeout=timeout)

    where = _Where(store, settings, as_of)
    _answer(ask, where, Answering(format_, output), people=people)


def _answer(
    ask: Callable[[Store], Impact | Ways],
    where: _Where,
    answering: Answering,
    *,
    people: People,
    show: int = 0,
) -> None:
    """Ask, and write; CSV holds rows alone, so that beside it a note tells how complete it is."""
    from ownership_graph.reports.traced import write_traced  # noqa: PLC0415 -- only where used

    with opened(where.store, settings_in_force(where.settings)) as present:
        graph = looked_at(present, where.as_of)
        found = with_people(ask(graph), graph, people)
    for form, out in answering.streams():
        write_traced(found, form, out, show=show)
        if form.SUFFIX == ".csv" and out is sys.stdout:
            for line in (found.headline(), *found.statement()):
                logs.note(line)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(rich_help_panel="Ask")(impact)
    app.command(rich_help_panel="Ask")(path)
