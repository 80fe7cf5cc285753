"""A query's tokens, each with the brackets that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from ownership_graph.stores.read_only import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

Bracket: TypeAlias = Literal[
    "", "call", "group", "tie", "list", "subquery", "quantifier", "inline", "map"
]
"""What a token stands in, "" for nothing.

call: the arguments of a function. group: other round brackets, nodes among them. tie: the
square ones of a relationship. subquery: the body of EXISTS, COUNT, COLLECT or CALL. inline:
the properties of a node or relationship in a pattern.
"""

KEYWORDS = frozenset({
    "MATCH", "OPTIONAL", "WHERE", "AND", "OR", "XOR", "NOT", "IN", "WITH", "RETURN", "UNWIND",
    "AS", "BY", "ORDER", "SKIP", "LIMIT", "CASE", "WHEN", "THEN", "ELSE", "END", "DISTINCT",
    "CALL", "UNION", "IS", "CONTAINS", "STARTS", "ENDS", "ASC", "ASCENDING", "DESC",
    "DESCENDING", "NULL", "TRUE", "FALSE",
})  # fmt: skip
"""Words that are no function where a round bracket follows."""

_CLOSING = (")", "]", "}")
_BODIES = frozenset({"EXISTS", "COUNT", "COLLECT", "CALL"})
_ARROWS = ("-", "->", "<-")


@dataclass(frozen=True, slots=True)
class Piece:
    """One token, what it stands in, and the index of the bracket that opens that (-1 for none).

    A bracket itself stands in what is around it.
    """

    token: Token
    within: Bracket
    opened: int


class Pieces:
    """A query whole, with questions about what stands beside what."""

    def __init__(self, cypher: str) -> None:
        """Errors: QueryError where a text or a comment has no end."""
        self.cypher = cypher
        self.tokens = tokens(cypher)
        self.all: list[Piece] = []
        self.kinds: dict[int, Bracket] = {}
        self.ends: dict[int, int] = {}
        stack: list[int] = []
        for index, token in enumerate(self.tokens):
            if token.is_sign(*_CLOSING) and stack:
                self.ends[stack.pop()] = index
            self.all.append(self._piece(token, stack))
            if token.is_sign("(", "[", "{"):
                self.kinds[index] = self._kind(index)
                stack.append(index)

    def _piece(self, token: Token, stack: list[int]) -> Piece:
        opened = stack[-1] if stack else -1
        return Piece(token, self.kinds.get(opened, ""), opened)

    def _kind(self, index: int) -> Bracket:
        before = self.at(index - 1)
        match self.tokens[index].text:
            case "(":
                called = before.kind == "name" or (before.upper and before.upper not in KEYWORDS)
                return "call" if called else "group"
            case "[":
                return "tie" if before.is_sign("-", "<-") else "list"
            case _:
                return self._curly(index, before)

    def _curly(self, index: int, before: Token) -> Bracket:
        if before.upper in _BODIES or self._closes_scope(index - 1):
            return "subquery"
        if self.at(index + 1).kind == "number" and before.is_sign(")", *_ARROWS):
            return "quantifier"
        around = self.all[index]
        if around.within == "tie" or (around.within == "group" and self._is_node(around, index)):
            return "inline"
        return "map"

    def _closes_scope(self, index: int) -> bool:
        """Whether there a round bracket ends that follows CALL: `CALL (m) { … }`."""
        opened = next((start for start, end in self.ends.items() if end == index), -1)
        return opened > 0 and self.at(opened - 1).upper == "CALL"

    def _is_node(self, around: Piece, index: int) -> bool:
        """Whether from the round bracket on there are only a variable and labels."""
        between = self.tokens[around.opened + 1 : index]
        return all(
            each.kind == "name"
            or (each.kind == "word" and each.upper not in KEYWORDS)
            or each.is_sign(":", "|", "&", "!")
            for each in between
        )

    @property
    def unclosed(self) -> Token | None:
        """The first bracket that is opened and has no end."""
        return next((self.tokens[each] for each in self.kinds if each not in self.ends), None)

    def at(self, index: int) -> Token:
        """The token there; before the first and after the last a blank sign."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else _NOTHING

    def functions(self) -> Iterator[tuple[int, str]]:
        """Where a function is called, and its name in small letters, `date.truncate` whole."""
        for index, kind in self.kinds.items():
            if kind != "call":
                continue
            name, start = self.at(index - 1).text, index - 1
            while self.at(start - 1).is_sign("."):
                start -= 2
                name = f"{self.at(start).text}.{name}"
            yield max(start, 0), name.lower()

    @cached_property
    def variables(self) -> frozenset[str]:
        """Names given by AS, or by `x IN` in a comprehension: they may hold anything."""
        given = set()
        for index, token in enumerate(self.tokens):
            if token.upper == "AS":
                given.add(self.at(index + 1).text)
            if token.upper == "IN" and self.at(index - 2).is_sign("[", "(", ","):
                given.add(self.at(index - 1).text)
        return frozenset(given)

    def clauses(self, word: str) -> list[int]:
        """Where that word stands outside all brackets, as a keyword."""
        return [
            index
            for index, piece in enumerate(self.all)
            if not piece.within and piece.token.upper == word and not self.is_a_name(index)
        ]

    def is_a_name(self, index: int) -> bool:
        """Whether the word there is a property, a label or an alias, not a keyword."""
        before = self.at(index - 1)
        return before.is_sign(".", ":") or before.upper == "AS"


_NOTHING = Token("sign", "", 0, 0)
