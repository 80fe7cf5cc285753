"""Owners as people write them into files: addresses, names, both in one field, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

from ownership_graph.readers.addresses import address, addresses
from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACEHOLDERS = frozenset(
    {
        "", "-", "?", "n/a", "na", "nil", "nobody", "none", "null", "redacted", "tba", "tbc",
        "tbd", "todo", "unassigned", "unknown", "unowned",
    }
)  # fmt: skip
"""What stands in a field for an owner where there is none, in small letters."""


_TEAMS = frozenset({"team", "squad", "department"})
"""How the name of a team begins or ends that no person has."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One that can be asked: an e-mail address in small letters, or a name where there is none."""

    id: str
    name: str = ""

    def label(self, teams: Sequence[str]) -> Literal["Person", "Team"]:
        """Team where a pattern fits the id or the name, or it is called one, else Person.

        >>> Contact("data@corp.example").label(["DATA@*"])
        'Team'
        >>> Contact("Finance team").label([]), Contact("Ann Steam").label([])
        ('Team', 'Person')
        """
        said = {self.id.casefold(), self.name.casefold()}
        fits = any(fnmatchcase(each, pattern.casefold()) for each in said for pattern in teams)
        words = (self.name or self.id).casefold().split()
        called_so = len(words) > 1 and not _TEAMS.isdisjoint((words[0], words[-1]))
        return "Team" if fits or called_so else "Person"

    def node(self, teams: Sequence[str], *, file: str) -> Node:
        """What is known of it: whether it is a human or a mailbox no address can tell."""
        return Node(self.label(teams), self.id, {"name": self.name} if self.name else {}, file)


def _is_one(piece: str) -> bool:
    return any(addresses(piece))


def contacts(where: Sequence[str], name: str = "") -> list[Contact]:
    """Who is meant by addresses and by a name, each once; nobody where a placeholder stands.

    The name is theirs where there is one address, and stands alone where there is none.

    >>> contacts(["ann@corp.example"], "Ann")
    [Contact(id='ann@corp.example', name='Ann')]
    >>> contacts(["ann@mailhost"], "Ann of llama@main")
    [Contact(id='ann@mailhost', name='Ann of llama@main')]
    >>> contacts([], "Ann"), contacts(["TBD"], "n/a"), contacts([], "https://corp.example")
    ([Contact(id='Ann', name='')], [], [])
    """
    fields = (each for said in where for each in list(addresses(said)) or [address(said)])
    found = list(dict.fromkeys(filter(None, (*fields, *addresses(name)))))
    plain = " ".join(each for each in name.split() if "://" not in each and not _is_one(each))
    if plain.casefold() in PLACEHOLDERS:
        plain = ""
    if len(found) > 1 or not plain:
        return [Contact(each) for each in found]
    return [Contact(found[0], plain)] if found else [Contact(plain)]
