"""How persons appear in an answer: by name, by what they are, or by a pseudonym."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from ownership_graph.cli.options import ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.page.privacy import Privacy
    from ownership_graph.records import Fact
    from ownership_graph.stores import Store

T = TypeVar("T")


class People(StrEnum):
    """How persons appear."""

    NAMED = "named"
    ROLES = "roles"
    PSEUDONYMS = "pseudonyms"


PeopleOption = Annotated[
    People, typer.Option("--people", help="How persons appear.", rich_help_panel=ANSWER)
]

_AS: dict[People, Literal["named", "roles", "pseudonyms"]] = {
    People.NAMED: "named",
    People.ROLES: "roles",
    People.PSEUDONYMS: "pseudonyms",
}
_NAMES = "MATCH (n:{label}) RETURN n.id AS id, n.name AS name"
_SEATED = (
    "MATCH (p:Person)-[r:MEMBER_OF]->(t:Team) RETURN p.id AS person, t.id AS team, r.role AS role"
)


def privacy_of(store: Store, people: People) -> Privacy:
    """How the persons of the store appear, as they do on the page."""
    from ownership_graph.page.graph import read_graph  # noqa: PLC0415 -- only where used
    from ownership_graph.page.privacy import privacy_for  # noqa: PLC0415

    return privacy_for(read_graph(_seated(store)), _AS[people])


def _seated(store: Store) -> Iterator[Fact]:
    """All persons and teams, and who sits where: of these the page makes what it shows."""
    from ownership_graph.records import Fact, node_key, relationship_key  # noqa: PLC0415

    for label in ("Person", "Team"):
        for own_id, name in store.read(_NAMES.format(label=label)).rows:
            yield Fact(node_key(label, str(own_id)), {"name": str(name or "")})
    for person, team, role in store.read(_SEATED).rows:
        key = relationship_key("MEMBER_OF", "Person", str(person), "Team", str(team))
        yield Fact(key, {"role": str(role)} if role else {})


def with_people(found: T, store: Store, people: People) -> T:
    """What was found, with persons as they are to appear: what has a label, an id and a name."""
    if people is People.NAMED:
        return found
    shown: T = _shown(found, privacy_of(store, people))
    return shown


def _shown(value: Any, privacy: Privacy) -> Any:  # noqa: ANN401 -- whatever an answer holds
    if isinstance(value, tuple):
        return tuple(_shown(each, privacy) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    said = {each.name: getattr(value, each.name) for each in fields(value)}
    if {"label", "id", "name"} <= said.keys():
        return hidden(value, privacy)
    return replace(value, **{name: _shown(each, privacy) for name, each in said.items()})


def hidden(thing: Any, privacy: Privacy) -> Any:  # noqa: ANN401 -- what has a label, an id, a name
    """A thing as it is to appear: a person by role or pseudonym, all else without addresses."""
    if thing.label != "Person":
        return replace(thing, id=privacy.text(thing.id), name=privacy.text(thing.name))
    at = thing.label, thing.id
    return replace(thing, id=privacy.ids[at], name=privacy.names[at])
