"""Requests out of the reviews of a change: a pull request of GitHub, a merge request of GitLab."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, assert_never

from ownership_graph.days import number_of
from ownership_graph.readers.approvals.requests import Answer, Request
from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ownership_graph.readers.stating import End


Kind: TypeAlias = Literal["asked", "unasked", "ready", "yes", "no", "dropped"]
"""What happened: somebody was asked to review, or no longer; the change was ready; a reviewer
approved, asked for changes, or what the reviewer said before holds no longer."""


class Event(NamedTuple):
    """What happened to a change, and to or by whom."""

    moment: datetime
    kind: Kind
    who: End | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that asks for review.

    `ended` is when it was merged or closed. `told` is false where nothing says when somebody
    was asked: an export without events. `services` are those among the people who are none.
    """

    id: str
    name: str
    author: End | None
    created: datetime | None
    ended: datetime | None = None
    draft: bool = False
    told: bool = True
    events: tuple[Event, ...] = ()
    services: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Round:
    """One round of review: whom it waits for, and what was said in it."""

    requested: int | None = None
    assigned: int | None = None
    waiting: dict[End | None, None] = field(default_factory=dict)
    yes: dict[End | None, int] = field(default_factory=dict)
    no: dict[End | None, int] = field(default_factory=dict)
    before: dict[End | None, int] = field(default_factory=dict)

    @property
    def touched(self) -> bool:
        """Whether anybody was asked or answered."""
        return bool(self.waiting or self.yes or self.no)

    def forget(self, who: End | None) -> None:
        """What somebody was asked or said holds no longer."""
        for each in (self.waiting, self.yes, self.no, self.before):
            each.pop(who, None)

    def approved_on(self, needed: int) -> int | None:
        """The day of the approval with which there were enough, those of earlier rounds too."""
        days = sorted({**self.before, **self.yes}.values())
        if not self.yes or len(days) < needed:
            return None
        return max(days[needed - 1], min(self.yes.values()))


def requests_of(
    change: Change, models: tuple[str, ...], *, gate: str, needed: int, file: str
) -> Iterator[Request | Node]:
    """The rounds of review of a change, and the services that took part.

    Whoever asked for changes ends a round. It begins anew when somebody is asked again, or the
    same reviewer approves; approvals of before still count. A change that ended without anybody
    being asked, or saying anything, asked for nothing.
    """
    *before, last = rounds = _rounds(change)
    for number, each in enumerate(rounds, start=1):
        status, decided = (
            _standing(change, last, needed)
            if number > len(before)
            else ("rejected", min(each.no.values()))
        )
        answers = _answers(each, needed)
        if status:
            yield Request(
                id=change.id if number == 1 else f"{change.id}/{number}",
                name=change.name,
                gate=gate,
                models=models,
                step=change.id,
                status=status,
                answers=answers,
                requested=each.requested if change.told else None,
                assigned=each.assigned if change.told else None,
                decided=decided,
                round=number,
                requested_by=(change.author,) if change.author else (),
                file=file,
            )
            people = {each.decider[1] for each in answers if each.decider}
            for service in sorted(people & change.services):
                yield Node("Person", service, {"kind": "service"}, file)


def _rounds(change: Change) -> list[_Round]:
    """The rounds of review; in each but the last somebody asked for changes."""
    opened = number_of(change.created) if change.created else None
    rounds = [_Round(requested=opened)]
    for event in sorted(change.events, key=lambda each: each.moment):
        day = number_of(event.moment)
        current = rounds[-1]
        match event.kind:
            case "ready":
                current.requested = current.requested if current.touched else day
            case "asked":
                current = _asked(rounds, day)
                current.waiting[event.who] = None
            case "unasked":
                current.waiting.pop(event.who, None)
            case "yes":
                current = _next(rounds) if event.who in current.no else current
                current.forget(event.who)
                current.yes[event.who] = day
            case "no":
                current.forget(event.who)
                current.no[event.who] = day
            case "dropped":
                current.forget(event.who)
            case _:
                assert_never(event.kind)
    return rounds


def _asked(rounds: list[_Round], day: int) -> _Round:
    """The round in which somebody is asked: a new one, where changes were asked for before."""
    current = rounds[-1]
    if current.no:
        current = _next(rounds)
        current.requested = day
    elif not current.touched:
        current.requested = day
    if current.assigned is None:
        current.assigned = day
    return current


def _next(rounds: list[_Round]) -> _Round:
    last = rounds[-1]
    rounds.append(_Round(waiting=dict(last.waiting), before={**last.before, **last.yes}))
    return rounds[-1]


def _standing(change: Change, last: _Round, needed: int) -> tuple[str, int | None]:
    """Where the last round stands, and since when it is decided; blank where nothing is asked."""
    if last.no:
        return ("rejected", min(last.no.values())) if change.ended else ("returned", None)
    approved = last.approved_on(needed)
    if approved is not None:
        return "approved", approved
    if not last.touched and (change.ended or change.draft):
        return "", None
    return ("withdrawn", number_of(change.ended)) if change.ended else ("pending", None)


def _answers(found: _Round, needed: int) -> tuple[Answer, ...]:
    """Who answered in a round, and who was asked; earlier approvals where they were needed."""
    yes = found.yes if len(found.yes) >= needed else {**found.before, **found.yes}
    return (
        *(Answer(who, "approved", day) for who, day in yes.items()),
        *(Answer(who, "rejected", day) for who, day in found.no.items()),
        *(Answer(who) for who in found.waiting),
    )
