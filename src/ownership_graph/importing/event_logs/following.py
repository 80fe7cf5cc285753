"""A log followed event by event: who worked on what, who handed over to whom, what was decided."""

from __future__ import annotations

from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.importing.event_logs.events import OutOfOrderError
from ownership_graph.importing.event_logs.ordering import in_order
from ownership_graph.importing.event_logs.requests import Requests, Who
from ownership_graph.importing.mapping.patterns import fits
from ownership_graph.importing.people import stated
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from ownership_graph.importing.event_logs.events import Clock, Event
    from ownership_graph.importing.event_logs.meaning import Meaning, Means

Events: TypeAlias = "Iterable[Event | Rejected]"

_SECONDS_A_DAY = 86_400


class Names(dict[str, "str | None"]):
    """Names as the log writes them to names that count: blank for unknown, none for a system's."""

    def __init__(self, unknown: Sequence[str], system: Sequence[str]) -> None:
        """More patterns of what stands where nobody is known, and those of systems."""
        super().__init__()
        self._unknown, self._system = fits(unknown), fits(system)

    def __missing__(self, name: str) -> str | None:
        """The name that counts."""
        clean = " ".join(stated(name).split())
        known = "" if self._unknown(clean) else clean
        self[name] = found = None if self._system(known) else known
        return found


class _Known(dict[tuple[str, str], "Means"]):
    """What activities with their transitions mean."""

    def __init__(self, meaning: Meaning) -> None:
        super().__init__()
        self._meaning = meaning

    def __missing__(self, key: tuple[str, str]) -> Means:
        self[key] = found = self._meaning.means(*key)
        return found


class _Case:
    """How far a case has come: its last time, who worked last and until when, what was begun."""

    __slots__ = ("at", "begun", "done", "team")

    def __init__(self, at: datetime) -> None:
        self.at = self.done = at
        self.team = ""
        self.begun: dict[str, datetime] = {}


class Log:
    """What the events of a log, each case's in the order of time, come to.

    `work` counts the events by model, person and team; `passes` hold the days that each passing
    from a team to another took; `stages` when each model came to a stage. The number of cases and
    of different names bounds the memory, not that of the events.
    """

    def __init__(self, meaning: Meaning, clock: Clock, names: Names) -> None:
        """Nothing has happened yet."""
        self.work: dict[tuple[str, str, str], int] = {}
        self.passes: dict[tuple[str, str], array[float]] = defaultdict(lambda: array("d"))
        self.stages: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        self.requests = Requests(clock)
        self.rejected: list[Rejected] = []
        self._cases: dict[str, _Case] = {}
        self._known = _Known(meaning)
        self._names = names

    def take_all(self, events: Events) -> None:
        """Take each event in its turn.

        Raises:
            OutOfOrderError: one is older than one of its case before it.
        """
        names, known = self._names, self._known
        for event in events:
            if isinstance(event, Rejected):
                self.rejected.append(event)
                continue
            case = self._case(event)
            means = known[event.activity, event.transition]
            person, team = names[event.person], names[event.team]
            if person is None or team is None:
                person = team = ""
            elif means.is_work:
                self._work(case, event, person, team)
            elif means.begins:
                case.begun[event.activity] = event.time
            if means.effects:
                self._effects(means, event, person, team)

    def _case(self, event: Event) -> _Case:
        """The case of the event, which is the latest one in it."""
        case = self._cases.get(event.case)
        if case is None:
            case = self._cases[event.case] = _Case(event.time)
        elif event.time < case.at:
            raise OutOfOrderError
        case.at = event.time
        return case

    def _work(self, case: _Case, event: Event, person: str, team: str) -> None:
        """Count what was done by those who are known, and the passing to another team."""
        if person or team:
            key = event.model, person, team
            self.work[key] = self.work.get(key, 0) + 1
        if case.team and team and team != case.team:
            begun = event.begun or case.begun.get(event.activity) or event.time
            seconds = (begun - case.done).total_seconds()
            self.passes[case.team, team].append(max(seconds, 0.0) / _SECONDS_A_DAY)
        if case.begun:
            case.begun.pop(event.activity, None)
        case.team, case.done = team, event.time

    def _effects(self, means: Means, event: Event, person: str, team: str) -> None:
        who = Who("Person", person) if person else Who("Team", team) if team else None
        for effect in means.effects:
            if effect.kind == "stage":
                self.stages[event.model].append((event.time, effect.what))
            else:
                self.requests.take(effect, event, who)


def follow(events: Callable[[], Iterator[Event | Rejected]], new: Callable[[], Log]) -> Log:
    """What the events come to; where they are not in the order of time, they are sorted on disk.

    `events` begins to read the log, and may be called twice.
    """
    log = new()
    try:
        log.take_all(events())
    except OutOfOrderError:
        log = new()
        log.take_all(in_order(events()))
    return log
