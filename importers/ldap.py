"""LDAP and Active Directory: who is there, in which groups and under whom, and who has left.

Asked over TLS, with the server's certificate checked: ldaps://, or ldap:// and StartTLS. Which
groups are teams is for you to say, since distribution lists are none. A person's id is the e-mail
address in lower case, else the login. Who is no longer there has left, and stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.readers.directories import Directory
from ownership_graph.readers.patterns import fits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.records import Record
    from ownership_graph.secret import Secret

PROVIDES = ("Person",)
AUTHORITATIVE_FOR = ("Person",)

PEOPLE = "(|(objectClass=inetOrgPerson)(objectClass=user)(objectClass=posixAccount))"
"""Without a *not*: of a class that a server does not know, it is never true."""


def read(  # noqa: PLR0913 -- each is an option
    url: str,
    *,
    base: str,
    teams: str,
    user: str = "",
    password: Secret | None = None,
    authority: Path | None = None,
    people: str = PEOPLE,
    people_base: str = "",
    teams_base: str = "",
    email: str = "mail",
    login: tuple[str, ...] = ("sAMAccountName", "uid"),
    department: str = "",
    team_name: str = "cn",
    lead: str = "",
    services: tuple[str, ...] = (),
    page: int = 500,
) -> Iterator[Record]:
    """The persons of the directory, the teams that they are in, and their managers.

    Args:
        url: The server: ldaps://host, or ldap://host for StartTLS; with :port where it is another.
        base: Below which entry to look, such as dc=example,dc=org.
        teams: The filter of the groups that are teams, such as (cn=team-*).
        user: Who asks: a name such as cn=reader,dc=example,dc=org, or reader@example.org.
        password: The password: env:NAME or file:PATH.
        authority: The certificate of the authority that signed the server's; else the system's.
        people: The filter of the entries that are persons.
        people_base: Below which entry persons are, if not below the base.
        teams_base: Below which entry teams are, if not below the base.
        email: The attribute of the e-mail address.
        login: The attributes of the login; the first one that is filled counts.
        department: An attribute with the name of a team, such as department; none by default.
        team_name: The attribute that a team is called by.
        lead: The attribute of a group that names who leads it, such as managedBy or owner.
        services: Logins that belong to programs, not persons, such as svc-*.
        page: How many entries are asked for at a time.
    """
    from ownership_graph.readers.ldap import Choice, Groups, Tree, account_of  # noqa: PLC0415 -- needs ldap3
    from ownership_graph.readers.ldap.connecting import Server  # noqa: PLC0415
    from ownership_graph.readers.ldap.groups import ATTRIBUTES as OF_GROUPS  # noqa: PLC0415
    from ownership_graph.readers.ldap.people import ATTRIBUTES as OF_PEOPLE  # noqa: PLC0415

    choice = Choice(email, login, department, fits(services))
    with Tree(Server(url, user, password, authority), page) as tree:
        entries = [
            *tree.below(people_base or base, people, (*OF_PEOPLE, email, *login, department))
        ]
        found = [
            *tree.below(teams_base or base, teams, (*OF_GROUPS, "cn", team_name, lead or "cn"))
        ]
        accounts = {each.dn: account_of(each, choice) for each in entries}
        persons = [each for each in entries if accounts[each.dn]]
        groups = [*Groups(tree, persons, found).groups(team_name, lead)]
    yield from Directory(filter(None, accounts.values()), groups).records()
    yield from dict.fromkeys(tree.cut)
