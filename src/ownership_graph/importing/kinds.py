"""The checks of each label and relationship, and properties put through them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import brief, shown
from ownership_graph.importing.values import (
    DENIAL,
    LONGEST_IDENTITY,
    LONGEST_TEXT,
    Convert,
    RowError,
    near,
    own_check,
    property_check,
)
from ownership_graph.model import LABELS, RELATIONSHIPS, can_be_without
from ownership_graph.records import ABSENT, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.model import Property
    from ownership_graph.records import Node, Properties, Relationship, Value, Written

MOST_UNUSUAL = 1_000
"""How many different unusual values are told apart."""

_SAYS_NO = property_check(DENIAL, "", lambda _: None)


class Unusual(Counter[str]):
    """What was kept though the model does not know it; only so many sorts are told apart."""

    def count(self, what: str) -> None:
        """Count it once more."""
        known = what in self or len(self) < MOST_UNUSUAL
        self[what if known else "other unusual values"] += 1


class Checks(dict[str, Convert]):
    """The checks of the properties of one label or relationship, made when first met."""

    def __init__(
        self,
        kind: str,
        known: Mapping[str, Property],
        unusual: Unusual,
        identity: tuple[str, ...] = (),
    ) -> None:
        """`kind` is its name; `unusual` is told of what was kept though it is not `known`."""
        super().__init__()
        self.kind, self._unusual, self._identity = kind, unusual, identity
        self._known = {name: each for name, each in known.items() if name != "id"}

    def can_be_without(self, name: str) -> bool:
        """Whether a fact says the same where that property cannot be read."""
        aside = can_be_without(self.kind)
        return name != ABSENT and (aside is None or name in aside)

    def __missing__(self, name: str) -> Convert:
        """The check of a property that is met for the first time; no such name is a RowError."""
        check: Convert
        if name == ABSENT:
            check = _denial
        elif name in self._known:
            longest = LONGEST_IDENTITY if name in self._identity else LONGEST_TEXT
            count = self._unusual.count
            check = property_check(self._known[name], self.kind, count, longest)
        else:
            check = self._own(name)
        self[name] = check
        return check

    def _own(self, name: str) -> Convert:
        own = own_check(name, self.kind)
        hint = near(name, (*self._known, ABSENT))
        if not hint:
            return own

        def misspelt(value: object) -> object:
            kept = own(value)
            if kept is not None:
                self._unusual.count(f"{self.kind}.{name} is not in the model.{hint}")
            return kept

        return misspelt  # type: ignore[return-value]  # what `own` gives


def _denial(value: object) -> Value | None:
    """Yes where the source says that the fact is not so; nothing is stated by a no."""
    return _SAYS_NO(value) or None


class Labels(dict[str, Checks]):
    """The checks of each label, made when first met."""

    def __init__(self, unusual: Unusual) -> None:
        """`unusual` is told of what was kept though the model does not know it."""
        super().__init__()
        self._unusual = unusual

    def __missing__(self, label: str) -> Checks:
        """The checks of a label that is met for the first time; no such one is a RowError."""
        if label not in LABELS:
            raise RowError(
                "an unknown label",
                f"the label {shown(label)} is not in the model.{near(label, LABELS)}",
            )
        self[label] = Checks(label, LABELS[label].properties, self._unusual)
        return self[label]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a relationship is checked; `blanks` stand where its identity is not stated."""

    checks: Checks
    identity: tuple[str, ...]
    blanks: tuple[str, ...]


class Relationships(dict[tuple[str, str, str], Kind]):
    """The checks of a relationship between two labels, made when first met."""

    def __init__(self, unusual: Unusual) -> None:
        """`unusual` is told of what was kept though the model does not know it."""
        super().__init__()
        self._unusual = unusual

    def __missing__(self, wanted: tuple[str, str, str]) -> Kind:
        """What ties those labels in that way; a RowError where nothing can."""
        type_, from_label, to_label = wanted
        if type_ not in RELATIONSHIPS:
            raise RowError(
                "an unknown relationship",
                f"the relationship {shown(type_)} is not in the model."
                f"{near(type_, RELATIONSHIPS)}",
            )
        model = RELATIONSHIPS[type_]
        for label, allowed, where in (
            (from_label, model.starts, "start"),
            (to_label, model.ends, "end"),
        ):
            if label not in allowed:
                raise RowError(
                    "a relationship between labels that it cannot tie",
                    f"{type_} cannot {where} at {shown(label)}, only at"
                    f" {' or '.join(allowed)}.{near(label, allowed)}",
                )
        checks = Checks(type_, model.properties, self._unusual, model.identity)
        self[wanted] = Kind(checks, model.identity, ("",) * len(model.identity))
        return self[wanted]


def state(properties: Properties, written: Written, checks: Checks) -> None:
    """Fill in what is stated; blanks are left out.

    Raises:
        RowError: a value cannot be; what stands before it is filled in.
    """
    for name, value in written.items():
        kept = checks[name](value)
        if kept is not None:
            properties[name] = kept


def state_in_part(
    properties: Properties, record: Node | Relationship, checks: Checks
) -> tuple[tuple[str, ...], RowError]:
    """Fill in what can be read: the properties that cannot, and what to say of them.

    Raises:
        RowError: without one that cannot be read the record would say something else.
    """
    faults: dict[str, RowError] = {}
    for name, value in record.properties.items():
        if name in properties:
            continue
        try:
            kept = checks[name](value)
        except RowError as error:
            faults[name] = _fault(error, name, value, record)
            if not checks.can_be_without(name):
                raise faults[name] from error
        else:
            if kept is not None:
                properties[name] = kept
    return tuple(faults), _left_out(checks.kind, faults)


def _left_out(kind: str, faults: Mapping[str, RowError]) -> RowError:
    """What is wrong with the row, and without what it went in."""
    whys = filter(None, (each.why for each in faults.values()))
    without = f"The {kind} goes in without {' and '.join(map(brief, faults))}."
    return RowError(next(iter(faults.values())).reason, " ".join((*whys, without)))


def _fault(error: RowError, name: str, value: object, record: Node | Relationship) -> RowError:
    """What is wrong with a value, and in which column it stands."""
    reason, why = error.reason, error.why
    if isinstance(value, Unreadable):
        reason, why = f"a {name} that could not be read", value.why
    column = (record.columns or {}).get(name)
    return RowError(reason, f"{why} It stands in {column}." if why and column else why)
