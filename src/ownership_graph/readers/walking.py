"""The files of a folder that an importer looks for, at any depth."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSED_OVER = frozenset({".git", ".hg", ".svn", ".tox", ".venv", "__pycache__", "node_modules"})
"""Folders in which nobody keeps what is meant."""

MOST = 1_000_000
"""Files and folders that are looked at; checkouts of the largest companies have fewer."""


def files_under(folder: Path, *patterns: str, doing: str) -> list[Path]:
    """The files whose name, or path from `folder` on, fits one of the patterns, in their order.

    A pattern with a slash is held against the path (`*` also spans folders), another against the
    name. Links to folders are not followed. `doing` begins the sentence of an error.

    Raises:
        SourceError: there is no such folder, a fitting file is a link out of it, or there are
            more files than anyone can mean.
    """
    if not folder.is_dir():
        raise SourceError(f"{doing}: there is no such folder. Check the path.", file=str(folder))
    inside = os.path.realpath(folder)
    found = []
    for path in _walked(folder, doing):
        if _fits(path, folder, patterns):
            if not Path(os.path.realpath(path)).is_relative_to(inside):
                raise SourceError(
                    f"{doing}: this link leads out of the folder. Put the file itself there.",
                    file=str(path),
                )
            found.append(path)
    return sorted(found)


def _walked(folder: Path, doing: str) -> Iterator[Path]:
    seen = 0
    for place, folders, files in os.walk(folder):
        folders[:] = [each for each in folders if each not in PASSED_OVER]
        seen += len(folders) + len(files)
        if seen > MOST:
            raise SourceError(
                f"{doing}: there are more than {MOST:,} files. Name a folder further in.",
                file=str(folder),
            )
        yield from (Path(place, each) for each in files)


def _fits(path: Path, folder: Path, patterns: tuple[str, ...]) -> bool:
    inside = path.relative_to(folder).as_posix()
    return any(fnmatchcase(inside if "/" in each else path.name, each) for each in patterns)
