"""`decide`: what has to be decided about a model, asked of the graph and put together.

Two saved queries are asked about this model alone: DEC-05, who can pass its gates, and DEC-09,
what else follows from where it stands; what they tell is judged by the code behind both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ownership_graph.days import date_of
from ownership_graph.deciding.able import able
from ownership_graph.deciding.answer import Chosen, Decisions, Needed
from ownership_graph.deciding.asked import read_asked
from ownership_graph.deciding.changes import Changing
from ownership_graph.deciding.naming import named, somebody
from ownership_graph.deciding.others import Others
from ownership_graph.deciding.steps import Steps, named_gates
from ownership_graph.deciding.verdicts import RETIRED, lacking, sentence
from ownership_graph.findings.checking import promises_of
from ownership_graph.findings.choosing import values_in_force
from ownership_graph.queries.needs import missing
from ownership_graph.rights import telling
from ownership_graph.rights.by_right import read_by_right
from ownership_graph.rights.implied import Situation
from ownership_graph.tracing.things import Thing, find_thing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ownership_graph.deciding.answer import Change, Other, State
    from ownership_graph.deciding.asked import Asked
    from ownership_graph.queries.question import Question
    from ownership_graph.rights.by_right import ByRight
    from ownership_graph.rights.implied import Implied
    from ownership_graph.rights.passing import Passing, Verdict
    from ownership_graph.rights.reading import Standing
    from ownership_graph.stores import Store

WAY, OTHERS = "DEC-05", "DEC-09"


def decide(
    store: Store,
    questions: Sequence[Question],
    model: str,
    *,
    today: int,
    away: Collection[str] = (),
    timeout: float = 30.0,
) -> Decisions:
    """All that has to be decided about the model of that id or name, as of that day.

    `questions` hold the two that are asked; `away` are people, by id or name, who cannot act now.

    Raises:
        UsageError: there is no such model or person, or there are several.
        StoreTimeoutError: a query did not end in `timeout` seconds.
    """
    asked = read_asked(store, find_thing(store, model, "Model").id)
    gone = frozenset(find_thing(store, each, "Person").id for each in away)
    reading = _Reading(store, {each.code: each for each in questions}, asked.id, today, timeout)
    way = reading.rows(WAY)
    by_right = read_by_right(way, gone)
    [standing] = by_right.passing.rights.standings
    if asked.stage == RETIRED:
        standing = replace(standing, ahead=(), wanted=())
    lack = {code: reading.missing(code) for code in (WAY, OTHERS)}
    situation = Situation([] if lack[OTHERS] else reading.rows(OTHERS))
    putting = _Putting(asked, by_right, standing, situation, today, lack[WAY], lack[OTHERS])
    return named(putting.decisions(store.address), store)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Asks the saved queries about one model."""

    store: Store
    questions: Mapping[str, Question]
    model: str
    today: int
    timeout: float

    def rows(self, code: str) -> list[dict[str, Any]]:
        question = self.questions[code]
        [values] = values_in_force([question], {"model": self.model}, today=self.today)
        return self.store.read(question.cypher, values, timeout=self.timeout).dicts()

    def missing(self, code: str) -> tuple[str, ...]:
        """The needs of the question that the graph does not meet."""
        promises = promises_of(self.store.runs())
        needs = self.questions[code].needs
        lacking = missing(self.store, needs, promises, timeout=self.timeout)
        return tuple(each.text for each in lacking)


