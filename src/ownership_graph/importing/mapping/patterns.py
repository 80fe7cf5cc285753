"""Patterns with `*` and `?`, compared without case, in time linear in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern: `*` is any text, `?` any one character, anything else itself.

    Between two stars the leftmost place that fits is taken, so that no pattern can make
    matching slow, whatever the text.

    >>> Pattern("yes*").fits("Yes, by the vendor"), Pattern("?*").fits("")
    (True, False)
    """

    text: str
    _pieces: tuple[tuple[re.Pattern[str], int], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the pieces between the stars; each fits texts of one length only."""
        pieces = [
            (
                re.compile("".join("." if c == "?" else re.escape(c) for c in piece), re.DOTALL),
                len(piece),
            )
            for piece in self.text.casefold().split("*")
        ]
        object.__setattr__(self, "_pieces", tuple(pieces))

    def fits(self, value: str) -> bool:
        """Whether the whole value fits."""
        text = value.casefold()
        (first, at), *rest = self._pieces
        if not rest:
            return first.fullmatch(text) is not None
        if first.match(text) is None:
            return False
        for piece, _ in rest[:-1]:
            found = piece.search(text, at)
            if found is None:
                return False
            at = found.end()
        last, length = rest[-1]
        return len(text) - length >= at and last.match(text, len(text) - length) is not None


@dataclass(frozen=True, slots=True)
class Patterns:
    """Several patterns, of which one must fit; those without stars are looked up."""

    plain: frozenset[str]
    others: tuple[Pattern, ...]

    def fit(self, value: str) -> bool:
        """Whether one of them fits."""
        return value.casefold() in self.plain or any(each.fits(value) for each in self.others)


def patterns(texts: list[str]) -> Patterns:
    """The patterns of a list.

    >>> patterns(["n/a", "none*"]).fit("N/A")
    True
    """
    with_stars = [text for text in texts if "*" in text or "?" in text]
    plain = frozenset(text.casefold() for text in texts if text not in with_stars)
    return Patterns(plain, tuple(Pattern(text) for text in with_stars))
