"""Files that are written whole or not at all, and that mostly their owner alone can read."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ownership_graph.errors import OwnershipGraphError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_NAME = 50
OWN = 0o600
"""The mode of a file that its owner alone can read."""


@contextmanager
def whole_file(path: Path, *, mode: int = OWN) -> Iterator[TextIO]:
    """A text stream, UTF-8, that becomes the file at `path` when the block ends well.

    Half of a surrogate pair, which UTF-8 cannot hold, is written as an escape.

    Raises:
        UsageError: there is a folder at `path`.
        OwnershipGraphError: the folder is missing or read-only, or the disk is full; what was
            there is as it was.
    """
    refuse_folder(path)
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:LONGEST_NAME]}.")
        with os.fdopen(
            handle, "w", encoding="utf-8", errors="backslashreplace", newline=""
        ) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if mode != OWN:
            Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError as error:
        raise OwnershipGraphError(
            f"writing {path}: {error.strerror}. Name a file in a folder that is there, that you"
            " may write to, and that has room."
        ) from error
    finally:
        if name:
            Path(name).unlink(missing_ok=True)  # after a good end it has the other name


def refuse_folder(path: Path) -> None:
    """Raise UsageError where a folder stands in the place of the file that is to be written."""
    if path.is_dir():
        raise UsageError(f"writing '{path}': that is a folder. Name a file in it.")
