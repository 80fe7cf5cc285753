"""A folder that a command fills, and may fill again: it bears a mark, and no other is touched."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def make_room(folder: Path, command: str, made: Sequence[str]) -> None:
    """An empty folder with a mark; what the command made there before is removed.

    `made` are the patterns of what it makes; nothing else is ever removed.

    Errors: UsageError where the folder holds what the command did not make, or cannot be written.
    """
    mark = folder / f"made-by-ownership-graph-{command}.txt"
    doing = f"making the {'demo' if command == 'demo' else 'tables'}"
    again = f"Name another: ownership-graph {command} FOLDER."
    if folder.is_dir() and any(folder.iterdir()) and not mark.is_file():
        raise UsageError(
            f"{doing}: the folder {folder} holds files that no {command} made. {again}"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        mark.write_text(
            f"This folder was made by `ownership-graph {command}`; running it again replaces"
            f" {', '.join(made)} here.\n",
            encoding="utf-8",
        )
        for each in [each for pattern in made for each in folder.glob(pattern)]:
            shutil.rmtree(each) if each.is_dir() else each.unlink()
    except OSError as error:
        raise UsageError(
            f"{doing}: the folder {folder} cannot be written to ({error.strerror}). {again}"
        ) from error
