"""What a saved query says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

ParameterType: TypeAlias = Literal["int", "float", "text", "bool", "day"]
Effect: TypeAlias = Literal["stopped", "exposed", "fragile", "design", "data"]
"""What a finding does to the organisation: something cannot be decided, or waits, now; something
live is at risk now; something stops if one person is away; that is how it is set up; something is
not written down."""
CauseKind: TypeAlias = Literal["gate", "decider", "owner", "policy", "criterion", "data"]
OR = " or "
"""Between two needs of which one is enough."""
Relation: TypeAlias = Literal["owner", "decider", "lead", "parent", "superior", "self"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold that `--set` can change; `default` is a JSON value of the type."""

    name: str
    type: ParameterType
    default: int | float | str | bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer.

    `labels` are the labels whose ids it holds, empty for a plain value; `many` tells that each
    cell is a list. Plain values name their `type` ("int", "text", …).
    """

    name: str
    type: str
    meaning: str
    labels: tuple[str, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """A fact without which silence means nothing.

    `text` is the need as written, in one spelling; a source's promise meets it by the same
    text. `name` is a label or a relationship; `property` asks for one value that is neither
    blank nor unknown; `value` is the wanted (property, value) of a relationship, such as
    ("role", "accountable"). `others` are those of which one is enough in its place: the need
    `CAN_DECIDE or OWNS` is CAN_DECIDE with OWNS as another. `parameter` names the source that is
    to state the fact, or, with `beside`, that another system than that source is to state it;
    `source` is its value, once it is known, and no promise meets such a need.
    """

    text: str
    name: str
    property: str = ""
    from_label: str = ""
    to_label: str = ""
    value: tuple[str, str] | None = None
    parameter: str = ""
    beside: bool = False
    source: str | None = None
    others: tuple[Need, ...] = ()

    def any_of(self) -> tuple[Need, ...]:
        """The needs of which one is enough: mostly this one alone."""
        return (replace(self, text=self.text.partition(OR)[0], others=()), *self.others)


@dataclass(frozen=True, slots=True)
class Among:
    """Who could have been affected: `cypher` returns one number `n`.

    `line` is the line of the file on which that begins.
    """

    what: str
    cypher: str
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Cause:
    """What stands behind several findings; `column` holds it, where the header names one."""

    kind: CauseKind
    column: str = ""


@dataclass(frozen=True, slots=True)
class Right:
    """Somebody who has the right to act, by what they are to those whom `columns` hold.

    The accountable owner, who is entitled to decide, the lead of a team, the lead of the nearest
    common parent of teams, the nearest common superior of people; or they themselves.
    """

    relation: Relation
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who has the right to take the first step: in words, and by whom a row names.

    `rights` stand in the order in which they are asked for: the first that is somebody counts.
    """

    words: str = ""
    rights: tuple[Right, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """A clause of a framework that an answer is evidence towards; it never says more than that.

    `framework` is the short name. `text_day` is the day of the text that was read, or its month;
    `applies_from` is blank where nothing binds from a day. Both are ISO text.
    """

    framework: str
    clause: str
    title: str
    text_day: str
    applies_from: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """As a header names it: "NIST GOVERN 2.1"."""
        return f"{self.framework} {self.clause}"


@dataclass(frozen=True, slots=True)
class Question:
    """A saved query: its header, and its text whole, as it is sent to a store.

    `name` is its path below the folder without the ending (`ownership/unowned-models`),
    `theme` the folder. `severity` is 1 to 4 for a finding, `None` for a listing. `columns`
    describe the final rows, after the measure named by `then`, if there is one; `returns` are
    the columns that the Cypher itself returns, `uses` the parameters that it uses. `own_measure`
    is the file of that measure, where it is none of ours.
    """

    name: str
    theme: str
    title: str
    why: str
    code: str
    severity: int | None
    columns: tuple[Column, ...]
    cypher: str
    file: Path
    cause: Cause | None = None
    effect: Effect = "design"
    remedy: str = ""
    actor: Actor = Actor()
    needs: tuple[Need, ...] = ()
    absence: bool = False
    among: Among | None = None
    parameters: tuple[Parameter, ...] = ()
    then: str = ""
    controls: tuple[Control, ...] = ()
    implies: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    uses: frozenset[str] = frozenset()
    own_measure: Path | None = None

    @property
    def subject(self) -> tuple[Column, ...]:
        """The columns that say what is wrong: the first is the thing itself."""
        return tuple(each for each in self.columns if each.labels and not each.many)
