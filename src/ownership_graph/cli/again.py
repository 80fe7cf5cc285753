"""Doing something again and again: the options for it, and the loop behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ownership_graph.cli import logs
from ownership_graph.cli.options import WHERE

AGAIN = "Again and again"

EveryOption = Annotated[
    str | None,
    typer.Option(
        "--every",
        metavar="CRON",
        help="Go on running, and do it at these times: five fields, or @daily and the like.",
        rich_help_panel=AGAIN,
    ),
]
ZoneOption = Annotated[
    str,
    typer.Option(
        "--timezone",
        metavar="NAME",
        envvar="TZ",
        help="The time zone of --every, as Europe/Berlin.",
        rich_help_panel=AGAIN,
    ),
]
AtOnceOption = Annotated[
    bool, typer.Option("--at-once", help="Do it now, too.", rich_help_panel=AGAIN)
]
HealthOption = Annotated[
    Path | None,
    typer.Option(
        "--health",
        metavar="FILE",
        help="Where to tell how it goes; else the settings' `health`.",
        rich_help_panel=AGAIN,
    ),
]
GiveUpOption = Annotated[
    int,
    typer.Option(
        "--give-up-after",
        metavar="N",
        min=1,
        help="End after so many failures in a row.",
        rich_help_panel=AGAIN,
    ),
]

MetricsOption = Annotated[
    Path | None,
    typer.Option(
        "--metrics",
        metavar="FILE",
        help="Write numbers for Prometheus; else where the settings' `metrics` says.",
        rich_help_panel=WHERE,
    ),
]


@dataclass(frozen=True, slots=True)
class Again:
    """What the options of a program that goes on running said; without `every` it works once."""

    every: str | None
    timezone: str
    at_once: bool
    health: Path | None
    give_up_after: int


def do_again(work: Callable[[], int], again: Again) -> None:
    """Work once, or with `every` at each of its times; a code that is not 0 ends the program."""
    code = work() if again.every is None else _go_on(work, again.every, again)
    if code:
        raise typer.Exit(code)


def _go_on(work: Callable[[], int], every: str, again: Again) -> int:
    from ownership_graph.scheduling.every import Every, RealClock  # noqa: PLC0415 -- only where used
    from ownership_graph.scheduling.times import times  # noqa: PLC0415

    logs.tell_steps()
    loop = Every(
        times(every, again.timezone),
        clock=RealClock(),
        tell=logs.tell,
        health=again.health,
        give_up_after=again.give_up_after,
    )
    return loop.go_on(work, at_once=again.at_once)
