"""`init`: the first files of a folder, with every key explained; nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.errors import UsageError
from ownership_graph.settings import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ownership_graph.cli.first_settings import SourceTable

IDENTITIES = "alias,label,id\n"


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where they go.", show_default=False)
    ] = Path(),
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FOLDER",
            help="Look round this folder or checkout, and write the sources that are recognised"
            " there into the settings.",
            show_default=False,
        ),
    ] = None,
    starter: Annotated[
        bool,
        typer.Option(
            "--starter",
            help="Also an operating model: what functions are rewarded for, who may decide what,"
            " and work without a system of record, with defaults that count as assumed.",
        ),
    ] = False,
    survey: Annotated[
        bool,
        typer.Option(
            "--survey",
            help="Also an empty table with five questions about each model, to be put to each"
            " function: where their answers differ, there is no shared picture.",
        ),
    ] = False,
) -> None:
    """A settings file with every key explained, and an empty table of identities."""
    from ownership_graph.cli.first_settings import settings_text  # noqa: PLC0415 -- only where used

    tables = _recognised(from_) if from_ else []
    files: dict[str, str] = {}
    if starter:
        _add_starter(tables, files, folder)
    if survey:
        _add_survey(tables, files, folder)
    files |= {FILE_NAME: settings_text(tables, folder), "identities.csv": IDENTITIES}
    kept = [name for name, text in files.items() if not _written(folder, name, text)]
    if FILE_NAME in kept and tables:
        _for_the_kept(tables, folder)
    step = "" if folder.resolve() == Path.cwd() else f"  cd {folder}\n"
    write = (
        ""
        if any(not each.ask for each in tables)
        else "  write your sources into ownership-graph.toml\n"
    )
    typer.echo(f"""
Next:
{step}{write}  ownership-graph settings           what is in force
  ownership-graph import --dry-run   what would be imported
  ownership-graph import
  ownership-graph check""")


def _written(folder: Path, name: str, text: str) -> bool:
    """Write the file where there is none, tell it, and say whether it was done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        typer.echo(f"kept     {folder / name}")
        return False
    except OSError as error:
        raise UsageError(
            f"writing the first files into {folder}: {error.strerror}. Name a folder that you may"
            " write to: ownership-graph init FOLDER."
        ) from error
    typer.echo(f"written  {folder / name}")
    return True


def _recognised(root: Path) -> list[SourceTable]:
    """The sources that importers recognise below `root`; it is told what else lies there."""
    from ownership_graph.cli.first_settings import source_tables  # noqa: PLC0415 -- only where used
    from ownership_graph.cli.looking_round import tell  # noqa: PLC0415
    from ownership_graph.importing.importers import try_importers  # noqa: PLC0415
    from ownership_graph.importing.recognised import recognise  # noqa: PLC0415
    from ownership_graph.importing.surroundings import look_round  # noqa: PLC0415

    surroundings = look_round(root)
    importers, not_loaded = try_importers()
    recognised, failed = recognise(surroundings, importers)
    tables = source_tables(recognised)
    tell(surroundings, recognised, tables, [*map(str, not_loaded), *failed])
    return tables


def _add_starter(tables: list[SourceTable], files: dict[str, str], folder: Path) -> None:
    """The operating model as a file, and as a source where it is none yet.

    It is the last source: what it says of teams rests on what the others know.
    """
    from ownership_graph.cli import starter  # noqa: PLC0415 -- only where used
    from ownership_graph.cli.first_settings import SourceTable  # noqa: PLC0415

    files[starter.FILE] = starter.TEXT
    if starter.IMPORTER not in [each.importer for each in tables]:
        name = starter.FILE.partition(".")[0]
        path = folder / starter.FILE
        tables.append(SourceTable(name, starter.IMPORTER, path, starter.WHAT))


def _add_survey(tables: list[SourceTable], files: dict[str, str], folder: Path) -> None:
    """The empty table of the survey, and how a source of it is written."""
    from ownership_graph.cli import starter  # noqa: PLC0415 -- only where used
    from ownership_graph.cli.first_settings import SourceTable  # noqa: PLC0415

    files[starter.SURVEY_FILE] = starter.SURVEY
    if starter.SURVEY_IMPORTER not in [each.importer for each in tables]:
        path, options = folder / starter.SURVEY_FILE, {"function": "legal"}
        told = (starter.SURVEY_IMPORTER, path, starter.SURVEY_WHAT, options, starter.SURVEY_ASK)
        tables.append(SourceTable("survey of legal", *told))


def _for_the_kept(tables: Sequence[SourceTable], folder: Path) -> None:
    """What could be added to a settings file that is there already."""
    from ownership_graph.cli.first_settings import sources_text  # noqa: PLC0415 -- only where used

    typer.echo(f"\n{FILE_NAME} was there before, and kept. This could be added to it:\n")
    typer.echo(sources_text(tables, folder))


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Start")(init)
