"""`run`: the nightly line; with `--every`, a program that goes on running."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ownership_graph.cli import logs
from ownership_graph.cli.again import (
    Again,
    AtOnceOption,
    EveryOption,
    GiveUpOption,
    HealthOption,
    MetricsOption,
    ZoneOption,
    do_again,
)
from ownership_graph.cli.all_sources import (
    REJECTS,
    DryRunOption,
    RejectsOption,
    StrictOption,
    WaitOption,
    sources_in_force,
)
from ownership_graph.cli.asking import questions_in_force
from ownership_graph.cli.options import (
    WHERE,
    FailOnOption,
    QueriesOption,
    SettingsOption,
    StoreOption,
    TimeoutOption,
    opened,
    severity_of,
)


def run(
    fail_on: FailOnOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Where the page goes; else where the settings' `page` says.",
            rich_help_panel=WHERE,
        ),
    ] = None,
    metrics: MetricsOption = None,
    dry_run: DryRunOption = False,
    strict: StrictOption = False,
    rejects: RejectsOption = None,
    wait: WaitOption = 0.0,
    every: EveryOption = None,
    timezone: ZoneOption = "UTC",
    at_once: AtOnceOption = False,
    health: HealthOption = None,
    give_up_after: GiveUpOption = 3,
    store: StoreOption = None,
    settings: SettingsOption = None,
    queries: QueriesOption = None,
    timeout: TimeoutOption = 30.0,
) -> None:
    """The nightly line: all imports, findings recorded, page and numbers, under one lock."""
    from ownership_graph.identities import read_aliases  # noqa: PLC0415 -- only where used
    from ownership_graph.scheduling.every import RealClock  # noqa: PLC0415 -- only where used
    from ownership_graph.scheduling.nightly import Night, run_night  # noqa: PLC0415

    failing = severity_of(fail_on)

    def once() -> int:
        in_force, orders = sources_in_force(settings)
        night = Night(
            orders=orders,
            precedence=in_force.precedence,
            stale_after=in_force.stale_after,
            aliases=read_aliases(in_force.identities),
            keep_changes=in_force.keep_changes,
            questions=questions_in_force(in_force, queries),
            rejects=rejects or in_force.written.folder / REJECTS,
            page=output or in_force.page,
            metrics=metrics or in_force.metrics,
            fail_on=failing,
            wait=wait,
            timeout=timeout,
            dry_run=dry_run,
            strict=strict,
        )
        with opened(store, in_force) as graph:
            return run_night(graph, night, clock=RealClock(), tell=logs.tell)

    in_force, _ = sources_in_force(settings)  # whose mistakes are better told now than at night
    logs.tell_steps()
    do_again(once, Again(every, timezone, at_once, health or in_force.health, give_up_after))


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Automate")(run)
