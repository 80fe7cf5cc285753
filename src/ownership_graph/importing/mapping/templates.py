"""Templates: texts with `{column}`, `{column:values}` and `{row}` in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.importing.mapping.patterns import Patterns

LOWER = "lower"
"""The name after a colon that asks for lower case."""

_PART = re.compile(r"\{([^{}]*)\}")
_INSIDE = re.compile(r"(\w+)(?::(\w+))?")

ValueMap: TypeAlias = "tuple[tuple[str, Patterns], ...]"
"""What a value becomes: the first entry whose patterns fit."""


class TemplateError(ValueError):
    """A template that cannot be; the message is a sentence without its place."""


class NoValueError(ValueError):
    """A row's value that no pattern of a value map fits; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A place in a template: a name, and what is done with its value."""

    name: str
    through: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with holes, such as `bu:{agency}:{bureau}`."""

    text: str
    parts: tuple[str | Hole, ...]

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The holes, in their order."""
        return tuple(part for part in self.parts if isinstance(part, Hole))

    def filled(self, values: Mapping[str, str], maps: Mapping[str, ValueMap]) -> str:
        """The text with the row's values in the holes, trimmed.

        Raises:
            NoValueError: no pattern of a value map fits.
        """
        made = [
            part if isinstance(part, str) else _value(part, values, maps) for part in self.parts
        ]
        return "".join(made).strip()

    def blank_hole(self, values: Mapping[str, str]) -> str:
        """The name of the first hole whose value is blank, or an empty text."""
        return next((hole.name for hole in self.holes if not values[hole.name]), "")


def _value(hole: Hole, values: Mapping[str, str], maps: Mapping[str, ValueMap]) -> str:
    value = values[hole.name]
    if not hole.through:
        return value
    if hole.through == LOWER:
        return value.lower()
    for result, fitting in maps[hole.through]:
        if fitting.fit(value):
            return result
    if not value:
        return ""
    cut = value if len(value) <= 60 else f"{value[:59]}…"  # noqa: PLR2004 -- a message's width
    raise NoValueError(
        f"the value {cut!r} of '{hole.name}' fits nothing in [values.{hole.through}]."
        ' Add it there, or end that list with a name for "*", any other value.'
    )


def template(text: str, names: Sequence[str], maps: Mapping[str, object]) -> Template:
    """The template of a text.

    Raises:
        TemplateError: a name or a value map in it is not known, or a brace has no partner.
    """
    parts: list[str | Hole] = []
    end = 0
    for found in _PART.finditer(text):
        parts.append(_literal(text[end : found.start()], text))
        parts.append(_hole(found[1], names, maps))
        end = found.end()
    parts.append(_literal(text[end:], text))
    return Template(text, tuple(part for part in parts if part))


def _literal(text: str, whole: str) -> str:
    if "{" in text or "}" in text:
        raise TemplateError(f"the text '{whole}' has a brace without its partner.")
    return text


def _hole(inside: str, names: Sequence[str], maps: Mapping[str, object]) -> Hole:
    from ownership_graph.model import nearest  # noqa: PLC0415 -- only in an error

    match = _INSIDE.fullmatch(inside)
    if match is None:
        raise TemplateError(
            f"'{{{inside}}}' is no place for a value. Write {{column}} or {{column:values}}."
        )
    name, through = match[1], match[2] or ""
    if name not in names:
        known = f" Known: {', '.join(names)}."
        raise TemplateError(f"there is no column '{name}'.{nearest(name, names) or known}")
    if through and through != LOWER and through not in maps:
        hint = nearest(through, [*maps, LOWER]) or f" Write a table [values.{through}]."
        raise TemplateError(f"there is no list of values '{through}'.{hint}")
    return Hole(name, through)
