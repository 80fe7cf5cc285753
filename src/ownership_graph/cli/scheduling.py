"""`schedule`: the nightly run as text for a scheduler; `health`: whether it still runs."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.cli import logs
from ownership_graph.cli.all_sources import sources_in_force
from ownership_graph.cli.options import WHERE, SettingsOption, settings_in_force
from ownership_graph.errors import UsageError
from ownership_graph.scheduling.job import ENV_FILE, NAME, Job, needed

if TYPE_CHECKING:
    from ownership_graph.scheduling.times import Times


def schedule(
    scheduler: Annotated[
        str, typer.Argument(metavar="cron|systemd|kubernetes|compose", help="Who is to start it.")
    ],
    at: Annotated[
        str,
        typer.Option("--at", metavar="CRON", help="When: five fields, or @daily and the like."),
    ] = "0 6 * * *",
    timezone: Annotated[
        str, typer.Option("--timezone", metavar="NAME", help="The time zone, as Europe/Berlin.")
    ] = "UTC",
    env_file: Annotated[
        Path,
        typer.Option(
            "--env-file",
            metavar="FILE",
            help="Where the environment variables will be that the settings take secrets from.",
            rich_help_panel=WHERE,
        ),
    ] = ENV_FILE,
    image: Annotated[
        str,
        typer.Option(
            "--image", metavar="NAME", help="The container's image.", rich_help_panel=WHERE
        ),
    ] = NAME,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FOLDER",
            help="Write the files there instead of printing them.",
            rich_help_panel=WHERE,
        ),
    ] = None,
    settings: SettingsOption = None,
) -> None:
    """The nightly run as text for cron, systemd, Kubernetes or Compose; nothing is installed."""
    from ownership_graph.scheduling.targets import find_target  # noqa: PLC0415 -- only where used
    from ownership_graph.scheduling.times import times  # noqa: PLC0415

    target = find_target(scheduler)
    files = target.files(_job(settings, times(at, timezone), env_file, image))
    for name, text in files.items():
        if output is not None:
            _write(output / name, text)
        else:
            typer.echo(f"# ---- {name}\n{text}" if len(files) > 1 else text, nl=len(files) > 1)


def _write(path: Path, text: str) -> None:
    from ownership_graph.whole_file import whole_file  # noqa: PLC0415 -- only where used

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"making the folder {path.parent}: {error.strerror}. Name another with --output."
        ) from error
    with whole_file(path) as out:
        out.write(text)
    logs.note(f"Written: {path}")


def _job(file: Path | None, at: Times, env_file: Path, image: str) -> Job:
    """The job that the settings in force come to; their mistakes are told now, not at night."""
    in_force, _ = sources_in_force(file)
    written = in_force.written
    variables, secret_files = needed(written.data, os.environ, written.folder)
    return Job(
        program=_program(),
        folder=written.folder,
        settings=Path(written.said.file).absolute() if written.said.file else None,
        times=at,
        user=getpass.getuser(),
        env_file=env_file.absolute(),
        variables=tuple(sorted(variables)),
        secret_files=tuple(sorted(secret_files)),
        image=image,
    )


def health(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The file; else the settings' `health`."),
    ] = None,
    max_age: Annotated[
        str, typer.Option("--max-age", metavar="TIME", help="How old the last success may be.")
    ] = "25h",
    settings: SettingsOption = None,
) -> None:
    """Whether a run that goes on is well: exit code 0 or 1, and a sentence."""
    from ownership_graph.scheduling.health import read_health, verdict  # noqa: PLC0415 -- late
    from ownership_graph.settings.durations import span  # noqa: PLC0415

    try:
        longest = span(max_age)
    except ValueError as error:
        raise UsageError(f"reading --max-age: '{max_age}': {error}.") from error
    path = file or settings_in_force(settings).health
    if path is None:
        raise UsageError(
            "reading the health: no file is named, and the settings have no `health`."
        )
    well, sentence = verdict(read_health(path), now=datetime.now(UTC), longest=longest)
    typer.echo(sentence)
    if not well:
        raise typer.Exit(1)


def _program() -> Path:
    """This program, as another that knows no PATH can call it."""
    beside = Path(sys.executable).with_name(NAME)
    return beside if beside.is_file() else Path(shutil.which(NAME) or sys.argv[0]).absolute()


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(rich_help_panel="Automate")(schedule)
    app.command(rich_help_panel="Automate")(health)
