"""Patterns in which `*` is any text and `?` any one character, in time linear in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def fits(patterns: Sequence[str]) -> Callable[[str], bool]:
    """A test whether a text fits one of the patterns, without regard to case.

    >>> answered_no = fits(["no", "no *"])
    >>> answered_no("No"), answered_no("no plan"), answered_no("November")
    (True, True, False)
    """
    folded = [each.casefold() for each in patterns]
    plain = frozenset(each for each in folded if not _is_wild(each))
    wild = [_wild(each) for each in folded if _is_wild(each)]

    def fit(text: str) -> bool:
        small = text.casefold()
        return small in plain or any(each(small) for each in wild)

    return fit if wild else lambda text: text.casefold() in plain


def _is_wild(pattern: str) -> bool:
    return "*" in pattern or "?" in pattern


def _wild(pattern: str) -> Callable[[str], bool]:
    """The test of one folded pattern.

    What stands between the stars has a length of its own, so each part is looked for once,
    as far to the left as it can be: there is nothing to go back to.
    """
    if "*" not in pattern:
        whole = _part(pattern)
        return lambda text: whole.fullmatch(text) is not None
    head, *middle, tail = pattern.split("*")
    if not any((head, *middle, tail)):
        return lambda _text: True
    starts, ends = _part(head), _part(tail)
    between = [_part(each) for each in middle if each]

    def fit(text: str) -> bool:
        at, last = len(head), len(text) - len(tail)
        if at > last or not starts.match(text) or not ends.match(text, last):
            return False
        for each in between:
            found = each.search(text, at, last)
            if not found:
                return False
            at = found.end()
        return True

    return fit


def _part(text: str) -> re.Pattern[str]:
    """A part of a pattern without stars."""
    return re.compile("".join("." if each == "?" else re.escape(each) for each in text), re.DOTALL)
