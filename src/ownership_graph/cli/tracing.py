"""`impact` and `path`: what relies on a thing, and how two things are tied."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

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
    looked_at,
    opened,
    settings_in_force,
)

if TYPE_CHECKING:
    from ownership_graph.stores import Store
    from ownership_graph.tracing import Impact, Ways

NODE = 'An id, or a whole name; "Team t1" where an id is not one label\'s alone.'


def impact(
    node: Annotated[str, typer.Argument(metavar="NODE", help=NODE)],
    hops: Annotated[
        int,
        typer.Option(
            "--hops", metavar="N", min=1, max=12, help="Steps at most.", rich_help_panel=ANSWER
        ),
    ] = 12,
    store: StoreOption = None,
    settings: SettingsOption = None,
    as_of: AsOfOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """What relies on a model, a service, a team or a person: how near, how risky, whose."""
    from ownership_graph.tracing import impact as found  # noqa: PLC0415 -- only where used

    _answer(lambda graph: found(graph, node, hops=hops), store, settings, as_of, format_, output)


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
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """How two things are tied: the shortest ways, step by step, with the owners on the way."""
    from ownership_graph.tracing import ways_between  # noqa: PLC0415 -- only where used

    def ask(graph: Store) -> Ways:
        return ways_between(graph, start, end, steps=steps, shown=show)

    _answer(ask, store, settings, as_of, format_, output)


def _answer(
    ask: Callable[[Store], Impact | Ways],
    store: str | None,
    settings: Path | None,
    as_of: str | None,
    format_: str | None,
    output: Sequence[Path] | None,
) -> None:
    """Ask, and write; a table and JSON tell how complete it is, beside CSV that is a note."""
    answering = Answering(format_, output)
    with opened(store, settings_in_force(settings)) as graph:
        found = ask(looked_at(graph, as_of))
    for form, out in answering.streams():
        if form.SUFFIX == ".json":
            _write_document(found, out)
            continue
        if found.rows().rows or form.SUFFIX != ".txt":
            form.write_rows(found.rows(), out)
        for line in found.statement():
            if form.SUFFIX == ".txt":
                out.write(f"{line}\n")
            elif out is sys.stdout:
                logs.note(line)


def _write_document(found: Impact | Ways, out: TextIO) -> None:
    import msgspec  # noqa: PLC0415 -- only where used

    out.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(rich_help_panel="Ask")(impact)
    app.command(rich_help_panel="Ask")(path)
