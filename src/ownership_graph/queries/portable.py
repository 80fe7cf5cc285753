"""The Cypher that both stores understand: what a saved query must not use, and what instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.errors import QueryError
from ownership_graph.queries.names import ALWAYS, OF_MODEL
from ownership_graph.queries.pieces import KEYWORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ownership_graph.queries.pieces import Pieces
Fault: TypeAlias = tuple[int, str]
"""A line of the query, from 1, and what to write instead of what stands there."""

_ELSEWHERE = {
    **dict.fromkeys(
        ("properties", "keys"), "the stores differ in what it returns; name the properties"
    ),
    **dict.fromkeys(
        ("percentilecont", "percentiledisc"),
        "only one store has it; sort, collect, and take the entry: `sorted[size(sorted) / 2]`",
    ),
    **dict.fromkeys(
        ("id", "elementid"), "it is another number after each import; use the property `id`"
    ),
    "exists": "write `n.stage IS NOT NULL`, or `EXISTS { (n)-[:OWNS]->() }`",
    **dict.fromkeys(
        ("rand", "randomuuid"), "the same question must have the same answer; sort by an id"
    ),
}
_DATES = frozenset(
    {"date", "datetime", "localdatetime", "time", "localtime", "timestamp", "duration"}
)
_DATE = (
    "days are integers since 1970-01-01; compare with `$today`, as in `$today - a.requested_day`"
)
_INLINE = (
    "inline only `{id: …}` on a node; the rest goes into WHERE, since a store that has never"
    " seen the property refuses the query"
)
_COALESCED = "`coalesce(m.stage, 'unknown') <> 'retired'`"
_COMPARISONS = ("=", "<>", "<", ">", "<=", ">=")
_CHAIN_ENDS = KEYWORDS - {"DISTINCT", "NULL", "TRUE", "FALSE"}
_CLAUSES = ("MATCH", "OPTIONAL", "UNWIND", "RETURN")
"""Each begins something new; WITH may also be the end of STARTS WITH."""
_OPTIONAL = OF_MODEL - ALWAYS
_COMMENT = re.compile(
    r"""//[^\n]*|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`]|``)*`|(?P<block>/\*)""", re.DOTALL
)


def unportable(pieces: Pieces) -> Iterator[QueryError]:
    """Everything that not every store understands, by its line."""
    for line, why in sorted(fault for rule in RULES for fault in rule(pieces)):
        yield QueryError(f"reading the query: {why}.", line=line)


def _block_comments(pieces: Pieces) -> Iterator[Fault]:
    for found in _COMMENT.finditer(pieces.cypher):
        if found["block"]:
            line = pieces.cypher.count("\n", 0, found.start()) + 1
            yield line, "comments begin with `//`; `/* … */` is not kept by both stores"


def _inline_properties(pieces: Pieces) -> Iterator[Fault]:
    for index, kind in pieces.kinds.items():
        if kind != "inline":
            continue
        on_tie = pieces.all[index].within == "tie"
        first, end = pieces.at(index + 1), pieces.ends.get(index, index)
        alone = not any(
            token.is_sign(",") and pieces.all[at].opened == index
            for at, token in enumerate(pieces.tokens[:end])
        )
        if on_tie or first.text != "id" or not alone:
            yield first.line, _INLINE


def _unbounded_paths(pieces: Pieces) -> Iterator[Fault]:
    for index, piece in enumerate(pieces.all):
        if piece.within != "tie" or not piece.token.is_sign("*"):
            continue
        after = [pieces.at(index + step) for step in (1, 2, 3)]
        dots = next((at for at, token in enumerate(after[:2]) if token.is_sign("..")), None)
        last = after[0] if dots is None else after[dots + 1]
        if last.kind != "number":
            yield piece.token.line, "a path needs an upper bound, as in `[:DEPENDS_ON*1..6]`"


