"""`import` of all sources that the settings name, and the options of every import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.cli import logs
from ownership_graph.cli.imported import print_imported
from ownership_graph.cli.options import ANSWER, opened, settings_in_force
from ownership_graph.cli.progress import progress_bar
from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from ownership_graph.loading import Order
    from ownership_graph.records import ImportRun
    from ownership_graph.settings import Settings
    from ownership_graph.stores import Store

IMPORT = "Import"
REJECTS = Path("ownership-graph-rejected")
FAILED = 4
FILE = "ownership-graph.toml"
A_SOURCE = ("[[source]]", 'name = "inventory"', 'importer = "tables"', 'path = "tables"')

DryRunOption = Annotated[
    bool,
    typer.Option("--dry-run", help="Show what would change, and stop.", rich_help_panel=IMPORT),
]
AllowRemovalsOption = Annotated[
    bool,
    typer.Option(
        "--allow-removals", help="Let the removal guard pass once.", rich_help_panel=IMPORT
    ),
]
StrictOption = Annotated[
    bool,
    typer.Option("--strict", help="One rejected row fails the import.", rich_help_panel=IMPORT),
]
WaitOption = Annotated[
    float,
    typer.Option(
        "--wait",
        metavar="SECONDS",
        min=0.0,
        help="Wait so long for another import to end.",
        rich_help_panel=IMPORT,
    ),
]
RejectsOption = Annotated[
    Path | None,
    typer.Option(
        "--rejects",
        metavar="FOLDER",
        help=f"Where rejected rows go, to be mended and imported again; else {REJECTS}.",
        rich_help_panel=IMPORT,
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="The summary as JSON.", rich_help_panel=ANSWER)
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options of an import of all sources said."""

    source: tuple[str, ...]
    dry_run: bool
    allow_removals: bool
    strict: bool
    wait: float
    rejects: Path | None
    metrics: Path | None
    as_json: bool
    store: str | None
    settings: Path | None


def import_all(wanted: Wanted) -> int:
    """Import all sources, or those wanted, and tell what became of each; the exit code."""
    from ownership_graph.history import prune  # noqa: PLC0415 -- only where used
    from ownership_graph.identities import read_aliases  # noqa: PLC0415 -- only where used
    from ownership_graph.loading import load_all  # noqa: PLC0415 -- only where used

    began = perf_counter()
    in_force, orders = sources_in_force(wanted.settings, wanted.source)
    with opened(wanted.store, in_force) as graph, progress_bar() as progress:
        before = len(graph.runs())
        done = load_all(
            graph,
            orders,
            now=datetime.now(UTC),
            precedence=in_force.precedence,
            aliases=read_aliases(in_force.identities),
            dry_run=wanted.dry_run,
            allow_removals=wanted.allow_removals,
            strict=wanted.strict,
            rejects=wanted.rejects or in_force.written.folder / REJECTS,
            progress=progress,
            wait=wanted.wait,
        )
        joined = [each for each in graph.runs()[before:] if each.kind == "identities"]
        if in_force.keep_changes and not wanted.dry_run:
            prune(graph, in_force.keep_changes, now=datetime.now(UTC), wait=wanted.wait)
        code = FAILED if any(each.exit_code for each in done) else 0
        metrics = wanted.metrics or in_force.metrics
        if metrics and not wanted.dry_run:
            _write_metrics(metrics, graph, perf_counter() - began, code)
    print_imported(done, dry_run=wanted.dry_run, as_json=wanted.as_json)
    _print_joined(joined)
    return code


def _print_joined(runs: Sequence[ImportRun]) -> None:
    """What a changed alias file did before the imports."""
    for run in runs:
        if run.added or run.changed or run.removed:
            logs.note(
                f"Names were joined first, as the alias file says now: {run.added:,} facts new,"
                f" {run.changed:,} changed, {run.removed:,} gone. See: ownership-graph runs show"
                f" {run.id}"
            )


def _write_metrics(path: Path, graph: Store, seconds: float, code: int) -> None:
    from ownership_graph.scheduling.metrics import Ended, write_metrics  # noqa: PLC0415 -- late

    write_metrics(path, graph, Ended(datetime.now(UTC), seconds, code))


def sources_in_force(
    settings: Path | None, names: Sequence[str] = ()
) -> tuple[Settings, list[Order]]:
    """The settings with what they say is to be imported: all sources, or those of `names`."""
    in_force, orders = sources_of(settings, names)
    if not orders:
        raise _no_sources(in_force.written.said.file)
    return in_force, orders


def sources_of(settings: Path | None, names: Sequence[str] = ()) -> tuple[Settings, list[Order]]:
    """The same, where there may be no source."""
    from ownership_graph.loading.sources import mistakes_of_sources, orders_of  # noqa: PLC0415

    in_force = settings_in_force(settings, also=mistakes_of_sources)
    return in_force, orders_of(in_force, names)


def _no_sources(file: str) -> UsageError:
    """The sentence that shows what to write."""
    found = f"{file} has none. Write each into it" if file else f"there is no {FILE}. Write one"
    error = UsageError(
        f"importing all sources: {found}, like the one below, or import one alone:"
        " ownership-graph import tables FOLDER."
    )
    for line in A_SOURCE:
        error.add_note(line)
    return error
