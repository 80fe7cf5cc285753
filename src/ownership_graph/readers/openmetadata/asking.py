"""OpenMetadata over its API: models with their lineage, tables under them, people and teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.readers.openmetadata.catalogue import DOING, MODEL, TEAM, USER, Catalogue
from ownership_graph.readers.picking import at, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.readers.web import Site

_FIELDS = {MODEL: "owners", "table": "owners", TEAM: "parents,owners", USER: "teams"}


def asked(site: Site, page_size: int) -> Catalogue:
    """What the server holds, deleted entities included; of tables those that models stand on.

    Raises:
        SourceError: the server does not answer as it should.
    """
    catalogue = Catalogue()
    for kind in (MODEL, TEAM, USER):
        for each in _pages(site, kind, page_size, catalogue):
            catalogue.entities[kind][text(each, "id")] = each
    for own_id in catalogue.entities[MODEL]:
        parameters = {"upstreamDepth": 1, "downstreamDepth": 0}
        answer = site.get(f"v1/lineage/{MODEL}/{own_id}", parameters)
        catalogue.take_lineage(table(answer.data))
    wanted = _tables_under(catalogue)
    if wanted:
        for each in _pages(site, "table", page_size, catalogue):
            if text(each, "id") in wanted:
                catalogue.entities["table"][text(each, "id")] = each
                wanted.discard(text(each, "id"))
            if not wanted:
                break
    return catalogue


def _tables_under(catalogue: Catalogue) -> set[str]:
    models = catalogue.entities[MODEL].values()
    found = [each for model in models for each in catalogue.features_of(model)]
    found += [each for model in catalogue.entities[MODEL] for each in catalogue.upstream[model]]
    return {text(each, "id") for each in found if text(each, "type") == "table"}


def _pages(
    site: Site, kind: str, page_size: int, catalogue: Catalogue
) -> Iterator[dict[str, object]]:
    """All entities of a kind, page by page; fewer than the stated total are told."""
    parameters: dict[str, str | int] = {
        "fields": _FIELDS[kind],
        "include": "all",
        "limit": page_size,
    }
    count, total, seen = 0, 0, {""}
    while True:
        data = site.get(f"v1/{kind}s", parameters).data
        page = tables(data, "data")
        yield from page
        count += len(page)
        said, after = at(data, "paging", "total"), text(data, "paging", "after")
        total = said if isinstance(said, int) else total
        if after in seen:
            break
        seen.add(after)
        parameters["after"] = after
    if count < total:
        catalogue.shortfalls.append(
            f"{DOING}: the server gave {count:,} of {total:,} entities of the kind {kind}. May"
            " the token see all of them?"
        )
