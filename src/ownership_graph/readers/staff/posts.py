"""What one row of a table of staff says: who, where, and whether that has ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.readers.addresses import address
from ownership_graph.readers.patterns import fits
from ownership_graph.records import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ownership_graph.records import Written

_HERE = (
    "active*", "current", "employed", "working", "yes", "true", "1", "a", "on leave", "* leave",
    "leave of absence", "probation*", "on notice", "notice period", "furlough*", "secondment*",
)  # fmt: skip
_GONE = (
    "left", "leaver", "terminated*", "inactive", "deactivated", "resigned", "retired", "dismissed",
    "deceased", "former*", "ex-*", "no", "false", "0", "i", "t",
)  # fmt: skip
_NEVER = 2200
_AS_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOST_REMEMBERED = 10_000


class Post(msgspec.Struct, frozen=True, gc=False):
    """One post: what its row states, by the meaning of the column.

    `address` is the e-mail address in lower case, empty where what stands there is none.
    `full_name` is the name, or the first and the last one.
    """

    line: int
    address: str = ""
    full_name: str = ""
    email: str = ""
    login: str = ""
    number: str = ""
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    team: str = ""
    division: str = ""
    manager: str = ""
    status: str = ""
    last_day: str = ""
    fte: str = ""
    function: str = ""


def post_of(line: int, cells: Mapping[str, str]) -> Post:
    """The post that a row states; `cells` are what is filled, by the meaning of the column."""
    full_name = cells.get("name", "")
    if not full_name:
        full_name = f"{cells.get('first_name', '')} {cells.get('last_name', '')}".strip()
    return Post(line, address(cells.get("email", "")), full_name, **cells)


@dataclass(frozen=True, slots=True)
class Words:
    """How a table says who is here and who has left, and which day it is.

    `means` turns a status into one of the graph's, blank for one that is not known.
    """

    means: Callable[[str], str]
    dates: Sequence[str]
    today: date

    def state(self, post: Post) -> Written:
        """`status` and `left_day`, as far as the post says them; the word counts before the day.

        Who came back often keeps the day of having left. Where one is written in a way that is
        not known, that stands in its place.
        """
        status, last = self._status(post.status), self._day(post.last_day)
        if isinstance(last, Unreadable):
            return {"status": status or Unreadable("", ""), "left_day": last}
        if isinstance(status, Unreadable):
            return {"status": status, "left_day": Unreadable(post.last_day, "")}
        if not status and last:
            status = "left" if last < self.today else "active"
        if status == "left" and last:
            return {"status": status, "left_day": last.isoformat()}
        return {"status": status} if status else {}

    def _status(self, said: str) -> str | Unreadable:
        status = self.means(said) if said else ""
        if status or not said:
            return status
        return Unreadable(
            said,
            f"the status {shown(said)} does not say whether the person works here. Say --here"
            f" {shown(said)} or --gone {shown(said)}.",
        )

    def _day(self, text: str) -> date | Unreadable | None:
        """The last day; none where none is written, or one that never comes."""
        if not text:
            return None
        for written in ("", *self.dates):
            try:
                found = (
                    datetime.strptime(text, written).date()  # noqa: DTZ007 -- only its date counts
                    if written
                    else datetime.fromisoformat(text).date()
                )
            except ValueError:
                continue
            return found if found.year < _NEVER else None
        if _AS_ISO.fullmatch(text):
            return Unreadable(
                text,
                f"the last day {shown(text)} does not exist: there is no such month, or it has no"
                " such day. Mend it.",
            )
        return Unreadable(
            text,
            f"the last day {shown(text)} is not written as 2026-03-31. Say how such days are"
            " written: --dates '%d/%m/%Y'.",
        )


def odd_in(state: Written) -> str:
    """Why something of the state cannot be read, or an empty text."""
    return "".join(each.why for each in state.values() if isinstance(each, Unreadable))


def words(here: Sequence[str], gone: Sequence[str], dates: Sequence[str], today: str) -> Words:
    """The usual words and these; `today` is an ISO date, blank for the day that it is.

    Raises:
        UsageError: `today` is no day.
    """
    told = (
        (fits(gone), "left"),
        (fits(here), "active"),
        (fits(_GONE), "left"),
        (fits(_HERE), "active"),
    )

    @lru_cache(MOST_REMEMBERED)
    def means(said: str) -> str:
        return next((status for fit, status in told if fit(said)), "")

    return Words(means, dates, _day_named(today))


def _day_named(text: str) -> date:
    if not text:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"reading the option 'today': {shown(text)} is no day. Write it as 2026-03-31."
        ) from error


def share_of(text: str) -> str:
    """A share of full time as a number: `80%` is `0.8`, and so is `0,8`.

    >>> share_of("80%"), share_of("0,8"), share_of("1")
    ('0.8', '0.8', '1')
    """
    number = text.replace(",", ".")
    part = number.removesuffix("%").strip()
    if part == number:
        return number
    try:
        return f"{float(part) / 100:g}"
    except ValueError:
        return text
