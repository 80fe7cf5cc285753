"""The answer to `decide`, as values; `decide --format json` is these, and its schema theirs.

Days are ISO text, blank where none is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from ownership_graph.records import Rows
from ownership_graph.tracing.things import Thing  # noqa: TC001 -- the schema is made from it

if TYPE_CHECKING:
    from collections.abc import Iterable

State: TypeAlias = Literal["clear", "stuck", "nothing ahead", "not known"]
"""Whether the model can get through: `clear` where an allowed assignment of people exists."""

Reason: TypeAlias = Literal["gone", "recused", "owner", "separate", "same", "deputy", "away"]
"""Why somebody who looks entitled cannot decide at a gate."""


@dataclass(frozen=True, slots=True)
class Able:
    """A person, or a body whose members nobody wrote down, who can decide at a gate.

    `in_place_of` is whoever delegated it, where it is not the own right.
    """

    who: Thing
    in_place_of: Thing | None = None


@dataclass(frozen=True, slots=True)
class Committee:
    """A body that decides as one: `wanted` of its `members`, of whom those `able` can."""

    body: Thing
    wanted: int
    members: int
    able: tuple[Thing, ...]

    @property
    def has_quorum(self) -> bool:
        """Whether enough of them can."""
        return len(self.able) >= self.wanted


@dataclass(frozen=True, slots=True)
class Out:
    """Somebody who looks entitled and cannot decide.

    `of` is the gate that is tied to this one, or whoever delegated and cannot decide either.
    """

    who: Thing
    reason: Reason
    of: Thing | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request at a gate: its status, since when, before whom, and until when it was decided.

    `days` are those it waited, without those at the requester; `promised` what the gate allows.
    """

    approval: str
    status: str
    requested: str
    decided: str
    before: tuple[Thing, ...]
    days: int | None = None
    promised: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A gate on the way to production, and for one that is not passed who can decide there.

    `wanted` single people of those `able`, or one of the `committees`, must agree. `by_right` may
    decide in place of them. `note` says why an earlier decision does not count.
    """

    gate: Thing
    state: Literal["passed", "waiting", "ahead"]
    request: Request | None = None
    note: str = ""
    wanted: int = 1
    able: tuple[Able, ...] = ()
    committees: tuple[Committee, ...] = ()
    by_right: tuple[Thing, ...] = ()
    cannot: tuple[Out, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A change that alone would free the model, and who has the right to make it.

    `more` people are to be entitled at the gates, or take a seat in the `body`. `alone` is false
    where no single change is enough; then nobody is looked for. Where `by` is empty, `nobody` says
    why.
    """

    change: str
    kind: Literal["entitle", "seat", "separate", "same", "waive", "wait", "several"]
    gates: tuple[Thing, ...]
    more: int = 0
    body: Thing | None = None
    by: tuple[Thing, ...] = ()
    nobody: str = ""
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """One allowed assignment: who would decide at a gate, as the committee where there is one."""

    gate: Thing
    people: tuple[Able, ...]
    committee: Thing | None = None


@dataclass(frozen=True, slots=True)
class Needed:
    """A person without whom nothing gets through, and the gates at which it then ends."""

    person: Thing
    gates: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another decision about the model, and who may take it.

    `state` is open, escalates, contested, impossible, raised (it is recorded and open) or not
    known; `why` says why it is no better. `about` is the gate or the use case that it is about.
    """

    kind: str
    state: Literal["open", "escalates", "contested", "impossible", "raised", "not known"]
    by: tuple[Thing, ...] = ()
    why: str = ""
    about: Thing | None = None

    @property
    def words(self) -> str:
        """The kind, and what it is about where that is not the model.

        >>> Other("change_policy", "open", about=Thing("Gate", "g1", "Legal")).words
        "change policy: 'Legal'"
        """
        kind = self.kind.replace("_", " ")
        return f"{kind}: '{self.about.name}'" if self.about else kind


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that has to be decided about a model. `schema` changes when a reader would have to.

    `verdict` is one sentence, and `why` the fewest gates and rules that cannot hold together.
    `missing` are the facts without which nothing can be said; `rules` tie gates to each other.
    """

    schema: Literal[1] = field(default=1, kw_only=True)
    store: str
    today: str
    model: Thing
    stage: str
    tier: int | None
    version: str
    state: State
    verdict: str
    why: str = ""
    missing: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    path: tuple[Step, ...] = ()
    rules: tuple[str, ...] = ()
    assignment: tuple[Chosen, ...] = ()
    hangs_on: tuple[Needed, ...] = ()
    others: tuple[Other, ...] = ()

    @property
    def ahead(self) -> tuple[Step, ...]:
        """The gates that are not passed."""
        return tuple(step for step in self.path if step.state != "passed")

    def rows(self) -> Rows:
        """The same as a table: a row for each gate, each change and each other decision."""
        return Rows(
            ("part", "what", "state", "by", "why"),
            [
                *(("gate", each.gate.name, each.state, _can(each), each.note)
                  for each in self.path),
                *(("change", each.change, each.kind, _names(each.by), each.nobody)
                  for each in self.changes),
                *(("decision", each.words, each.state, _names(each.by), each.why)
                  for each in self.others),
            ],
        )  # fmt: skip


def _can(step: Step) -> list[str]:
    return [
        *_names(each.who for each in step.able),
        *_names(each.body for each in step.committees if each.has_quorum),
        *_names(step.by_right),
    ]


def _names(things: Iterable[Thing]) -> list[str]:
    return [each.name for each in things]


def decisions_schema() -> bytes:
    """The JSON Schema of `decide --format json`."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Decisions)), indent=2)
