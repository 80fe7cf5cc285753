"""DataHub's metadata events, folded into what is known of each entity at last."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.picking import at, table, tables, text, texts, yes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_URN = re.compile(r"urn:li:(\w+):(.+)", re.DOTALL)
_INSIDE = re.compile(r"\((?:urn:li:dataPlatform:)?([^,]*),(.*),([^,]*)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Urn:
    """A URN taken apart; `environment` is blank where it has none."""

    whole: str
    kind: str
    name: str
    environment: str = ""

    @classmethod
    def of(cls, whole: str) -> Urn:
        """The URN; of another text, the text as its name.

        >>> Urn.of("urn:li:mlModel:(urn:li:dataPlatform:mlflow,triage_3,PROD)").name
        'triage_3'
        >>> Urn.of("urn:li:corpuser:ann").kind, Urn.of("ann").kind
        ('corpuser', '')
        """
        found = _URN.fullmatch(whole)
        if found is None:
            return cls(whole, "", whole)
        inside = _INSIDE.fullmatch(found[2])
        if inside is None:
            return cls(whole, found[1], found[2])
        return cls(whole, found[1], inside[2], inside[3])


@dataclass(slots=True)
class Entities:
    """What the events say of each entity in the end: its aspects, by their folded names.

    `faults` tells what could not be read, `patches` counts changes to what is not in the file.
    """

    aspects: dict[str, dict[str, dict[str, object]]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    patches: int = 0

    def aspect(self, urn: str, name: str) -> dict[str, object]:
        """An aspect of an entity; empty where nothing is said."""
        return self.aspects.get(urn, {}).get(name.casefold(), {})

    def is_removed(self, urn: str) -> bool:
        """Whether it was deleted softly, as a catalogue does with what it no longer finds."""
        return yes(self.aspect(urn, "status"), "removed")

    def of_kind(self, kind: str) -> list[Urn]:
        """The entities of that kind that are still there."""
        found = (Urn.of(each) for each in self.aspects if each.startswith(f"urn:li:{kind}:"))
        return [each for each in found if not self.is_removed(each.whole)]

    def take(self, event: dict[str, object]) -> None:
        """Fold one event in: an MCE with a snapshot, or an MCP with an aspect."""
        snapshots = table(event, "proposedSnapshot")
        for snapshot in snapshots.values() if snapshots else ():
            for aspects in tables(snapshot, "aspects"):
                for name, value in aspects.items():
                    self._set(text(snapshot, "urn"), name.rpartition(".")[2], value)
        if not snapshots:
            self._propose(event)

    def _propose(self, event: dict[str, object]) -> None:
        urn, name, change = (
            text(event, each) for each in ("entityUrn", "aspectName", "changeType")
        )
        if change == "PATCH":
            self.patches += 1
        elif change == "DELETE":
            self._delete(urn, name)
        elif urn and name:
            self._set(urn, name, self._value(event, urn))
        else:
            self.faults.append(
                "an event has neither a snapshot nor an entityUrn. Export it again."
            )

    def _set(self, urn: str, name: str, value: object) -> None:
        if isinstance(value, dict):
            self.aspects.setdefault(urn, {})[name.casefold()] = value

    def _delete(self, urn: str, name: str) -> None:
        """An aspect goes; with the key, or without a name, the entity."""
        if not name or name.endswith("Key"):
            self.aspects.pop(urn, None)
        else:
            self.aspects.get(urn, {}).pop(name.casefold(), None)

    def _value(self, event: dict[str, object], urn: str) -> object:
        """The aspect, which older versions write as JSON in a text."""
        packed = text(event, "aspect", "value")
        if not packed:
            return at(event, "aspect", "json")
        try:
            return msgspec.json.decode(packed)
        except (msgspec.DecodeError, RecursionError):
            self.faults.append(f"an aspect of {shown(urn)} is no JSON. Export it again.")
            return None


def read_by(entities: Entities, jobs: Sequence[str]) -> Iterator[str]:
    """The URNs of what jobs and runs read."""
    for job in jobs:
        for name in ("dataJobInputOutput", "dataProcessInstanceInput"):
            said = entities.aspect(job, name)
            for kind in ("inputDatasets", "inputs"):
                yield from texts(said, kind)
            for kind in ("inputDatasetEdges", "inputEdges"):
                yield from (text(each, "destinationUrn") for each in tables(said, kind))
