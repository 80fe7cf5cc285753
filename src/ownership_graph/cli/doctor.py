"""`doctor`: whether everything that a run needs is well."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.cli.options import (
    QueriesOption,
    SettingsOption,
    StoreOption,
    limits_in_force,
    opened,
    settings_in_force,
)
from ownership_graph.days import number_of
from ownership_graph.errors import OwnershipGraphError
from ownership_graph.reports.quoting import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ownership_graph.loading import Order
    from ownership_graph.records import ImportRun
    from ownership_graph.settings import Settings


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at: how it is, and whether that is well."""

    what: str
    how: str
    well: bool = True


def doctor(
    store: StoreOption = None,
    settings: SettingsOption = None,
    queries: QueriesOption = None,
    json_: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Whether settings, store, sources, queries and importers are well; exit code 1 if one is not.

    A source is not well that is stale, or that never was imported though others were.
    """
    in_force = settings_in_force(settings)
    found = [
        _versions(),
        _settings(settings),
        _examine("store", lambda: _store(store, in_force)),
        _examine("sources", lambda: _sources(store, in_force)),
        _examine("queries", lambda: _queries(in_force, queries)),
        _examine("importers", lambda: _importers(in_force)),
    ]
    _show(found, as_json=json_)
    if not all(each.well for each in found):
        raise typer.Exit(1)


def _examine(what: str, look: Callable[[], str]) -> Examined:
    try:
        return Examined(what, look())
    except OwnershipGraphError as error:
        return Examined(what, str(error), well=False)


def _versions() -> Examined:
    from importlib.metadata import version  # noqa: PLC0415 -- only where used

    python = ".".join(str(part) for part in sys.version_info[:3])
    return Examined("version", f"ownership-graph {version('ownership-graph')}, Python {python}")


def _settings(file: Path | None) -> Examined:
    from ownership_graph.settings import find_settings  # noqa: PLC0415 -- pydantic takes 0.3 s

    found = file or find_settings(Path.cwd())
    return Examined(
        "settings", str(found) if found else "no file; the defaults and the environment"
    )


def _store(address: str | None, settings: Settings) -> str:
    with opened(address, settings) as graph:
        about = graph.about()
        runs = graph.runs()
        last = f"last run {runs[-1].finished} ({runs[-1].state})" if runs else "no run yet"
        return f"{graph.address}: {about}, {last}"


def _sources(address: str | None, settings: Settings) -> str:
    """How long ago each was imported."""
    from ownership_graph.loading.sources import orders_of  # noqa: PLC0415 -- only where used

    orders = orders_of(settings)
    if not orders:
        return "none in the settings"
    with opened(address, settings) as graph:
        runs = graph.runs()
    return _imported(settings, runs, [*_missing(orders)])


def _missing(orders: Iterable[Order]) -> Iterator[str]:
    """The paths of sources at which there is nothing."""
    for order in orders:
        for value in order.options.values():
            if isinstance(value, Path) and not value.exists():
                yield printable(f"of {order.source} there is no {value}", longest=400)


def _imported(settings: Settings, runs: list[ImportRun], missing: list[str]) -> str:
    from ownership_graph.days import ago  # noqa: PLC0415 -- only where used
    from ownership_graph.findings.staleness import last_done, stale_sources  # noqa: PLC0415

    limits = limits_in_force(settings, None)
    stale, done, today = stale_sources(runs, limits), last_done(runs), number_of(limits.at)
    told, wrong = [], []
    for each in settings.source:
        name = printable(each.name)
        if each.name in stale:
            wrong.append(f"{name} is stale, it was imported {ago(today - stale[each.name])}")
        elif each.name not in done:
            wrong.append(f"{name} was never imported")
        else:
            finished = done[each.name].finished
            told.append(f"{name} {ago(today - number_of(datetime.fromisoformat(finished)))}")
    wrong += missing
    if wrong and runs:
        raise OwnershipGraphError(f"{'; '.join(wrong)}. Look into its last runs.")
    return ", ".join([*told, *wrong])


def _queries(settings: Settings, folders: list[Path] | None) -> str:
    from ownership_graph.cli.asking import questions_in_force  # noqa: PLC0415 -- only where used

    found = questions_in_force(settings, folders)
    findings = sum(1 for each in found if each.severity is not None)
    return f"{len(found)} can be asked: {findings} find, {len(found) - findings} list"


def _importers(settings: Settings) -> str:
    from ownership_graph.importing.importers import list_importers  # noqa: PLC0415

    return ", ".join(each.name for each in list_importers(settings.importers))


def _show(found: list[Examined], *, as_json: bool) -> None:
    if as_json:
        import msgspec  # noqa: PLC0415 -- only where used

        typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    for each in found:
        mark = typer.style("well ", fg="green") if each.well else typer.style("WRONG", fg="red")
        typer.echo(f"{mark}  {each.what:<10} {each.how}")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Start")(doctor)
