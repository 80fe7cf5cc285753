"""The command line.

Exit codes: 0 fine, 1 error, 2 usage or settings, 3 findings at or above --fail-on, 4 a source
failed or the removal guard stopped it, 5 locked, 130 interrupted.
"""

from __future__ import annotations

import signal
import sys
from typing import Annotated, NoReturn

import typer

from ownership_graph.cli import asking, demo, doctor, exploring, importing
from ownership_graph.errors import OwnershipGraphError
from ownership_graph.reports.quoting import printable

app = typer.Typer(
    name="ownership-graph",
    help="Finds where an organisation, not its models, is the bottleneck.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog="Exit codes: 0 fine, 1 error, 2 usage or settings, 3 findings at or above --fail-on,"
    " 4 a source failed or the removal guard stopped it, 5 locked, 130 interrupted.",
)


def _print_version(value: bool) -> None:
    if value:
        from importlib.metadata import version  # noqa: PLC0415 -- only where used

        typer.echo(version("ownership-graph"))
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    """Finds where an organisation, not its models, is the bottleneck."""


demo.register(app)
importing.register(app)
asking.register(app)
exploring.register(app)
doctor.register(app)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def main() -> NoReturn:
    """Run the command line, and exit with its code; an error is one sentence on stderr."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        app()
    except OwnershipGraphError as error:
        message = printable(str(error), longest=2_000)
        print(f"ownership-graph: {message}", file=sys.stderr)  # noqa: T201 -- the one place
        sys.exit(error.exit_code)
    sys.exit(0)
