"""The files of a folder that an importer looks for, at any depth."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ownership_graph.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSED_OVER = frozenset({".git", ".hg", ".svn", ".tox", ".venv", "__pycache__", "node_modules"})
"""Folders in which nobody keeps what is meant."""

MOST = 1_000_000
"""Files and folders that are looked at; checkouts of the largest companies have fewer."""


def files_at(path: Path, *patterns: str, doing: str) -> list[Path]:
    """The file at that path, or where a folder is there those in it that `files_under` finds."""
    return files_under(path, *patterns, doing=doing) if path.is_dir() else [path]


def place_of(file: Path, path: Path) -> str:
    """What a file that was found at `path` is called: its path from there on, or its name."""
    return file.name if file == path else file.relative_to(path).as_posix()


def files_under(folder: Path, *patterns: str, doing: str) -> list[Path]:
    """The files whose name, or path from `folder` on, fits one of the patterns, in their order.

    A pattern with a slash is held against the path (`*` also spans folders), another against the
    name. Links to folders are not followed. `doing` begins the sentence of an error.

    Raises:
        SourceError: there is no such folder, one in it cannot be read, a fitting file is a link
            out of it, or there are more files than anyone can mean.
    """
    if not folder.is_dir():
        raise SourceError(f"{doing}: there is no such folder. Check the path.", file=str(folder))
    inside = os.path.realpath(folder)
    found, seen = [], 0
    for place, files, links in walked(folder, doing=doing):
        seen += 1 + len(files) + len(links)
        if seen > MOST:
            raise SourceError(
                f"{doing}: there are more than {MOST:,} files. Name a folder further in.",
                file=str(folder),
            )
        found += [path for each in files if _fits(path := place / each, folder, patterns)]
    for path in found:
        if not Path(os.path.realpath(path)).is_relative_to(inside):
            raise SourceError(
                f"{doing}: this link leads out of the folder. Put the file itself there.",
                file=str(path),
            )
    return sorted(found)


def walked(folder: Path, *, doing: str) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Each folder from that one on: the names of its files, and of its links to folders.

    Those are not followed. `doing` begins the sentence of an error.

    Raises:
        SourceError: a folder cannot be read; without it what lies there would be taken for gone.
    """
    try:
        for place, folders, files in os.walk(folder, onerror=_fail):
            links = [each for each in folders if Path(place, each).is_symlink()]
            folders[:] = sorted({*folders}.difference(PASSED_OVER, links))
            yield Path(place), sorted(files), links
    except OSError as error:
        raise SourceError(
            f"{doing}: a folder could not be read ({error.strerror}). Check the path, and"
            " whether you may read it.",
            file=str(error.filename),
        ) from error


def _fail(error: OSError) -> NoReturn:
    raise error


def _fits(path: Path, folder: Path, patterns: tuple[str, ...]) -> bool:
    inside = path.relative_to(folder).as_posix()
    return any(fnmatchcase(inside if "/" in each else path.name, each) for each in patterns)
