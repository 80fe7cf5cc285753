"""Accounts and groups of a directory, as records of persons and teams."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from ownership_graph.importing.checking import rejection
from ownership_graph.importing.quoting import shown
from ownership_graph.readers.addresses import address
from ownership_graph.readers.people import folded, team_id
from ownership_graph.records import Node, Promise, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ownership_graph.readers.directories.accounts import Account, Group
    from ownership_graph.records import Properties, Record

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ORDER = {"active": 2, "": 1, "left": 0}


class Directory:
    """A directory that was read; its groups are those that are teams."""

    def __init__(self, accounts: Iterable[Account], groups: Iterable[Group]) -> None:
        """The order of accounts and groups does not matter."""
        self._accounts = sorted(accounts, key=lambda each: each.ref)
        self._groups = sorted(groups, key=lambda each: each.ref)
        shared = _shared(self._accounts)
        self._ids = {each.ref: _id(each, shared) for each in self._accounts}
        self._teams: dict[str, str] = {}
        self._kept: dict[str, Group] = {}
        self._stated: set[str] = set()
        self._has_members = False

    def records(self) -> Iterator[Record]:
        """Persons, teams, and how they belong together; promises of what there was any of."""
        persons: dict[str, list[Account]] = defaultdict(list)
        for account in self._accounts:
            own_id = self._ids[account.ref]
            if own_id:
                persons[own_id].append(account)
            else:
                why = (
                    "it has no e-mail address and no login of its own, so that nothing tells other"
                    " systems who it is."
                )
                yield rejection(Node("Person", "", _named(account.name), account.place), why)
        yield from self._team_nodes()
        for own_id, accounts in persons.items():
            yield from self._person(own_id, accounts)
        for group in self._kept.values():
            yield from self._members(group)
        yield Promise("Person")
        if self._stated:
            yield Promise("Team")
        if self._has_members:
            yield Promise("MEMBER_OF")
        if any(each.manager for each in self._accounts):
            yield Promise("REPORTS_TO")

    def _team_nodes(self) -> Iterator[Record]:
        """A team for each group; of two groups of one name only the first is kept."""
        kept = self._kept
        for group in self._groups:
            own_id = team_id(group.name)
            node = Node("Team", own_id, _named(group.name), group.place)
            if own_id in kept:
                why = (
                    f"the group {shown(kept[own_id].place)} is called {shown(group.name)}, too, so"
                    " that nothing tells the two teams apart. Rename one, or leave one out."
                )
                yield rejection(node, why)
            else:
                yield node
                kept[own_id] = group
                self._teams[group.ref] = own_id
        self._stated.update(kept)

    def _person(self, own_id: str, accounts: Sequence[Account]) -> Iterator[Record]:
        """One person; what an account says that was closed counts only if no other is open."""
        going_on = [each for each in accounts if each.status != "left"] or accounts
        account = max(accounts, key=lambda each: _ORDER[each.status])
        said = {
            "name": account.name,
            "status": account.status,
            "kind": account.kind,
            "login": account.login,
            "email": address(account.email),
        }
        kept: Properties = {name: each for name, each in said.items() if each not in ("", own_id)}
        yield Node("Person", own_id, kept, account.place)
        for each in going_on:
            yield from self._departments(own_id, each)
            yield from self._manager(own_id, each)

    def _departments(self, own_id: str, account: Account) -> Iterator[Record]:
        for name in account.teams:
            team = team_id(name)
            if team not in self._stated:
                yield Node("Team", team, _named(name), account.place)
                self._stated.add(team)
            self._has_members = True
            yield Relationship("MEMBER_OF", "Person", own_id, "Team", team, {}, account.place)

    def _manager(self, own_id: str, account: Account) -> Iterator[Record]:
        if not account.manager:
            return
        found = self._ids.get(account.manager)
        tie = Relationship(
            "REPORTS_TO", "Person", own_id, "Person", found or account.manager, {}, account.place
        )
        if found is None:
            why = (
                f"the manager {shown(account.manager)} is not among the persons that were read."
                " Was the manager's account deleted, or left out by a filter?"
            )
            yield rejection(tie, why)
        elif found not in ("", own_id):
            yield tie

    def _members(self, group: Group) -> Iterator[Record]:
        """Who is in the group, and which teams are a part of it."""
        team = self._teams[group.ref]
        leads = {self._ids.get(each, "") for each in group.leads}
        for ref in dict.fromkeys((*group.members, *group.leads)):
            inner = self._teams.get(ref)
            person = self._ids.get(ref)
            if inner and inner != team:
                yield Relationship("PART_OF", "Team", inner, "Team", team, {}, group.place)
            elif person:
                role: Properties = {"role": "lead"} if person in leads else {}
                ends = "Person", person, "Team", team
                self._has_members = True
                yield Relationship("MEMBER_OF", *ends, role, group.place)
            elif person is None and inner is None:
                tie = Relationship("MEMBER_OF", "Person", ref, "Team", team, {}, group.place)
                why = (
                    f"the member {shown(ref)} of the group {shown(group.name)} is neither a person"
                    " nor a group that was read. Was it deleted?"
                )
                yield rejection(tie, why)


def _named(name: str) -> Properties:
    return {"name": name} if name else {}


def _id(account: Account, shared: Mapping[str, set[str]]) -> str:
    """The address in lower case, else the login; empty where both stand for others, too."""
    for text in (address(account.email), account.login):
        if text and len(shared[folded(text)]) == 1:
            return text
    return ""


def _shared(accounts: Iterable[Account]) -> Mapping[str, set[str]]:
    """The names of those who have an address or a login; brackets in a name do not matter."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in accounts:
        name = folded(_IN_BRACKETS.sub(" ", each.name)) or each.ref
        for text in filter(None, (address(each.email), each.login)):
            found[folded(text)].add(name)
    return found
