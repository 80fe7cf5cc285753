"""What a source said, made fit for a message: short, and unable to steer a terminal."""

from __future__ import annotations

LONGEST = 60
"""Characters of a value that a message shows."""


def shown(value: object) -> str:
    r"""The value in quotes; what cannot be printed is shown as an escape, long text is cut.

    >>> shown("leagl"), shown("\x1b[31m"), shown(7)
    ("'leagl'", "'\\x1b[31m'", '7')
    """
    if not isinstance(value, str):
        return brief(value)
    cut = value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
    return repr(cut)


def brief(value: object) -> str:
    """The value as text on one line, without quotes and cut; for errors and plain values.

    >>> brief(ValueError("no such thing"))
    'no such thing'
    """
    if isinstance(value, int) and value.bit_length() > LONGEST:
        return f"a number of {value.bit_length()} bits"
    text = str(value)
    cut = text if len(text) <= LONGEST * 3 else f"{text[: LONGEST * 3 - 1]}…"
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in cut)


def so_many(number: int, noun: str) -> str:
    """A number of things.

    >>> so_many(1, "link"), so_many(1_200, "file")
    ('1 link', '1,200 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
