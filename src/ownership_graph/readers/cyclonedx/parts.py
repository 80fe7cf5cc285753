"""The parts of a bill of materials that can be nodes, and what each of them stands on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.readers.looking_through import under
from ownership_graph.readers.picking import table, tables, text, texts
from ownership_graph.readers.public_names import by_purl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.readers.stating import End

MODEL, DATASET, SERVICE = "Model", "Dataset", "Service"
LABELS = {"machine-learning-model": MODEL, "data": DATASET}
_BELOW = {MODEL: "", DATASET: "data/", SERVICE: "service/"}


@dataclass(frozen=True, slots=True)
class Part:
    """One component or service.

    `label` is blank for a library and its like, which is looked through. `id` is blank where it
    has no name.
    """

    label: str
    id: str
    ref: str
    said: dict[str, object]

    @property
    def end(self) -> End:
        """Its label and id."""
        return self.label, self.id

    @property
    def name(self) -> str:
        """What it is called."""
        return text(self.said, "name")


class Bom:
    """A bill of materials: its parts, each once, by their references."""

    def __init__(self, data: dict[str, object]) -> None:
        """`data` is the whole file."""
        self.data = data
        self.parts = list(_parts(data))
        self._by_ref = {each.ref: each for each in self.parts if each.ref}
        self._nodes = {ref for ref, each in self._by_ref.items() if each.label}
        self._on: dict[str, list[str]] = {}
        for each in tables(data, "dependencies"):
            self._on.setdefault(text(each, "ref"), []).extend(texts(each, "dependsOn"))

    def part(self, ref: str) -> Part | None:
        """The part of that reference."""
        return self._by_ref.get(ref)

    def under(self, part: Part) -> Iterator[Part]:
        """The parts that it stands on, directly or through what is no node; each once."""
        refs = under(part.ref, self._on, self._nodes.__contains__)
        return (self._by_ref[ref] for ref in refs)

    def unknown(self, part: Part) -> list[str]:
        """The references that it is said to stand on, and that nothing in the file has."""
        return [
            each
            for each in self._on.get(part.ref, ())
            if not (each in self._by_ref or each in self._on or each.startswith("urn:cdx:"))
        ]


def _parts(data: dict[str, object]) -> Iterator[Part]:
    main = table(data, "metadata", "component")
    if main:
        yield _part(main, LABELS.get(text(main, "type"), SERVICE))
    for each in _nested("components", main, data, table(data, "declarations", "targets")):
        yield _part(each, LABELS.get(text(each, "type"), ""))
    for each in _nested("services", data, table(data, "declarations", "targets")):
        yield _part(each, SERVICE)


def _nested(kind: str, *places: dict[str, object]) -> Iterator[dict[str, object]]:
    """The entries of that kind in these places, and those inside them."""
    waiting = deque(places)
    while waiting:
        inside = tables(waiting.popleft(), kind)
        yield from inside
        waiting.extend(inside)


def _part(said: dict[str, object], label: str) -> Part:
    return Part(label, id_of(said, label or SERVICE), text(said, "bom-ref"), said)


def id_of(said: dict[str, object], label: str) -> str:
    """The id of a component: by its package URL, else by its group and name; not by version.

    A reference inside the file is none: tools make up a new one each time.
    """
    name = "/".join(filter(None, (text(said, "group"), text(said, "name"))))
    return by_purl(text(said, "purl")) or (f"cdx:{_BELOW[label]}{name}" if name else "")
