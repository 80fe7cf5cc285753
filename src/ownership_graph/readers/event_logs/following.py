"""A log followed event by event: who worked on what, who handed over to whom, what was decided."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from datetime import UTC, datetime
from functools import partial
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING

from ownership_graph.readers.event_logs.events import Event, OutOfOrderError
from ownership_graph.readers.event_logs.ordering import in_order
from ownership_graph.readers.event_logs.requests import Requests, Who
from ownership_graph.readers.patterns import fits
from ownership_graph.readers.people import stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ownership_graph.readers.event_logs.events import Batch, Clock, Events
    from ownership_graph.readers.event_logs.meaning import Meaning, Means
    from ownership_graph.records import Rejected

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_team = attrgetter("team")
_effects, _begins, _is_work = map(attrgetter, ("effects", "begins", "is_work"))


class Acting:
    """Who acts in an event: the ids of a person and of a team, blank where they are not known.

    There is one for each pair. A system is nobody, and so is who is of a system's team: the team
    is `None` there, since work stays with the one that has it.
    """

    __slots__ = ("person", "team")

    def __init__(self, person: str, team: str | None) -> None:
        """Both, once and for all."""
        self.person, self.team = person, team

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
        self._acting: dict[tuple[str, str | None], Acting] = {}

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
        key = person, None if is_system else team
        self[names] = found = self._acting.setdefault(key, Acting(*key))
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
    """How far a case has come: its last time, and which team worked last and until when."""

    __slots__ = ("at", "done", "team")

    def __init__(self) -> None:
        self.at = self.done = _EARLIEST
        self.team = ""


class _Cases(dict[str, _Case]):
    """The cases by their names; one that is met for the first time is new."""

    def __missing__(self, name: str) -> _Case:
        self[name] = case = _Case()
        return case


class Log:
    """What the events of a log, each case's in the order of time, come to.

    `work` counts the events by model and by who did them; `passes` hold the seconds that each
    passing from a team to another took; `stages` when each model came to a stage. The number of
    cases and of different names bounds the memory, not that of the events.
    """

    def __init__(self, meaning: Meaning, clock: Clock, names: Names) -> None:
        """Nothing has happened yet."""
        self.work: Counter[tuple[str, Acting]] = Counter()
        self.passes: dict[tuple[str, str], array[float]] = defaultdict(lambda: array("d"))
        self.stages: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        self.requests = Requests(clock)
        self.rejected: list[Rejected] = []
        self._known = _Known(meaning)
        self._names = names
        self._cases = _Cases()
        self._begun: dict[tuple[str, str], datetime] = {}

    def take_all(self, batches: Iterable[Batch]) -> None:
        """Take each event in its turn.

        Raises:
            OutOfOrderError: one is older than one of its case before it.
        """
        for events, rejected in batches:
            self.rejected += rejected
            if events.case:
                self._take(events)

    def _take(self, events: Events) -> None:
        """Take many events column by column; only from team to team they are followed singly."""
        acting = list(map(self._names.__getitem__, zip(events.person, events.team, strict=True)))
        teams = list(map(_team, acting))
        work: Iterable[tuple[str, Acting]] = zip(events.model, acting, strict=True)
        kinds = partial(zip, events.activity, events.transition, strict=True)
        if not all(self._known[each].is_only_work for each in {*kinds()}):
            means = list(map(self._known.__getitem__, kinds()))
            self._let_happen(events, means, acting)
            if self._begun or any(map(_begins, means)):
                events = events._replace(begun=self._begin(events, means, teams))
            is_work = list(map(_is_work, means))
            work = compress(work, is_work)
            teams = [team if each else None for team, each in zip(teams, is_work, strict=True)]
        self.work.update(work)
        self._pass_on(events, teams)

    def _let_happen(
        self, events: Events, means: Sequence[Means], acting: Sequence[Acting]
    ) -> None:
        """Let the events that ask, decide or bring a model to a stage do so."""
        happened = zip(zip(*events, strict=True), means, acting, strict=True)
        for told, what, who in compress(happened, map(_effects, means)):
            event = Event._make(told)
            for effect in what.effects:
                if effect.kind == "stage":
                    self.stages[event.model].append((event.time, effect.what))
                else:
                    self.requests.take(effect, event, who.who)

    def _begin(
        self, events: Events, means: Sequence[Means], teams: Sequence[str | None]
    ) -> list[datetime | None]:
        """When the work of each event began, as far as it or one before it says so."""
        begun = list(events.begun)
        for place, (what, team) in enumerate(zip(means, teams, strict=True)):
            key = events.case[place], events.activity[place]
            if what.begins and team is not None:
                self._begun[key] = events.time[place]
            elif what.is_work and team is not None:
                started = self._begun.pop(key, None)
                begun[place] = begun[place] or started
        return begun

    def _pass_on(self, events: Events, teams: Iterable[str | None]) -> None:
        """Count the passing of cases from team to team; without one a case stays where it is.

        This is the one loop through all events, and costs as much as all else that is done to
        them: whatever need not be in it is not.
        """
        passes, starts = self.passes, events.time
        if any(events.begun):
            starts = [begun or time for begun, time in zip(events.begun, starts, strict=True)]
        cases = map(self._cases.__getitem__, events.case)
        for case, team, time, start in zip(cases, teams, events.time, starts, strict=True):
            if time < case.at:
                raise OutOfOrderError
            case.at = time
            if team is None:
                continue
            if team != case.team:
                if team and case.team:
                    seconds = (start - case.done).total_seconds()
                    passes[case.team, team].append(seconds if seconds > 0 else 0.0)
                case.team = team
            case.done = time


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
