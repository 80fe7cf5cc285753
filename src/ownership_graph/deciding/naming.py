"""The things in an answer, named or hidden: one walk through all of its values."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from ownership_graph.findings.naming import names_of
from ownership_graph.tracing.things import Thing

if TYPE_CHECKING:
    from collections.abc import Callable

    from ownership_graph.stores import Store

Told = TypeVar("Told")

SOMEBODY = ("Person", "Team")
_TEXTS = frozenset({"verdict", "why", "change", "nobody", "note"})
"""The parts of an answer that are sentences; other texts are words of ours, ids and days."""


def somebody(own_id: str) -> Thing:
    """A person or a team, to be named later."""
    return Thing("", own_id)


def with_things(
    found: Told, thing: Callable[[Thing], Thing], text: Callable[[str], str] = str
) -> Told:
    """The same with each thing and each sentence in it replaced."""
    return _walked(found, thing, text)  # type: ignore[no-any-return]  # what goes in comes out


def named(found: Told, store: Store) -> Told:
    """The same with everything that has no name yet as the graph names it, asked for once."""
    shown: set[tuple[tuple[str, ...], str]] = set()

    def noted(each: Thing) -> Thing:
        if not each.name:
            shown.add((_labels(each), each.id))
        return each

    with_things(found, noted)
    names = names_of(store, shown)

    def given(each: Thing) -> Thing:
        if each.name:
            return each
        known = (Thing(at, each.id, names[at, each.id]) for at in _labels(each)
                 if (at, each.id) in names)  # fmt: skip
        return next(known, replace(each, name=each.id))

    return with_things(found, given)


def _labels(each: Thing) -> tuple[str, ...]:
    return (each.label,) if each.label else SOMEBODY


def _walked(value: Any, thing: Callable[[Thing], Thing], text: Callable[[str], str]) -> Any:  # noqa: ANN401 -- any part of an answer
    if isinstance(value, Thing):
        return thing(value)
    if isinstance(value, tuple):
        return tuple(_walked(each, thing, text) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for part in fields(value):
        own = getattr(value, part.name)
        changed[part.name] = text(own) if part.name in _TEXTS else _walked(own, thing, text)
    return replace(value, **changed)
