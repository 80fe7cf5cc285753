"""OpenMetadata: models with their owners, the data they stand on, and who the owners are.

Read over the API (--url with --token), page by page, or from files in JSON that hold its answers.
Datasets are taken as far as a model stands on them, people and teams as far as they own something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import in_folders
from ownership_graph.readers.authorization import authorization
from ownership_graph.readers.gathering import gathered
from ownership_graph.readers.openmetadata import DOING, Catalogue, People, asked, exported
from ownership_graph.readers.openmetadata.catalogue import MODEL
from ownership_graph.readers.openmetadata.exports import files_of
from ownership_graph.readers.picking import tables, text, yes
from ownership_graph.readers.stating import Stating
from ownership_graph.records import Partial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.importing.recognising import Found
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.stating import End
    from ownership_graph.records import Record
    from ownership_graph.secret import Secret

PROVIDES = ("Model", "OWNS")

HINT = 0.4
"""How sure an owner is who stands there by inheritance: less than what counts as an owner."""

_ASKED = re.compile(r"/api/v1/(mlmodels|tables|teams|users)/")
_DATA = frozenset(
    {"table", "topic", "container", "searchindex", "dashboarddatamodel", "storedproc"}
)


def inputs(path: Path | None = None, **_: object) -> list[Path]:
    """The files that are all that `read` looks at; none over the API."""
    return files_of(path) if path else []


def read(
    path: Path | None = None,
    *,
    url: str = "",
    token: Secret | None = None,
    role: str = "accountable",
    page_size: int = 100,
) -> Iterator[Record]:
    """The models that were not deleted, and what is tied to them.

    Args:
        path: A file in JSON, or a folder of them; or nothing, with --url.
        url: The API: https://host/api.
        token: Where the token is kept: env:NAME or file:PATH.
        role: As what an owner owns a model.
        page_size: How many are asked for at a time.
    """
    if bool(url) == bool(path):
        raise UsageError(
            f"{DOING}: give either a file or folder, or --url. Not both, not neither."
        )
    catalogue = exported(path) if path else _asked(url, authorization(token), page_size)
    stating = Stating(path.name if path else url)
    yield from gathered(_Reading(catalogue, stating, role).records())
    yield from map(stating.rejected, dict.fromkeys(catalogue.faults))
    for why in catalogue.shortfalls:
        yield Partial(why, stating.file)


def found(surroundings: Surroundings) -> Iterator[Found]:
    """The files that begin with entities that were asked for over the API, by their folders."""
    files = surroundings.named("*.json")
    kinds = {file: {*_ASKED.findall(surroundings.start(file))} for file in files}
    if any("mlmodels" in each for each in kinds.values()):
        files = [file for file in files if kinds[file]]
        yield from in_folders(files, "models and their owners out of OpenMetadata")


def _asked(url: str, secret: str, page_size: int) -> Catalogue:
    from ownership_graph.readers.web import Site  # noqa: PLC0415 -- an extra

    with Site(url, doing=DOING, authorization=secret) as site:
        return asked(site, page_size)


class _Reading:
    """One catalogue, and what becomes of it."""

    def __init__(self, catalogue: Catalogue, stating: Stating, role: str) -> None:
        self.catalogue, self.stating, self.role = catalogue, stating, role
        self.people = People(catalogue, stating)
        self.data: dict[End, dict[str, object]] = {}

    def records(self) -> Iterator[Record]:
        """Models, then the data that they stand on, then the owners of both."""
        for model in self.catalogue.all_of(MODEL):
            yield from self._model(model)
        for end, said in self.data.items():
            name = text(said, "displayName") or text(said, "name")
            yield self.stating.node(end, name=name, kind=text(said, "type"))
            yield from self._owners(self.catalogue.of(said), end, "responsible")
        yield from self.people.records()

    def _model(self, said: dict[str, object]) -> Iterator[Record]:
        end = "Model", _id(said)
        if not end[1]:
            yield self.stating.rejected(f"the model {shown(text(said, 'id'))} has no name.")
            return
        name = text(said, "displayName") or text(said, "name")
        yield self.stating.node(end, name=name, kind=text(said, "algorithm"))
        yield from self._owners(said, end, self.role)
        closer: set[End] = set()
        for reference in self.catalogue.features_of(said):
            base = self._base(reference)
            if base is not None and base not in closer:
                closer.add(base)
                yield self.stating.tie("DEPENDS_ON", end, base, kind="trained_on")
        for reference in self.catalogue.upstream[text(said, "id")]:
            base = self._base(reference)
            if base is not None and base not in closer and base != end:
                yield self.stating.tie("DEPENDS_ON", end, base)

    def _base(self, reference: dict[str, object]) -> End | None:
        """What a model stands on: data or another model that is still there."""
        kind, known = text(reference, "type"), self.catalogue.of(reference)
        own_id = _id(known) or _id(reference)
        if not own_id or yes(reference, "deleted") or yes(known, "deleted"):
            return None
        if kind == MODEL:
            return "Model", own_id
        if kind.lower() not in _DATA:
            return None
        self.data.setdefault(("Dataset", own_id), {**known, **reference})
        return "Dataset", own_id

    def _owners(self, said: dict[str, object], end: End, role: str) -> Iterator[Record]:
        """The owners, of whom older versions know one."""
        for each in (*tables(said, "owners"), *tables(said, "owner")):
            owner = self.people.owner(each)
            if owner is None:
                yield self.stating.rejected(
                    f"an owner of {shown(end[1])} is a {shown(text(each, 'type'))} without a name,"
                    " and neither a user nor a team. Set it right in OpenMetadata."
                )
                continue
            hint = HINT if yes(each, "inherited") else None
            yield self.stating.tie("OWNS", owner, end, role=role, confidence=hint)


def _id(said: dict[str, object]) -> str:
    name = text(said, "fullyQualifiedName") or text(said, "name")
    return f"om:{name}" if name else ""