@dataclass(frozen=True)
class _Putting:
    """Puts the answer together from what the rows tell."""

    asked: Asked
    by_right: ByRight
    standing: Standing
    situation: Situation
    today: int
    missing: tuple[str, ...]
    others_missing: tuple[str, ...]

    def decisions(self, store: str) -> Decisions:
        """The whole answer, people without their names."""
        steps = Steps(
            self.asked, self.passing, self.standing, self._verdict, self._by_right, self.today
        )
        path = steps.all()
        stopped = [each.name for each in named_gates(self.passing, self._stopped)]
        return Decisions(
            store=store,
            today=date_of(self.today).isoformat(),
            model=Thing("Model", self.asked.id, self.asked.name),
            stage=self.asked.stage,
            tier=self.asked.tier,
            version=self.asked.version or "",
            state=self._state,
            verdict=sentence(
                self.asked, self._state, path, stopped, by_right=self._judged != self.standing
            ),
            why=self._why,
            missing=tuple(dict.fromkeys((*self.missing, *self.others_missing))),
            changes=self._changes,
            path=path,
            rules=tuple(telling.rules(self.passing, self._verdict.workflow)),
            assignment=self._assignment if self._state == "clear" else (),
            hangs_on=self._hangs_on if self._state == "clear" else (),
            others=self._others,
        )

    @cached_property
    def _by_right(self) -> Mapping[str, tuple[str, ...]]:
        """By gate those who have a standing right to let the model through."""
        told = ((g, self.by_right.deciders(self.asked.id, g)) for g in self.standing.ahead)
        return {gate: deciders for gate, deciders in told if deciders}

    @property
    def passing(self) -> Passing:
        """The gates and who is able there."""
        return self.by_right.passing

    @cached_property
    def _outcome(self) -> tuple[Standing, Verdict]:
        """Where it stands, without gates that only a standing right passes, and the verdict."""
        [outcome] = self.by_right.judged(self.standing)
        return outcome

    @property
    def _judged(self) -> Standing:
        return self._outcome[0]

    @property
    def _verdict(self) -> Verdict:
        return self._outcome[1]

    @cached_property
    def _held(self) -> Mapping[str, str]:
        """By gate ahead the circle of requests in which the model waits, or behind which."""
        circles = self.situation.circles
        at = ((gate, circles.get((self.asked.id, gate))) for gate in self.standing.ahead)
        return {gate: outlook.why for gate, outlook in at if outlook is not None}

    @cached_property
    def _state(self) -> State:
        if not self.standing.ahead:
            return "nothing ahead"
        if self.missing or not self._verdict.solved.known:
            return "not known"
        return "stuck" if self._stopped else "clear"

    @cached_property
    def _stopped(self) -> tuple[str, ...]:
        """The gates that cannot be passed, or not together."""
        if self._verdict.reason:
            return self._verdict.reason.steps
        return tuple(self._held)

    @property
    def _why(self) -> str:
        if self._state == "not known":
            return lacking(self.missing)
        return telling.why(self.passing, self._judged, self._verdict) or (
            "; ".join(dict.fromkeys(self._held.values()))
        )

    @property
    def _changes(self) -> tuple[Change, ...]:
        if self._state != "stuck":
            return ()
        changing = Changing(self.situation, self.passing)
        if not self._verdict.reason:
            return changing.not_waiting(self.asked.id, tuple(self._held))
        return tuple(map(changing.offered, telling.offers(self.passing, self._verdict)))

    @cached_property
    def _implied(self) -> tuple[Implied, ...]:
        return tuple(self.situation.implied())

    @property
    def _others(self) -> tuple[Other, ...]:
        if self.others_missing or self.asked.stage == RETIRED:
            return ()
        return Others(self.situation, self._implied, self.asked.id, self.standing.ahead).all()

    @property
    def _assignment(self) -> tuple[Chosen, ...]:
        """One way to share out the gates that are left; a standing right needs no sharing."""
        plan = self._verdict.solved.plan or {}
        return tuple(
            Chosen(
                gate,
                tuple(map(able, plan[gate.id].voices)),
                somebody(plan[gate.id].body) if plan[gate.id].body else None,
            )
            for gate in named_gates(self.passing, self._judged.ahead)
        )

    @property
    def _hangs_on(self) -> tuple[Needed, ...]:
        """Those who must not be away; whoever has a standing right can act in their place."""
        [(_, needed)] = self.by_right.needed(self.standing)
        return tuple(
            Needed(somebody(who), named_gates(self.passing, gates))
            for who, gates in sorted(needed.items())
        )
