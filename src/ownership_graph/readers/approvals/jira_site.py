"""Issues of Jira and what hangs on them, page by page, from the cloud or from a server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.readers.numbers import whole_in
from ownership_graph.readers.picking import table, tables, text
from ownership_graph.records import Partial

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.readers.web import Site

DOING = "reading the approvals of Jira"

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}-\d{1,12}", re.ASCII)
_PAGE = 100


def issues(
    site: Site, jql: str, fields: str, *, cloud: bool, changes: bool
) -> Iterator[dict[str, object] | Partial]:
    """The issues that a query finds; those of a server are compared with its total."""
    ordered = jql if "order by" in jql.casefold() else f"{jql} ORDER BY key ASC"
    asked: dict[str, str | int] = {"jql": ordered, "fields": fields, "maxResults": _PAGE}
    if changes:
        asked["expand"] = "changelog"
    yield from (_of_cloud if cloud else _of_server)(site, asked)


def _of_cloud(site: Site, asked: Mapping[str, str | int]) -> Iterator[dict[str, object]]:
    token, known = "", set[str]()
    while token not in known:
        known.add(token)
        more = {"nextPageToken": token} if token else {}
        answer = site.get("rest/api/3/search/jql", {**asked, **more}).data
        yield from _listed(answer, "issues")
        token = text(answer, "nextPageToken")
        if not token:
            return
    raise SourceError(f"{DOING}: it gives the same page again and again. Try again later.")


def _of_server(
    site: Site, asked: Mapping[str, str | int]
) -> Iterator[dict[str, object] | Partial]:
    keys: set[str] = set()
    start, total = 0, 1
    while start < total:
        answer = site.get("rest/api/2/search", {**asked, "startAt": start}).data
        found = _listed(answer, "issues")
        yield from found
        keys.update(text(each, "key") for each in found)
        total = whole_in(text(answer, "total")) or 0
        if not found:
            break
        start += len(found)
    if len(keys) < total:
        yield Partial(
            f"{DOING}: it counts {total:,} issues and gave {len(keys):,}. Was something moved"
            " while it was read? Read again."
        )


def changes_of(site: Site, issue: Mapping[str, object], *, cloud: bool) -> list[dict[str, object]]:
    """All changes of an issue: those that came with it, or if these are not all, by pages."""
    came = tables(issue, "changelog", "histories")
    if "changelog" in issue and not is_cut(issue):
        return came
    version = 3 if cloud else 2
    path = f"rest/api/{version}/issue/{_key(issue)}/changelog"
    found: list[dict[str, object]] = []
    while True:
        answer = site.get(path, {"startAt": len(found), "maxResults": _PAGE}).data
        page = _listed(answer, "values")
        found += page
        if not page or len(found) >= (whole_in(text(answer, "total")) or 0):
            return found


def is_cut(issue: Mapping[str, object]) -> bool:
    """Whether fewer changes came with an issue than it has."""
    total = whole_in(text(issue, "changelog", "total")) or 0
    return len(tables(issue, "changelog", "histories")) < total


def approvals_of(site: Site, issue: Mapping[str, object]) -> list[dict[str, object]] | None:
    """The approvals of a request of Jira Service Management; `None` where it is no request."""
    from ownership_graph.readers.web import AbsentError  # noqa: PLC0415 -- an extra

    path = f"rest/servicedeskapi/request/{_key(issue)}/approval"
    found: list[dict[str, object]] = []
    while True:
        try:
            answer = site.get(path, {"start": len(found), "limit": _PAGE}).data
        except AbsentError:
            return None
        page = _listed(answer, "values")
        found += page
        if not page or text(answer, "isLastPage") != "false":
            return found


def _listed(answer: object, name: str) -> list[dict[str, object]]:
    if not isinstance(table(answer).get(name), list):
        raise SourceError(
            f"{DOING}: there is no list of {name} in the answer. Is this the address of Jira, and"
            " is --api right: cloud, or server?"
        )
    return tables(answer, name)


def _key(issue: Mapping[str, object]) -> str:
    """The key of an issue, fit for an address."""
    key = text(issue, "key")
    if not _KEY.fullmatch(key):
        raise SourceError(f"{DOING}: {shown(key)} is no key of an issue, such as AI-12.")
    return key
