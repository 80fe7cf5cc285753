"""Large JSON files, read into a type that says what is kept: the rest costs no memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import msgspec

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.importing.text_files import open_text

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1 << 30
"""Characters of the largest file that is read; it is held in memory while it is."""

T = TypeVar("T")

_BYTE = re.compile(r"\(byte (\d+)\)")


def read_json_as(path: Path, type_: type[T], *, doing: str) -> T:
    """What the file holds, as that type; `doing` begins the sentence of an error.

    Raises:
        SourceError: it cannot be read, is too large, is no JSON or cut off, nests too deeply,
            or is not of the type.
    """
    with open_text(path, doing=doing) as stream:
        text = stream.read(LARGEST + 1)
    if len(text) > LARGEST:
        why = f"the file is larger than {LARGEST >> 20:,} MiB. Split it."
        raise SourceError(f"{doing}: {why}", file=str(path))
    try:
        return msgspec.json.decode(text, type=type_)
    except msgspec.ValidationError as error:
        why, line = f"it is not what was expected: {brief(error)}. Is it another file?", 0
    except msgspec.DecodeError as error:
        why, line = (
            f"this is no JSON, or cut off: {_why(error)}. Get it again.",
            _line(error, text),
        )
    except RecursionError:
        why, line = "it nests hundreds deep. Nobody writes that; see where it comes from.", 0
    raise SourceError(f"{doing}: {why}", file=str(path), line=line)


def _why(error: msgspec.DecodeError) -> str:
    return brief(_BYTE.sub("", str(error)).removeprefix("JSON is malformed:").strip())


def _line(error: msgspec.DecodeError, text: str) -> int:
    """The line on which reading it ended."""
    found = _BYTE.search(str(error))
    before = text.encode()[: int(found[1])].decode(errors="replace") if found else text
    return before.count("\n") + 1
