"""What a property, a label and a relationship are."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind: TypeAlias = Literal["text", "int", "float", "bool", "day", "list"]

BOOKKEEPING = frozenset(
    {
        "key", "sources", "hashes", "added_run", "run", "first_seen_day",
        "claims", "disputed", "described",
    }
)  # fmt: skip
"""Names that the store keeps for itself: a source may not state them."""

MADE_UP_BY_ENGINE = frozenset({"title", "type"})
"""Names that the embedded engine makes up for every node: a source may not state them either."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a label or a relationship.

    `kind` "day" is an integer: days since 1970-01-01. "list" is a list of texts. `values`
    are the known ones; a `closed` list rejects any other, an open one keeps and counts it.
    `low` and `high` bound a number, both ends included.
    """

    name: str
    kind: Kind
    meaning: str
    values: tuple[str, ...] = ()
    closed: bool = False
    unit: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What one label stands for, and how the page draws it.

    `event` facts are history: absence from a later import does not remove them. A `rule` or an
    event is what its properties say together: with one of them missing it would be another.
    """

    name: str
    plural: str
    meaning: str
    colour: str
    shape: str
    properties: Mapping[str, Property]
    event: bool = False
    rule: bool = False


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship: where it may start and end.

    `identity` names the properties that belong to its key: a team that is accountable and
    technical owner of one model has two OWNS facts. `aside` names those without which it says
    the same; the others say how far it holds.
    """

    name: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    meaning: str
    properties: Mapping[str, Property]
    identity: tuple[str, ...] = ()
    event: bool = False
    aside: tuple[str, ...] = ()


def text(name: str, meaning: str, *values: str) -> Property:
    """A text, with the values that are known."""
    return Property(name, "text", meaning, values)


def choice(name: str, meaning: str, *values: str) -> Property:
    """A text out of a closed list."""
    return Property(name, "text", meaning, values, closed=True)


def day(name: str, meaning: str) -> Property:
    """A day."""
    return Property(name, "day", meaning, unit="days since 1970-01-01")


def integer(
    name: str, meaning: str, *, unit: str = "", low: float = 0, high: float | None = None
) -> Property:
    """A whole number, from 0 unless told."""
    return Property(name, "int", meaning, unit=unit, low=low, high=high)


def number(
    name: str, meaning: str, *, unit: str = "", low: float | None = None, high: float | None = None
) -> Property:
    """A number."""
    return Property(name, "float", meaning, unit=unit, low=low, high=high)


def flag(name: str, meaning: str) -> Property:
    """A yes or no."""
    return Property(name, "bool", meaning)


def named(properties: Iterable[Property]) -> Mapping[str, Property]:
    """The properties by their names."""
    return MappingProxyType({each.name: each for each in properties})
