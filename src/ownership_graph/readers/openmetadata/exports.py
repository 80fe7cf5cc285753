"""OpenMetadata out of files: pages of its API, lists, or entities one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.readers.documents import read_json
from ownership_graph.readers.openmetadata.catalogue import DOING, Catalogue
from ownership_graph.readers.picking import at, table, tables
from ownership_graph.readers.walking import files_at

if TYPE_CHECKING:
    from pathlib import Path


def files_of(path: Path) -> list[Path]:
    """The files that are read: the one that is named, or each *.json below the folder."""
    return files_at(path, "*.json", doing=DOING)


def exported(path: Path) -> Catalogue:
    """All that the files hold.

    Raises:
        SourceError: a file is no JSON, or there is no entity in any of them.
    """
    catalogue = Catalogue()
    for file in files_of(path):
        data = read_json(file, doing=DOING)
        pages = isinstance(at(data, "data"), list)
        kinds = [catalogue.take(each) for each in tables(data, *(["data"] if pages else []))]
        _note_total(catalogue, kinds, table(data, "paging"))
    if not any(catalogue.entities.values()):
        raise SourceError(
            f"{DOING}: there is no entity. Save what GET /api/v1/mlmodels, tables, teams and users"
            " answer as *.json.",
            file=str(path),
        )
    for kind, total in catalogue.totals.items():
        there = len(catalogue.entities[kind])
        if there < total:
            catalogue.shortfalls.append(
                f"{DOING}: {there:,} of {total:,} entities of the kind {kind} are there. Save all"
                " pages, or read over --url."
            )
    return catalogue


def _note_total(catalogue: Catalogue, kinds: list[str], paging: dict[str, object]) -> None:
    total = at(paging, "total")
    if kinds and kinds[0] and isinstance(total, int):
        catalogue.totals[kinds[0]] = max(total, catalogue.totals.get(kinds[0], 0))
