"""What a mapping says, taken apart: columns, what values mean, and the facts of a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.readers.mapping.places import Place
    from ownership_graph.readers.mapping.templates import Template

Constant: TypeAlias = int | float | bool | list[str]
"""What a property can be set to, beside a text with names in it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A short name for a column; `header` is the column's own name, or `~` and a part of it."""

    name: str
    header: str
    place: Place


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which values are turned: a list of results, or how a date is written.

    `results` stand each with its patterns: the first that fits wins. `dates` are formats, as
    `%m/%d/%Y`: the first that fits wins.
    """

    place: Place
    results: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """The value of `name` must fit one of the patterns, or must not, where `wanted` is false."""

    name: str
    patterns: tuple[str, ...]
    wanted: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Setting:
    """A property and what it is set to."""

    name: str
    value: Template | Constant
    place: Place


@dataclass(frozen=True, slots=True)
class End:
    """A node: its label, and how its id is made."""

    label: str
    id: Template
    place: Place


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship between two nodes."""

    type: str
    start: End
    end: End
    settings: tuple[Setting, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Split:
    """A text that is parted into several, each of which `name` stands for in turn."""

    name: str
    text: Template
    by: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of `each`: names that hold in its fact alone, each with its text and place."""

    texts: Mapping[str, tuple[Template, Place]]
    place: Place


@dataclass(frozen=True, slots=True)
class Fact:
    """What is stated for a row: a node, if any, and relationships.

    It is stated once for each of the entries of `each`, or for each part of `split`.
    """

    node: End | None
    settings: tuple[Setting, ...]
    ties: tuple[Tie, ...]
    conditions: tuple[Condition, ...]
    each: tuple[Entry, ...]
    split: Split | None
    place: Place

    @property
    def own_names(self) -> tuple[str, ...]:
        """The names that hold in this fact alone."""
        return tuple(name for name, _ in self.own_places)

    @property
    def own_places(self) -> tuple[tuple[str, Place], ...]:
        """Those names, each with its place."""
        if self.split:
            return ((self.split.name, self.split.place),)
        first = self.each[0].texts if self.each else {}
        return tuple((name, place) for name, (_, place) in first.items())

    def outer_texts(self) -> Iterator[tuple[Template, Place]]:
        """The texts that its own names are made from."""
        if self.split:
            yield self.split.text, self.split.place
        for entry in self.each:
            yield from entry.texts.values()

    def inner_texts(self) -> Iterator[tuple[Template, Place]]:
        """The texts that its nodes and relationships are made from."""
        if self.node:
            yield self.node.id, self.node.place
        for tie in self.ties:
            for end in (tie.start, tie.end):
                yield end.id, end.place
        for settings in (self.settings, *(tie.settings for tie in self.ties)):
            for setting in settings:
                if not isinstance(setting.value, int | float | list):
                    yield setting.value, setting.place


@dataclass(frozen=True, slots=True)
class Rules:
    """A whole mapping. A cell that fits one of `blank` counts as blank.

    `own` are the properties that the model does not know and the user means.
    """

    columns: tuple[Column, ...]
    ways: Mapping[str, Way]
    facts: tuple[Fact, ...]
    blank: tuple[str, ...]
    own: tuple[str, ...]
    place: Place

    @property
    def promises(self) -> tuple[str, ...]:
        """The labels and relationships that the facts can make."""
        nodes = {fact.node.label for fact in self.facts if fact.node}
        return tuple(sorted(nodes | {tie.type for fact in self.facts for tie in fact.ties}))
