"""What comes out of asking a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.queries.question import Need, Question
    from ownership_graph.records import ImportRun, NodeKey, Rows

AnswerState: TypeAlias = Literal["assessed", "rollout", "not assessable", "not answered"]
Urgency: TypeAlias = Literal["A", "B", "C", "D", "E"]

URGENCIES: Mapping[Urgency, str] = {
    "A": "stopped now",
    "B": "live exposure at tier 3",
    "C": "stops if one person is away",
    "D": "design",
    "E": "data",
}
"""What comes first, and what it is called."""


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One row that is a problem.

    `subject` are ids, the thing that is wrong first, neighbours of one label sorted; `labels`
    are theirs, in the same order. `identity` joins code and ids by `|`, with a backslash before
    a `|` or a backslash inside an id. `rank` counts from 1 over all findings of a check, those
    with one cause together. `behind` are those that may be the cause, `cause` is the one that
    stands behind most, as `kind:id`, or the kind alone. `implied_by` is the identity of a
    stronger finding of the same.
    """

    identity: str
    subject: tuple[str, ...]
    labels: tuple[str, ...]
    severity: int
    row: Mapping[str, object]
    behind: tuple[NodeKey, ...] = ()
    cause: str = ""
    actor: str = ""
    urgency: Urgency = "D"
    state: Literal["new", "open", "accepted", "came back"] = "new"
    rank: int = 0
    implied_by: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One question's answer.

    `missing` are the needs that no data meets, where the state is "not assessable". `among` is
    the number of those who could have been affected, `None` where the question does not say.
    `recorded` is how many of them have what an absence rule asks for. `rows` is the answer as
    it came, a listing's whole content. `reason` tells why it was not answered. `parameters`
    are the values that were used, `seconds` the time that it took. `as_of` is the day, since
    1970-01-01, up to which one of its needs is known, where stale sources alone meet it.
    """

    question: Question
    state: AnswerState
    missing: tuple[Need, ...] = ()
    among: int | None = None
    recorded: int | None = None
    findings: tuple[Finding, ...] = ()
    rows: Rows | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    seconds: float = 0.0
    reason: str = ""
    as_of: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that stand and fall together: those with one cause, or those of one question.

    `cause` is `kind:id`, with `thing` for the id, or the code of a question, without one.
    `findings` are identities, the best first, with those that they imply behind them; `count`
    is the number of those that none implies, `codes` that of each question. `question` is that
    of the best. A `pattern` is a question that most of those it asks about are hit by. `weight`
    sums over their distinct models what is at stake. `actors` may take the first step; nobody
    is known where it is empty.
    """

    cause: str
    thing: NodeKey | None
    question: Question
    findings: tuple[str, ...]
    count: int
    codes: Mapping[str, int]
    pattern: bool
    urgency: Urgency
    weight: float
    severity: int
    actors: tuple[NodeKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """What became of the findings since the check of a day that was recorded.

    Only questions count that were recorded then and could be assessed now. `resolved` are
    identities.
    """

    since: int
    new: int
    came_back: int
    resolved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """All answers of one check, with the day that waiting was reckoned to.

    `today` counts days since 1970-01-01. `groups` hold all findings, what comes first first;
    `first` are those of them to begin with. `names` are the names of all ids that a finding or a
    listing shows, by (label, id). `runs` are the last run of each source. `trend` is there where
    a check of some of the questions was recorded before. `stale` are the days of the last import
    of sources that have not been imported for too long.
    """

    store: str
    today: int
    answers: tuple[Answer, ...]
    groups: tuple[Group, ...] = ()
    first: tuple[Group, ...] = ()
    runs: tuple[ImportRun, ...] = ()
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    trend: Trend | None = None
    stale: Mapping[str, int] = field(default_factory=dict)

    @property
    def unanswered(self) -> tuple[Answer, ...]:
        """The questions that did not end within their time: what they would find is unknown."""
        return tuple(each for each in self.answers if each.state == "not answered")

    @property
    def unsure(self) -> bool:
        """Whether one of those could have had findings."""
        return any(each.question.severity is not None for each in self.unanswered)

    def silence(self) -> str:
        """The unanswered questions, of which there are some, in a sentence with what helps."""
        codes = ", ".join(each.question.code for each in self.unanswered)
        return (
            f"{self.unanswered[0].reason}: {codes}. What they would find is unknown; --timeout"
            " gives more time."
        )
