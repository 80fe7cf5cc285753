"""The command line.

Exit codes: 0 fine, 1 error, 2 usage or settings, 3 findings at or above --fail-on, 4 a source
failed or the removal guard stopped it, 5 locked, 130 interrupted. Where nobody reads the output to
its end, as in `check | head`, it is 141, as a shell has it of any program that ends so.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from typing import Annotated, Any, NoReturn, TextIO

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from ownership_graph.cli import (
    asking,
    deciding,
    demo,
    denials,
    doctor,
    exploring,
    generate,
    history,
    identities,
    importing,
    init,
    logs,
    own_questions,
    running,
    scheduling,
    settings,
    tracing,
)
from ownership_graph.errors import OwnershipGraphError

INTERRUPTED = 130
UNREAD = 141
"""As a shell tells of a program that SIGPIPE ended."""


class Program(TyperGroup):
    """All commands; where machines read the log, a word that cannot be is an event, too."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 -- Typer's own Context
        """Carry out the command."""
        try:
            return super().invoke(ctx)
        except TyperException as error:
            if not logs.as_json():
                raise
            logs.fail(error.format_message(), error.exit_code)
            raise typer.Exit(error.exit_code) from error


app = typer.Typer(
    name="ownership-graph",
    cls=Program,
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
    version: Annotated[  # noqa: ARG001 -- its callback acts
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version."
        ),
    ] = False,
    log_format: Annotated[
        logs.LogFormat | None,
        typer.Option(
            "--log-format",
            envvar=logs.ENVIRONMENT,
            help="What goes to stderr: text for people, json for machines.",
        ),
    ] = None,
) -> None:
    """Finds where an organisation, not its models, is the bottleneck."""
    if log_format:
        logs.choose(log_format)


demo.register(app)
generate.register(app)
init.register(app)
importing.register(app)
asking.register(app)
own_questions.register(asking.queries_app)
deciding.register(app)
denials.register(app)
exploring.register(app)
history.register(app)
identities.register(app)
running.register(app)
scheduling.register(app)
settings.register(app)
tracing.register(app)
doctor.register(app)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def main() -> NoReturn:
    """Run the command line, and exit with its code; an error is one sentence on stderr."""
    signal.signal(signal.SIGTERM, _interrupt)
    logs.start()
    try:
        code = _ended()
        for stream in _streams():
            stream.flush()
    except BrokenPipeError:
        code = UNREAD
        _let_go()
    sys.exit(code)


def _ended() -> str | int | None:
    """Do what the words say, and return the code to exit with.

    Errors: BrokenPipeError where nobody reads any more what is written.
    """
    try:
        app()
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):
            raise ended.__context__ from None
        if ended.code == INTERRUPTED and not logs.as_json():
            logs.fail("interrupted.", INTERRUPTED)
        return ended.code
    except BrokenPipeError:
        raise
    except OwnershipGraphError as error:
        logs.fail(str(error), error.exit_code, getattr(error, "__notes__", ()))
        return error.exit_code
    except Exception as error:
        if not logs.as_json():
            raise
        logs.crash(error)
        return 1
    return 0


def _streams() -> Iterator[TextIO]:
    """What is written to; a program may be started without."""
    yield from (stream for stream in (sys.stdout, sys.stderr) if stream)


def _let_go() -> None:
    """What is left in the buffers goes nowhere, so that Python does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in _streams():
        os.dup2(nowhere, stream.fileno())
