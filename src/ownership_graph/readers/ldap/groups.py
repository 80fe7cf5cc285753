"""Groups of a directory: their members, whatever they are named by, and groups inside groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.readers.directories import Group
from ownership_graph.readers.directories.nesting import opened
from ownership_graph.readers.ldap.names import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ownership_graph.readers.ldap.searching import Entry, Tree

MEMBERS = ("member", "uniqueMember")
ATTRIBUTES = ("objectClass", *MEMBERS, "memberUid", "gidNumber", "primaryGroupToken")
_OPTIONAL_UID = re.compile(r"#'[01]*'B$")
"""What may stand behind the name of a unique member (RFC 4517)."""

_KINDS = frozenset({"group", "groupofnames", "groupofuniquenames", "groupofentries", "posixgroup"})


class Groups:
    """Makes groups of entries; what stands inside and is no team itself is opened."""

    def __init__(self, tree: Tree, people: Iterable[Entry], entries: Sequence[Entry]) -> None:
        """`people` are the entries of accounts, `entries` those of the groups that are teams."""
        self._tree, self._entries = tree, entries
        self._people: set[str] = set()
        self._logins: dict[str, str] = {}
        self._primary: dict[tuple[str, str], list[str]] = {}
        for each in people:
            self._remember(each, comparable(each.dn))
        self._teams = {comparable(each.dn) for each in entries}
        self._written: dict[str, str] = {}
        self._opened: dict[str, Sequence[str] | None] = {}

    def _remember(self, person: Entry, ref: str) -> None:
        """A person is a member by name, by login, or by the number of the primary group."""
        self._people.add(ref)
        for login in (*person.all("uid"), *person.all("sAMAccountName")):
            self._logins.setdefault(login.casefold(), ref)
        for name in ("gidNumber", "primaryGroupID"):
            for number in person.all(name):
                self._primary.setdefault((name, number), []).append(ref)

    def groups(self, name: str, lead: str) -> Iterator[Group]:
        """The teams; the attribute `name` says what each is called, `lead` who leads it."""
        for entry in self._entries:
            leads = map(comparable, self._tree.values(entry, lead)) if lead else ()
            yield Group(
                ref=comparable(entry.dn),
                place=entry.dn,
                name=entry.first(name, "cn"),
                members=tuple(dict.fromkeys(self._members(entry))),
                leads=tuple(each for each in leads if each in self._people),
            )

    def _members(self, entry: Entry) -> Iterator[str]:
        """The members that are persons or teams, or that nothing is known of."""
        return opened(
            comparable(entry.dn),
            self._listed(entry),
            is_known=lambda ref: ref in self._people or ref in self._teams,
            inside=self._inside,
        )

    def _inside(self, ref: str) -> Sequence[str] | None:
        """Who is in a group that is no team: nobody in what is no group; None where it is gone."""
        if ref not in self._opened:
            written = self._written.get(ref)
            found = self._tree.at(written, ATTRIBUTES) if written else None
            is_group = found and not _KINDS.isdisjoint(found.kinds())
            self._opened[ref] = [*self._listed(found)] if found and is_group else []
            if not found:
                self._opened[ref] = None
        return self._opened[ref]

    def _listed(self, entry: Entry) -> Iterator[str]:
        for name in MEMBERS:
            for written in self._tree.values(entry, name):
                ref = comparable(_OPTIONAL_UID.sub("", written))
                self._written.setdefault(ref, written)
                yield ref
        for login in entry.all("memberUid"):
            yield self._logins.get(login.casefold(), login)
        numbers: Mapping[str, str] = {
            "gidNumber": entry.first("gidNumber"),
            "primaryGroupID": entry.first("primaryGroupToken"),
        }
        for each in numbers.items():
            yield from self._primary.get(each, ())
