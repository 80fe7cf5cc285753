"""Text made safe for where it is shown: terminals and spreadsheets."""

from __future__ import annotations

import unicodedata

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str, *, longest: int = 120) -> str:
    r"""One line for a terminal: what could steer it is shown as an escape, long text is cut.

    >>> printable("a\x1b[31m b")
    'a\\x1b[31m b'
    """
    shown = "".join(
        each.encode("unicode_escape").decode() if unicodedata.category(each) in _HIDDEN else each
        for each in text[: longest + 1]
    )
    return shown if len(text) <= longest else shown[: longest - 1] + "…"


def cell(value: object) -> object:
    """A value for a CSV cell: text that a spreadsheet would take for a formula gets a quote.

    >>> cell("=1+1"), cell(-3)
    ("'=1+1", -3)
    """
    if isinstance(value, list | tuple):
        return cell("; ".join(str(each) for each in value))
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
