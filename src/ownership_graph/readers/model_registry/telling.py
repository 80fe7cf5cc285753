"""What a registered model is to the graph: its stage, its owners, its approvals, its work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.contacts import contacts
from ownership_graph.readers.stating import Stating
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.readers.contacts import Contact
    from ownership_graph.readers.model_registry.contents import Registered, Run, Version
    from ownership_graph.readers.model_registry.trying import Tried
    from ownership_graph.readers.stating import End
    from ownership_graph.records import Record, Value

STAGES = ("retired", "idea", "experiment", "pilot", "production")
"""What can be said of a model's stage; of several a later one wins."""

_FORMER = {"staging": "pilot", "production": "production"}
_ARCHIVED = "archived"
_BETWEEN = re.compile(r"[;,]")


@dataclass(frozen=True, slots=True)
class Words:
    """What aliases, tags and metrics mean, and over which days experiments are counted.

    `stages` are by alias, `properties` tell the tag of each, and `metrics` the criterion.
    """

    prefix: str
    stages: Mapping[str, str]
    owner: str
    team: str
    approver: str
    status: str
    gate: str
    properties: Mapping[str, str]
    metrics: Mapping[str, str]
    system_users: frozenset[str]
    days: int
    until: int

    def standing(self, model: Registered) -> tuple[str, Version | None]:
        """How far the model is, blank where nothing says it, and the version that counts.

        It is the one whose alias says most; without such an alias, the newest in the furthest
        of MLflow's former stages; without one, the newest.
        """
        said = [(self.stages[each], number) for each, number in model.aliases.items()
                if each in self.stages]  # fmt: skip
        if said:
            stage, number = max(said, key=lambda each: (STAGES.index(each[0]), each[1]))
            return stage, model.version(number)
        newest = model.versions[-1] if model.versions else None
        for former in reversed(_FORMER):
            there = [each for each in model.versions if each.stage == former]
            if there:
                return _FORMER[former], there[-1]
        archived = newest is not None and all(each.stage == _ARCHIVED for each in model.versions)
        return "retired" if archived else "", newest


@dataclass
class Told:
    """One model: what MLflow says of it, in the words of the graph."""

    model: Registered
    words: Words
    source: Run | None
    tried: Tried | None

    def records(self) -> Iterator[Record]:
        """The model, and all that is tied to it."""
        yield self._stating.node(self._end, **self._properties())
        yield from self._owners()
        yield from self._approvals()
        if self.source:
            yield from self._criteria(self.source)
            yield from self._data(self.source)
        if self.tried:
            yield from self._work(self.tried)

    @property
    def names_owner(self) -> bool:
        """Whether a tag says whose it is."""
        return bool(self._tag(self.words.owner) or self._tag(self.words.team))

    @cached_property
    def _end(self) -> End:
        return "Model", self.words.prefix + self.model.name

    @cached_property
    def _stating(self) -> Stating:
        return Stating(f"registered model {self.model.name}")

    @cached_property
    def _standing(self) -> tuple[str, Version | None]:
        return self.words.standing(self.model)

    def _tag(self, name: str) -> str:
        """What the tag says: the model's own, else that of the version that counts."""
        _, version = self._standing
        own = self.model.tags.get(name, "").strip()
        return own or (version.tags.get(name, "").strip() if version else "")

    def _properties(self) -> dict[str, Value | None]:
        stage, version = self._standing
        words, tried = self.words, self.tried
        return {
            "name": self.model.name,
            "stage": stage,
            "version": version.number if version else "",
            "experiments_per_month": tried.per_month(words.until, words.days) if tried else None,
            **{name: said for name, tag in words.properties.items() if (said := self._tag(tag))},
        }

    def _owners(self) -> Iterator[Record]:
        owned = False
        for tag, label in ((self.words.owner, "Person"), (self.words.team, "Team")):
            role = "responsible" if owned else "accountable"
            for each in self._named(tag, self._tag(tag)):
                if isinstance(each, Rejected):
                    yield each
                    continue
                owned = True
                yield each.node(["*"] if label == "Team" else [], file=self._stating.file)
                yield self._stating.tie("OWNS", (label, each.id), self._end, role=role)

    def _named(self, tag: str, said: str) -> Iterator[Contact | Rejected]:
        """Who is named by a tag; a word that names nobody is told."""
        for piece in filter(None, (part.strip() for part in _BETWEEN.split(said))):
            who = contacts([], piece)
            yield from who
            if not who:
                why = f"the tag '{tag}' says {shown(piece)}, which names nobody. Name somebody."
                yield self._stating.rejected(why)

    def _approvals(self) -> Iterator[Record]:
        """One for each version of which a tag says who approves it, or what came of it."""
        _, counts = self._standing
        for version in self.model.versions:
            general = self.model.tags.get(self.words.approver, "") if version == counts else ""
            approver = version.tags.get(self.words.approver, "") or general
            status = version.tags.get(self.words.status, "").strip().casefold()
            if approver.strip() or status:
                yield from self._approval(version, approver, status)

    def _approval(self, version: Version, approver: str, status: str) -> Iterator[Record]:
        own = "Approval", f"mlflow:{self._end[1]}:v{version.number}"
        yield self._stating.node(
            own, version=version.number, requested_day=version.day, status=status
        )
        yield self._stating.tie("CONCERNS", own, self._end)
        if self.words.gate:
            yield self._stating.tie("AT", own, ("Gate", self.words.gate))
        for each in self._named(self.words.approver, approver):
            if isinstance(each, Rejected):
                yield each
                continue
            yield each.node([], file=self._stating.file)
            yield self._stating.tie("DECIDED_BY", own, ("Person", each.id))

    def _criteria(self, source: Run) -> Iterator[Record]:
        """What was measured; a criterion that somebody else describes is only named."""
        for metric, criterion in self.words.metrics.items():
            if metric not in source.metrics:
                continue
            if criterion == metric:
                yield self._stating.node(("Criterion", criterion), metric=metric)
            ends = self._end, ("Criterion", criterion)
            yield self._stating.tie("JUDGED_BY", *ends, observed=source.metrics[metric])

    def _data(self, source: Run) -> Iterator[Record]:
        for name in sorted(set(source.datasets)):
            yield self._stating.node(("Dataset", name))
            ends = self._end, ("Dataset", name)
            yield self._stating.tie("DEPENDS_ON", *ends, kind="trained_on")

    def _work(self, tried: Tried) -> Iterator[Record]:
        events = sum(map(len, tried.by.values()))
        for user, done in sorted(tried.by.items()):
            who = [] if user.casefold() in self.words.system_users else contacts([], user)
            for each in who:
                yield each.node([], file=self._stating.file)
                share = round(len(done) / events, 3)
                ends = ("Person", each.id), self._end
                yield self._stating.tie("WORKED_ON", *ends, events=len(done), share=share)
