"""sigs.yaml, in which a community writes down its groups, who leads them, and when they meet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.addresses import address
from ownership_graph.readers.picking import tables, text, texts
from ownership_graph.records import Node, Promise, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.readers.documents import Document
    from ownership_graph.records import Properties, Record

KINDS = {"sigs": "team", "workinggroups": "team", "usergroups": "team", "committees": "committee"}
"""The lists of the file, and what sort of team is in each."""

_POSTS = {"chairs": "chair", "tech_leads": "tech lead", "leads": "lead"}
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_NUMBERS = {"other": 2, "second": 2, "two": 2, "three": 3, "third": 3, "four": 4, "six": 6}
_EVERY = re.compile(
    r"\b(?:every|each|once an?|once per)\s+"
    rf"(?:(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})[\s-]+)?(?P<unit>{'|'.join(_DAYS)})s?\b"
)
_WORDS = (
    (re.compile(r"\b(?:1st|first|2nd|second)\b.*(?:\band|&).*\b(?:3rd|third|4th|fourth)\b"), 14),
    (re.compile(r"\bbi-?weekly\b|\bfortnight|\btwice (?:a|per) month\b|\bsemi-?monthly\b"), 14),
    (re.compile(r"\btri-?weekly\b"), 21),
    (re.compile(r"\bbi-?monthly\b"), 61),
    (re.compile(r"\bmonthly\b"), 30),
    (re.compile(r"\bquarterly\b"), 91),
    (re.compile(r"\bweekly\b"), 7),
    (re.compile(r"\bdaily\b"), 1),
    (re.compile(r"\b(?:annually|yearly)\b"), 365),
)


def days_between(frequency: str) -> int | None:
    """The days between two meetings of such a frequency; `None` where it names no interval.

    >>> days_between("biweekly"), days_between("monthly - second Wednesday every month")
    (14, 30)
    >>> days_between("Every 3 weeks"), days_between("every other Tuesday of the week")
    (21, None)
    """
    said = frequency.casefold()
    for word, days in _WORDS:
        if word.search(said):
            return days
    found = _EVERY.search(said)
    if not found:
        return None
    number = found["number"] or "1"
    return (_NUMBERS.get(number) or int(number)) * _DAYS[found["unit"]]


def groups_in(document: Document, file: str) -> Iterator[Record]:
    """The groups, their subprojects, and their people, with a promise of each."""
    people: dict[str, Properties] = {}
    for kind, team in KINDS.items():
        for group in tables(document.data, kind):
            name = text(group, "dir")
            if name:
                yield from _group(group, f"community:{name}", team, file, people)
            else:
                why = f"a group of {kind} has no 'dir', so it has no id. Give it one."
                yield Rejected(
                    file, document.line, f"{why} Its name: {shown(text(group, 'name'))}."
                )
    for login, stated in people.items():
        yield Node("Person", f"gh:{login}", stated, file, document.line)
    for need in ("Team", "Person", "MEMBER_OF", "PART_OF"):
        yield Promise(need)


def _group(
    group: dict[str, object], own_id: str, kind: str, file: str, people: dict[str, Properties]
) -> Iterator[Record]:
    """A group, and its subprojects as teams that are parts of it."""
    yield from _team(group, own_id, kind, file, people)
    for each in tables(group, "subprojects"):
        name = text(each, "name")
        if name:
            part = f"{own_id}/{name.casefold()}"
            yield from _team(each, part, "team", file, people)
            yield Relationship("PART_OF", "Team", part, "Team", own_id, {}, file)


def _team(
    group: dict[str, object], own_id: str, kind: str, file: str, people: dict[str, Properties]
) -> Iterator[Record]:
    stated: Properties = {"kind": kind, "status": "active"}
    if name := text(group, "name"):
        stated["name"] = name
    said = [each for meeting in tables(group, "meetings") for each in texts(meeting, "frequency")]
    found = [days for each in said if (days := days_between(each))]
    if found:
        stated["meets_every_days"] = min(found)
    yield Node("Team", own_id, stated, file)
    if said and not found:
        why = f"the meeting frequency {shown(said[0])} of {shown(own_id)} names no interval, as"
        yield Rejected(file, 0, f"{why} weekly, biweekly or every 4 weeks do. Write it so.")
    yield from _members(group, own_id, file, people)


def _members(
    group: dict[str, object], own_id: str, file: str, people: dict[str, Properties]
) -> Iterator[Record]:
    """Who leads the group; who did so once is described, and no member."""
    posts: dict[str, list[str]] = {}
    for holder in (group, group.get("leadership")):
        for key, post in _POSTS.items():
            for login in _described(holder, key, people):
                posts.setdefault(login, []).append(post)
        for _ in _described(holder, "emeritus_leads", people):
            pass
    for login, held in posts.items():
        stated: Properties = {"role": "lead", "post": ", ".join(held)}
        yield _member(login, own_id, stated, file)
    for login in _described(group.get("contact"), "liaison", people):
        if login not in posts:
            yield _member(login, own_id, {"role": "liaison"}, file)


def _member(login: str, team: str, stated: Properties, file: str) -> Relationship:
    return Relationship("MEMBER_OF", "Person", f"gh:{login}", "Team", team, stated, file)


def _described(holder: object, key: str, people: dict[str, Properties]) -> Iterator[str]:
    """The logins of a list of people, who are described in passing."""
    for person in tables(holder, key):
        login = text(person, "github").removeprefix("@").casefold()
        if login:
            stated = people.setdefault(login, {"kind": "human"})
            for name in ("name", "company"):
                if said := text(person, name):
                    stated[name] = said
            if mail := address(text(person, "email")):
                stated["email"] = mail
            yield login
