"""A catalog's entities as nodes and relationships: what each is, and how they are tied."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownership_graph.importing.known import alike
from ownership_graph.importing.quoting import shown
from ownership_graph.readers.addresses import address
from ownership_graph.readers.backstage.relations import MEMBER, OWNS, PART, Unclear, ties_of
from ownership_graph.readers.people import stated, team_id
from ownership_graph.readers.picking import text
from ownership_graph.records import Node, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ownership_graph.readers.backstage.references import Entity, Reference
    from ownership_graph.readers.backstage.relations import Tie
    from ownership_graph.readers.stating import End
    from ownership_graph.records import Properties, Record

_SERVICES = frozenset({"component", "resource", "api", "system", "domain"})
"""Kinds that are services unless their type says more; others are passed over."""

_SOFTWARE = frozenset({"Model", "Dataset", "Service"})
_GROUPS = {
    "squad": "team", "business-unit": "function", "department": "function",
    "division": "function", "organization": "function", "product-area": "function",
    "root": "function",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the types of entities mean, and how a model is called.

    `is_model` and `is_dataset` are asked of an entity's type, and of a kind that Backstage does
    not have. In `model_id` stand {ref}, {namespace} and {name}; where two models would get one id,
    each is called by its reference. `stages` are by their words, as `alike` writes them.
    """

    is_model: Callable[[str], bool]
    is_dataset: Callable[[str], bool]
    model_id: str
    stages: Mapping[str, str]


@dataclass(slots=True)
class Catalog:
    """Entities by their references; one that is there twice counts as Backstage has it, once."""

    meaning: Meaning
    entities: dict[Reference, Entity] = field(default_factory=dict)
    _mails: Counter[str] = field(default_factory=Counter)
    _models: Counter[str] = field(default_factory=Counter)

    def take(self, entity: Entity) -> Iterator[Rejected]:
        """Add an entity, unless it is there."""
        before = self.entities.setdefault(entity.at, entity)
        if before is not entity:
            where = f"{before.file}, line {before.line}" if before.line else before.file
            yield Rejected(
                entity.file,
                entity.line,
                f"{shown(str(entity.at))} is described in {where}, too. Keep one of the two.",
            )
        elif entity.at.kind == "user":
            self._mails[_mail(entity)] += 1
        elif self.meaning.is_model(entity.type) or self.meaning.is_model(entity.at.kind):
            self._models[self._called(entity.at)] += 1

    def records(self) -> Iterator[Record]:
        """The nodes, and each relationship once, whoever says it."""
        for entity in self.entities.values():
            if end := self._end(entity.at):
                yield Node(*end, self._stated(entity, end[0]), entity.file, entity.line)
        said: set[tuple[object, ...]] = set()
        for entity in self.entities.values():
            for tie in ties_of(entity):
                if isinstance(tie, Unclear):
                    yield _unclear(tie)
                elif (key := (tie.sort, tie.start, tie.end)) not in said:
                    said.add(key)
                    yield from self._tied(tie)

    def labels(self) -> Counter[str]:
        """How many entities there are of each label."""
        return Counter(end[0] for at in self.entities if (end := self._end(at)))

    def types(self) -> Counter[str]:
        """How many components and resources there are of each type."""
        kinds = ("component", "resource")
        return Counter(each.type for each in self.entities.values() if each.at.kind in kinds)

    def _end(self, at: Reference) -> End | None:
        """The label and id of what a reference names, described or not; `None` for other kinds."""
        whole = self.entities.get(at)
        if at.kind == "group":
            return "Team", team_id(_local(at))
        if at.kind == "user":
            mail = _mail(whole) if whole else ""
            return "Person", mail if self._mails[mail] == 1 and mail else str(at)
        words = [] if whole is None else [whole.type, at.kind]
        if any(map(self.meaning.is_model, words)):
            written = self._called(at)
            return "Model", written if self._models[written] == 1 else str(at)
        if any(map(self.meaning.is_dataset, words)):
            return "Dataset", str(at)
        return ("Service", str(at)) if at.kind in _SERVICES else None

    def _called(self, at: Reference) -> str:
        """The id of a model, unless another one would have the same."""
        written = self.meaning.model_id
        for name, value in (("ref", str(at)), ("namespace", at.namespace), ("name", at.name)):
            written = written.replace(f"{{{name}}}", value)
        return written

    def _stated(self, entity: Entity, label: str) -> Properties:
        """What is said of an entity beside its ties."""
        said: Properties = {"name": entity.name}
        lifecycle = text(entity.data, "spec", "lifecycle").casefold()
        if label == "Team":
            said["kind"] = _GROUPS.get(entity.type, entity.type)
        elif label == "Model":
            stage = self.meaning.stages.get(alike(lifecycle), "")
            said |= {"kind": entity.type, "stage": stage or (lifecycle and "unknown")}
            said["backstage_lifecycle"] = "" if stage else lifecycle
        elif label in _SOFTWARE:
            own = entity.type if entity.at.kind in ("component", "resource") else ""
            said |= {"kind": own or entity.at.kind, "status": lifecycle}
        return {name: value for name, value in said.items() if value}

    def _tied(self, tie: Tie) -> Iterator[Record]:
        start, end = self._end(tie.start), self._end(tie.end)
        nobody = tie.sort == OWNS and not stated(tie.start.name)
        if start is None or end is None or nobody or start[0] == "Dataset":
            return
        file, line = tie.said_by.file, tie.said_by.line
        if not _can_be(tie, start[0], end[0]):
            yield Rejected(
                file,
                line,
                f"{shown(str(tie.said_by.at))} ties {shown(str(tie.start))} to"
                f" {shown(str(tie.end))}, and"
                f" no {tie.sort.name} can be between a {start[0]} and a {end[0]}. Mend the kind.",
            )
            return
        said: Properties = {"role": "accountable"} if tie.sort == OWNS else {}
        if tie.sort.kind:
            said["kind"] = tie.sort.kind
        yield Relationship(tie.sort.name, *start, *end, said, file, line)


def _can_be(tie: Tie, start: str, end: str) -> bool:
    """Whether the two can be tied so."""
    if tie.sort == OWNS:
        return start in ("Team", "Person") and end in _SOFTWARE
    if tie.sort in (MEMBER, PART):
        return (start, end) == ("Person" if tie.sort == MEMBER else "Team", "Team")
    return start in ("Model", "Service") and end in _SOFTWARE


def _local(at: Reference) -> str:
    return at.name if at.namespace == "default" else f"{at.namespace}/{at.name}"


def _mail(entity: Entity) -> str:
    return address(text(entity.data, "spec", "profile", "email"))


def _unclear(found: Unclear) -> Rejected:
    return Rejected(
        found.said_by.file,
        found.said_by.line,
        f"{found.field} of {shown(str(found.said_by.at))} is {shown(found.written)}, and no"
        " reference as kind:namespace/name. Mend it; only a dependency must name the kind.",
    )
