"""The check that a query can only read, before any store sees it.

It errs on the side of refusing: what only one of the engines, or only one reading of an
escape, would take for a clause is a clause. Behind it stand the frozen handle of the embedded
engine, READ access on Neo4j, a limit on time and one on rows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError
from ownership_graph.stores.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Token", "refuse_unsafe", "tokens"]

_WHY = {
    **dict.fromkeys(
        ("CREATE", "MERGE", "SET", "REMOVE", "DELETE", "DETACH", "FOREACH", "INSERT", "DROP",
         "ALTER", "RENAME"),
        "would change the graph",
    ),
    **dict.fromkeys(("GRANT", "DENY", "REVOKE"), "would change who may do what"),
    **dict.fromkeys(
        ("SHOW", "TERMINATE", "START", "STOP", "USE", "PROFILE", "CYPHER", "PERIODIC",
         "TRANSACTIONS"),
        "is for the server, not the graph",
    ),
    "CSV": "reads or writes a table outside the graph",
}  # fmt: skip
_OPENINGS = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL", "EXPLAIN"})
_PROCEDURES = (
    "db.labels",
    "db.relationshipTypes",
    "db.propertyKeys",
    "db.schema.visualization",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
)
_MAY_BE_CALLED = frozenset(name.casefold() for name in _PROCEDURES)
_NAMESPACES = frozenset(
    {"date", "datetime", "localdatetime", "time", "localtime", "duration", "point", "vector"}
)
_DEEPEST = 100
_MOST_UNIONS = 100
_LONGEST_CHAIN = 100
_CACHED = 1024

_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
_ESCAPE_OR_PAIR = re.compile(r"\\u([0-9a-fA-F]{4})|\\.", re.DOTALL)


@lru_cache(maxsize=_CACHED)
def refuse_unsafe(cypher: str) -> None:
    """Raise QueryError, with the line and what to do, unless the query can only read.

    >>> refuse_unsafe("MATCH (m:Model) RETURN m.id AS model")
    >>> refuse_unsafe("MATCH (m:Model) DELETE m")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ownership_graph.errors.QueryError: 1:17: the query may only read, and DELETE would change ...
    """
    for reading in _readings(cypher):
        found = tokens(reading)
        _refuse_opening(found)
        _refuse_endless(found)
        for token, following in pairwise(found):
            _refuse_joined(token, following)
        for index, token in enumerate(found):
            _refuse_word(found, index)
            _refuse_call(found, index)
            if token.is_sign(";"):
                _refuse_second_statement(found, index)


def _readings(cypher: str) -> Iterator[str]:
    """The query as each engine may read it.

    Neo4j takes an escape outside a text for its character, kglite inside only; for Neo4j a
    comment ends where a line does in any system, for kglite at a line feed.
    """
    if any("\ud800" <= character <= "\udfff" for character in cypher):
        raise QueryError("the query holds half a character. Write it anew.")
    readings = [cypher]
    if "\\u" in cypher:
        readings.append(_ESCAPE.sub(_character, cypher))
        readings.append(_ESCAPE_OR_PAIR.sub(_character, cypher))
    for reading in readings:
        yield reading
        if "\r" in reading:
            yield reading.replace("\r", " ")


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else escape[0]


def _refused(token: Token, why: str) -> QueryError:
    return QueryError(f"the query may only read, and {why}", line=token.line, column=token.column)


def _refuse_opening(found: Sequence[Token]) -> None:
    if not found:
        raise QueryError("there is no query. Write one, such as MATCH (m:Model) RETURN m.id.")
    first = found[0]
    if first.upper not in _OPENINGS | _WHY.keys():
        raise _refused(first, f"'{first.text}' begins none that reads. Begin with MATCH.")


def _refuse_endless(found: Sequence[Token]) -> None:
    """Nesting without end would overflow the engine's stack, and take the process with it."""
    depth = unions = chain = 0
    for token, following in pairwise([*found, found[-1]]):
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        unions += token.upper == "UNION"
        chain = chain + 1 if token.is_sign(".") or following.is_sign(".") else 0
        if depth > _DEEPEST or unions > _MOST_UNIONS or chain > 2 * _LONGEST_CHAIN:
            raise _refused(token, "this one goes too deep to be read. Make it simpler.")


def _refuse_word(found: Sequence[Token], index: int) -> None:
    token = found[index]
    if token.upper in _WHY and not _is_name(found, index):
        raise _refused(
            token,
            f"{token.upper} {_WHY[token.upper]}. Leave it out; where it is a name, put it"
            " between backticks.",
        )


def _refuse_joined(number: Token, following: Token) -> None:
    """Refuse `1CREATE`, which is a number and a clause to kglite."""
    end = number.line, number.column + len(number.text)
    if (
        number.kind == "number"
        and following.kind == "word"
        and end == (following.line, following.column)
    ):
        raise _refused(
            number, f"{number.text} runs into {following.text}. Put a blank between them."
        )


def _is_name(found: Sequence[Token], index: int) -> bool:
    """Whether a word that could be a keyword stands where only a name can."""
    before = found[index - 1] if index else None
    after = found[index + 1] if index + 1 < len(found) else None
    if before is None:
        return False
    if before.is_sign(":") or _follows_dot(found, index):
        return True
    if after is not None and after.is_sign(":"):
        return before.is_sign("{", ",")
    # A variable may be called `as` too: no clause is over after its first word, a name is.
    return before.upper == "AS" and (
        after is None
        or after.is_sign(",", ")", "}", ";")
        or (after.upper == "ORDER" and index + 2 < len(found) and found[index + 2].upper == "BY")
    )


def _follows_dot(found: Sequence[Token], index: int) -> bool:
    """Whether a word belongs to what stands before a dot; after `1.` a clause may begin."""
    dotted = index > 0 and found[index - 1].is_sign(".")
    return dotted and (index == 1 or found[index - 2].kind != "number")


def _refuse_call(found: Sequence[Token], index: int) -> None:
    """Refuse procedures but those that only list names, and functions of extensions."""
    token = found[index]
    called = index > 0 and found[index - 1].upper == "CALL" and not _is_name(found, index - 1)
    if _follows_dot(found, index):
        return
    name, after = _qualified(found, index)
    space, dot, _ = name.casefold().partition(".")
    if called and name and name.casefold() not in _MAY_BE_CALLED:
        raise _refused(
            token,
            f"the procedure {name} may do more. These may be called: {', '.join(_PROCEDURES)}.",
        )
    if not called and dot and _opens(after) and space not in _NAMESPACES:
        raise _refused(token, f"the function {name} may do more. Leave it out.")


def _opens(token: Token | None) -> bool:
    return token is not None and token.is_sign("(")


def _qualified(found: Sequence[Token], index: int) -> tuple[str, Token | None]:
    """A name with its dots that begins at a token, and the token after it."""
    parts: list[str] = []
    while index < len(found) and found[index].kind in ("word", "name"):
        parts.append(found[index].text)
        index += 1
        if index + 1 < len(found) and found[index].is_sign("."):
            index += 1
        else:
            break
    return ".".join(parts), found[index] if index < len(found) else None


def _refuse_second_statement(found: Sequence[Token], index: int) -> None:
    following = found[index + 1 :]
    if any(not token.is_sign(";") for token in following):
        raise _refused(
            following[0], "only one statement is asked at a time. Ask the second by itself."
        )
