"""How the entities of a catalog are tied, by what they say themselves or by what it made of it.

The catalog's own relations, which its API gives, count before what the fields of an entity say:
Backstage reckons them from these fields and from whatever else it was taught.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ownership_graph.readers.backstage.references import reference
from ownership_graph.readers.picking import at, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.readers.backstage.references import Entity, Reference


class Sort(NamedTuple):
    """What a relation is to us: a relationship of the graph, perhaps of some kind."""

    name: str
    kind: str = ""


OWNS = Sort("OWNS")
MEMBER = Sort("MEMBER_OF")
PART = Sort("PART_OF")
_NEEDS = Sort("DEPENDS_ON", "requires")
_CALLS = Sort("DEPENDS_ON", "calls")
_HOSTED = Sort("DEPENDS_ON", "hosted_on")

_Way: TypeAlias = "tuple[Sort, bool]"
"""A sort of relation, and whether it runs from the entity to the other one."""

_RELATIONS: dict[str, _Way] = {
    "ownedBy": (OWNS, False), "ownerOf": (OWNS, True),
    "memberOf": (MEMBER, True), "hasMember": (MEMBER, False),
    "childOf": (PART, True), "parentOf": (PART, False),
    "dependsOn": (_NEEDS, True), "dependencyOf": (_NEEDS, False),
    "partOf": (_NEEDS, False), "hasPart": (_NEEDS, True),
    "consumesApi": (_CALLS, True), "apiConsumedBy": (_CALLS, False),
    "providesApi": (_HOSTED, False), "apiProvidedBy": (_HOSTED, True),
}  # fmt: skip
"""Backstage's well-known relations: a whole needs its parts, an API what provides it."""

_FIELDS: dict[str, tuple[str, str]] = {
    "owner": ("ownedBy", "group"),
    "memberOf": ("memberOf", "group"),
    "members": ("hasMember", "user"),
    "parent": ("childOf", "group"),
    "children": ("parentOf", "group"),
    "dependsOn": ("dependsOn", ""),
    "dependencyOf": ("dependencyOf", ""),
    "system": ("partOf", "system"),
    "domain": ("partOf", "domain"),
    "subdomainOf": ("partOf", "domain"),
    "subcomponentOf": ("partOf", "component"),
    "consumesApis": ("consumesApi", "api"),
    "providesApis": ("providesApi", "api"),
}
"""The fields of `spec` that refer to others, the relation that each means, and the kind of the
other one where the reference leaves it out: none can be left out of a dependency."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation, from its start to its end, and the entity that says so."""

    sort: Sort
    start: Reference
    end: Reference
    said_by: Entity


@dataclass(frozen=True, slots=True)
class Unclear:
    """A reference that means nothing."""

    field: str
    written: object
    said_by: Entity


def ties_of(entity: Entity) -> Iterator[Tie | Unclear]:
    """How an entity is tied to others; what it refers to need not be in the catalog."""
    if isinstance(entity.data.get("relations"), list):
        for each in tables(entity.data, "relations"):
            written = each.get("targetRef") or each.get("target")
            yield from _tie(entity, str(each.get("type")), written, "", "relations")
        return
    for field, (relation, kind) in _FIELDS.items():
        said = at(entity.data, "spec", field)
        for written in said if isinstance(said, list) else [said]:
            if written is not None and written != "":
                yield from _tie(entity, relation, written, kind, f"spec.{field}")


def _tie(
    entity: Entity, relation: str, written: object, kind: str, field: str
) -> Iterator[Tie | Unclear]:
    way = _RELATIONS.get(relation)
    if way is None:
        return
    sort, onwards = way
    other = reference(written, kind=kind, namespace=entity.at.namespace)
    if other is None:
        yield Unclear(field, written, entity)
    elif onwards:
        yield Tie(sort, entity.at, other, entity)
    else:
        yield Tie(sort, other, entity.at, entity)
