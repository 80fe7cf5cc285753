"""Whether a question's Cypher is fit to be asked: safe, portable, and as its header says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError
from ownership_graph.model import nearest
from ownership_graph.queries.names import OF_MODEL, unknown_names
from ownership_graph.queries.pieces import Pieces
from ownership_graph.queries.portable import unportable
from ownership_graph.queries.returned import returned_columns, sorted_by
from ownership_graph.stores.read_only import refuse_unsafe, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from ownership_graph.queries.mistakes import Mistakes
    from ownership_graph.queries.question import Among, Need, Question

ALWAYS_THERE = "today"
COUNTED = ("n",)


def examined(question: Question, mistakes: Mistakes) -> Question:
    """The question, with the columns that its query returns; the one of `among` is read too.

    What is wrong goes to `mistakes`, and the rest is read on.
    """
    own = own_properties(question.needs)
    with mistakes.noted():
        _check_sources(question)
    pieces = fit(question.cypher, own, mistakes)
    counting = fit_among(question.among, own, mistakes)
    if pieces is None or (question.among and counting is None):
        return question
    returns: tuple[str, ...] = ()
    with mistakes.noted():
        returns = returned_columns(pieces)
        if not question.then:
            _check_columns(question, returns)
    with mistakes.noted():
        _check_order(question, pieces)
    used = _parameters(question, pieces, mistakes, 1)
    if question.among and counting:
        used |= _parameters(question, counting, mistakes, question.among.line)
    if not mistakes and not question.then:  # a name misspelt in the query is no second mistake
        for error in _unused(question, used):
            mistakes.note(error)
    return replace(question, returns=returns, uses=frozenset(used))


def known_fit(question: Question) -> Question:
    """The same of a shipped question: the tests examine those, so that no command has to.

    Examining all of them takes longer than asking them of a small organisation.
    """
    told = tokens(question.cypher) + (tokens(question.among.cypher) if question.among else [])
    used = {each.text for each in told if each.kind == "parameter"}
    returns = tuple(each.name for each in question.columns)
    if question.then:  # a measure makes the columns, of what the query returns
        returns = returned_columns(Pieces(question.cypher))
    return replace(question, returns=returns, uses=frozenset(used))


def own_properties(needs: Iterable[Need]) -> set[str]:
    """The properties of the user's own, which are named as needs."""
    named = (each.property for need in needs for each in need.any_of())
    return {name for name in named if name} - OF_MODEL


def fit(
    cypher: str, own: AbstractSet[str] | None, mistakes: Mistakes, first_line: int = 1
) -> Pieces | None:
    """The tokens of a query, nothing where it cannot be read; `first_line` is where it begins.

    Properties are not looked at where `own`, those that are the user's, is not known.
    """
    pieces = None
    with mistakes.noted(first_line):
        pieces = _whole(cypher)
    if pieces is None:
        return None
    with mistakes.noted(first_line):
        refuse_unsafe(cypher)
    for error in unportable(pieces):
        mistakes.note(error, first_line)
    for error in unknown_names(pieces, own):
        mistakes.note(error, first_line)
    return pieces


def _whole(cypher: str) -> Pieces:
    """The tokens of a query that has some, and an end to each bracket."""
    pieces = Pieces(cypher)
    if not pieces.tokens:
        raise QueryError(
            "reading the query: there is no query. Write one, such as"
            " `MATCH (m:Model) RETURN m.id AS model ORDER BY model`.",
            line=_last_line(cypher),
        )
    opened = pieces.unclosed
    if opened:
        raise QueryError(
            f"reading the query: the {opened.text} that begins here has no end. Close it.",
            line=opened.line,
            column=opened.column,
        )
    return pieces


def fit_among(
    among: Among | None, own: AbstractSet[str] | None, mistakes: Mistakes
) -> Pieces | None:
    """The same for the query of `among`, which returns one number."""
    if among is None:
        return None
    pieces = fit(among.cypher, own, mistakes, among.line)
    with mistakes.noted(among.line):
        if pieces and returned_columns(pieces) != COUNTED:
            raise QueryError("reading the query of `among`: it returns one number, `n`.", line=1)
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


def _parameters(
    question: Question, pieces: Pieces, mistakes: Mistakes, first_line: int
) -> set[str]:
    """The parameters that the query uses, each of them declared."""
    declared = {each.name for each in question.parameters} | {ALWAYS_THERE}
    found = {token.text: token for token in reversed(pieces.tokens) if token.kind == "parameter"}
    for name, token in found.items():
        if name not in declared:
            error = QueryError(
                f"reading the query: '${name}' is not declared.{nearest(name, declared)} Right is"
                f" `// parameter {name}: int = 30 -- how many days are too many`.",
                line=token.line,
                column=token.column,
            )
            mistakes.note(error, first_line)
    return set(found) & declared


def _check_sources(question: Question) -> None:
    """A need that asks for a source names a parameter that holds a source's name."""
    texts = [each.name for each in question.parameters if each.type == "text"]
    needs = [each for need in question.needs for each in need.any_of()]
    for need in needs:
        if need.parameter and need.parameter not in texts:
            raise QueryError(
                f"reading the field 'needs': '${need.parameter}' is no parameter of the type text."
                f"{nearest(need.parameter, texts)} Right is"
                f' `// parameter {need.parameter}: text = "" -- the source that is meant`.',
                line=line_of(question.cypher, "// needs"),
            )


def _unused(question: Question, used: set[str]) -> Iterator[QueryError]:
    for each in question.parameters:
        if each.name not in used:
            yield QueryError(
                f"reading the header: the parameter '{each.name}' is declared, and no query uses"
                f" `${each.name}`. Use it, or leave it out.",
                line=line_of(question.cypher, f"// parameter {each.name}"),
            )


def line_of(cypher: str, start: str) -> int:
    """The first line of the file that begins so, 0 for none."""
    lines = enumerate(cypher.split("\n"), 1)
    return next((number for number, line in lines if line.startswith(start)), 0)
