"""`import`: one command an importer, made from the importer's own signature."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ownership_graph.cli.options import (
    ANSWER,
    SettingsOption,
    StoreOption,
    opened,
    settings_in_force,
)
from ownership_graph.cli.progress import progress_bar
from ownership_graph.cli.summary import print_summary
from ownership_graph.errors import SettingsError

if TYPE_CHECKING:
    from ownership_graph.importing.importers import Importer

IMPORT = "Import"
REJECTS = Path("ownership-graph-rejected")


class Mode(StrEnum):
    """What absence from the source means."""

    FULL = "full"
    DELTA = "delta"
    EVENTS = "events"


class ImporterGroup(TyperGroup):
    """The importers as subcommands; each is loaded only when it is named."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 -- Typer's own Context
        """The names of the shipped importers."""
        from ownership_graph.importing.importers import list_importers  # noqa: PLC0415

        return [each.name for each in list_importers()]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """The command of that importer, or of an importer of the user's own folder."""
        from ownership_graph.importing.importers import find_importer  # noqa: PLC0415

        folders = (ctx.params.get("importers") or []) if ctx.params else []
        return _command(find_importer(cmd_name, folders))


import_app = typer.Typer(cls=ImporterGroup, no_args_is_help=True)


@import_app.callback()
def import_(
    importers: Annotated[
        list[Path] | None,
        typer.Option(
            "--importers", metavar="FOLDER", help="A folder of own importers; it runs their code."
        ),
    ] = None,
) -> None:
    """Load what a source states into the graph, compared with what it stated before."""


def _run(importer: Importer, said: dict[str, Any]) -> None:
    """Import one source as the options say."""
    from ownership_graph.loading import Order, load  # noqa: PLC0415 -- only where used

    common = {name: said.pop(name) for name in _COMMON}
    in_force = settings_in_force(common["settings"])
    source = common["as_"] or f"{importer.name}:{Path(said['path']).resolve()}"
    mode = common["mode"].value if common["mode"] else None
    order = Order(source, importer, said, mode=mode, removal_guard=common["removal_guard"])
    with opened(common["store"], in_force) as graph, progress_bar() as progress:
        summary = load(
            graph,
            order,
            now=datetime.now(UTC),
            precedence=in_force.precedence,
            dry_run=common["dry_run"],
            allow_removals=common["allow_removals"],
            strict=common["strict"],
            rejects=common["rejects"] / re.sub(r"[^\w.-]+", "-", source).strip("-"),
            progress=progress,
        )
    print_summary(summary, as_json=common["json_"])


def _common(
    as_: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="NAME",
            help="What the source is called; else the importer and the absolute path.",
            rich_help_panel=IMPORT,
        ),
    ] = None,
    mode: Annotated[
        Mode | None,
        typer.Option(
            "--mode",
            help="full: what the source no longer says goes; delta, events: nothing goes.",
            rich_help_panel=IMPORT,
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Show what would change, and stop.", rich_help_panel=IMPORT
        ),
    ] = False,
    allow_removals: Annotated[
        bool,
        typer.Option(
            "--allow-removals", help="Let the removal guard pass once.", rich_help_panel=IMPORT
        ),
    ] = False,
    removal_guard: Annotated[
        float,
        typer.Option(
            "--removal-guard",
            metavar="SHARE",
            min=0.0,
            max=1.0,
            help="The share of what the source stated that may go.",
            rich_help_panel=IMPORT,
        ),
    ] = 0.25,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help="One rejected row fails the import.", rich_help_panel=IMPORT
        ),
    ] = False,
    rejects: Annotated[
        Path,
        typer.Option(
            "--rejects",
            metavar="FOLDER",
            help="Where rejected rows go, to be mended and imported again.",
            rich_help_panel=IMPORT,
        ),
    ] = REJECTS,
    json_: Annotated[
        bool, typer.Option("--json", help="The summary as JSON.", rich_help_panel=ANSWER)
    ] = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """The options of every import; never called, its signature is read."""
    raise NotImplementedError


_COMMON: Mapping[str, inspect.Parameter] = inspect.signature(_common, eval_str=True).parameters


def _command(importer: Importer) -> Any:  # noqa: ANN401 -- Typer's own command class
    """A Typer command whose options are the importer's and the common ones."""

    def run(**said: Any) -> None:  # noqa: ANN401 -- each importer has its own options
        _run(importer, said)

    taken = sorted({each.name for each in importer.options} & set(_COMMON))
    if taken:
        raise SettingsError(
            f"loading the importer '{importer.name}': its option '{taken[0]}' has the name of an"
            " option that every import has. Rename it.",
            file=str(importer.file),
        )
    parameters = [*_own_parameters(importer), *_COMMON.values()]
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # how inspect is told
        [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in parameters]
    )
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    run.__doc__ = importer.help
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    single.command(name=importer.name, short_help=importer.summary)(run)
    return typer.main.get_command(single)


_TYPES: Mapping[str, type] = {"text": str, "int": int, "float": float, "bool": bool, "path": Path}


def _own_parameters(importer: Importer) -> list[inspect.Parameter]:
    """The importer's own options: `path` is the argument, the others are options."""
    made = []
    for each in importer.options:
        base = _TYPES[each.type]
        if each.name == "path":
            info: object = typer.Argument(metavar="PATH", help=each.meaning, show_default=False)
        else:
            flag = f"--{each.name.replace('_', '-')}"
            info = typer.Option(flag, help=each.meaning, rich_help_panel=importer.name)
        one: Any = list[base] if each.many else base  # type: ignore[valid-type]  # a type from a table
        kind: Any = one if each.required else one | None
        default = inspect.Parameter.empty if each.required else each.default
        made.append(
            inspect.Parameter(
                each.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=default,
                annotation=Annotated[kind, info],
            )
        )
    return made


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.add_typer(import_app, name="import", rich_help_panel="Start")
