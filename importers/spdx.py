"""SPDX 3: the AI packages and datasets of a document, what they stand on, and who supplies them.

Read from JSON-LD of SPDX 3.0 with the AI and dataset profiles. Applications tied to an AI package
are services; other packages are looked through.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import by_beginning
from ownership_graph.readers.documents import read_json
from ownership_graph.readers.gathering import gathered
from ownership_graph.readers.looking_through import under
from ownership_graph.readers.numbers import number_in
from ownership_graph.readers.picking import table, tables, text, texts
from ownership_graph.readers.public_names import by_address, by_purl
from ownership_graph.readers.stating import Stating
from ownership_graph.readers.walking import files_at, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.recognising import Found
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.stating import End
    from ownership_graph.records import Record

PROVIDES = ("Model",)

_DOING = "reading the SPDX file"
_NAMES = ("*.spdx3.json", "*.spdx.json", "*.spdx3.jsonld", "*.spdx.jsonld")
_OTHERS = ("*.json", "*.jsonld")
_CONTEXT = re.compile(r"https?://spdx\.org/rdf/v?(3\.[\w.]+)/")
_PROFILE = re.compile(r'ai_AIPackage|"ai"')
_TERM = re.compile(r"https?://spdx\.org/rdf/")
_LISTED = re.compile(r"https?://spdx\.org/licenses/([\w.+-]+)$")
_MODEL, _DATASET, _SERVICE = "Model", "Dataset", "Service"
_LABELS = {
    "ai_AIPackage": _MODEL,
    "dataset_DatasetPackage": _DATASET,
    "software_Package": _SERVICE,
}
_BELOW = {_MODEL: "", _DATASET: "data/", _SERVICE: "service/"}
_TIERS = {"low": 1, "medium": 2, "high": 3, "serious": 3}
_CLOSER = {"trainedOn": "trained_on", "descendantOf": "fine_tuned_from"}
_REQUIRES = frozenset({"dependsOn", "hasPrerequisite", "hasProvidedDependency"})
_ORGANISATIONS = frozenset({"Organization", "Agent"})
_CUTS = "ai_metricDecisionThreshold"


def inputs(path: Path, **_: object) -> list[Path]:
    """The files that are all that `read` looks at."""
    return _files(path)


def read(path: Path) -> Iterator[Record]:
    """The AI packages and datasets, and what is tied to them.

    Args:
        path: A file, or a folder with such files, called *.spdx3.json, *.spdx.json or .jsonld, at
            any depth.
    """
    files = _files(path)
    if not files:
        raise SourceError(
            f"{_DOING}: none is there. Looked for files called {', '.join(_NAMES)}.",
            file=str(path),
        )
    records: list[Record] = []
    for file in files:
        records += _Document(_elements(file), Stating(place_of(file, path))).records()
    yield from gathered(records)


def found(surroundings: Surroundings) -> Iterator[Found]:
    """The documents of SPDX 3 in whose beginning the AI profile is named, whatever their names."""
    what = "bills of materials with models (SPDX)"
    return by_beginning(surroundings, _NAMES, _OTHERS, _begins, what)


def _begins(start: str) -> bool:
    return bool(_CONTEXT.search(start) and _PROFILE.search(start))


def _files(path: Path) -> list[Path]:
    return files_at(path, *_NAMES, doing=_DOING)


def _elements(file: Path) -> list[dict[str, object]]:
    """The elements of the document; one alone stands without a list."""
    data = table(read_json(file, doing=_DOING))
    if not any(_CONTEXT.match(each) for each in texts(data, "@context")):
        older = text(data, "spdxVersion")
        why = f"it is {older}, which has no models" if older else "it names no context of SPDX 3"
        raise SourceError(f"{_DOING}: {why}. Write it as JSON-LD of SPDX 3.", file=str(file))
    return tables(data, "@graph") or [data]


class _Document:
    """The elements by their ids, and how they are tied."""

    def __init__(self, elements: Sequence[dict[str, object]], stating: Stating) -> None:
        self.stating = stating
        self.elements = {own: each for each in elements if (own := _own(each))}
        self.ends = {own: end for own, each in self.elements.items() if (end := _end(each))}
        self.tied = defaultdict[tuple[str, str], list[str]](list)
        self.on: dict[str, list[str]] = {}
        for each in elements:
            kind, start = text(each, "relationshipType"), text(each, "from")
            for other in texts(each, "to"):
                if kind == "ancestorOf":
                    self.tied["descendantOf", other].append(start)
                elif kind in _REQUIRES:
                    self.on.setdefault(start, []).append(other)
                else:
                    self.tied[kind, start].append(other)

    def records(self) -> Iterator[Record]:
        """All that is said of models and data."""
        for own, end in self.ends.items():
            if not end[1]:
                yield self.stating.rejected(f"{shown(own)} has no name. Give it one.")
            elif end[0] == _SERVICE:
                yield from self._service(own, end)
            else:
                yield from self._package(own, end)

    def _package(self, own: str, end: End) -> Iterator[Record]:
        """A model or a dataset."""
        said = self.elements[own]
        of_kind = _of_model(said) if end[0] == _MODEL else _of_data(said)
        licence = self._licence(own) if end[0] == _MODEL else ""
        yield self.stating.node(end, name=text(said, "name"), licence=licence, **of_kind)
        yield from self._supplied(own, end)
        if end[0] == _MODEL:
            yield from self._stands_on(own, end)
            yield from self._measured(end, said)

    def _service(self, own: str, end: End) -> Iterator[Record]:
        """An application, where it stands on a model."""
        models = [each for each in self._under(own) if each[0] == _MODEL]
        if models:
            yield self.stating.node(end, name=text(self.elements[own], "name"), kind="application")
            yield from self._supplied(own, end)
        for each in models:
            yield self.stating.tie("DEPENDS_ON", end, each, kind="requires")

    def _stands_on(self, own: str, end: End) -> Iterator[Record]:
        closer: set[End] = set()
        for relationship, kind in _CLOSER.items():
            for other in self.tied[relationship, own]:
                base = self.ends.get(other)
                if base is not None and base[1] and base[0] != _SERVICE:
                    closer.add(base)
                    yield self.stating.tie("DEPENDS_ON", end, base, kind=kind)
                elif other not in self.elements and not _TERM.match(other):
                    yield self.stating.rejected(
                        f"the model {shown(end[1])} is tied by {relationship} to {shown(other)},"
                        " which the file does not hold. Put it in."
                    )
        for base in self._under(own):
            if base not in closer:
                yield self.stating.tie("DEPENDS_ON", end, base, kind="requires")

    def _under(self, own: str) -> Iterator[End]:
        found = (self.ends[each] for each in under(own, self.on, self.ends.__contains__))
        return (each for each in found if each[1])

    def _supplied(self, own: str, end: End) -> Iterator[Record]:
        """The organisations that supply it, or that it comes from where no supplier is named."""
        said = self.elements[own]
        refs = [*texts(said, "suppliedBy"), *self.tied["availableFrom", own]]
        for ref in refs or texts(said, "originatedBy"):
            agent = self.elements.get(ref)
            name = text(agent, "name")
            if name and text(agent, "type") in _ORGANISATIONS:
                yield self.stating.node(("Team", name), kind="vendor")
                yield self.stating.tie("SUPPLIED_BY", end, ("Team", name))

    def _licence(self, own: str) -> str:
        """The licence as declared, else as concluded."""
        for relationship in ("hasDeclaredLicense", "hasConcludedLicense"):
            for ref in self.tied[relationship, own]:
                said = self.elements.get(ref)
                licence = text(said, "simplelicensing_licenseExpression") or text(said, "name")
                listed = _LISTED.match(ref)
                if licence or listed:
                    return licence or (listed[1] if listed else "")
        return ""

    def _measured(self, end: End, said: dict[str, object]) -> Iterator[Record]:
        version, cuts = text(said, "software_packageVersion"), _entries(said, _CUTS)
        for metric, value in _entries(said, "ai_metric").items():
            number = number_in(value)
            if number is None:
                yield self.stating.rejected(
                    f"the {shown(metric)} of {shown(end[1])} is {shown(value)}, and no number."
                    " Write a number as its value."
                )
                continue
            result = "Result", "/".join(filter(None, ("spdx:result", end[1], version, metric)))
            yield self.stating.node(
                result,
                name=metric,
                metric=metric,
                value=number,
                version=version,
                decision_threshold=cuts.get(metric),
            )
            yield self.stating.tie("MEASURES", result, end)


def _own(said: dict[str, object]) -> str:
    return text(said, "spdxId") or text(said, "@id")


def _end(said: dict[str, object]) -> End | None:
    """The label and id of what is a node; the id is blank where it has no name."""
    label = _LABELS.get(text(said, "type") or text(said, "@type"), "")
    if label == _SERVICE and text(said, "software_primaryPurpose") != "application":
        label = ""
    if not label:
        return None
    name = text(said, "name")
    public = by_purl(text(said, "software_packageUrl")) or by_address(
        text(said, "software_downloadLocation")
    )
    return label, public or (f"spdx:{_BELOW[label]}{name}" if name else "")


def _of_model(said: dict[str, object]) -> dict[str, str | int | None]:
    return {
        "version": text(said, "software_packageVersion"),
        "kind": ", ".join(texts(said, "ai_typeOfModel")),
        "risk_tier": _TIERS.get(text(said, "ai_safetyRiskAssessment")),
        "autonomy": "acts_alone" if text(said, "ai_autonomyType") == "yes" else "",
    }


def _of_data(said: dict[str, object]) -> dict[str, str | int | None]:
    return {
        "kind": ", ".join(texts(said, "dataset_datasetType")),
        "confidentiality": text(said, "dataset_confidentialityLevel"),
    }


def _entries(said: dict[str, object], name: str) -> dict[str, str]:
    return {key: text(each, "value") for each in tables(said, name) if (key := text(each, "key"))}
