"""Names folded, so that what is written in two ways is found to be the same."""

from __future__ import annotations

import re
import unicodedata

PERSON = "Person"
"""The label whose ids are folded: logins do not differ in case."""

_NO_LETTER = re.compile(r"[\W_]+")


def folded(label: str, own_id: str) -> str:
    """The id as it is looked up: of a person without case, blanks and the @ before it.

    >>> folded("Person", " @Octo Cat"), folded("Team", " @Octo Cat")
    ('octocat', ' @Octo Cat')
    """
    if label != PERSON:
        return own_id
    return "".join(own_id.split()).casefold().removeprefix("@")


def bare(text: str) -> str:
    """The letters and digits alone, without case and accents.

    >>> bare("Ó. Cat-Smith")
    'ocatsmith'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _NO_LETTER.sub("", "".join(each for each in apart if not unicodedata.combining(each)))


def words(name: str) -> tuple[str, ...]:
    """The words of a name in order, each bare; what is in brackets is left out.

    >>> words("Cat, Octo (external)")
    ('cat', 'octo')
    """
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name)
    return tuple(sorted(filter(None, map(bare, re.split(r"[\s,;.]+", plain)))))


def native(own_id: str) -> str:
    """The id without the system that it comes from.

    >>> native("gh:octocat"), native("octocat")
    ('octocat', 'octocat')
    """
    system, colon, rest = own_id.partition(":")
    return rest if colon and system.isalnum() and rest else own_id
