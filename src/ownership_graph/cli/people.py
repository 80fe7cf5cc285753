"""How persons appear in an answer: by name, by what they are, or by a pseudonym."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from ownership_graph.cli.options import ANSWER

if TYPE_CHECKING:
    from ownership_graph.page.privacy import Privacy
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
_SEATED = frozenset({"Person", "Team", "MEMBER_OF"})


def privacy_of(store: Store, people: People) -> Privacy:
    """How the persons of the store appear, as they do on the page."""
    from ownership_graph.page.graph import read_graph  # noqa: PLC0415 -- only where used
    from ownership_graph.page.privacy import privacy_for  # noqa: PLC0415
    from ownership_graph.records import kind_of  # noqa: PLC0415

    seated = (fact for fact in store.facts() if kind_of(fact.key) in _SEATED)
    return privacy_for(read_graph(seated), _AS[people])


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
    if not {"label", "id", "name"} <= said.keys():
        return replace(value, **{name: _shown(each, privacy) for name, each in said.items()})
    if said["label"] != "Person":
        return replace(value, **{name: privacy.text(said[name]) for name in ("id", "name")})
    at = said["label"], said["id"]
    hidden = {"id": privacy.ids[at], "name": privacy.names[at]}
    return replace(value, **hidden)
