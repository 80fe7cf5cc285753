"""`import`: one command an importer, made from the importer's own signature."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer
from typer.core import TyperGroup

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
    IMPORT,
    REJECTS,
    AllowRemovalsOption,
    DryRunOption,
    JsonOption,
    RejectsOption,
    StrictOption,
    WaitOption,
    Wanted,
    import_all,
    sources_in_force,
)
from ownership_graph.cli.options import (
    SettingsOption,
    StoreOption,
    opened,
    settings_in_force,
)
from ownership_graph.cli.progress import progress_bar
from ownership_graph.cli.summary import print_summary
from ownership_graph.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from ownership_graph.importing.importers import Importer
    from ownership_graph.loading import Order
    from ownership_graph.settings import Settings

GUARD = 0.25


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

        said = ctx.params or {}
        folders = said.get("importers") or []
        try:
            return _command(find_importer(cmd_name, folders))
        except UsageError:
            in_force = settings_in_force(said.get("settings"))
            if cmd_name in [each.name for each in in_force.source]:
                raise UsageError(
                    f"looking for an importer: '{cmd_name}' is a source of the settings."
                    f" Write: ownership-graph import --source '{cmd_name}'."
                ) from None
            return _command(find_importer(cmd_name, [*folders, *in_force.importers]))


import_app = typer.Typer(cls=ImporterGroup, invoke_without_command=True)


@import_app.callback()
def import_(
    context: typer.Context,
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="NAME",
            help="Only this source of the settings. May be given again.",
            rich_help_panel=IMPORT,
        ),
    ] = None,
    dry_run: DryRunOption = False,
    allow_removals: AllowRemovalsOption = False,
    strict: StrictOption = False,
    wait: WaitOption = 0.0,
    rejects: RejectsOption = None,
    json_: JsonOption = False,
    metrics: MetricsOption = None,
    every: EveryOption = None,
    timezone: ZoneOption = "UTC",
    at_once: AtOnceOption = False,
    health: HealthOption = None,
    give_up_after: GiveUpOption = 3,
    store: StoreOption = None,
    settings: SettingsOption = None,
    importers: Annotated[
        list[Path] | None,
        typer.Option(
            "--importers", metavar="FOLDER", help="A folder of own importers; it runs their code."
        ),
    ] = None,
) -> None:
    """Load what sources state into the graph, compared with what they stated before.

    Without an importer, all sources of the settings are imported in their order. One that
    fails changes nothing, and does not stop the others: the exit code is then 4.
    """
    if context.invoked_subcommand:
        _refuse_before(context)
        return
    if importers:
        raise UsageError(
            "importing all sources: --importers is for one importer that is named. Write"
            ' importers = ["FOLDER"] into the settings.'
        )
    wanted = Wanted(
        source=tuple(source or ()),
        dry_run=dry_run,
        allow_removals=allow_removals,
        strict=strict,
        wait=wait,
        rejects=rejects,
        metrics=metrics,
        as_json=json_,
        store=store,
        settings=settings,
    )
    in_force, _ = sources_in_force(settings, source or ())  # mistakes are told now, not at night
    again = Again(every, timezone, at_once, health or in_force.health, give_up_after)
    do_again(lambda: import_all(wanted), again)


def _refuse_before(context: typer.Context) -> None:
    """Options of all sources before an importer's name would be lost, and are not allowed."""
    for each in context.command.params:
        name = each.name or ""
        source = context.get_parameter_source(name)
        if name != "importers" and source is not None and source.name == "COMMANDLINE":
            raise UsageError(
                f"importing with '{context.invoked_subcommand}': {each.opts[0]} stands before it."
                " Write it behind the importer's name."
            )


def _run(importer: Importer, said: dict[str, Any]) -> None:
    """Import one source as the options say, and where they are silent, as the settings say."""
    from ownership_graph.identities import read_aliases  # noqa: PLC0415 -- only where used
    from ownership_graph.loading import load  # noqa: PLC0415 -- only where used
    from ownership_graph.loading.rejects import folder_for  # noqa: PLC0415

    common = {name: said.pop(name) for name in _COMMON}
    in_force = settings_in_force(common["settings"])
    order = _order(importer, said, common, in_force)
    with opened(common["store"], in_force) as graph, progress_bar() as progress:
        summary = load(
            graph,
            order,
            now=datetime.now(UTC),
            precedence=in_force.precedence,
            aliases=read_aliases(in_force.identities),
            dry_run=common["dry_run"],
            allow_removals=common["allow_removals"],
            strict=common["strict"],
            rejects=folder_for(order.source, common["rejects"] or REJECTS),
            progress=progress,
            wait=common["wait"],
        )
    print_summary(summary, as_json=common["json_"])
    raise typer.Exit(summary.exit_code)


