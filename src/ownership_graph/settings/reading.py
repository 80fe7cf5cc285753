"""From file and environment to the settings in force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ownership_graph.settings.environment import laid_over, said_by_environment, strangers
from ownership_graph.settings.keys import FILE_NAME, Settings
from ownership_graph.settings.mistakes import (
    DOING,
    disagreements,
    raise_all,
    refused,
)
from ownership_graph.settings.origins import Written
from ownership_graph.toml_file import TomlFile, read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ownership_graph.settings.keys import StoreSettings
    from ownership_graph.settings.mistakes import Mistake

_FILES = ("identities", "page", "metrics", "health")
_FOLDERS = ("queries", "measures", "importers")


def find_settings(start: Path) -> Path | None:
    """The settings file of `start` or of the nearest folder above it."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def load_settings(
    file: Path | None,
    *,
    start: Path,
    also: Callable[[Written], Iterable[Mistake]] | None = None,
) -> Settings:
    """The settings in force: those of `file`, else of the file found upward from `start`.

    The environment stands over the file. Paths in the file are meant from its folder. `also`
    looks for more mistakes, such as in the options of importers.

    Raises:
        SettingsError: names the key, the file, the line, and what would do; further mistakes
            are its notes.
    """
    found = file or find_settings(start)
    said = read_toml(found, doing=DOING) if found else TomlFile("", {}, {})
    data, variables = laid_over(said.data, said_by_environment())
    written = Written(said, found.resolve().parent if found else start, data, variables)
    mistakes = [
        *strangers(said.data),
        *disagreements(written),
        *(also(written) if also else ()),
    ]
    loaded = Settings()
    try:
        loaded = Settings(**data)
    except ValidationError as error:
        mistakes += refused(error, written)
    raise_all(mistakes)
    return _placed(loaded, written)


def _placed(settings: Settings, written: Written) -> Settings:
    """The settings with the file's own relative paths taken from the file's folder."""
    folder = written.folder
    changed: dict[str, Any] = {}
    for name in _FILES:
        if written.origin(name).file and getattr(settings, name):
            changed[name] = folder / getattr(settings, name)
    for name in _FOLDERS:
        if written.origin(name).file:
            changed[name] = tuple(folder / each for each in getattr(settings, name))
    store = _placed_store(settings.store, written)
    placed = settings.model_copy(update={**changed, "store": store})
    placed._written = written  # noqa: SLF001 -- its own class's
    return placed


def _placed_store(store: StoreSettings, written: Written) -> StoreSettings:
    changed: dict[str, Any] = {}
    if "://" not in store.address and written.origin("store", "address").file:
        changed["address"] = str(written.folder / store.address)
    if store.ca_file and written.origin("store", "ca_file").file:
        changed["ca_file"] = str(written.folder / store.ca_file)
    at = written.origin("store", "password")
    if at.file:
        changed["password"] = replace(
            store.password, folder=written.folder, file=at.file, line=at.line
        )
    return store.model_copy(update=changed)
