"""What an importer says of the files in a folder that it would read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Found:
    """A source that an importer recognises: what its table in the settings would say.

    `path` is the file or folder that it reads, and `what` says in a few words what that is, as
    in "the owners of 12 folders". `options` are further keys of the table, the importer's own
    or those of every source (`mode`, `authoritative_for`); a path among them is absolute, or
    taken from the working folder. `name` is what it would be called: the importer's name where
    it is blank. `also` are other files that it reads or stands for. Where a person must first
    do or decide something, `ask` says what, as a sentence, and the table is written commented
    out. `otherwise` holds where it is only what anything of the kind can be, and `trace` where the
    source is no file but a system that `path` speaks of: no path is written.
    """

    path: Path
    what: str
    options: Mapping[str, object] = field(default_factory=dict)
    name: str = ""
    also: tuple[Path, ...] = ()
    ask: str = ""
    otherwise: bool = False
    trace: bool = False


def in_folders(files: Iterable[Path], what: str) -> Iterator[Found]:
    """A source for each topmost folder with such files, for an importer that reads a whole one.

    A file that is alone there is the source itself.
    """
    by_folder: dict[Path, list[Path]] = {}
    for file in sorted(files, key=lambda each: (len(each.parts), each)):
        above = next((each for each in by_folder if file.is_relative_to(each)), file.parent)
        by_folder.setdefault(above, []).append(file)
    for folder, inside in by_folder.items():
        alone = len(inside) == 1
        yield Found(inside[0] if alone else folder, what, also=() if alone else tuple(inside))


def by_beginning(
    surroundings: Surroundings,
    usual: Sequence[str],
    others: Sequence[str],
    begins: Callable[[str], object],
    what: str,
) -> Iterator[Found]:
    """The files that begin as they should: those called as usual by their folders, others alone.

    For an importer that looks in a folder for the usual names, and reads any file that is named.
    """
    named = surroundings.named(*usual)
    yield from in_folders((each for each in named if begins(surroundings.start(each))), what)
    for each in surroundings.named(*others):
        if each not in named and begins(surroundings.start(each)):
            yield Found(each, what)
