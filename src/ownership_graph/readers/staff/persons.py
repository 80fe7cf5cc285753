"""The persons behind the posts of a table of staff, their teams and managers, as records."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from ownership_graph.importing.checking import rejection
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.values import RowError
from ownership_graph.readers.addresses import address, addresses
from ownership_graph.readers.people import folded, team_id
from ownership_graph.readers.staff.posts import odd_in, share_of
from ownership_graph.records import Node, Promise, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.readers.staff.posts import Post, Words
    from ownership_graph.records import Properties, Record, Written

MOST_SHOWN = 3
"""How many persons a message names."""

_IN_BRACKETS = re.compile(r"(.*\S)\s*\(([^()]+)\)")
_NUMBER = re.compile(r"0*([0-9]+)(?:\.0+)?", re.ASCII)


class Staff:
    """All posts of a table, and who they are about."""

    def __init__(
        self, posts: Sequence[Post], columns: Mapping[str, str], file: str, words: Words
    ) -> None:
        """`columns` are those that the table has, `file` is what the records are from."""
        self._posts, self._columns, self._file, self._words = posts, columns, file, words
        self._stand = {
            name: f"the column {shown(columns[meaning])}"
            for name, meaning in _PROPERTIES.items()
            if meaning in columns
        }
        self._shared = _shared(posts)
        self._passed_over: dict[tuple[str, str], list[Post]] = defaultdict(list)
        self._references: dict[str, dict[str, None]] = defaultdict(dict)
        self._names: dict[str, dict[str, None]] = defaultdict(dict)
        self._spelt: dict[str, str] = {}
        self._teams: set[str] = set()

    def records(self) -> Iterator[Record]:
        """Everything that the posts state, and promises of what there are columns for."""
        posts: dict[str, list[tuple[Post, Written]]] = defaultdict(list)
        for post in self._posts:
            try:
                own_id = self._id(post)
            except RowError as error:
                yield self._unclear(post, "", error.why)
            else:
                self._remember(post, own_id)
                posts[own_id].append((post, self._words.state(post)))
        for own_id, several in posts.items():
            yield from self._person(own_id, several)
        yield from self._told_as_shared()
        yield Promise("Person")
        for meaning, needs in _PROMISES.items():
            if meaning in self._columns:
                yield from map(Promise, needs)

    def _unclear(self, post: Post, own_id: str, why: str) -> Rejected:
        """The person as a row to mend.

        Of several addresses the first may be the id from before: who has that has not left.
        """
        own_id = own_id or next(addresses(post.email), "")
        said = {
            "name": post.full_name,
            "status": post.status,
            "left_day": post.last_day,
        }
        kept: Properties = {name: each for name, each in said.items() if each}
        return rejection(Node("Person", own_id, kept, self._file, post.line), why)

    def _id(self, post: Post) -> str:
        """The first of address, login and number that the row fills and no other person has."""
        if post.email and not post.address:
            raise RowError(
                "an e-mail address that is none",
                f"{shown(post.email)} is not one e-mail address. Write one, or leave it blank.",
            )
        found = {"email": post.address, "login": post.login, "number": post.number}
        several = [each for each in found.items() if self._is_shared(*each)]
        for each in found.items():
            if each[1] and each not in several:
                for text in several:
                    self._passed_over[text].append(post)
                return self._spelt.setdefault(folded(each[1]), each[1])
        filled = " and ".join(shown(each) for each in found.values() if each)
        what = f"{filled} stands for other persons, too" if filled else "nothing says who it is"
        raise RowError(
            "a person without an id",
            f"{what}. Fill in an e-mail address, a login or a personnel number of this person"
            " alone.",
        )

    def _is_shared(self, kind: str, text: str) -> bool:
        return (kind, folded(text)) in self._shared

    def _told_as_shared(self) -> Iterator[Rejected]:
        """The addresses and logins that stand for nobody, though their persons went in."""
        for (kind, text), posts in self._passed_over.items():
            lines = ", ".join(str(each.line) for each in posts[:MOST_SHOWN])
            more = ", …" if len(posts) > MOST_SHOWN else ""
            what = "e-mail address" if kind == "email" else kind
            yield Rejected(
                self._file,
                posts[0].line,
                f"the {what} {shown(text)} stands in the rows of several persons (lines"
                f" {lines}{more}), so it is nobody's id and was left out. They went in under"
                " another one. If they are one person, write the same name or number.",
            )

    def _remember(self, post: Post, own_id: str) -> None:
        """Under which texts the person can be looked up as a manager."""
        for text in (post.number, post.login, post.address):
            if text:
                self._references[_plain(text)][own_id] = None
        if post.full_name:
            self._names[_spoken(post.full_name)][own_id] = None
        if post.name and post.last_name:
            self._names[folded(f"{post.first_name} {post.last_name}")][own_id] = None

    def _person(self, own_id: str, posts: list[tuple[Post, Written]]) -> Iterator[Record]:
        """One person; posts that ended count only where no other one goes on."""
        going_on = [each for each in posts if each[1].get("status") != "left"] or posts
        clear = [each for each in going_on if not odd_in(each[1])]
        known = [each for each in clear if each[1]]
        post, state = (known or clear or going_on)[-1]
        said = {
            "name": post.full_name,
            **state,
            **self._rest(post, own_id, alone=len(going_on) == 1),
        }
        kept: Written = {key: each for key, each in said.items() if each not in ("", own_id)}
        yield Node("Person", own_id, kept, self._file, post.line, self._stand)
        for post, state in going_on:
            if clear and odd_in(state):
                yield self._unclear(post, own_id, f"{odd_in(state)} Another row says it.")
            yield from self._team(own_id, post)
            yield from self._manager(own_id, post)

    def _rest(self, post: Post, own_id: str, *, alone: bool) -> dict[str, str]:
        """What else a post says of the person.

        Of several posts none says the whole working time; what others have too is nobody's.
        """
        login = "" if self._is_shared("login", post.login) else post.login
        return {
            "fte": share_of(post.fte) if alone else "",
            "function": post.function.casefold(),
            "login": login if folded(login) != folded(own_id) else "",
            "email": "" if self._is_shared("email", post.address) else post.address,
        }

    def _team(self, own_id: str, post: Post) -> Iterator[Record]:
        team, division = post.team or post.division, post.division
        for name in filter(None, (team, division)):
            if team_id(name) not in self._teams:
                self._teams.add(team_id(name))
                yield Node("Team", team_id(name), {"name": name}, self._file, post.line)
        if team:
            share: Properties = {"fte": share_of(post.fte)} if post.fte else {}
            yield self._tie("MEMBER_OF", ("Person", own_id), ("Team", team_id(team)), post, share)
        if team and division and team_id(team) != team_id(division):
            ends = ("Team", team_id(team)), ("Team", team_id(division))
            yield self._tie("PART_OF", *ends, post)

    def _tie(
        self,
        kind: str,
        start: tuple[str, str],
        end: tuple[str, str],
        post: Post,
        said: Properties | None = None,
    ) -> Relationship:
        return Relationship(kind, *start, *end, said or {}, self._file, post.line)

    def _manager(self, own_id: str, post: Post) -> Iterator[Record]:
        """Whom the person reports to; the head of all may be written as the own manager."""
        written = post.manager
        if not written:
            return
        try:
            found = self._called(written)
        except RowError as error:
            tie = self._tie("REPORTS_TO", ("Person", own_id), ("Person", written), post)
            yield rejection(tie, error.why)
            return
        if found != own_id:
            yield self._tie("REPORTS_TO", ("Person", own_id), ("Person", found), post)

    def _called(self, written: str) -> str:
        """The id of the person who is called so; numbers and addresses count before names."""
        inside = _IN_BRACKETS.fullmatch(written)
        for text in (written, *(inside.groups()[::-1] if inside else ())):
            plain = address(text) or text
            found = self._references.get(_plain(plain)) or self._names.get(_spoken(text))
            if found and len(found) > 1:
                raise RowError(
                    "a manager who could be several persons",
                    f"the manager {shown(written)} could be"
                    f" {' or '.join(map(shown, islice(found, MOST_SHOWN)))}. Write the number or"
                    " the address.",
                )
            if found:
                return next(iter(found))
        if self._could_be_id(written):
            return address(written) or written
        raise RowError(
            "a manager who is not in the table",
            f"nobody in the table has {shown(written)}, the manager, as a name, number, login or"
            " address. Write one of them, or add a row for this person.",
        )

    def _could_be_id(self, text: str) -> bool:
        """Whether somebody beyond this table could have that id."""
        if "email" in self._columns:
            return bool(address(text))
        return " " not in text and any(each.isdigit() for each in text)


_PROPERTIES = {
    "status": "status", "left_day": "last_day", "fte": "fte", "function": "function",
    "login": "login", "email": "email",
}  # fmt: skip
_PROMISES: Mapping[str, tuple[str, ...]] = {
    "team": ("Team", "MEMBER_OF"),
    "division": ("Team", "PART_OF"),
    "manager": ("REPORTS_TO",),
}


def _shared(posts: Sequence[Post]) -> set[tuple[str, str]]:
    """The addresses and logins in rows of persons with other numbers and other names."""
    found: dict[tuple[str, str], list[Post]] = {}
    for post in posts:
        if post.address:
            found.setdefault(("email", post.address), []).append(post)
        if post.login:
            found.setdefault(("login", folded(post.login)), []).append(post)
    return {each for each, several in found.items() if len(several) > 1 and _are_several(several)}


def _are_several(posts: Sequence[Post]) -> bool:
    names = {folded(each.full_name) for each in posts}
    return len(names) > 1 and len({each.number or folded(each.full_name) for each in posts}) > 1


def _plain(text: str) -> str:
    """The text as it is looked up; of a number neither leading zeros nor .0 matter."""
    number = _NUMBER.fullmatch(text)
    return number[1] if number else folded(text)


def _spoken(name: str) -> str:
    """The name as it is looked up: `Doe, Jane` is `Jane Doe`."""
    last, _, first = name.partition(",")
    return folded(f"{first} {last}")