def _quantified_paths(pieces: Pieces) -> Iterator[Fault]:
    why = "paths are repeated as in `[:DEPENDS_ON*1..6]`; only one store has quantified paths"
    for index, kind in pieces.kinds.items():
        if kind == "quantifier":
            yield pieces.tokens[index].line, why
    for index, token in enumerate(pieces.tokens):
        before = pieces.at(index - 1)
        if token.is_sign("+", "*") and (before.is_sign("->") or _ends_a_path(pieces, index - 1)):
            yield token.line, why
        if token.upper == "SHORTEST" and not pieces.is_a_name(index):
            yield token.line, "only one store has SHORTEST; use shortestPath()"


def _ends_a_path(pieces: Pieces, index: int) -> bool:
    """Whether a round bracket ends there that holds a path, so `((a)-[:OWNS]->(b))`."""
    opened = next((start for start, end in pieces.ends.items() if end == index), None)
    return (
        opened is not None
        and pieces.kinds[opened] == "group"
        and any(piece.opened == opened and piece.token.is_sign("->", "<-") for piece in pieces.all)
    )


def _lost_rows(pieces: Pieces) -> Iterator[Fault]:
    for index, token in enumerate(pieces.tokens):
        if token.is_sign("<>"):
            places = ((index - 1, index - 3), (index + 3, index + 1))
            for name, owner in places:
                if pieces.at(name - 1).is_sign(".") and not pieces.at(name + 1).is_sign("."):
                    yield from _lost(pieces, owner, name)
        elif token.upper == "NOT" and pieces.at(index + 2).is_sign("."):
            after = pieces.at(index + 4)
            if after.is_sign("=") or after.upper == "IN":
                yield from _lost(pieces, index + 1, index + 3)


def _lost(pieces: Pieces, owner: int, name: int) -> Iterator[Fault]:
    whose, which = pieces.at(owner), pieces.at(name)
    if which.text in _OPTIONAL and whose.kind in {"word", "name"}:
        written = f"{whose.text}.{which.text}"
        why = f"where '{written}' says nothing, this comparison loses the row; write"
        yield which.line, f"{why} `coalesce({written}, …)`, as in {_COALESCED}"


def _functions(pieces: Pieces) -> Iterator[Fault]:
    for index, name in pieces.functions():
        line, first = pieces.at(index).line, name.partition(".")[0]
        if name in _ELSEWHERE:
            yield line, f"{name}(): {_ELSEWHERE[name]}"
        elif first in _DATES:
            yield line, f"{name}(): {_DATE}"


def _bodies(pieces: Pieces) -> Iterator[Fault]:
    for index, kind in pieces.kinds.items():
        before = pieces.at(index - 1)
        if kind == "subquery" and before.upper == "COLLECT":
            yield before.line, "only one store has COLLECT { … }; use a pattern comprehension"
        if kind == "subquery" and before.upper == "CALL":
            yield before.line, "name the variables that go in, as in `CALL (m) { … }`"


def _chained_comparisons(pieces: Pieces) -> Iterator[Fault]:
    compared: dict[int, bool] = {}
    for piece in pieces.all:
        token = piece.token
        if token.upper in _CHAIN_ENDS or token.is_sign(",", "|"):
            compared[piece.opened] = False
        elif token.is_sign(*_COMPARISONS):
            if compared.get(piece.opened):
                yield token.line, "write `1 < x AND x <= 3`; only one store reads `1 < x <= 3`"
            compared[piece.opened] = True


def _after_the_end(pieces: Pieces) -> Iterator[Fault]:
    """A query that goes on below its RETURN, as where two stand in one file."""
    if pieces.clauses("UNION"):
        return
    ended = next(iter(pieces.clauses("RETURN")), len(pieces.tokens))
    begun = [at for word in _CLAUSES for at in pieces.clauses(word) if at > ended]
    if begun:
        why = "a query ends with its first RETURN, and ORDER BY; one file is one question"
        yield pieces.tokens[min(begun)].line, why


RULES: tuple[Callable[[Pieces], Iterator[Fault]], ...] = (
    _block_comments,
    _inline_properties,
    _unbounded_paths,
    _quantified_paths,
    _lost_rows,
    _functions,
    _bodies,
    _chained_comparisons,
    _after_the_end,
)
"""Every rule; each tells what it finds, with its line."""
