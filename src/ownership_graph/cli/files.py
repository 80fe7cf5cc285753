"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ownership_graph.errors import OwnershipGraphError


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A text stream that becomes the file at `path` when the block ends well.

    Raises:
        OwnershipGraphError: the folder is missing or cannot be written to.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise OwnershipGraphError(
            f"writing {path}: {error.strerror}. Is there such a folder, and may you write to it?"
        ) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            yield out
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
