"""Merge requests of GitLab as changes: who was asked and who approved stands in system notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.readers.approvals.reviews import Change, Event
from ownership_graph.readers.moments import moment_of
from ownership_graph.readers.picking import table, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.readers.approvals.reviews import Kind
    from ownership_graph.readers.stating import End

_OWN: Mapping[str, Kind] = {
    "approved this merge request": "yes",
    "requested changes": "no",
    "unapproved this merge request": "dropped",
    "marked this merge request as **ready**": "ready",
}
"""Notes about who writes them."""

_OTHERS: tuple[tuple[str, Kind], ...] = (
    ("requested review from ", "asked"),
    ("removed review request for ", "unasked"),
    ("reset approvals from ", "dropped"),
)
"""How notes begin that are about those whom they name."""

_NAMED = re.compile(r"@([\w.-]{1,255})", re.ASCII)
_PLACE = re.compile(r"https?://[^/]+/(?P<project>.+?)/-/merge_requests/\d+", re.ASCII)
_BOT = re.compile(r"(?:project|group)_\d+_bot(?:_\w+)?", re.ASCII)


def project_of(request: Mapping[str, object]) -> str:
    """The project of a merge request, group/name; blank where nothing says it."""
    found = _PLACE.fullmatch(text(request, "web_url"))
    return found["project"] if found else text(request, "references", "full").partition("!")[0]


def change_of(request: Mapping[str, object], notes: Sequence[Mapping[str, object]]) -> Change:
    """A merge request, with what happened to it."""
    project, number = project_of(request), text(request, "iid")
    people = [table(request, "author"), *(table(each, "author") for each in notes)]
    return Change(
        id=f"gl:{project}!{number}",
        name=text(request, "title") or f"{project}!{number}",
        author=_person(table(request, "author")),
        created=moment_of(text(request, "created_at")),
        ended=moment_of(text(request, "merged_at")) or moment_of(text(request, "closed_at")),
        draft=text(request, "draft") == "true",
        events=tuple(event for each in notes for event in _events(each)),
        services=frozenset(f"gl:{text(each, 'username')}" for each in people if _is_service(each)),
    )


def _events(note: Mapping[str, object]) -> Iterator[Event]:
    """What a system note says; what a person writes is a comment, whatever it says."""
    moment = moment_of(text(note, "created_at"))
    if moment is None or text(note, "system") != "true":
        return
    body = text(note, "body")
    if body in _OWN:
        yield Event(moment, _OWN[body], _person(table(note, "author")))
    for start, kind in _OTHERS:
        if body.startswith(start):
            for name in _NAMED.findall(body):
                yield Event(moment, kind, ("Person", f"gl:{name}"))


def _person(user: Mapping[str, object]) -> End | None:
    name = text(user, "username")
    return ("Person", f"gl:{name}") if name else None


def _is_service(user: Mapping[str, object]) -> bool:
    return bool(_BOT.fullmatch(text(user, "username"))) or text(user, "bot") == "true"
