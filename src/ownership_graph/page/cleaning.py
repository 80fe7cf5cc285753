"""Texts made fit for a page: no e-mail address, nothing unshowable, not endless."""

from __future__ import annotations

import re

LONGEST_TEXT = 2000
"""Characters of one text that go into a page; of a longer one the page says what it left out."""

_AT = r"(?:[@\N{FULLWIDTH COMMERCIAL AT}\N{SMALL COMMERCIAL AT}]|%40)"
_HAS_AT = re.compile(_AT)
_LOCAL = r"[^\s@\N{FULLWIDTH COMMERCIAL AT}\N{SMALL COMMERCIAL AT}<>()\[\],;:/|]{1,64}"
_DOMAIN = r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}"
_ADDRESS = re.compile(f"({_LOCAL}){_AT}({_DOMAIN})")
_SECRET_IN_URL = re.compile(r"://[^\s/@]{1,256}@")
_IP_PARTS = 4

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Controls, among them those that turn the direction of text: a name must not lie about itself."""


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text as a page may hold it: no e-mail address, nothing unshowable, not endless.

    >>> clean("ask octo.cat@corp.example about llama@3.1")
    'ask octo.cat@… about llama@3.1'
    """
    if (  # nothing in it can need a change, as in most texts: told quickly
        len(text) <= longest
        and text.isascii()
        and text.isprintable()
        and "@" not in text
        and "%40" not in text
    ):
        return text
    if len(text) > longest:
        text = f"{text[:longest]}… ({len(text):,} characters, cut here)"
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    text = _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    if not _HAS_AT.search(text):
        return text
    return _ADDRESS.sub(_without_domain, _SECRET_IN_URL.sub("://", text))


def _without_domain(found: re.Match[str]) -> str:
    """The address without its domain, unless it is a version, as in `llama@3.1` or `x@v2`."""
    parts = found[2].split(".")
    is_host = parts[-1].isalpha() or parts[-1].startswith("xn--") or len(parts) == _IP_PARTS
    return f"{found[1]}@…" if is_host else found[0]
