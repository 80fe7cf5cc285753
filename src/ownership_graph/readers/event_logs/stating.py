"""What a log came to, said as facts."""

from __future__ import annotations

from collections import Counter, defaultdict
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING

from ownership_graph.records import Node, Promise, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ownership_graph.readers.event_logs.events import Clock
    from ownership_graph.readers.event_logs.following import Log
    from ownership_graph.readers.event_logs.meaning import Meaning
    from ownership_graph.readers.event_logs.requests import Request, Who
    from ownership_graph.records import Properties, Record

_DIGITS = 4
_SECONDS_A_DAY = 86_400


def facts(log: Log, meaning: Meaning, clock: Clock, file: str) -> Iterator[Record]:
    """The facts, and a promise of each relationship of which the log says anything."""
    yield from _stages(log, meaning, clock, file)
    yield from _work(log, meaning, file)
    yield from _passes(log, file)
    kinds = {effect.kind for _, effect in meaning.effects}
    if not kinds <= {"stage"}:
        yield from map(Promise, ("Approval", "AT", "CONCERNS"))
    if "assigned" in kinds:
        yield Promise("DECIDED_BY")
    for request in log.requests.all:
        yield from _approval(request, meaning, clock, file)


def _stages(log: Log, meaning: Meaning, clock: Clock, file: str) -> Iterator[Record]:
    """Each model's last stage, and the day since when it has not left it."""
    by_id: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for model, stages in log.stages.items():
        by_id[meaning.id_of("model", model)] += stages
    for own_id, reached in by_id.items():
        reached.sort(key=itemgetter(0))
        stage = reached[-1][1]
        left = (at for at in range(len(reached) - 1, 0, -1) if reached[at - 1][1] != stage)
        since = reached[next(left, 0)][0]
        stated: Properties = {"stage": stage, "stage_day": clock.day(since)}
        yield Node("Model", own_id, stated, file)


def _work(log: Log, meaning: Meaning, file: str) -> Iterator[Record]:
    """Who worked on what; a share is that of the events of which it is known who it was."""
    if any(acting.who for _, acting in log.work):
        yield Promise("WORKED_ON")
    for label in ("Person", "Team"):
        done: Counter[tuple[str, str]] = Counter()
        known: Counter[str] = Counter()
        for (model, acting), events in log.work.items():
            who = acting.person if label == "Person" else acting.team
            if who:
                own_id = meaning.id_of("model", model)
                done[own_id, who] += events
                known[own_id] += events
        for (model, who), events in done.items():
            stated: Properties = {"events": events, "share": round(events / known[model], _DIGITS)}
            yield Relationship("WORKED_ON", label, who, "Model", model, stated, file)


def _passes(log: Log, file: str) -> Iterator[Record]:
    if any(acting.team for _, acting in log.work):
        yield Promise("HANDED_OVER")
    for (team, other), seconds in log.passes.items():
        days = median(each / _SECONDS_A_DAY for each in seconds)
        stated: Properties = {"count": len(seconds), "median_days": round(days, _DIGITS)}
        yield Relationship("HANDED_OVER", "Team", team, "Team", other, stated, file)


def _approval(request: Request, meaning: Meaning, clock: Clock, file: str) -> Iterator[Record]:
    own_id, line = f"{request.case}:{request.gate}:{request.number}", request.line
    stated: Properties = {"status": request.status, "round": request.attempt}
    for name, time in (
        ("requested_day", request.requested),
        ("assigned_day", request.assigned),
        ("decided_day", request.decided),
    ):
        if time:
            stated[name] = clock.day(time)
    if request.days_with_requester:
        stated["days_with_requester"] = request.days_with_requester
    yield Node("Approval", own_id, stated, file, line)
    model = meaning.id_of("model", request.model)
    yield Relationship("CONCERNS", "Approval", own_id, "Model", model, {}, file, line)
    yield Relationship("AT", "Approval", own_id, "Gate", request.gate, {}, file, line)
    if request.requested_by:
        yield _by("REQUESTED_BY", own_id, request.requested_by, (file, line))
    for each in request.deciders:
        yield _by("DECIDED_BY", own_id, each, (file, line))


def _by(kind: str, own_id: str, who: Who, place: tuple[str, int]) -> Relationship:
    stated: Properties = {"role": "decide"} if kind == "DECIDED_BY" else {}
    return Relationship(kind, "Approval", own_id, who.label, who.id, stated, *place)
