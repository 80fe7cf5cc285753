"""`runs`, `history`, `diff` and `forget`: what happened, and taking it back."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.cli import logs
from ownership_graph.cli.options import (
    Answering,
    FormatOption,
    OutputOption,
    SettingsOption,
    StoreOption,
    day_of,
    opened,
    settings_in_force,
)
from ownership_graph.cli.run_told import print_run, print_undone, run_rows, step_rows
from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import so_many

if TYPE_CHECKING:
    from ownership_graph.history import Forgotten, Step
    from ownership_graph.records import Rows
    from ownership_graph.stores import Store

LOOK_BACK = "Look back"
MANY = 30

WaitOption = Annotated[
    float,
    typer.Option(
        "--wait", metavar="SECONDS", min=0.0, help="Wait so long for another writer to end."
    ),
]
RunArgument = Annotated[
    str,
    typer.Argument(
        metavar="RUN", help="A run's id or number, or a source for its newest that was not undone."
    ),
]
runs_app = typer.Typer(invoke_without_command=True, help="What was imported, and taking it back.")


@runs_app.callback()
def runs(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="Only this source's.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Runs at most, 0 for all.")
    ] = MANY,
    store: StoreOption = None,
    settings: SettingsOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """The runs, newest first: when, what they changed, and what became of them."""
    if context.invoked_subcommand:
        return
    answering = Answering(format_, output)
    with opened(store, settings_in_force(settings)) as graph:
        found = [run for run in reversed(graph.runs()) if source in (None, run.source)]
    answering.write(run_rows(found[: limit or None], cut=0 < limit < len(found)))


@runs_app.command("show")
def runs_show(
    run: RunArgument,
    store: StoreOption = None,
    settings: SettingsOption = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Every fact, not the first ten of a kind.")
    ] = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """One run: its numbers, and what it made new, changed, took away or held down."""
    from ownership_graph.history import find_run, names_of, steps_of_run  # noqa: PLC0415

    answering = Answering(format_, output)
    with opened(store, settings_in_force(settings)) as graph:
        found = find_run(graph.runs(), run)
        steps = steps_of_run(graph, found)
        names = names_of(graph, steps)
    for form, out in answering.streams():
        if form.SUFFIX == ".txt":
            print_run(found, steps, names, out, all_=all_)
        else:
            form.write_rows(step_rows(steps, [found], names), out)


@runs_app.command("undo")
def runs_undo(
    run: RunArgument,
    store: StoreOption = None,
    settings: SettingsOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and stop.")
    ] = False,
    wait: WaitOption = 0.0,
) -> None:
    """Take back what the newest run of a source did; the undo is a run, and can be undone."""
    from ownership_graph.history import undo  # noqa: PLC0415 -- only where used

    now = datetime.now(UTC)
    with opened(store, settings_in_force(settings)) as graph:
        undone = undo(graph.copy_in_memory() if dry_run else graph, run, now=now, wait=wait)
    print_undone(undone, dry_run=dry_run)


@runs_app.command("prune")
def runs_prune(
    older_than: Annotated[
        str, typer.Option("--older-than", metavar="SPAN", help="Such as 400d or 52w.")
    ],
    store: StoreOption = None,
    settings: SettingsOption = None,
    wait: WaitOption = 0.0,
) -> None:
    """Forget what was altered and removed longer ago; the newest runs can still be undone."""
    from ownership_graph.history import prune  # noqa: PLC0415 -- only where used
    from ownership_graph.settings.durations import span  # noqa: PLC0415

    try:
        keep = span(older_than)
    except ValueError as error:
        raise UsageError(f"reading --older-than: '{older_than}': {error}.") from error
    with opened(store, settings_in_force(settings)) as graph:
        pruned = prune(graph, keep, now=datetime.now(UTC), wait=wait)
    if not pruned.since:
        typer.echo("Nothing is old enough to be forgotten.")
        return
    typer.echo(
        f"{pruned.changes:,} changes and {pruned.runs:,} runs are no longer remembered. The graph"
        f" can be seen as of {pruned.since} and later."
    )


def forget(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")],
    store: StoreOption = None,
    settings: SettingsOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    wait: WaitOption = 0.0,
) -> None:
    """Take a person out of the store, the past included; nothing brings them back."""
    from ownership_graph.history import forget as take_out  # noqa: PLC0415 -- only where used

    now = datetime.now(UTC)
    with opened(store, settings_in_force(settings)) as graph:
        if not yes:
            _confirm(take_out(graph.copy_in_memory(), person, now=now))
        done = take_out(graph, person, now=now, wait=wait)
    typer.echo(f"Taken out: {_taken_out(done)}.")
    logs.note(
        "A source that still lists the person brings them back with its next import: take them out"
        " there. The alias file and the source 'manual' cannot keep somebody out without naming"
        " them. Pages, reports, rejected rows, logs and copies made before are not touched."
    )


def _taken_out(done: Forgotten) -> str:
    return (
        f"{so_many(done.facts, 'fact')}, {so_many(done.changes, 'change')} and"
        f" {so_many(done.findings, 'finding')}; other facts that no longer name the person:"
        f" {done.altered:,}"
    )


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()


def _confirm(preview: Forgotten) -> None:
    """Ask a person at a terminal; anything but yes is an end."""
    if not _somebody_is_there():
        raise UsageError(
            "forgetting a person: it cannot be taken back, and nobody is there to be asked. Say"
            " --yes."
        )
    typer.confirm(f"This takes out {_taken_out(preview)}. Go on?", abort=True)


def history(
    node: Annotated[
        list[str], typer.Argument(metavar="[LABEL] ID", help="A node, such as: Team team:risk")
    ],
    store: StoreOption = None,
    settings: SettingsOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """What became of a node and its relationships, oldest first, and who said so."""
    from ownership_graph.history import history_of  # noqa: PLC0415 -- only where used

    if len(node) > 2:  # noqa: PLR2004 -- a label and an id
        raise UsageError(
            f"looking for a history: {len(node)} words were given. Write LABEL ID, or the id"
            " alone; put an id that holds a blank in quotes."
        )
    answering = Answering(format_, output)
    with opened(store, settings_in_force(settings)) as graph:
        steps = history_of(graph, node[-1], node[0] if len(node) > 1 else "")
        rows = _told(graph, steps)
    answering.write(rows)


def diff(
    start: Annotated[str, typer.Argument(metavar="DAY", help="Such as 2026-03-01.")],
    end: Annotated[str, typer.Argument(metavar="DAY", help="A later one.")],
    store: StoreOption = None,
    settings: SettingsOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """What is new, gone or changed between the ends of two days, in UTC."""
    from ownership_graph.cli.run_told import counts_of  # noqa: PLC0415 -- only where used
    from ownership_graph.history import difference  # noqa: PLC0415

    first, last = (day_of(text, "the days to compare") for text in (start, end))
    answering = Answering(format_, output)
    with opened(store, settings_in_force(settings)) as graph:
        steps = difference(graph, first, last)
        rows = _told(graph, steps, when=False)
    for form, out in answering.streams():
        if form.SUFFIX == ".txt":
            out.writelines(f"{line}\n" for line in counts_of(steps))
        form.write_rows(rows, out)


def _told(graph: Store, steps: list[Step], *, when: bool = True) -> Rows:
    from ownership_graph.history import names_of  # noqa: PLC0415 -- only where used

    names = names_of(graph, steps)
    return step_rows(steps, graph.runs(), names, when=when)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.add_typer(runs_app, name="runs", rich_help_panel=LOOK_BACK)
    app.command(rich_help_panel=LOOK_BACK)(history)
    app.command(rich_help_panel=LOOK_BACK)(diff)
    app.command(rich_help_panel=LOOK_BACK)(forget)
