"""A file that is written whole or not at all, and that its owner alone can read."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

from ownership_graph.errors import OwnershipGraphError

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, text: str) -> int:
    """Write `text` to `path` with mode 0600; how many bytes it took.

    Raises:
        OwnershipGraphError: the folder is missing or read-only, the disk is full, or there is
            a folder at `path`; what was at `path` is as it was.
    """
    raw = text.encode()
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, path)  # noqa: PTH105 -- the name is a text here
    except OSError as error:
        if name and os.path.lexists(name):
            os.unlink(name)  # noqa: PTH108
        raise OwnershipGraphError(
            f"writing the page to '{path}': {error.strerror}. Give the name of a file in a"
            " folder that is there, that you may write to, and that has room."
        ) from error
    return len(raw)