def _order(
    importer: Importer, said: dict[str, Any], common: Mapping[str, Any], settings: Settings
) -> Order:
    from ownership_graph.loading import Order  # noqa: PLC0415 -- only where used

    source = common["as_"] or importer.called(said) or f"{importer.name}{_place(said)}"
    known = next((each for each in settings.source if each.name == source), None)
    mode, guard = common["mode"], common["removal_guard"]
    if guard is None:
        guard = known.removal_guard if known else GUARD
    return Order(
        source,
        importer,
        said,
        mode=mode.value if mode else known.mode if known else None,
        removal_guard=guard,
        authoritative_for=known.authoritative_for if known else None,
    )


def _place(said: Mapping[str, Any]) -> str:
    """Where the source is, as a part of its name: the file or folder, or the system's host."""
    if said.get("path"):
        return f":{os.path.realpath(said['path'])}"
    try:
        host = urlsplit(said.get("url") or "").hostname
    except ValueError:  # no address: the importer tells
        host = ""
    return f":{host}" if host else ""


def _common(
    as_: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="NAME",
            help="What the source is called; else the importer and the absolute path or address."
            " What the settings say of a source of that name holds.",
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
    dry_run: DryRunOption = False,
    allow_removals: AllowRemovalsOption = False,
    removal_guard: Annotated[
        float | None,
        typer.Option(
            "--removal-guard",
            metavar="SHARE",
            min=0.0,
            max=1.0,
            help=f"The share of what the source stated that may go; else {GUARD}.",
            rich_help_panel=IMPORT,
        ),
    ] = None,
    strict: StrictOption = False,
    wait: WaitOption = 0.0,
    rejects: RejectsOption = None,
    json_: JsonOption = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """The options of every import; never called, its signature is read."""
    raise NotImplementedError


_COMMON: Mapping[str, inspect.Parameter] = inspect.signature(_common, eval_str=True).parameters


def _command(importer: Importer) -> Any:  # noqa: ANN401 -- Typer's own command class
    """A Typer command whose options are the importer's and the common ones."""

    def run(**said: Any) -> None:  # noqa: ANN401 -- each importer has its own options
        if said.pop(_PREVIEW, False):
            own = {each.name: said[each.name] for each in importer.options}
            for line in importer.preview(**own):
                typer.echo(line)
        else:
            _run(importer, said)

    taken = sorted({each.name for each in importer.options} & {*_COMMON, _PREVIEW})
    if taken:
        raise SettingsError(
            f"loading the importer '{importer.name}': its option '{taken[0]}' has the name of an"
            " option that every import has. Rename it.",
            file=str(importer.file),
        )
    parameters = [*_own_parameters(importer), *_preview(importer), *_COMMON.values()]
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # how inspect is told
        [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in parameters]
    )
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    run.__doc__ = importer.help
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    single.command(name=importer.name, short_help=importer.summary)(run)
    return typer.main.get_command(single)


_PREVIEW = "preview"


def _preview(importer: Importer) -> list[inspect.Parameter]:
    """The option to look first, of an importer that can show what it would say."""
    info = typer.Option(
        f"--{_PREVIEW}",
        help="Show what would be read, and how; nothing is written.",
        rich_help_panel=importer.name,
    )
    return [
        inspect.Parameter(
            _PREVIEW,
            inspect.Parameter.KEYWORD_ONLY,
            default=False,
            annotation=Annotated[bool, info],
        )
    ][: bool(importer.shows)]


_TYPES: Mapping[str, type] = {
    "text": str,
    "int": int,
    "float": float,
    "bool": bool,
    "path": Path,
    "secret": str,
}


def _own_parameters(importer: Importer) -> list[inspect.Parameter]:
    """The importer's own options: `path` is the argument, the others are options."""
    made = []
    for each in importer.options:
        base = _TYPES[each.type]
        if each.name == "path":
            info: object = typer.Argument(metavar="PATH", help=each.meaning, show_default=False)
        else:
            spelt = each.name.replace("_", "-")
            no = f"/--no-{spelt}" if each.type == "bool" else ""
            flag = f"--{spelt}{no}"
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
