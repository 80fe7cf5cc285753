"""Users and groups in files: list responses, or bare lists of resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.readers.documents import read_json
from ownership_graph.readers.numbers import whole_in
from ownership_graph.readers.picking import at, tables, text, texts
from ownership_graph.readers.scim.resources import DOING, Resource, Resources, small
from ownership_graph.readers.walking import files_at
from ownership_graph.records import Partial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def exported(path: Path) -> Resources:
    """What the file holds, or all files of the folder.

    Raises:
        SourceError: a file cannot be read, or none holds a user.
    """
    found = Resources()
    totals = {"users": 0, "groups": 0}
    for file in files_at(path, "*.json", doing=DOING):
        for part in _parts(small(read_json(file, doing=DOING))):
            kinds = [_take(each, found, file.name) for each in _resources(part)]
            kind = next(filter(None, kinds), "users")
            totals[kind] = max(totals[kind], whole_in(text(part, "totalresults")) or 0)
    if not found.users:
        raise SourceError(
            f"{DOING}: no user of SCIM is there, which has a userName. Looked for list responses"
            " and lists of resources, in JSON.",
            file=str(path),
        )
    for kind, into in (("users", found.users), ("groups", found.groups)):
        if len(into) < totals[kind]:
            why = f"it says that there are {totals[kind]:,} {kind}, and holds {len(into):,}"
            found.beside.append(Partial(f"{DOING}: {why}. Export all pages.", str(path)))
    return found


def _parts(data: object) -> Iterator[object]:
    """Each answer in a file: one, several in a list, or under the names of the endpoints."""
    if isinstance(data, list) and any("resources" in each for each in tables(data)):
        yield from tables(data)
    elif isinstance(data, dict) and not {"resources", "schemas", "id"} & data.keys():
        yield from data.values()
    else:
        yield data


def _resources(part: object) -> list[Resource]:
    return tables(part, "resources") if at(part, "resources") is not None else tables(part)


def _take(each: Resource, found: Resources, place: str) -> str:
    """Take a user or a group; empty for what is neither."""
    said = " ".join((text(each, "meta", "resourcetype"), *texts(each, "schemas"))).casefold()
    if "username" in each or "core:2.0:user" in said:
        found.take(each, into=found.users, place=place)
        return "users"
    if "members" in each or "group" in said:
        found.take(each, into=found.groups, place=place)
        return "groups"
    return ""
