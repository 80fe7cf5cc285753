"""The settings: a file, over which the environment and options stand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ownership_graph.errors import SettingsError
from ownership_graph.model import nearest
from ownership_graph.toml_file import TomlFile, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_settings import PydanticBaseSettingsSource

FILE_NAME = "ownership-graph.toml"
PREFIX = "OWNERSHIP_GRAPH__"
DEFAULT_ADDRESS = "ownership.kgl"
_DOING = "reading the settings"


def _secret(value: object) -> object:
    """The secret that `env:NAME` or `file:PATH` points at; anything else as it is."""
    if not isinstance(value, str):
        return value
    kind, _, where = value.partition(":")
    if kind == "env":
        if where not in os.environ:
            raise ValueError(f"the environment variable {where} is not set. Set it")
        return os.environ[where]
    if kind == "file":
        try:
            return Path(where).expanduser().read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"the file {where} could not be read. Check the path") from error
    return value


def _store_table(value: object) -> object:
    """`store = "neo4j://host"` is short for a table with that address."""
    return {"address": value} if isinstance(value, str) else value


class StoreSettings(BaseModel):
    """Where the graph is kept, and who we are there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str = Field(
        default=DEFAULT_ADDRESS,
        description="A path, or neo4j://host, neo4j+s://host, bolt://host.",
    )
    user: str = Field(default="neo4j", description="The user of the server.")
    password: Annotated[SecretStr, BeforeValidator(_secret)] = Field(
        default=SecretStr(""), description="Where the password is: env:NAME or file:PATH."
    )
    database: str | None = Field(
        None, description="The database, if not the user's home database."
    )
    ca_file: str | None = Field(default=None, description="A file of certificates to trust.")


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter="__"
    )

    store: Annotated[StoreSettings, BeforeValidator(_store_table)] = StoreSettings()
    precedence: tuple[str, ...] = Field(
        default=(),
        description="Sources in the order in which they are believed; manual is always first.",
    )
    queries: tuple[Path, ...] = Field(default=(), description="Folders of own questions.")
    importers: tuple[Path, ...] = Field(
        default=(), description="Folders of own importers; they run code."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="How the log looks on stderr: for people, or for machines."
    )

    def secrets(self) -> Iterator[str]:
        """Every secret among the values, so that it can be kept out of what is told."""
        yield from _secrets_in(self)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 -- the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment stands over the file, which is handed in at construction."""
        return env_settings, init_settings


def _secrets_in(value: object) -> Iterator[str]:
    match value:
        case SecretStr():
            yield value.get_secret_value()
        case BaseModel():
            for _, each in value:
                yield from _secrets_in(each)
        case dict():
            for each in value.values():
                yield from _secrets_in(each)
        case list() | tuple():
            for each in value:
                yield from _secrets_in(each)
        case _:
            pass


def find_settings(start: Path) -> Path | None:
    """The settings file of `start` or of the nearest folder above it."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def load_settings(file: Path | None, *, start: Path) -> Settings:
    """The settings in force: those of `file`, else of the file found upward from `start`.

    Paths in the file are meant from its folder.

    Raises:
        SettingsError: names the key, the file, the line, and what would do.
    """
    found = file or find_settings(start)
    said = read_toml(found, doing=_DOING) if found else TomlFile("", {}, {})
    _refuse_written_secret(said)
    try:
        loaded = Settings(**said.data)
    except ValidationError as error:
        raise _explained(error, said) from error
    return _from_folder(loaded, found.resolve().parent, said) if found else loaded


def _refuse_written_secret(said: TomlFile) -> None:
    store = said.data.get("store")
    password = store.get("password") if isinstance(store, dict) else None
    if isinstance(password, str) and not password.startswith(("env:", "file:")):
        raise SettingsError(
            f"{_DOING}: the password is written into the file. Point at it instead, with"
            ' password = "env:NEO4J_PASSWORD" or password = "file:/run/secrets/neo4j".',
            file=said.file,
            line=said.line("store", "password"),
        )


def _explained(error: ValidationError, said: TomlFile) -> SettingsError:
    """The first mistake as a sentence; the value itself is left out, it may be a secret."""
    first = error.errors(include_input=False, include_url=False)[0]
    path = first["loc"]
    key = ".".join(str(part) for part in path)
    line = said.line(*path)
    if first["type"] == "extra_forbidden":
        fields = StoreSettings.model_fields if len(path) > 1 else Settings.model_fields
        hint = nearest(str(path[-1]), fields) or f" Known keys: {', '.join(sorted(fields))}."
        what = f"the key '{key}' is not known.{hint}"
    else:
        what = f"the key '{key}': {first['msg'].removeprefix('Value error, ')}."
    place = (
        ""
        if line
        else f" (perhaps from the environment, as {PREFIX}{'__'.join(map(str, path)).upper()})"
    )
    return SettingsError(f"{_DOING}: {what}{place}", file=said.file, line=line)


def _from_folder(settings: Settings, folder: Path, said: TomlFile) -> Settings:
    """The settings with the file's own relative paths taken from the file's folder."""
    changed: dict[str, Any] = {
        name: tuple(folder / each for each in getattr(settings, name))
        for name in ("queries", "importers")
        if name in said.data
    }
    store = said.data.get("store")
    written = store.get("address") if isinstance(store, dict) else store
    address = settings.store.address
    if address == written and "://" not in address:
        changed["store"] = settings.store.model_copy(update={"address": str(folder / address)})
    return settings.model_copy(update=changed)
