"""A log followed event by event: who worked on what, who handed over to whom, what was decided."""

from __future__ import annotations

from array import array
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ownership_graph.readers.event_logs.events import Event, OutOfOrderError
from ownership_graph.readers.event_logs.ordering import in_order
from ownership_graph.readers.event_logs.requests import Requests, Who
from ownership_graph.readers.patterns import fits
from ownership_graph.readers.people import stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ownership_graph.readers.event_logs.events import Batch, Clock, Told
    from ownership_graph.readers.event_logs.meaning import Meaning, Means
    from ownership_graph.records import Rejected

_SECONDS_A_DAY = 86_400
_EARLIEST = datetime.min.replace(tzinfo=UTC)


class Acting:
    """Who acts in an event: the ids of a person and of a team, blank where they are not known.

    There is one for each pair. A system's is nobody, and so is one of a system's team.
    """

    __slots__ = ("is_system", "person", "team")

    def __init__(self, person: str, team: str, *, is_system: bool) -> None:
        """All of it, once and for all."""
        self.person, self.team, self.is_system = person, team, is_system

    @property
    def who(self) -> Who | None:
        """The person, else the team, else nobody."""
        if self.person:
            return Who("Person", self.person)
        return Who("Team", self.team) if self.team else None


class Names(dict[tuple[str, str], Acting]):
    """Who acts, by the names of a person and of a team as the log writes them."""

    def __init__(self, meaning: Meaning, unknown: Sequence[str], system: Sequence[str]) -> None:
        """More patterns of what stands where nobody is known, and those of systems."""
        super().__init__()
        self._meaning, self._unknown, self._system = meaning, fits(unknown), fits(system)
        self._acting: dict[tuple[str, str, bool], Acting] = {}

    def __missing__(self, names: tuple[str, str]) -> Acting:
        """Who that is."""
        clean = [" ".join(stated(each).split()) for each in names]
        is_system = any(each and self._system(each) for each in clean)
        person, team = (
            self._meaning.id_of(kind, each)
            if each and not is_system and not self._unknown(each)
            else ""
            for kind, each in zip(("person", "team"), clean, strict=True)
        )
        key = person, team, is_system
        self[names] = found = self._acting.setdefault(
            key, Acting(person, team, is_system=is_system)
        )
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

    def __init__(self) -> None:
        self.at = self.done = _EARLIEST
        self.team = ""
        self.begun: dict[str, datetime] | None = None


class _Cases(dict[str, _Case]):
    """The cases by their names; one that is met for the first time is new."""

    def __missing__(self, name: str) -> _Case:
        self[name] = case = _Case()
        return case


class Log:
    """What the events of a log, each case's in the order of time, come to.

    `work` counts the events by model and by who did them; `passes` hold the days that each
    passing from a team to another took; `stages` when each model came to a stage. The number of
    cases and of different names bounds the memory, not that of the events.
    """

    def __init__(self, meaning: Meaning, clock: Clock, names: Names) -> None:
        """Nothing has happened yet."""
        self.work: dict[tuple[str, Acting], int] = defaultdict(int)
        self.passes: dict[tuple[str, str], array[float]] = defaultdict(lambda: array("d"))
        self.stages: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        self.requests = Requests(clock)
        self.rejected: list[Rejected] = []
        self._known = _Known(meaning)
        self._names = names

    def take_all(self, batches: Iterable[Batch]) -> None:
        """Take each event in its turn.

        Raises:
            OutOfOrderError: one is older than one of its case before it.
        """
        cases = _Cases()
        for events, rejected in batches:
            self.rejected += rejected
            self._take(events, cases)

    def _take(self, events: Iterable[Told], cases: _Cases) -> None:
        names, known, work = self._names, self._known, self.work
        for name, model, activity, transition, time, begun, person, team, line in events:
            case = cases[name]
            if time < case.at:
                raise OutOfOrderError
            case.at = time
            acting, means = names[person, team], known[activity, transition]
            if means.effects:
                event = Event(name, model, activity, transition, time, begun, person, team, line)
                self._effects(means, event, acting)
            if acting.is_system:
                continue
            if means.is_work:
                work[model, acting] += 1
                if acting.team != case.team or case.begun:
                    self._pass_on(case, activity, acting.team, begun)
                case.done = time
            elif means.begins:
                case.begun = {**(case.begun or {}), activity: time}

    def _pass_on(self, case: _Case, activity: str, team: str, begun: datetime | None) -> None:
        """Let the team be the one that worked last, and count the passing from another one."""
        started = case.begun.pop(activity, None) if case.begun else None
        if team != case.team and team and case.team:
            seconds = ((begun or started or case.at) - case.done).total_seconds()
            self.passes[case.team, team].append(seconds / _SECONDS_A_DAY if seconds > 0 else 0.0)
        case.team = team

    def _effects(self, means: Means, event: Event, acting: Acting) -> None:
        for effect in means.effects:
            if effect.kind == "stage":
                self.stages[event.model].append((event.time, effect.what))
            else:
                self.requests.take(effect, event, acting.who)


def follow(events: Callable[[], Iterator[Batch]], new: Callable[[], Log]) -> Log:
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
