"""dbt manifest: the AI systems among its exposures, what they stand on, and who owns both.

Read from manifest.json, as dbt 1.6 and newer write it to target/. An exposure of type ml is a
Model and one of type application a Service; the tables under them are Datasets, owned by their
groups and by whom their meta names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import msgspec

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief, shown
from ownership_graph.importing.recognising import Found
from ownership_graph.readers.contacts import contacts
from ownership_graph.readers.gathering import gathered
from ownership_graph.readers.json_files import read_json_as
from ownership_graph.readers.stating import Stating

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.contacts import Contact
    from ownership_graph.readers.stating import End
    from ownership_graph.records import Record

PROVIDES = ("OWNS",)

OLDEST = 10
"""The oldest manifest that is read: dbt 1.6 writes it."""

_DOING = "reading the dbt manifest"
_VERSION = re.compile(r"/manifest/v(\d{1,9})")
_OF_TABLES = "responsible"
_THROUGH = ("function.", "metric.", "semantic_model.", "saved_query.")

T = TypeVar("T")


class _Metadata(msgspec.Struct):
    dbt_schema_version: str = ""


class _Owner(msgspec.Struct):
    email: str | list[str] | None = None
    name: str | None = None


class _DependsOn(msgspec.Struct):
    nodes: list[str] | None = None


class _Config(msgspec.Struct):
    group: object = None
    materialized: object = None
    meta: object = None


class _Entry(msgspec.Struct):
    """A table, a source, a metric: whatever something can stand on."""

    name: str = ""
    source_name: str | None = None
    resource_type: str = ""
    relation_name: str | None = None
    deprecation_date: str | None = None
    group: str | None = None
    meta: object = None
    config: _Config | None = None
    depends_on: _DependsOn | None = None


class _Exposure(msgspec.Struct):
    type: str
    unique_id: str = ""
    name: str = ""
    label: str | None = None
    maturity: str | None = None
    owner: _Owner | None = None
    depends_on: _DependsOn | None = None


class _Group(msgspec.Struct):
    name: str
    owner: _Owner | None = None


class _Manifest(msgspec.Struct):
    metadata: _Metadata
    nodes: dict[str, msgspec.Raw] = {}
    sources: dict[str, msgspec.Raw] = {}
    metrics: dict[str, msgspec.Raw] = {}
    semantic_models: dict[str, msgspec.Raw] = {}
    saved_queries: dict[str, msgspec.Raw] = {}
    exposures: dict[str, msgspec.Raw] = {}
    groups: dict[str, msgspec.Raw] = {}


def inputs(path: Path, **_: object) -> tuple[Path, ...]:
    """The files that are all that `read` looks at."""
    return (_file(path),)


def read(
    path: Path,
    *,
    models: tuple[str, ...] = ("ml",),
    services: tuple[str, ...] = ("application",),
    role: str = "accountable",
    teams: tuple[str, ...] = (),
    upstream: bool = False,
) -> Iterator[Record]:
    """The exposures of these types, the tables under them, and the owners of both.

    Args:
        path: manifest.json, or the folder that dbt writes it to.
        models: The types of exposures that are AI systems.
        services: The types of exposures that are other programs worth knowing.
        role: As what the owner of an exposure owns it.
        teams: Patterns of owners that are teams, such as data@* or "* team"; others are persons.
        upstream: Whether tables further up count, too: what an exposure stands on indirectly.
    """
    file = _file(path)
    manifest = read_json_as(file, _Manifest, doing=_DOING)
    _check_version(manifest, file)
    dbt = _Dbt(manifest, Stating(file.name), teams, role)
    labels = dict.fromkeys(services, "Service") | dict.fromkeys(models, "Model")
    taken = [(each, labels[each.type]) for each in dbt.exposures() if each.type in labels]
    if not taken:
        raise _nothing(manifest, file, labels)
    yield from gathered(dbt.records(taken, upstream=upstream))


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each manifest that dbt wrote."""
    for file in surroundings.named("manifest.json"):
        if _VERSION.search(surroundings.start(file)):
            yield Found(file, "a dbt manifest: exposures, their tables and owners")


def _file(path: Path) -> Path:
    return path / "manifest.json" if path.is_dir() else path


def _check_version(manifest: _Manifest, file: Path) -> None:
    version = manifest.metadata.dbt_schema_version
    found = _VERSION.search(version)
    if found is None:
        why = f"its schema is {shown(version)}, and no manifest's. Name target/manifest.json."
    elif int(found[1]) < OLDEST:
        why = f"it is of version {found[1]}, older than {OLDEST}. Make it with dbt 1.6 or newer."
    else:
        return
    raise SourceError(f"{_DOING}: {why}", file=str(file))


def _nothing(manifest: _Manifest, file: Path, wanted: Collection[str]) -> SourceError:
    return SourceError(
        f"{_DOING}: of its {len(manifest.exposures)} exposures none is of the type"
        f" {' or '.join(wanted)}. Give what is an AI system the type ml in dbt, or say with"
        " 'models' and 'services' which types count.",
        file=str(file),
    )


