"""One check: each question asked once, and what comes back counted, named and ranked."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter
from time import perf_counter
from typing import TYPE_CHECKING

from ownership_graph.errors import StoreTimeoutError
from ownership_graph.findings.answer import Answer, Checked
from ownership_graph.findings.asking import counted, rows_of
from ownership_graph.findings.choosing import TODAY, values_in_force
from ownership_graph.findings.naming import names_of
from ownership_graph.findings.ranking import ranked
from ownership_graph.findings.recording import with_history
from ownership_graph.findings.sharing import ReadOnce, groups_of
from ownership_graph.findings.staleness import days_of, stale_sources
from ownership_graph.findings.subjects import findings_of, ids_of
from ownership_graph.garbage import not_collected
from ownership_graph.measures import fitting_measure
from ownership_graph.queries.needs import bound, missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.findings.staleness import Limits
    from ownership_graph.measures import Measure
    from ownership_graph.queries.question import Need, Question
    from ownership_graph.queries.values import Scalar
    from ownership_graph.records import ImportRun, Rows
    from ownership_graph.stores import Store

AT_ONCE = 4
"""Questions that are asked at a time at most; fewer where there are fewer processors."""

RECORDED_ENOUGH = 0.2
"""From this share on, an absence rule reports those that are left, one by one."""


@not_collected()
def check(
    store: Store,
    questions: Sequence[Question],
    *,
    today: int,
    parameters: Mapping[str, object] | None = None,
    timeout: float = 30.0,
    limits: Limits | None = None,
) -> Checked:
    """The answers to all questions, in their order, their findings ranked over all of them.

    `today` counts days since 1970-01-01; `timeout` is in seconds, for each query. A question
    that does not end within it is "not answered"; any other fault of a question is a
    QueryError, and nothing is shown. Findings are ranked over all questions, those with one cause
    together (`grouping`). The states of findings, and the trend, come from the
    checks that were recorded; there is no trend with other values than the questions' own.
    `limits` tell which sources are stale.
    """
    measures = [fitting_measure(question) for question in questions]
    values = values_in_force(questions, parameters or {}, today=today)
    questions = [
        replace(each, needs=bound(each.needs, used))
        for each, used in zip(questions, values, strict=True)
    ]
    runs = store.runs()
    stale = stale_sources(runs, limits) if limits else {}
    facts = _Facts.on(store, questions, runs, stale, timeout)
    once = ReadOnce(store, questions)
    askings = [
        _Asking(once, question, used, timeout, facts)
        for question, used in zip(questions, values, strict=True)
    ]
    answers = _asked_together(askings, measures)
    names = names_of(store, _shown(answers))
    checked = Checked(
        store=store.address,
        today=today,
        answers=tuple(_with_findings(each, names, facts) for each in answers),
        runs=tuple(last_runs(runs)),
        names=names,
        stale=stale,
    )
    checked = ranked(store, checked, timeout=timeout)
    return with_history(checked, store.findings(), trend=not parameters)


def _asked_together(
    askings: Sequence[_Asking], measures: Sequence[Measure | None]
) -> list[Answer]:
    """The answers in the order of the questions, a few of which are asked at a time.

    Stores answer outside of Python's lock, so that one thread waits for the store while
    another measures. What takes long begins first, so that nothing long is left for the end:
    questions that share a query, which are asked one after the other since only the first of
    them would not wait, then those with a measure. The first fault ends all.
    """
    together = groups_of([each.question for each in askings])
    together.sort(key=lambda places: (-len(places), measures[places[0]] is None))

    def in_turn(places: Sequence[int]) -> list[Answer]:
        return [askings[place].answer(measures[place]) for place in places]

    pool = ThreadPoolExecutor(max_workers=min(AT_ONCE, os.cpu_count() or 1))
    try:
        answers = list(pool.map(in_turn, together))
    finally:
        pool.shutdown(cancel_futures=True)
    by_place = zip(chain(*together), chain(*answers), strict=True)
    return [answer for _, answer in sorted(by_place, key=itemgetter(0))]


def last_runs(runs: Iterable[ImportRun]) -> list[ImportRun]:
    """The last import of each source, by its name; `runs` are oldest first."""
    last = {run.source: run for run in runs if run.kind == "import"}
    return [last[source] for source in sorted(last)]


def promises_of(runs: Iterable[ImportRun]) -> frozenset[str]:
    """What the last import of each source that was done promises to say whole."""
    done = last_runs(run for run in runs if run.state == "done")
    return frozenset(" ".join(text.split()) for run in done for text in run.provides)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of the graph before any question is asked."""

    promises: frozenset[str]
    missing: frozenset[Need]
    unknown: frozenset[Need]
    days: Mapping[Need, int]

    @classmethod
    def on(
        cls,
        store: Store,
        questions: Sequence[Question],
        runs: Sequence[ImportRun],
        stale: Mapping[str, int],
        timeout: float,
    ) -> _Facts:
        """Each need of the questions is asked for once; `unknown` took too long.

        `days` tell up to when a need is known that stale sources alone meet.
        """
        promises = promises_of(runs)
        needs = dict.fromkeys(need for question in questions for need in question.needs)
        absent, unknown = _absent(store, [*needs], promises, timeout)
        days = days_of(store, needs.keys() - absent - unknown, runs, stale, timeout)
        return cls(promises, absent, unknown, days)

    def as_of(self, question: Question) -> int | None:
        """The day up to which the least known need of the question is known."""
        return min((self.days[need] for need in question.needs if need in self.days), default=None)


