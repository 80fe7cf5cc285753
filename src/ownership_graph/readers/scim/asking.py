"""All users and groups of a SCIM server, page by page, and whether these were all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.readers.numbers import whole_in
from ownership_graph.readers.picking import tables, text
from ownership_graph.readers.scim.resources import DOING, Resource, Resources, small
from ownership_graph.records import Partial

if TYPE_CHECKING:
    from ownership_graph.readers.web import Site


def asked(site: Site, page_size: int, *, groups: bool) -> Resources:
    """What the server has.

    Raises:
        SourceError: an answer could not be had, or is no list of SCIM.
    """
    if page_size < 1:
        raise UsageError(f"{DOING}: {page_size} at a time are no page. Ask for 100, the usual.")
    found = Resources()
    _all(site, "Users", found.users, found, page_size)
    if groups:
        _all(site, "Groups", found.groups, found, page_size)
    return found


def _all(
    site: Site, kind: str, into: dict[str, Resource], found: Resources, page_size: int
) -> None:
    """Ask for one page after the other until all are there, or one brings nothing new."""
    start, total, cursor = 1, 1, ""
    while cursor or start <= total:
        at: dict[str, str | int] = {"cursor": cursor} if cursor else {"startIndex": start}
        answer = small(site.get(kind, {**at, "count": page_size}).data)
        total = _total(answer, site.url, kind)
        given = tables(answer, "resources")
        new = [found.take(each, into=into, place=kind) for each in given]
        start, cursor = start + len(given), text(answer, "nextcursor")
        if not any(new):
            break
    if len(into) < total:
        found.beside.append(
            Partial(
                f"{DOING}: {site.url}: it says that there are {total:,} {kind}, and gave"
                f" {len(into):,}. The others are hidden from this token, or its pages do not"
                " fit together.",
                kind,
            )
        )


def _total(answer: object, url: str, kind: str) -> int:
    said = whole_in(text(answer, "totalresults"))
    if said is None:
        raise SourceError(
            f"{DOING}: {url}: the answer for {kind} is no list of SCIM, which says how many there"
            " are. Is this the address of its API, such as https://host/scim/v2?"
        )
    return said
