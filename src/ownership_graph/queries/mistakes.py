"""All that is wrong with one file of a question, each mistake with the line that it is in."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError
from ownership_graph.stores.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTINUED = "//   "
"""Begins a line of the header that goes on with the field above."""
LONGEST = 100
"""Characters of a line that are shown."""

_NAMED = re.compile(r"['`](\w+)['`]")
_WORD = re.compile(r"\$?\w+")


class Mistakes:
    """The mistakes of one file; what can still be read after one is read on."""

    def __init__(self, file: str, text: str) -> None:
        """`text` is what stands in the file, to show the lines from."""
        self.file, self.text = file, text
        self._found: list[QueryError] = []

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._found)

    @contextmanager
    def noted(self, first_line: int = 1) -> Iterator[None]:
        """Keep what goes wrong in the block; `first_line` is where in the file its text begins."""
        try:
            yield
        except QueryError as error:
            self.note(error, first_line)

    def note(self, error: QueryError, first_line: int = 1) -> None:
        """Keep one mistake, of which the line in a text is known that begins at that line."""
        line, column = in_whole(first_line, max(error.line, 1), error.column)
        self._found.append(in_file(error.message, self.file, self.text, line=line, column=column))

    def in_order(self) -> tuple[QueryError, ...]:
        """Each mistake once, by its line."""
        by_place = sorted(self._found, key=lambda each: (each.line, each.column))
        return tuple({str(each): each for each in by_place}.values())


def in_whole(first_line: int, line: int, column: int) -> tuple[int, int]:
    """Where in the file a place of the query is that begins at `first_line`; 0 stays unknown.

    The whole file is one query; the other one, of `among`, stands in it behind `//   `.
    """
    behind = len(CONTINUED) if first_line > 1 else 0
    return line and first_line + line - 1, column and behind + column


def place_of(error: QueryError, cypher: str) -> tuple[int, int]:
    """Line and column of what a store complains of: as it says, else where it last stands.

    Stores do not always tell where; mostly they name what they do not know.
    """
    if error.line:
        return error.line, error.column
    named = {found.casefold() for found in _NAMED.findall(error.message)}
    for token in reversed(tokens(cypher)):
        if token.text.casefold() in named:
            return token.line, token.column
    return 0, 0


def in_file(message: str, file: str, text: str, *, line: int, column: int = 0) -> QueryError:
    """A mistake with its place, and the line itself, marked, as its notes."""
    error = QueryError(message, file=file, line=line, column=column)
    for each in marked(text, line, column):
        error.add_note(each)
    return error


def marked(text: str, line: int, column: int = 0) -> tuple[str, ...]:
    r"""A line with its number, and below it what is meant: a word, or all of the line.

    >>> print(*marked("MATCH (m:Modle)\nRETURN m", 1, 10), sep="\n")
    1 | MATCH (m:Modle)
      |          ^^^^^
    """
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return ()
    shown = lines[line - 1].rstrip().replace("\t", " ")
    start = column - 1 if column else len(shown) - len(shown.lstrip())
    word = _WORD.match(shown, start)
    end = (word.end() if word else start + 1) if column else len(shown)
    cut = max(min(start, end - LONGEST), 0)  # what is meant may stand far behind in a long line
    shown, start, end = shown[cut : cut + LONGEST], start - cut, min(end - cut, LONGEST)
    number = str(line)
    arrows = " " * start + "^" * max(end - start, 1)
    return f"{number} | {shown}", f"{' ' * len(number)} | {arrows}"
