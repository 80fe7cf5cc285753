"""Names in a query against the model: labels, relationships and properties that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError
from ownership_graph.model import BOOKKEEPING, LABELS, RELATIONSHIPS, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from ownership_graph.queries.pieces import Pieces

ALWAYS = BOOKKEEPING | {"id", "name"}
"""Properties that every fact may have."""

OF_MODEL = frozenset(name for each in LABELS.values() for name in each.properties) | frozenset(
    name for each in RELATIONSHIPS.values() for name in each.properties
)
"""Properties that the model knows."""


def unknown_names(
    pieces: Pieces, own: AbstractSet[str] | None = frozenset()
) -> Iterator[QueryError]:
    """Every name that the model does not know, with its place.

    `own` are properties of the user's, which the question declares as needs; where those are not
    known, labels and relationships alone are looked at.
    """
    typed = _typed_variables(pieces)
    other = ALWAYS | OF_MODEL | set(_keys(pieces))
    for index, token in enumerate(pieces.tokens):
        why = _unknown_type(pieces, index)
        if own is not None and not why:
            known = typed.get(pieces.at(index - 2).text, other) | own
            why = _unknown_property(pieces, index, known)
        if why:
            yield QueryError(f"reading the query: {why}", line=token.line, column=token.column)


def _is_type(pieces: Pieces, index: int) -> bool:
    """Whether a label or relationship stands there: after a colon, or after `|` or `&` on."""
    if pieces.tokens[index].kind not in {"word", "name"}:
        return False
    start = index - 1
    while pieces.at(start).is_sign("|", "&", "!"):
        start -= 1 if pieces.at(start).is_sign("!") else 2
    return pieces.at(start).is_sign(":") and not _is_key(pieces, start - 1)


def _is_key(pieces: Pieces, index: int) -> bool:
    """Whether the key of a map entry stands there."""
    return pieces.all[max(index, 0)].within in {"map", "inline"} and pieces.at(index - 1).is_sign(
        "{", ","
    )


def _unknown_type(pieces: Pieces, index: int) -> str:
    if not _is_type(pieces, index):
        return ""
    name = pieces.tokens[index].text
    on_tie = pieces.all[index].within == "tie"
    if name in (RELATIONSHIPS if on_tie else LABELS):
        return ""
    # `r:OWNS` in WHERE asks for a relationship's type.
    if name in RELATIONSHIPS and not pieces.at(index - 2).is_sign("("):
        return ""
    kind, known = ("relationship", RELATIONSHIPS) if on_tie else ("label", LABELS)
    return f"'{name}' is no {kind} of the graph.{nearest(name, known)}"


def _typed_variables(pieces: Pieces) -> dict[str, AbstractSet[str]]:
    """The properties that each variable may have, where its patterns tell.

    A variable that first stands without a label, or with one that is not known, or that AS or a
    comprehension names, may hold anything.
    """
    known: dict[str, set[str]] = {}
    open_: set[str] = set(pieces.variables)
    for index, kind in pieces.kinds.items():
        if kind not in {"group", "tie"} or pieces.at(index + 1).kind not in {"word", "name"}:
            continue
        variable = pieces.at(index + 1).text
        names = _types_after(pieces, index + 2)
        if names and all(name in LABELS or name in RELATIONSHIPS for name in names):
            known.setdefault(variable, set()).update(*map(_properties, names))
        elif variable not in known or pieces.all[index].within == "subquery":
            open_.add(variable)
    return {name: found for name, found in known.items() if name not in open_}


def _types_after(pieces: Pieces, index: int) -> list[str]:
    """The labels or relationships of `:A|B` from there on."""
    names = []
    while pieces.at(index).is_sign(":", "|", "&"):
        names.append(pieces.at(index + 1).text)
        index += 2
    return names


def _properties(name: str) -> AbstractSet[str]:
    found = LABELS.get(name) or RELATIONSHIPS.get(name)
    return found.properties.keys() | ALWAYS if found else ALWAYS


def _keys(pieces: Pieces) -> Iterator[str]:
    """The keys of the maps that the query makes itself."""
    for index, token in enumerate(pieces.tokens):
        if pieces.at(index + 1).is_sign(":") and _is_key(pieces, index):
            yield token.text


def _unknown_property(pieces: Pieces, index: int, known: AbstractSet[str]) -> str:
    name = pieces.tokens[index].text
    if not pieces.at(index - 1).is_sign(".") or pieces.at(index + 1).is_sign("(", "."):
        return ""
    if name in known:
        return ""
    return (
        f"'{name}' is no property that stands there in the graph.{nearest(name, known)} A"
        f" property of your own is named under `needs`, as in `needs: Model.{name}`."
    )
