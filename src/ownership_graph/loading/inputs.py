"""Whether the files of a source are the very ones that were read before."""

from __future__ import annotations

import errno
import stat
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ownership_graph.loading.order import Order

BYTES = 16
PIECE = 1 << 20


def fingerprint(order: Order) -> str:
    """32 hexadecimal digits over all that the importer would read, and how.

    Empty where the importer does not name its files, or where one cannot be read: reading it
    tells why.
    """
    digest = blake2b(digest_size=BYTES)
    told = {name: str(value) for name, value in sorted(order.options.items())}
    how = order.importer.name, order.mode, sorted(order.ending), told
    digest.update(repr(how).encode(errors="backslashreplace"))
    try:
        files = order.importer.files(**order.options)
        for file in (order.importer.file, *files) if files else ():
            _take(digest, file)
    except OSError:
        return ""
    return digest.hexdigest() if files else ""


def _take(digest: blake2b, file: Path) -> None:
    found = file.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "a pipe can be read once only", str(file))
    digest.update(f"\0{file.name}\0{found.st_size}\0".encode(errors="backslashreplace"))
    with file.open("rb") as content:
        while piece := content.read(PIECE):
            digest.update(piece)
