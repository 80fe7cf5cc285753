"""Large JSON files, read into a type that says what is kept: the rest costs no memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.readers.documents import fault_in_json, whole_text

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1 << 30
"""Characters of the largest file that is read; it is held in memory while it is."""

T = TypeVar("T")


def read_json_as(path: Path, type_: type[T], *, doing: str) -> T:
    """What the file holds, as that type; `doing` begins the sentence of an error.

    Raises:
        SourceError: it cannot be read, is too large, is no JSON or cut off, nests too deeply,
            or is not of the type.
    """
    text = whole_text(path, doing=doing, largest=LARGEST)
    line = 0
    try:
        return msgspec.json.decode(text, type=type_)
    except msgspec.ValidationError as error:
        why = f"it is not what was expected: {brief(error)}. Is it another file?"
    except msgspec.DecodeError as error:
        line, ended = fault_in_json(error, text)
        why = f"this is no JSON, or cut off: {ended}. Get it again."
    except RecursionError:
        why = "it nests hundreds deep. Nobody writes that; see where it comes from."
    raise SourceError(f"{doing}: {why}", file=str(path), line=line)
