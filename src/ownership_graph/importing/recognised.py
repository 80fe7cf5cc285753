"""Sources recognised in a folder, by what each importer says of the files there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ownership_graph.importing.importers import Importer
    from ownership_graph.importing.recognising import Found
    from ownership_graph.importing.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Recognised:
    """A source that was recognised, and which importer reads it."""

    importer: Importer
    found: Found


def recognise(
    surroundings: Surroundings, importers: Iterable[Importer]
) -> tuple[list[Recognised], list[str]]:
    """The sources in a folder by their paths, and why an importer could not look.

    What one importer recognises for certain is not asked about for another, and what any
    recognises is not what it can be otherwise.
    """
    found: list[Recognised] = []
    failed: list[str] = []
    for importer in importers:
        try:
            found += [Recognised(importer, each) for each in importer.recognise(surroundings)]
        except SourceError as error:
            failed.append(str(error))
    known = {path for each in found if not each.found.otherwise for path in _paths(each.found)}
    certain = {file for each in found if not each.found.ask for file in _files(each.found)}
    kept = [
        each
        for each in found
        if not (each.found.ask and certain.issuperset(_files(each.found)))
        and not (each.found.otherwise and each.found.path in known)
    ]
    return sorted(kept, key=_place), failed


def _paths(found: Found) -> Iterator[Path]:
    yield found.path
    yield from found.also


def _files(found: Found) -> tuple[Path, ...]:
    """What it stands for; not the folder of its files, which can hold other sources, too."""
    if any(found.path in each.parents for each in found.also):
        return found.also
    return (found.path, *found.also)


def _place(each: Recognised) -> tuple[bool, Path, str]:
    """What can be imported at once stands first."""
    return bool(each.found.ask), each.found.path, each.importer.name
