"""`settings`: what is in force, and where each value comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from ownership_graph.cli import logs
from ownership_graph.cli.all_sources import sources_of
from ownership_graph.cli.options import (
    Answering,
    FormatOption,
    OutputOption,
    SettingsOption,
    StoreOption,
)
from ownership_graph.secret import Secret

if TYPE_CHECKING:
    from ownership_graph.loading import Order
    from ownership_graph.settings import Settings, SourceSettings

COLUMNS = ("key", "value", "from")
OPTION = "option"
Row: TypeAlias = tuple[str, object, str]


def settings(
    store: StoreOption = None,
    settings: SettingsOption = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of the file, for editors.")
    ] = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """The settings in force and where each comes from; secrets are not shown."""
    if schema:
        _print_schema()
        return
    from ownership_graph.records import Rows  # noqa: PLC0415 -- only where used

    answering = Answering(format_, output)
    in_force, orders = sources_of(settings)
    rows = Rows(COLUMNS, list(_rows(in_force, orders, store, explicit=settings is not None)))
    for form, out in answering.streams():
        form.write_rows(rows, out)


def _print_schema() -> None:
    import msgspec  # noqa: PLC0415 -- only where used

    from ownership_graph.loading.schema import settings_schema  # noqa: PLC0415

    typer.echo(msgspec.json.format(msgspec.json.encode(settings_schema()), indent=2).decode())


def _rows(
    settings: Settings, orders: list[Order], store: str | None, *, explicit: bool
) -> Iterator[Row]:
    """Key, value and origin of everything, in the order of the reference."""
    file = settings.written.said.file
    found = "found upward from here" if file else "there is none here or above"
    yield "settings file", file or None, OPTION if explicit else found
    for key in type(settings.store).model_fields:
        said = store if key == "address" else None
        origin = OPTION if said else _origin(settings, "store", key)
        value = said or shown(getattr(settings.store, key))
        told = logs.without_secrets(str(value)) if key == "address" else value
        yield f"store.{key}", told, origin
    for name in type(settings).model_fields:
        if name not in ("store", "source"):
            yield name, shown(getattr(settings, name)), _origin(settings, name)
    for place, (source, order) in enumerate(zip(settings.source, orders, strict=True)):
        yield from _source(settings, place, source, order)


def _source(settings: Settings, place: int, source: SourceSettings, order: Order) -> Iterator[Row]:
    """One source's keys, then all options of its importer."""
    for key in type(source).model_fields:
        if key != "name":
            value = shown(getattr(source, key))
            if key == "mode":
                value = value or order.importer.mode
            yield f"source.{source.name}.{key}", value, _origin(settings, "source", place, key)
    for option in order.importer.options:
        value = shown(order.options.get(option.name, option.default))
        origin = _origin(settings, "source", place, option.name)
        yield f"source.{source.name}.{option.name}", value, origin


def _origin(settings: Settings, *path: str | int) -> str:
    """Where a value comes from; of the one file its name will do."""
    found = settings.written.origin(*path)
    if found.variable or not found.file:
        return str(found)
    return f"{Path(found.file).name}:{found.line}"


def shown(value: object) -> object:
    """A value as it is told: a secret by where it is kept, and whether it is there."""
    from ownership_graph.settings import spelt  # noqa: PLC0415 -- pydantic takes 0.3 s

    match value:
        case Secret():
            if not value.where and not value.itself:
                return None
            return f"{value.where or '***'} ({'set' if value.is_set else 'not set'})"
        case timedelta():
            return spelt(value)
        case Path():
            return str(value)
        case tuple():
            return [shown(each) for each in value]
        case _:
            return value


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Start")(settings)
