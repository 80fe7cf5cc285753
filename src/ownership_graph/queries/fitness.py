"""Whether a question's Cypher is fit to be asked: safe, portable, and as its header says."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError
from ownership_graph.model import nearest
from ownership_graph.queries.names import OF_MODEL, refuse_unknown_names
from ownership_graph.queries.pieces import Pieces
from ownership_graph.queries.portable import refuse_unportable
from ownership_graph.queries.returned import returned_columns, sorted_by
from ownership_graph.stores.read_only import refuse_unsafe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ownership_graph.queries.question import Need, Question

ALWAYS_THERE = "today"
COUNTED = ("n",)


def examined(question: Question, *, among_line: int = 0) -> Question:
    """The question, with the columns that its query returns; the one of `among` is read too.

    `among_line` is the line of the file on which that begins. Errors: QueryError with file and
    line.
    """
    needs = [each for need in question.needs for each in need.any_of()]
    _check_sources(question, needs)
    own = {each.property for each in needs if each.property} - OF_MODEL
    with _placed(question.file, 1):
        pieces = _fit(question.cypher, own)
        returns = returned_columns(pieces)
        if not question.then:
            _check_columns(question, returns)
        _check_order(question, pieces)
    used = _check_parameters(question, pieces, 1)
    if question.among:
        with _placed(question.file, among_line):
            counting = _fit(question.among.cypher, own)
            if returned_columns(counting) != COUNTED:
                raise QueryError(
                    "reading the query of `among`: it returns one number, `n`", line=1
                )
        used |= _check_parameters(question, counting, among_line)
    if not question.then:
        _check_all_used(question, used)
    return replace(question, returns=returns, uses=frozenset(used))


@contextmanager
def _placed(file: Path, first_line: int) -> Iterator[None]:
    """Errors that name a line of the query then name the file, and its line there."""
    try:
        yield
    except QueryError as error:
        what = str(error).removeprefix(
            ":".join(str(part) for part in (error.line, error.column) if part) + ": "
        )
        raise QueryError(
            what, file=str(file), line=first_line + max(error.line, 1) - 1, column=error.column
        ) from error


def _fit(cypher: str, own: set[str]) -> Pieces:
    pieces = Pieces(cypher)
    refuse_unsafe(cypher)
    refuse_unportable(pieces)
    refuse_unknown_names(pieces, own)
    return pieces


def _check_columns(question: Question, returns: Sequence[str]) -> None:
    declared = [each.name for each in question.columns]
    if list(returns) == declared:
        return
    undeclared = [name for name in returns if name not in declared]
    if undeclared:
        why = f"it returns '{undeclared[0]}', which no `column` line declares"
    elif len(returns) == len(declared):
        why = f"it returns {', '.join(returns)}, and the header says {', '.join(declared)}"
    else:
        unreturned = next(name for name in declared if name not in returns)
        why = f"the header declares the column '{unreturned}', which it does not return"
    raise QueryError(f"reading the query: {why}.", line=_last_line(question.cypher))


def _check_order(question: Question, pieces: Pieces) -> None:
    """Rows are sorted down to an id, so that the same graph gives the same answer."""
    subject = {each.name for each in question.columns if each.labels and not each.many}
    if not subject:
        return
    orders = sorted_by(pieces)
    if not orders or not (question.then or any(_is_id(each, subject) for each in orders)):
        last = question.subject[0].name
        raise QueryError(
            "reading the query: rows need an order down to an id, so end it with"
            f" `ORDER BY … {last}`.",
            line=_last_line(question.cypher),
        )


def _is_id(words: Sequence[str], subject: set[str]) -> bool:
    bare = [
        each for each in words if each.upper() not in {"DESC", "ASC", "DESCENDING", "ASCENDING"}
    ]
    return (len(bare) == 1 and bare[0] in subject) or (bool(bare) and bare[-1] == "id")


def _last_line(cypher: str) -> int:
    return cypher.rstrip().count("\n") + 1


def _check_parameters(question: Question, pieces: Pieces, first_line: int) -> set[str]:
    """The parameters that the query uses, each of them declared."""
    declared = {each.name for each in question.parameters} | {ALWAYS_THERE}
    used = set()
    for token in pieces.tokens:
        if token.kind != "parameter":
            continue
        if token.text not in declared:
            near = nearest(token.text, declared)
            raise QueryError(
                f"reading the query: '${token.text}' is not declared.{near} Right is"
                f" `// parameter {token.text}: int = 30 -- how many days are too many`.",
                file=str(question.file),
                line=first_line + token.line - 1,
            )
        used.add(token.text)
    return used


def _check_sources(question: Question, needs: Sequence[Need]) -> None:
    """A need that asks for a source names a parameter that holds a source's name."""
    texts = [each.name for each in question.parameters if each.type == "text"]
    for need in needs:
        if need.parameter and need.parameter not in texts:
            raise QueryError(
                f"reading the field 'needs': '${need.parameter}' is no parameter of the type text."
                f"{nearest(need.parameter, texts)} Right is"
                f' `// parameter {need.parameter}: text = "" -- the source that is meant`.',
                file=str(question.file),
                line=_line_of(question.cypher, "// needs"),
            )


def _check_all_used(question: Question, used: set[str]) -> None:
    for each in question.parameters:
        if each.name not in used:
            raise QueryError(
                f"reading the header: the parameter '{each.name}' is declared, and no query uses"
                f" `${each.name}`. Use it, or leave it out.",
                file=str(question.file),
                line=_line_of(question.cypher, f"// parameter {each.name}"),
            )


def _line_of(cypher: str, start: str) -> int:
    lines = cypher.split("\n")
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))
