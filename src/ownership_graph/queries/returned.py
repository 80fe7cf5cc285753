"""What a query's last RETURN says: its columns, and whether they are sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ownership_graph.queries.pieces import Pieces

_ENDS = frozenset({"ORDER", "SKIP", "LIMIT", "UNION", "OFFSET"})


def returned_columns(pieces: Pieces) -> tuple[str, ...]:
    """The names of the columns that the query returns, in order.

    Errors: QueryError where there is no RETURN at the end, where it returns `*`, or a column
    that is neither a name nor named by AS.
    """
    return tuple(_name(pieces, start, end) for start, end in _items(pieces, _last_return(pieces)))


def sorted_by(pieces: Pieces) -> list[list[str]]:
    """What the rows are sorted by, each as its words; empty where they are not sorted."""
    after = _last_return(pieces)
    orders = [index for index in pieces.clauses("ORDER") if index > after]
    if not orders:
        return []
    return [
        [each.text for each in pieces.tokens[start:end] if each.kind in {"word", "name"}]
        for start, end in _items(pieces, orders[-1] + 1)
    ]


def _last_return(pieces: Pieces) -> int:
    if pieces.clauses("UNION"):
        line = pieces.tokens[pieces.clauses("UNION")[0]].line
        raise QueryError(
            "reading the query: the rows of a UNION cannot be sorted; put it into"
            " `CALL () { … }`, and RETURN and ORDER BY below.",
            line=line,
        )
    found = pieces.clauses("RETURN")
    if not found:
        last = pieces.at(len(pieces.tokens) - 1)
        raise QueryError(
            "reading the query: it ends with RETURN and ORDER BY. Right is"
            " `RETURN m.id AS model ORDER BY model`.",
            line=max(last.line, 1),
        )
    return found[-1]


def _items(pieces: Pieces, clause: int) -> Iterator[tuple[int, int]]:
    """Start and end of each entry of a clause, parted by commas outside all brackets."""
    start = clause + 1
    if pieces.at(start).upper == "DISTINCT":
        start += 1
    index = start
    for index in range(start, len(pieces.tokens)):
        piece = pieces.all[index]
        if piece.within:
            continue
        if piece.token.is_sign(";") or (
            piece.token.upper in _ENDS and not pieces.is_a_name(index)
        ):
            yield start, index
            return
        if piece.token.is_sign(","):
            yield start, index
            start = index + 1
    yield start, index + 1


def _name(pieces: Pieces, start: int, end: int) -> str:
    item: Sequence[str] = [each.text for each in pieces.tokens[start:end]]
    if len(item) > 1 and pieces.tokens[end - 2].upper == "AS":
        return item[-1]
    if len(item) == 1 and pieces.tokens[start].kind in {"word", "name"}:
        return item[0]
    raise QueryError(
        f"reading the query: the column `{' '.join(item)}` has no name; write `… AS name`.",
        line=pieces.at(start).line,
    )
