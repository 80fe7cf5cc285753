"""SCIM 2.0: who is there, in which groups and under whom, and who has left.

Read over the API (--url with --token), page by page, or from files in JSON that hold its answers
or lists of its resources. Manager and department come from the enterprise extension. A person's id
is the e-mail address in lower case, else the userName. Who is no longer there has left, and stays.
Which groups are teams is for you to say, since licences, rights and mailing lists are groups, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.importing.recognising import in_folders
from ownership_graph.readers.authorization import authorization
from ownership_graph.readers.directories import Directory
from ownership_graph.readers.patterns import fits
from ownership_graph.readers.scim import (
    Resources,
    asked,
    exported,
    groups_in,
    left_aside,
    users_in,
)
from ownership_graph.readers.scim.resources import DOING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.importing.recognising import Found
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.records import Record
    from ownership_graph.secret import Secret

_SCHEMAS = "urn:ietf:params:scim:"

PROVIDES = ("Person",)
AUTHORITATIVE_FOR = ("Person",)


def read(  # noqa: PLR0913 -- each is an option
    path: Path | None = None,
    *,
    url: str = "",
    token: Secret | None = None,
    user: str = "",
    teams: tuple[str, ...] = (),
    services: tuple[str, ...] = (),
    page_size: int = 100,
) -> Iterator[Record]:
    """The persons, the teams that they are in, and their managers.

    Args:
        path: A file in JSON, or a folder of them; or nothing, with --url.
        url: The API: https://host/scim/v2.
        token: Where the token is kept: env:NAME or file:PATH; with --user the password.
        user: Who asks, where the token is a password.
        teams: The groups that are teams, by name, such as team-*; a blank text says that none is.
        services: Users that belong to programs, not persons, by userName, such as svc-*.
        page_size: How many are asked for at a time.
    """
    if bool(url) == bool(path):
        raise UsageError(
            f"{DOING}: give either a file or folder, or --url. Not both, not neither."
        )
    wanted = [each for each in teams if each]
    secret, unsaid = authorization(token, user), not teams
    found = (
        exported(path) if path else _asked(url, secret, page_size, groups=bool(wanted) or unsaid)
    )
    accounts = users_in(found, fits(services))
    groups = groups_in(found, fits(wanted)) if wanted else []
    yield from Directory(accounts, groups).records()
    yield from found.beside
    if unsaid:
        yield from left_aside(found)


def _asked(url: str, secret: str, page_size: int, *, groups: bool) -> Resources:
    from ownership_graph.readers.web import Site  # noqa: PLC0415 -- an extra

    accept = {"Accept": "application/scim+json, application/json"}
    with Site(url, doing=DOING, authorization=secret, headers=accept) as site:
        return asked(site, page_size, groups=groups)


def found(surroundings: Surroundings) -> Iterator[Found]:
    """The files that begin as an export does, by their folders."""
    files = [each for each in surroundings.named("*.json") if _SCHEMAS in surroundings.start(each)]
    return in_folders(files, "users and groups out of SCIM")
