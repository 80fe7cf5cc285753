"""Text in blocks of whole lines: what is sound in a block is taken at once."""

from __future__ import annotations

from typing import IO

_CHARACTERS = 32_768


def next_block(text: IO[str], longest: int) -> str:
    """The next lines of the text, each with its end; nothing at the end of the text.

    The last line can be as long as `longest` and a block; what is beyond that is passed over.
    """
    block = text.read(_CHARACTERS)
    if block and not block.endswith("\n"):
        line = text.readline(longest)
        block += line
        if len(line) == longest and not line.endswith("\n"):
            block += skip_line(text, line)
    return block


def skip_line(text: IO[str], begun: str) -> str:
    """The end of a line of which some was read; what the line still holds is passed over."""
    while begun and not begun.endswith(("\n", "\r")):
        begun = text.readline(_CHARACTERS)
    return "\n"
