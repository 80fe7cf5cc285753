"""Users and groups of SCIM 2.0 (and 1.1), as accounts and groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.addresses import address
from ownership_graph.readers.directories import Account, Group
from ownership_graph.readers.directories.nesting import opened
from ownership_graph.readers.people import folded, stated
from ownership_graph.readers.picking import table, tables, text, texts
from ownership_graph.records import Partial, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ownership_graph.readers.directories.accounts import Status

Resource: TypeAlias = "dict[str, object]"

MOST_SHOWN = 3
"""How many groups a message names."""

DOING = "reading people over SCIM"
_ENTERPRISE = ("enterprise:2.0:user", "enterprise:1.0")
_DEEPEST = 8
_STATUS: Mapping[str, Status] = {"true": "active", "false": "left"}


@dataclass
class Resources:
    """What was read: users and groups by id, what could not be taken, and what is missing."""

    users: dict[str, Resource] = field(default_factory=dict)
    groups: dict[str, Resource] = field(default_factory=dict)
    beside: list[Rejected | Partial] = field(default_factory=list)

    def take(self, found: Resource, *, into: dict[str, Resource], place: str) -> bool:
        """Take a resource; whether it was not there yet."""
        own_id = text(found, "id")
        if not own_id:
            named = text(found, "username") or text(found, "displayname")
            why = f"{named or 'a resource'} has no id, by which others could name it."
            self.beside.append(Rejected(place, 0, why))
            return False
        is_new = own_id not in into
        into[own_id] = found
        return is_new


def small(of: object, depth: int = 0) -> object:
    """The same with the names of attributes in small letters: their case does not matter."""
    if isinstance(of, dict) and depth < _DEEPEST:
        return {str(name).casefold(): small(value, depth + 1) for name, value in of.items()}
    if isinstance(of, list) and depth < _DEEPEST:
        return [small(each, depth + 1) for each in of]
    return of


def users_in(found: Resources, is_service: Callable[[str], bool]) -> list[Account]:
    """The accounts of the users."""
    who = {
        folded(each): own_id
        for own_id, user in found.users.items()
        for each in (text(user, "username"), _email(user))
        if each
    }
    accounts = []
    for own_id, user in found.users.items():
        more, login = _enterprise(user), text(user, "username")
        department = stated(text(more, "department"))
        accounts.append(
            Account(
                ref=own_id,
                place=f"Users/{own_id}",
                name=_name(user),
                email=_email(user),
                login=login,
                status=_STATUS.get(text(user, "active").casefold(), ""),
                kind="service" if is_service(login) else "",
                manager=_manager(more, found, who),
                teams=(department,) if department else (),
            )
        )
    return accounts


def groups_in(found: Resources, is_team: Callable[[str], bool]) -> list[Group]:
    """The groups that are teams; others that stand inside them are opened."""
    listed = {own_id: _members(group) for own_id, group in found.groups.items()}
    for own_id, user in found.users.items():
        for group in _groups_of(user):
            listed.get(group, []).append(own_id)
    names = {own_id: text(group, "displayname") for own_id, group in found.groups.items()}
    teams = {own_id for own_id, name in names.items() if name and is_team(name)}

    def is_known(ref: str) -> bool:
        return ref in found.users or ref in teams

    return [
        Group(
            ref=own_id,
            place=f"Groups/{own_id}",
            name=names[own_id],
            members=tuple(opened(own_id, listed[own_id], is_known=is_known, inside=listed.get)),
        )
        for own_id in teams
    ]


def left_aside(found: Resources) -> Iterator[Rejected]:
    """That no group was taken for a team, where nobody said which of them are."""
    names = sorted({text(group, "displayname") for group in found.groups.values()} - {""})
    if names:
        such = ", ".join(map(shown, names[:MOST_SHOWN]))
        groups = "1 group was" if len(names) == 1 else f"{len(names):,} groups were"
        yield Rejected(
            "Groups",
            0,
            f"{groups} left aside, such as {such}: licences, rights and mailing lists are groups,"
            " too, so which of them are teams is for you to say, by name: --teams 'team-*', or in"
            ' the settings teams = ["team-*"]. With * all are, and with a blank text none is.',
        )


def _name(user: Resource) -> str:
    parts = text(user, "name", "givenname"), text(user, "name", "familyname")
    said = text(user, "displayname"), text(user, "name", "formatted"), " ".join(parts).strip()
    return next(filter(None, said), "")


def _email(user: Resource) -> str:
    """The primary address, else that of work, else the first; else a login that is one."""
    listed = tables(user, "emails")
    ranked = sorted(
        listed, key=lambda each: (text(each, "primary") != "true", text(each, "type") != "work")
    )
    values = [text(each, "value") for each in ranked] or texts(user, "emails")
    return next(filter(address, (*values, text(user, "username"))), "")


def _enterprise(user: Resource) -> Resource:
    return next((table(user, name) for name in user if name.endswith(_ENTERPRISE)), {})


def _manager(more: Resource, found: Resources, who: Mapping[str, str]) -> str:
    """The id of the manager, who is named by id, address, login or link."""
    said = (
        text(more, "manager", "value"), text(more, "manager", "managerid"), text(more, "manager"),
        text(more, "manager", "$ref").rpartition("/")[2],
    )  # fmt: skip
    named = [each for each in said if stated(each)]
    known = (each if each in found.users else who.get(folded(each), "") for each in named)
    return next(filter(None, known), named[0] if named else "")


def _members(group: Resource) -> list[str]:
    found = tables(group, "members")
    return [_ref(each) for each in found if _ref(each)] or texts(group, "members")


def _groups_of(user: Resource) -> Iterator[str]:
    """The groups that a user is in, but for those through another group."""
    for each in tables(user, "groups"):
        if text(each, "type") != "indirect":
            yield _ref(each)


def _ref(of: Resource) -> str:
    return text(of, "value") or text(of, "$ref").rpartition("/")[2]
