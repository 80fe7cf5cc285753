"""E-mail addresses: the one that a field holds, and those that stand among other words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_ADDRESS = 320
"""Characters of the longest address: 64 before the @, 255 behind it (RFC 3696)."""

_ADDRESS = re.compile(
    r"(?:mailto:)?(?P<own>[^\s@<>,;:/\\\"()\[\]|]+@(?:[\w-]+\.)*[^\W\d_][\w-]*)(?:\?.*)?"
)
"""A host ends in a word that begins with a letter: `llama@3.1` is a version of something."""

_BETWEEN = re.compile(r"[\s,;<>()\[\]\"|]+")
_AROUND = ".!?'`*"


def address(text: str) -> str:
    """The e-mail address in lower case; empty where the text is none, or more than one.

    >>> address("Jane.Doe@Example.org"), address("mailto:j@example.org?subject=Hi")
    ('jane.doe@example.org', 'j@example.org')
    >>> address("a@b.c; d@e.f"), address("llama@3.1"), address("jane@mailhost")
    ('', '', 'jane@mailhost')
    """
    text = text.strip().casefold()
    found = _ADDRESS.fullmatch(text) if len(text) <= LONGEST_ADDRESS else None
    return found["own"] if found else ""


def addresses(said: str) -> Iterator[str]:
    """The e-mail addresses in a text, in lower case.

    Their hosts have a dot: among other words `llama@main` is no address, in a field it is one.

    >>> list(addresses("Ann <Ann@corp.example>; mailto:bob@corp.example, https://x@corp.example"))
    ['ann@corp.example', 'bob@corp.example']
    >>> list(addresses("ask 'ann@corp.example' about llama@main."))
    ['ann@corp.example']
    """
    for piece in _BETWEEN.split(said):
        found = address(piece.strip(_AROUND))
        if "." in found.partition("@")[2]:
            yield found