@dataclass(frozen=True, slots=True)
class _Dbt:
    """One manifest, and what is met in it: tables that something stands on, and faults."""

    manifest: _Manifest
    stating: Stating
    teams: tuple[str, ...]
    role: str
    faults: dict[str, None] = field(default_factory=dict)
    met: dict[str, None] = field(default_factory=dict)

    def exposures(self) -> Iterator[_Exposure]:
        """All exposures, each under the id that it is kept by."""
        for own_id, raw in self.manifest.exposures.items():
            found = self._decoded(own_id, raw, _Exposure)
            if found is not None:
                yield msgspec.structs.replace(found, unique_id=own_id)

    def records(
        self, exposures: Iterable[tuple[_Exposure, str]], *, upstream: bool
    ) -> Iterator[Record]:
        """All that is known of these exposures, each with its label."""
        yield from self.groups()
        for exposure, label in exposures:
            yield from self.exposure(exposure, label, upstream=upstream)
        yield from self.tables()
        yield from map(self.stating.rejected, self.faults)

    def groups(self) -> Iterator[Record]:
        """A team for each group, and who leads it."""
        for own_id, raw in self.manifest.groups.items():
            group = self._decoded(own_id, raw, _Group)
            if group is None:
                continue
            team = "Team", f"dbt:{own_id}"
            yield self.stating.node(team, name=group.name or own_id, kind="team")
            for each in self._contacts(own_id, group.owner):
                yield each.node(self.teams, file=self.stating.file)
                if each.label(self.teams) == "Team":
                    yield self.stating.tie("PART_OF", team, ("Team", each.id))
                else:
                    yield self.stating.tie("MEMBER_OF", ("Person", each.id), team, role="lead")

    def exposure(self, said: _Exposure, label: str, *, upstream: bool) -> Iterator[Record]:
        """What was exposed, its owners, and what it stands on."""
        end = label, f"dbt:{said.unique_id}"
        name = said.label or said.name or said.unique_id
        yield self.stating.node(end, name=name, kind=said.type, maturity=said.maturity)
        owners = self._contacts(said.unique_id, said.owner)
        yield from self._owned(owners, end, self.role)
        for table in self._under(_on(said), upstream=upstream):
            self.met[table] = None
            yield self.stating.tie("DEPENDS_ON", end, ("Dataset", f"dbt:{table}"))

    def tables(self) -> Iterator[Record]:
        """The tables that were met, and their owners."""
        for own_id in self.met:
            table = self._entry(own_id)
            if table is None:
                continue
            here = "Dataset", f"dbt:{own_id}"
            yield self.stating.node(here, **_described(table))
            group = _group_of(own_id, table)
            if group:
                team = "Team", f"dbt:{group}"
                yield self.stating.tie("OWNS", team, here, role=_OF_TABLES)
            yield from self._owned(_meta_owners(table), here, _OF_TABLES)

    def _under(self, first: Sequence[str], *, upstream: bool) -> Iterator[str]:
        """The tables that something with those ids stands on; metrics are looked through."""
        order = list(dict.fromkeys(first))
        seen = set(order)
        for own_id in order:
            through = own_id.startswith(_THROUGH)
            if not through:
                yield own_id
            entry = self._entry(own_id) if through or upstream else None
            further = [] if entry is None else _on(entry)
            order += dict.fromkeys(each for each in further if each not in seen)
            seen.update(further)

    def _entry(self, own_id: str) -> _Entry | None:
        """What the manifest says of it; nothing where it is disabled, or badly written."""
        for entries in (
            self.manifest.nodes,
            self.manifest.sources,
            self.manifest.metrics,
            self.manifest.semantic_models,
            self.manifest.saved_queries,
        ):
            if own_id in entries:
                return self._decoded(own_id, entries[own_id], _Entry)
        return None

    def _decoded(self, own_id: str, raw: msgspec.Raw, type_: type[T]) -> T | None:
        try:
            return msgspec.json.decode(raw, type=type_)
        except msgspec.ValidationError as error:
            self.faults[f"{shown(own_id)} was passed over: {brief(error)}. Mend it in dbt."] = None
            return None

    def _contacts(self, own_id: str, owner: _Owner | None) -> list[Contact]:
        """Who owns it; what is neither an address nor a name is a fault."""
        said = owner or _Owner()
        emails = _texts(said.email)
        found = contacts(emails, said.name or "")
        wrong = [each for each in emails if not contacts([each])]
        if wrong or not found:
            what = f"{shown(wrong[0])} is no e-mail address" if wrong else "nobody is named"
            self.faults[f"the owner of {shown(own_id)}: {what}. Write one in dbt."] = None
        return found

    def _owned(self, owners: Iterable[Contact], end: End, role: str) -> Iterator[Record]:
        for each in owners:
            yield each.node(self.teams, file=self.stating.file)
            yield self.stating.tie("OWNS", (each.label(self.teams), each.id), end, role=role)


def _on(said: _Exposure | _Entry) -> list[str]:
    return (said.depends_on and said.depends_on.nodes) or []


def _texts(said: object) -> list[str]:
    """One text or many, as a list; what is no text says nothing."""
    many = said if isinstance(said, list) else [said]
    return [each for each in many if isinstance(each, str) and each.strip()]


def _group_of(own_id: str, table: _Entry) -> str:
    """The id of the group that the table belongs to, in its own package; blank for none."""
    group = table.group or (table.config and table.config.group)
    package = own_id.split(".")[1:2]
    return ".".join(("group", *package, group)) if isinstance(group, str) and group else ""


def _meta_owners(table: _Entry) -> list[Contact]:
    """Whom the table's meta names; that of config is the newer place."""
    for meta in (table.config and table.config.meta, table.meta):
        if isinstance(meta, dict) and "owner" in meta:
            return [each for said in _texts(meta["owner"]) for each in contacts([], said)]
    return []


def _described(table: _Entry) -> dict[str, str | None]:
    """A table's properties."""
    made = table.config and table.config.materialized
    is_made = table.resource_type == "model" and isinstance(made, str)
    return {
        "name": ".".join(filter(None, (table.source_name, table.name))),
        "kind": str(made) if is_made else table.resource_type,
        "support_ends_day": (table.deprecation_date or "")[:10],
        "relation": table.relation_name,
    }
