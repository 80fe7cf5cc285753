"""Pull requests of GitHub as changes: from its API, or as its command line writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.readers.approvals.reviews import Change, Event
from ownership_graph.readers.moments import moment_of
from ownership_graph.readers.picking import table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.readers.approvals.reviews import Kind
    from ownership_graph.readers.stating import End

_ANSWERS: Mapping[str, Kind] = {"approved": "yes", "changes_requested": "no"}
_PLACE = re.compile(r"https?://[^/]+/(?P<repository>[^/]+/[^/]+)/pull/\d+", re.ASCII)


def repository_of(pull: Mapping[str, object]) -> str:
    """The repository of a pull request, owner/name; blank where nothing says it."""
    found = _PLACE.fullmatch(text(pull, "html_url") or text(pull, "url"))
    return text(pull, "base", "repo", "full_name") or (found["repository"] if found else "")


def change_of(
    pull: Mapping[str, object], timeline: Sequence[Mapping[str, object]], *, told: bool = True
) -> Change:
    """A pull request, with what happened to it."""
    repository, number = repository_of(pull), text(pull, "number")
    author, ended = _first(pull, "user", "author"), _text(pull, "closed_at", "closedAt")
    merged = _text(pull, "merged_at", "mergedAt")
    several = [*timeline, *tables(pull, "reviews")]
    dismissed = {
        text(each, "dismissed_review", "review_id"): each
        for each in timeline
        if text(each, "event") == "review_dismissed"
    }
    asked = () if timeline else tables(pull, "reviewRequests")
    created = moment_of(_text(pull, "created_at", "createdAt"))
    events = [event for each in several for event in _events(each, repository, dismissed)]
    if created:
        events += [Event(created, "asked", _asked(each, repository)) for each in asked]
    people = [author, *(_first(each, "user", "author") for each in several)]
    return Change(
        id=f"gh:{repository}#{number}",
        name=text(pull, "title") or f"{repository}#{number}",
        author=_person(author),
        created=created,
        ended=moment_of(merged) or moment_of(ended),
        draft=_text(pull, "draft", "isDraft") == "true",
        told=told,
        events=tuple(events),
        services=frozenset(f"gh:{_login(each)}" for each in people if _is_service(each)),
    )


def _events(
    said: Mapping[str, object],
    repository: str,
    dismissed: Mapping[str, Mapping[str, object]],
) -> Iterator[Event]:
    """What one entry says: a review, or an event of the timeline; a comment says nothing."""
    moment = moment_of(_text(said, "submitted_at", "submittedAt", "created_at"))
    kind = text(said, "event")
    if moment is None:
        return
    if kind in ("", "reviewed"):
        yield from _review(
            said, Event(moment, "yes", _person(_first(said, "user", "author"))), dismissed
        )
    elif kind == "review_requested":
        yield Event(moment, "asked", _asked(said, repository))
    elif kind == "review_request_removed":
        yield Event(moment, "unasked", _asked(said, repository))
    elif kind == "ready_for_review":
        yield Event(moment, "ready")


def _review(
    said: Mapping[str, object], given: Event, dismissed: Mapping[str, Mapping[str, object]]
) -> Iterator[Event]:
    """The answer of a review; of one that was dismissed what it had said, until it was."""
    state, taken = text(said, "state").casefold(), dismissed.get(text(said, "id"), {})
    was = text(taken, "dismissed_review", "state").casefold() if state == "dismissed" else state
    if was in _ANSWERS:
        yield given._replace(kind=_ANSWERS[was])
        ended = moment_of(text(taken, "created_at"))
        if ended:
            yield Event(ended, "dropped", given.who)


def _asked(said: Mapping[str, object], repository: str) -> End | None:
    """Who is asked to review: a person, or a team of the repository's owner."""
    team = text(said, "requested_team", "slug") or text(said, "slug")
    if team:
        owner = repository.partition("/")[0]
        return "Team", f"gh:{team if '/' in team else f'{owner}/{team}'}"
    return _person(table(said, "requested_reviewer") or said)


def _first(said: Mapping[str, object], *names: str) -> dict[str, object]:
    return next((found for each in names if (found := table(said, each))), {})


def _text(said: Mapping[str, object], *names: str) -> str:
    return next((found for each in names if (found := text(said, each))), "")


def _login(user: Mapping[str, object]) -> str:
    return text(user, "login")


def _person(user: Mapping[str, object]) -> End | None:
    login = _login(user)
    return ("Person", f"gh:{login}") if login else None


def _is_service(user: Mapping[str, object]) -> bool:
    return text(user, "type") == "Bot" or text(user, "is_bot") == "true"
