"""CycloneDX ML-BOM: models, what they are made of, who supplies them, and what was attested.

Read from JSON of the versions 1.5 to 1.7: models with their model cards, data with their
governance, and the services and applications tied to them. Libraries are looked through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import by_beginning
from ownership_graph.readers.cyclonedx import attestations, cards
from ownership_graph.readers.cyclonedx.parts import DATASET, MODEL, SERVICE, Bom
from ownership_graph.readers.documents import read_json
from ownership_graph.readers.gathering import gathered
from ownership_graph.readers.picking import table, tables, text
from ownership_graph.readers.stating import Stating
from ownership_graph.readers.walking import files_at, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.importing.recognising import Found
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.cyclonedx.parts import Part
    from ownership_graph.records import Record

PROVIDES = ("Model",)

_DOING = "reading the CycloneDX file"
_NAMES = ("*.cdx.json", "bom.json")
_VERSIONS = ("1.5", "1.6", "1.7")
_IS_ONE = re.compile(r'"bomFormat"\s*:\s*"CycloneDX"')
_HAS_MODEL = re.compile(r'"type"\s*:\s*"machine-learning-model"')


def inputs(path: Path, **_: object) -> list[Path]:
    """The files that are all that `read` looks at."""
    return _files(path)


def read(path: Path, *, gate: str = "") -> Iterator[Record]:
    """The models and what is tied to them; parts of other kinds are looked through.

    Args:
        path: A file, or a folder with such files, called *.cdx.json or bom.json, at any depth.
        gate: The id of the gate at which attestations stand; blank for none.
    """
    files = _files(path)
    if not files:
        raise SourceError(
            f"{_DOING}: none is there. Looked for files called {' or '.join(_NAMES)}.",
            file=str(path),
        )
    records: list[Record] = []
    for file in files:
        records += _records(_bom(file), gate, Stating(place_of(file, path)))
    yield from gathered(records)


def found(surroundings: Surroundings) -> Iterator[Found]:
    """The files of that format in whose beginning a model stands, whatever they are called."""
    what = "bills of materials with models (CycloneDX)"
    return by_beginning(surroundings, _NAMES, ("*.json",), _begins, what)


def _begins(start: str) -> bool:
    return bool(_IS_ONE.search(start) and _HAS_MODEL.search(start))


def _files(path: Path) -> list[Path]:
    return files_at(path, *_NAMES, doing=_DOING)


def _bom(file: Path) -> Bom:
    data = table(read_json(file, doing=_DOING))
    version = text(data, "specVersion")
    if text(data, "bomFormat") != "CycloneDX":
        why = "it holds no bomFormat with the value CycloneDX. Is it another file?"
    elif version not in _VERSIONS:
        why = (
            f"it is of version {shown(version)}. The versions {', '.join(_VERSIONS)} can hold"
            " models: write it as one of these."
        )
    else:
        return Bom(data)
    raise SourceError(f"{_DOING}: {why}", file=str(file))


def _records(bom: Bom, gate: str, stating: Stating) -> Iterator[Record]:
    for part in bom.parts:
        if part.label in (MODEL, DATASET) and not part.id:
            yield stating.rejected(
                f"the component {shown(part.ref)} has no name. Give it one, or a package URL."
            )
        elif part.label == MODEL:
            yield from _model(part, bom, stating)
        elif part.label == DATASET:
            yield from _data(part, stating)
    yield from _tied(bom, stating)
    yield from attestations.attestations(bom, gate, stating)


def _model(part: Part, bom: Bom, stating: Stating) -> Iterator[Record]:
    yield stating.node(
        part.end,
        name=part.name,
        version=text(part.said, "version"),
        kind=text(part.said, "modelCard", "modelParameters", "task"),
        licence=_licence(part.said),
    )
    yield from _supplied(part, stating)
    yield from cards.model_card(part, bom, stating)


def _data(part: Part, stating: Stating) -> Iterator[Record]:
    yield stating.node(part.end, name=part.name)
    yield from _supplied(part, stating)
    for each in tables(part.said, "data"):
        yield from cards.governance(part.end, each, stating)


def _supplied(part: Part, stating: Stating) -> Iterator[Record]:
    """Who supplies it, or made or published it where no supplier is named."""
    said = part.said
    supplier = text(said, "supplier", "name") or text(said, "manufacturer", "name")
    supplier = supplier or text(said, "provider", "name") or text(said, "publisher")
    if supplier:
        yield stating.node(("Team", supplier), kind="vendor")
        yield stating.tie("SUPPLIED_BY", part.end, ("Team", supplier))


def _tied(bom: Bom, stating: Stating) -> Iterator[Record]:
    """What stands on what, and the services and applications among it."""
    met: dict[str, Part] = {}
    for part in bom.parts:
        if part.label not in (MODEL, SERVICE) or not part.id:
            continue
        known = cards.stands_on(part, bom)
        for under in bom.under(part):
            if not under.id or under.id in known or part.label == under.label == SERVICE:
                continue
            met |= {each.id: each for each in (part, under) if each.label == SERVICE}
            yield stating.tie("DEPENDS_ON", part.end, under.end, kind="requires")
        for ref in bom.unknown(part) if part.label == MODEL else ():
            yield stating.rejected(
                f"the model {shown(part.id)} depends on {shown(ref)}, which nothing in the file"
                " has as its bom-ref. Add it, or take the dependency out."
            )
    for service in met.values():
        kind = text(service.said, "type") or "service"
        yield stating.node(service.end, name=service.name, kind=kind)
        yield from _supplied(service, stating)


def _licence(said: dict[str, object]) -> str:
    """The licences in one text; an expression as it stands."""
    each = [
        text(one, "expression") or text(one, "license", "id") or text(one, "license", "name")
        for one in tables(said, "licenses")
    ]
    return ", ".join(filter(None, each))