def _absent(
    store: Store, needs: Sequence[Need], promises: frozenset[str], timeout: float
) -> tuple[frozenset[Need], frozenset[Need]]:
    """The needs that nothing meets, and those of which it took too long to tell.

    Where all together take too long, each is asked for by itself.
    """
    try:
        return frozenset(missing(store, needs, promises, timeout=timeout)), frozenset()
    except StoreTimeoutError:
        if len(needs) == 1:
            return frozenset(), frozenset(needs)
    told = [_absent(store, [each], promises, timeout) for each in needs]
    absent, unknown = zip(*told, strict=True)
    return frozenset().union(*absent), frozenset().union(*unknown)


@dataclass(frozen=True, slots=True)
class _Asking:
    """One question on its way to an answer."""

    store: ReadOnce
    question: Question
    values: Mapping[str, Scalar]
    timeout: float
    facts: _Facts

    def answer(self, measure: Measure | None) -> Answer:
        """The answer with its rows; findings come later, when all names are known."""
        given = {name: value for name, value in self.values.items() if name != TODAY}
        lacking = tuple(need for need in self.question.needs if need in self.facts.missing)
        if lacking:
            return Answer(self.question, "not assessable", missing=lacking, parameters=given)
        start = perf_counter()
        try:
            among, rows = self._among(), self._rows(measure)
        except StoreTimeoutError:
            return Answer(
                self.question,
                "not answered",
                reason=f"not answered in {self.timeout:g} s",
                parameters=given,
                seconds=perf_counter() - start,
            )
        seconds = perf_counter() - start
        return Answer(
            self.question,
            "assessed",
            among=among,
            rows=rows,
            parameters=given,
            seconds=seconds,
            as_of=self.facts.as_of(self.question),
        )

    def _among(self) -> int | None:
        if not self.facts.unknown.isdisjoint(self.question.needs):
            raise StoreTimeoutError(f"whether {self.question.code} has data took too long")
        return counted(self.store, self.question, self.values, timeout=self.timeout)

    def _rows(self, measure: Measure | None) -> Rows:
        return rows_of(self.store, self.question, measure, self.values, timeout=self.timeout)


def _shown(answers: Iterable[Answer]) -> list[tuple[tuple[str, ...], str]]:
    return [
        shown
        for each in answers
        if each.rows is not None
        for shown in ids_of(each.question, each.rows)
    ]


def _with_findings(answer: Answer, names: Mapping[tuple[str, str], str], facts: _Facts) -> Answer:
    """The answer with its findings; with none where recording has only begun."""
    question = answer.question
    if answer.rows is None or question.severity is None:
        return answer
    found = findings_of(question, answer.rows, names)
    if not question.absence or answer.among is None:
        return replace(answer, findings=found)
    # The rule reports those that lack it, so that the others have it.
    recorded = max(answer.among - len(found), 0)
    promised = question.needs and all(n.text in facts.promises for n in question.needs)
    if found and not promised and recorded < RECORDED_ENOUGH * answer.among:
        return replace(answer, state="rollout", recorded=recorded, rows=None)
    return replace(answer, findings=found, recorded=recorded)
