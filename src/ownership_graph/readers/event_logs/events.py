"""The events of a log, and when they happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from ownership_graph.days import number_of
from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.model import nearest
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DOING = "reading the event log"

COMPLETE = "complete"
START = "start"
BOOKKEEPING = frozenset(
    {
        "schedule", "assign", "reassign", START, "suspend", "resume", "withdraw", "autoskip",
        "manualskip", "pi_abort", "ate_abort",
    }
)  # fmt: skip
"""Transitions of the XES standard that are not yet, or never will be, work that was done."""

_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_year, _offset = attrgetter("year"), attrgetter("tzinfo")


class OutOfOrderError(Exception):
    """An event stands before an older one of its case.

    It never leaves the reading of a log, which then begins again.
    """


class Event(NamedTuple):
    """Something that was done, or begun, in a case, and to which model.

    `begun` is when the work on it began, where the log says so beside its end. `transition` is
    that of its lifecycle, blank where the log has none. It, `person` and `team` are as the log
    writes them.
    """

    case: str
    model: str
    activity: str
    transition: str
    time: datetime
    begun: datetime | None
    person: str
    team: str
    line: int


Told: TypeAlias = tuple[str, str, str, str, datetime, datetime | None, str, str, int]
"""An event as a tuple without names, since there are millions: what an `Event` is made of."""


class Events(NamedTuple):
    """Events in the order in which they come, by column: the fields of `Event`, each of all.

    What is done for each of a million events is done in C only where it is done for a column.
    """

    case: Sequence[str] = ()
    model: Sequence[str] = ()
    activity: Sequence[str] = ()
    transition: Sequence[str] = ()
    time: Sequence[datetime] = ()
    begun: Sequence[datetime | None] = ()
    person: Sequence[str] = ()
    team: Sequence[str] = ()
    line: Sequence[int] = ()


class Batch(NamedTuple):
    """Some events of a log, as they come, and what is rejected among them."""

    events: Events
    rejected: Sequence[Rejected] = ()


@dataclass(frozen=True)
class Clock:
    """Reads times; those without an offset are in its zone, and days are counted in it.

    `written` are formats as `%d.%m.%Y %H:%M`; without one times are ISO 8601.
    """

    zone: tzinfo
    written: tuple[str, ...] = ()

    @cached_property
    def read(self) -> Callable[[str], datetime | None]:
        """From a text to its time; `None` where it is none, or in no year that can be meant."""
        zone, parse = self.zone, self._parse

        def read(text: str) -> datetime | None:
            try:
                time = parse(text)
            except ValueError:
                return None
            if not _FIRST_YEAR <= time.year <= _LAST_YEAR:
                return None
            return time if time.tzinfo else time.replace(tzinfo=zone)

        return read

    def read_all(self, texts: Iterable[str]) -> list[datetime]:
        """The times of all texts; none at all where one of them is none."""
        try:
            times = list(map(self._parse, texts))
        except ValueError:
            return []
        years = {*map(_year, times)}
        if not _FIRST_YEAR <= min(years) <= max(years) <= _LAST_YEAR:
            return []
        if not all(map(_offset, times)):
            return [each if each.tzinfo else each.replace(tzinfo=self.zone) for each in times]
        return times

    @property
    def _parse(self) -> Callable[[str], datetime]:
        return self._in_formats if self.written else datetime.fromisoformat

    def _in_formats(self, text: str) -> datetime:
        for each in self.written:
            try:
                return datetime.strptime(text, each)  # noqa: DTZ007 -- the zone is put in by `read`
            except ValueError:
                continue
        raise ValueError(text)

    def span(self, ended: str, began: str) -> tuple[datetime, datetime | None] | str:
        """When work ended and, unless that is blank, when it began; else why nobody can tell."""
        time = self.read(ended)
        if time and not began:
            return time, None
        begun = self.read(began) if began else None
        if time is None or (began and begun is None):
            return self.why_not(ended if time is None else began)
        return time, begun

    def day(self, time: datetime) -> int:
        """Days since 1970-01-01, in the zone."""
        return number_of(time.astimezone(self.zone).date())

    def why_not(self, text: str) -> str:
        """The sentence for a text that is no time."""
        if not text.strip():
            return "the time is blank. An event is taken only where the log says when it was."
        wanted = (
            f"is not written as {' or '.join(map(shown, self.written))}"
            if self.written
            else "is no time in ISO 8601, as 2026-03-01T14:30:00+01:00"
        )
        return (
            f'the time {shown(text)} {wanted}. Say how the log writes it: times = "%d.%m.%Y'
            ' %H:%M" in the file that --meaning names.'
        )


class Taken:
    """What a reader makes of a log, event by event, and gives out batch by batch."""

    def __init__(self, clock: Clock, file: str) -> None:
        """Nothing is read yet."""
        self.clock = clock
        self._file = file
        self._events: list[Told] = []
        self._rejected: list[Rejected] = []

    def take(self, event: Told) -> None:
        """Take an event."""
        self._events.append(event)

    def reject(self, line: int, why: str) -> None:
        """Tell why there is no event."""
        self._rejected.append(Rejected(self._file, line, why))

    def batch(self) -> Batch:
        """What was taken since the last one."""
        batch = Batch(by_column(self._events), self._rejected)
        self._events, self._rejected = [], []
        return batch


def by_column(events: Sequence[Told]) -> Events:
    """The events by column."""
    return Events._make(zip(*events, strict=True)) if events else Events()


def clock_in(zone: str, written: tuple[str, ...] = ()) -> Clock:
    """The clock of that time zone.

    Raises:
        UsageError: there is no such zone.
    """
    if zone == "UTC":
        return Clock(UTC, written)  # which needs no file
    try:
        return Clock(ZoneInfo(zone), written)
    except (KeyError, OSError, ValueError) as error:
        raise UsageError(
            f"reading the option 'zone': there is no time zone {shown(zone)}."
            f"{nearest(zone, ('UTC', 'Europe/Berlin', 'America/New_York'))} Write it as"
            " Europe/Berlin."
        ) from error
