"""What one row of a table of staff says: who, where, and whether that has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.importing.mapping.patterns import fits
from ownership_graph.importing.people import address
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.values import RowError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ownership_graph.records import Properties

_HERE = (
    "active*", "current", "employed", "working", "yes", "true", "1", "a", "on leave", "* leave",
    "leave of absence", "probation*", "on notice", "notice period", "furlough*", "secondment*",
)  # fmt: skip
_GONE = (
    "left", "leaver", "terminated*", "inactive", "deactivated", "resigned", "retired", "dismissed",
    "deceased", "former*", "ex-*", "no", "false", "0", "i", "t",
)  # fmt: skip
_NEVER = 2200


@dataclass(frozen=True, slots=True)
class Post:
    """One post; `cells` are what it states, by the meaning of the column."""

    line: int
    cells: Mapping[str, str]

    def cell(self, meaning: str) -> str:
        """What stands in the column of that meaning; empty for none."""
        return self.cells.get(meaning, "")

    @property
    def name(self) -> str:
        """The whole name."""
        parts = self.cell("first_name"), self.cell("last_name")
        return self.cell("name") or " ".join(filter(None, parts))

    @property
    def address(self) -> str:
        """The e-mail address; what is none raises a RowError."""
        written = self.cell("email")
        found = address(written)
        if written and not found:
            raise RowError(
                "an e-mail address that is none",
                f"{shown(written)} is not one e-mail address. Write one, or leave it blank.",
            )
        return found


@dataclass(frozen=True, slots=True)
class Words:
    """How a table says who is here and who has left, and which day it is.

    Of `told` the first test that a status passes says what it means.
    """

    told: Sequence[tuple[Callable[[str], bool], str]]
    dates: Sequence[str]
    today: date

    def state(self, post: Post) -> Properties:
        """`status` and `left_day`, as far as the post says them; the word counts before the day.

        Who came back often keeps the day of having left.

        Raises:
            RowError: the status or the day is written in a way that is not known.
        """
        said, last = post.cell("status"), self._day(post.cell("last_day"))
        if said:
            status = self._status(said)
        elif last:
            status = "left" if last < self.today else "active"
        else:
            return {}
        day = {"left_day": last.isoformat()} if last and status == "left" else {}
        return {"status": status, **day}

    def _status(self, said: str) -> str:
        for fit, status in self.told:
            if fit(said):
                return status
        raise RowError(
            "a status that is not known",
            f"the status {shown(said)} does not say whether the person works here. Say --here"
            f" {shown(said)} or --gone {shown(said)}.",
        )

    def _day(self, text: str) -> date | None:
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
        if text:
            raise RowError(
                "a last day that is no day",
                f"the last day {shown(text)} is not written as 2026-03-31. Say how such days are"
                " written: --dates '%d/%m/%Y'.",
            )
        return None


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
    return Words(told, dates, _day_named(today))


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
