"""What a mapping file says: columns, value maps, and rules that make facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.importing.mapping.patterns import Patterns
    from ownership_graph.importing.mapping.templates import Template, ValueMap


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """A short name for a column: the header is `text`, or contains it where `part` is true."""

    name: str
    text: str
    part: bool
    line: int


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relationship: a label and the template of an id."""

    label: str
    id: Template


@dataclass(frozen=True, slots=True)
class Condition:
    """The value of `name` must fit the patterns."""

    name: str
    fitting: Patterns


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship that starts at the rule's own node."""

    type: str
    end: End


@dataclass(frozen=True, slots=True)
class FactRule:
    """One `[[fact]]`: a node with its links, or a relationship, for each row that it holds for.

    `start` is the node or the relationship's first end; `end` is `None` for a node. `each`
    repeats the rule, once for every entry, each defining further names. It holds where every
    condition of `where` fits and none of `unless` does.
    """

    line: int
    name: str
    start: End
    end: End | None
    properties: tuple[tuple[str, Template], ...] = ()
    links: tuple[Link, ...] = ()
    each: tuple[tuple[tuple[str, Template], ...], ...] = ((),)
    where: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping file, checked."""

    file: str
    columns: tuple[ColumnRule, ...]
    values: Mapping[str, ValueMap]
    facts: tuple[FactRule, ...]
