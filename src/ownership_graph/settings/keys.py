"""Everything that can be set: the keys of the settings file, with their types and meanings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias
from unicodedata import category

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PrivateAttr,
    WithJsonSchema,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from ownership_graph.model import LABELS, ended_status, nearest
from ownership_graph.secret import POINTERS, Secret
from ownership_graph.settings.durations import Span
from ownership_graph.settings.origins import Written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from pydantic_settings import PydanticBaseSettingsSource

FILE_NAME = "ownership-graph.toml"
PREFIX = "OWNERSHIP_GRAPH__"
DEFAULT_ADDRESS = "ownership.kgl"
_CONTROL = {"Cc", "Cs"}
_ENDED = {label: ended["status"] for label in LABELS if (ended := ended_status(label, 0))}


def _secret(value: object) -> object:
    """The secret that is kept there; one that is written out is refused."""
    if not isinstance(value, str):
        return value
    if value.startswith(POINTERS):
        return Secret(value)
    raise ValueError(
        "the secret is written out. Point at it instead, with"
        ' password = "env:NEO4J_PASSWORD" or password = "file:/run/secrets/neo4j"'
    )


def _store_table(value: object) -> object:
    """`store = "neo4j://host"` is short for a table with that address."""
    return {"address": value} if isinstance(value, str) else value


def _source_name(name: str) -> str:
    if not name or name != name.strip() or _CONTROL & set(map(category, name)):
        raise ValueError(
            "it cannot be the name of a source. Give it one without control characters, and"
            " without blanks at its ends"
        )
    return name


def _ending(label: str) -> str:
    """A label whose nodes can stay, as ended, when nobody lists them any more."""
    if label not in _ENDED:
        why = "no status says that one of it has ended" if label in LABELS else "it is no label"
        hint = nearest(label, _ENDED) or f" It can be one of {', '.join(_ENDED)}."
        raise ValueError(f"'{label}' cannot stand here: {why}.{hint}")
    return label


SecretSetting: TypeAlias = Annotated[
    Secret,
    BeforeValidator(_secret),
    PlainSerializer(lambda secret: secret.where),
    WithJsonSchema({"type": "string", "pattern": "^(env|file):.+"}),
]
EndingLabel: TypeAlias = Annotated[
    str, AfterValidator(_ending), WithJsonSchema({"type": "string", "enum": list(_ENDED)})
]
SourceName: TypeAlias = Annotated[str, AfterValidator(_source_name)]


class StoreSettings(BaseModel):
    """Where the graph is kept, and who we are there."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    address: str = Field(
        default=DEFAULT_ADDRESS,
        description="A path, or neo4j://host, neo4j+s://host, bolt://host.",
    )
    user: str = Field(default="neo4j", description="The user of the server.")
    password: SecretSetting = Field(
        default=Secret(), description="Where the password is: env:NAME or file:PATH."
    )
    database: str | None = Field(
        default=None, description="The database, if not the user's home database."
    )
    ca_file: str | None = Field(default=None, description="A file of certificates to trust.")


class SourceSettings(BaseModel):
    """One source: its name, who reads it, and the importer's own options."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: SourceName = Field(
        description="What the source is called; import it under another name, and it is another."
    )
    importer: str = Field(description="Who reads it, such as tables or table.")
    mode: Literal["full", "delta", "events"] | None = Field(
        default=None,
        description="What absence means. full: what the source no longer says goes; delta,"
        " events: nothing goes. The importer's own by default.",
    )
    removal_guard: float = Field(
        default=0.25,
        ge=0,
        le=1,
        description="The share of what the source stated that may go in one import.",
    )
    stale_after: Span | None = Field(
        default=None,
        description="From which age on answers that rest on this source say so: 12h, 3d, 2w.",
    )
    authoritative_for: tuple[EndingLabel, ...] | None = Field(
        default=None,
        description="Labels of which this source lists all there are: what it no longer lists"
        " stays, as "
        + ", ".join(f"{status} ({label})" for label, status in _ENDED.items())
        + ". The importer's own by default.",
    )

    @property
    def options(self) -> dict[str, object]:
        """The importer's own options, as they were written."""
        return dict(self.model_extra or {})


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
    )

    store: Annotated[
        StoreSettings, BeforeValidator(_store_table, json_schema_input_type=StoreSettings | str)
    ] = Field(
        default=StoreSettings(), description="Where the graph is kept: an address, or a table."
    )
    source: tuple[SourceSettings, ...] = Field(
        default=(), description="The sources, imported in this order."
    )
    precedence: tuple[str, ...] = Field(
        default=(),
        description="Sources in the order in which they are believed; manual is always first.",
    )
    inventory_of_record: str | None = Field(
        default=None,
        description="The source that says which models there are; others are compared with it"
        " (INV-01, INV-02).",
    )
    self_serve_tier: int | None = Field(
        default=None,
        ge=0,
        le=3,
        description="Up to this risk tier models pass no gate, by policy (PTH-01).",
    )
    identities: Path | None = Field(
        default=None, description="The file of aliases and renames: alias, label, id."
    )
    keep_changes: Span | None = Field(
        default=None,
        description="For how long what was altered or removed is remembered; always by default.",
    )
    queries: tuple[Path, ...] = Field(default=(), description="Folders of own questions.")
    measures: tuple[Path, ...] = Field(
        default=(),
        description="Folders of own measures, which questions name by `then`; they run code.",
    )
    importers: tuple[Path, ...] = Field(
        default=(), description="Folders of own importers; they run code."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="How the log looks on stderr: for people, or for machines."
    )
    page: Path | None = Field(default=None, description="Where `run` writes the page.")
    metrics: Path | None = Field(
        default=None, description="Where `run` writes metrics, as a Prometheus textfile."
    )
    health: Path | None = Field(
        default=None, description="The file that tells a container's health check how it went."
    )

    _written: Written = PrivateAttr(default_factory=Written)

    @property
    def written(self) -> Written:
        """What file and environment said, and where; blank for settings made in a program."""
        return self._written

    @property
    def stale_after(self) -> dict[str, timedelta]:
        """From which age on each source is stale, by its name, where that is said."""
        return {each.name: each.stale_after for each in self.source if each.stale_after}

    @property
    def defaults(self) -> dict[str, object]:
        """What is said of the parameters of questions that have the name of a setting."""
        names = ("inventory_of_record", "self_serve_tier")
        said = {name: getattr(self, name) for name in names}
        return {name: value for name, value in said.items() if value is not None}

    def secrets(self) -> Iterator[str]:
        """Every secret that is set, so that it can be kept out of what is told."""
        given = (value for each in self.source for value in each.options.values())
        pointers = (each for each in given if isinstance(each, str) and each.startswith(POINTERS))
        for secret in (self.store.password, *map(Secret, pointers)):
            if secret.is_set:
                yield secret.reveal()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 -- the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """File and environment are put together before, so that each keeps its place."""
        return (init_settings,)
