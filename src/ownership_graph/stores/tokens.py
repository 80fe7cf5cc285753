"""A query taken apart into words, names, texts, numbers and signs."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias, cast

from ownership_graph.errors import QueryError

TokenKind: TypeAlias = Literal["word", "name", "text", "number", "parameter", "sign"]


class Token(NamedTuple):
    """One token; `line` and `column` count from 1.

    `text` is the word as written, the name between backticks (doubled ones made one), what
    stands between a text's quotation marks (escapes as written), the parameter without `$`.
    """

    kind: TokenKind
    text: str
    line: int
    column: int

    @property
    def upper(self) -> str:
        """The text in capitals where it is a word, so could be a keyword; else nothing."""
        return self.text.upper() if self.kind == "word" else ""

    def is_sign(self, *signs: str) -> bool:
        """Whether it is one of those signs."""
        return self.kind == "sign" and self.text in signs


# A comment ends at \r too, for Neo4j; the embedded engine goes on to \n. What only one of the
# two runs is a token here.
_TOKEN = re.compile(
    r"""
      (?P<blank> \s+ | //[^\r\n]* | /\*.*?\*/ )
    | (?P<text> '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" )
    | (?P<name> `(?:[^`]|``)*` )
    | (?P<parameter> \$\w+ )
    | (?P<number> 0[xX][0-9a-fA-F]+ | \d+ (?:\.\d+)? (?:[eE][+-]?\d+)? | \.\d+ )
    | (?P<word> [^\W\d]\w* )
    | (?P<open> ['"`] | /\* )
    | (?P<sign> \.\. | :: | <> | <= | >= | =~ | \+= | -> | <- | \|\| | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_OVER_LINES = frozenset({"blank", "text", "name"})
_OPENED = {"'": "text", '"': "text", "`": "name between backticks", "/*": "comment"}


def tokens(cypher: str) -> list[Token]:
    """The tokens of a query, without blanks and comments.

    A text, a name or a comment without an end raises QueryError with its line.

    >>> [each.text for each in tokens("MATCH (n:`A b`) RETURN n.id // all of them")]
    ['MATCH', '(', 'n', ':', 'A b', ')', 'RETURN', 'n', '.', 'id']
    """
    found: list[Token] = []
    line, line_start = 1, 0
    for match in _TOKEN.finditer(cypher):
        kind, written = cast("TokenKind | Literal['blank', 'open']", match.lastgroup), match[0]
        column = match.start() - line_start + 1
        if kind == "open":
            raise QueryError(
                f"reading the query: the {_OPENED[written]} that begins here with {written} has"
                " no end. Close it.",
                line=line,
                column=column,
            )
        if kind != "blank":
            found.append(Token(kind, _inside(kind, written), line, column))
        if kind in _OVER_LINES and "\n" in written:
            line += written.count("\n")
            line_start = match.start() + written.rindex("\n") + 1
    return found


def _inside(kind: TokenKind, written: str) -> str:
    match kind:
        case "text":
            return written[1:-1]
        case "name":
            return written[1:-1].replace("``", "`")
        case "parameter":
            return written[1:]
        case _:
            return written
