"""A question put to a store: its rows and its denominator, and what a store says against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError
from ownership_graph.measures import measured
from ownership_graph.queries.mistakes import in_file, in_whole, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.findings.sharing import Readable
    from ownership_graph.measures import Measure
    from ownership_graph.queries.question import Question
    from ownership_graph.queries.values import Scalar
    from ownership_graph.records import Rows


def rows_of(
    store: Readable,
    question: Question,
    measure: Measure | None,
    values: Mapping[str, Scalar],
    *,
    timeout: float,
) -> Rows:
    """The final rows, after the measure. Errors: QueryError with file and line."""
    found = _read(store, question, question.cypher, 1, values, timeout)
    if tuple(found.columns) != question.returns:
        raise _wrong(
            question,
            f"the store returned the columns {', '.join(found.columns)}, and the query says"
            f" {', '.join(question.returns)}.",
        )
    return measured(measure, found, values)


def counted(
    store: Readable, question: Question, values: Mapping[str, Scalar], *, timeout: float
) -> int | None:
    """Who could have been affected, `None` where nobody says. Errors: as for the rows."""
    among = question.among
    if among is None:
        return None
    rows = _read(store, question, among.cypher, among.line, values, timeout).rows
    count = rows[0][0] if len(rows) == 1 else None
    if not isinstance(count, int):
        raise _wrong(
            question,
            "the query of `among` returns one row with one whole number, not"
            f" {rows[:2]!r}. Right is `RETURN count(m) AS n`.",
            among.line,
        )
    return count


def _wrong(question: Question, why: str, line: int = 0) -> QueryError:
    message = f"reading the answer to {question.code}: {why}"
    return in_file(message, str(question.file), question.cypher, line=line)


def _read(
    store: Readable,
    question: Question,
    cypher: str,
    first_line: int,
    values: Mapping[str, Scalar],
    timeout: float,
) -> Rows:
    try:
        return store.read(cypher, values, timeout=timeout)
    except QueryError as error:
        line, column = in_whole(first_line, *place_of(error, cypher))
        raise in_file(
            f"asking {question.code}: {error.message}",
            str(question.file),
            question.cypher,
            line=line,
            column=column,
        ) from error
