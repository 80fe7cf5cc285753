"""The history of findings: when each was first and last seen, and what became of it.

Only a check that is recorded writes history; every check reads it. A question that could not
be assessed says nothing, so it opens nothing and resolves nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from ownership_graph.days import date_of
from ownership_graph.errors import UsageError
from ownership_graph.findings.answer import Trend
from ownership_graph.records import FindingRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Literal

    from ownership_graph.findings.answer import Answer, Checked, Finding
    from ownership_graph.stores import Store

    Records = Mapping[str, FindingRecord]


def with_history(
    checked: Checked, records: Iterable[FindingRecord], *, trend: bool = True
) -> Checked:
    """The check with the state of each finding, and with what changed since the last record."""
    known = {each.id: each for each in records}
    answers = tuple(
        replace(
            answer, findings=tuple(_placed(each, known, checked.today) for each in answer.findings)
        )
        for answer in checked.answers
    )
    seen = replace(checked, answers=answers)
    return replace(seen, trend=_trend(seen, known) if trend else None)


def record(store: Store, checked: Checked) -> None:
    """Keep what the check found, in the store.

    Raises:
        UsageError: a later day was recorded already.
        StoreError: the store did not do what it should.
    """
    with store.lock():
        known = {each.id: each for each in store.findings()}
        latest = max((each.last_seen_day for each in known.values()), default=0)
        if latest > checked.today:
            raise UsageError(
                f"recording the check of {date_of(checked.today)}: one of {date_of(latest)} was"
                f" recorded already, and history goes forward. Record from {date_of(latest)} on."
            )
        store.record_findings(list(_records(checked, known)))


def _assessed(checked: Checked) -> Iterator[Answer]:
    """The answers that say which findings there are, and so which there are not."""
    for answer in checked.answers:
        if answer.state == "assessed" and answer.question.severity is not None:
            yield answer


def _state(known: FindingRecord | None, day: int) -> Literal["new", "open", "came back"]:
    """The state of a finding that is there on that day."""
    if known is None or known.first_seen_day > day:
        return "new"
    if known.state == "resolved":
        return "came back"
    if known.since_day == day and known.state in ("new", "came back"):
        return known.state
    return "open"


def _placed(found: Finding, known: Records, day: int) -> Finding:
    return msgspec.structs.replace(found, state=_state(known.get(found.identity), day))


def _gone(answer: Answer, known: Records) -> Iterator[FindingRecord]:
    """What is kept of the question's findings that are not there now."""
    there = {each.identity for each in answer.findings}
    for each in known.values():
        if each.code == answer.question.code and each.state != "asked" and each.id not in there:
            yield each


def _records(checked: Checked, known: Records) -> Iterator[FindingRecord]:
    """All that the check changes in what is kept."""
    day = checked.today
    for answer in _assessed(checked):
        yield _asked(answer, known.get(answer.question.code), day)
        yield from (_seen(answer, each, known.get(each.identity), day) for each in answer.findings)
        for each in _gone(answer, known):
            if each.state != "resolved":
                yield msgspec.structs.replace(each, state="resolved", since_day=day)


def _asked(answer: Answer, before: FindingRecord | None, day: int) -> FindingRecord:
    code, severity = answer.question.code, answer.question.severity or 0
    if before is None:
        return FindingRecord(code, code, "asked", severity, day, day, since_day=day)
    return FindingRecord(
        code, code, "asked", severity, before.first_seen_day, day,
        since_day=before.since_day if before.last_seen_day == day else before.last_seen_day,
        times=before.times + 1,
    )  # fmt: skip


def _seen(answer: Answer, found: Finding, before: FindingRecord | None, day: int) -> FindingRecord:
    state = _state(before, day)
    return FindingRecord(
        id=found.identity,
        code=answer.question.code,
        state=state,
        severity=found.severity,
        first_seen_day=before.first_seen_day if before else day,
        last_seen_day=day,
        since_day=before.since_day if before and before.state == state else day,
        times=(before.times if before else 1)
        + (before is not None and before.state == "resolved"),
    )


def _trend(checked: Checked, known: Records) -> Trend | None:
    """What changed; None where none of the questions was recorded on an earlier day."""
    day = checked.today
    since = {}
    for answer in _assessed(checked):
        asked = known.get(answer.question.code)
        if asked and asked.first_seen_day < day:
            since[asked.code] = (
                asked.since_day if asked.last_seen_day == day else asked.last_seen_day
            )
    if not since:
        return None
    answers = [each for each in _assessed(checked) if each.question.code in since]
    states = [each.state for answer in answers for each in answer.findings]
    resolved = [
        each.id
        for answer in answers
        for each in _gone(answer, known)
        if each.state != "resolved" or each.since_day == day
    ]
    return Trend(
        since=min(since.values()),
        new=states.count("new"),
        came_back=states.count("came back"),
        resolved=tuple(sorted(resolved)),
    )
