"""DataHub: models with their owners, the data they were trained on, and who the owners are.

Read from the JSON that DataHub's file sink writes: MCEs and MCPs. Versions that belong to a model
group are one model. Datasets are taken as far as a model stands on them, people and groups as far
as they own something.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import Found
from ownership_graph.model import RELATIONSHIPS
from ownership_graph.readers.datahub.entities import Entities, Urn, read_by
from ownership_graph.readers.datahub.people import People
from ownership_graph.readers.documents import read_json
from ownership_graph.readers.gathering import gathered
from ownership_graph.readers.numbers import number_in
from ownership_graph.readers.picking import at, tables, text, texts, yes
from ownership_graph.readers.stating import Stating
from ownership_graph.records import Partial

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.stating import End
    from ownership_graph.records import Record

PROVIDES = ("Model", "OWNS")

HINT = 0.4
"""How sure an owner is whom a log or a file system names: less than what counts as an owner."""

_DOING = "reading the DataHub export"
_MODEL, _GROUP = "mlModel", "mlModelGroup"
_ROLES = {
    **{each: each for each in RELATIONSHIPS["OWNS"].properties["role"].values},
    "technical_owner": "technical",
    "business_owner": "business",
    "data_steward": "responsible",
    "dataowner": "accountable",
    "developer": "technical",
    "delegate": "technical",
    "producer": "technical",
}
_NO_OWNERS = frozenset({"consumer", "stakeholder"})
_OBSERVED = frozenset(
    {"AUDIT", "DATABASE", "FILE_SYSTEM", "ISSUE_TRACKING_SYSTEM", "SOURCE_CONTROL"}
)
_TAGS = {
    "urn:li:tag:mlflow_production": "production",
    "urn:li:tag:mlflow_staging": "pilot",
    "urn:li:tag:mlflow_archived": "retired",
}
_STAGES = ("production", "pilot")
_MILLISECONDS = 86_400_000
_BEGINS = re.compile(r'\s*\[\s*\{.*?"(?:proposedSnapshot|entityUrn|auditHeader)"', re.DOTALL)


def inputs(path: Path, **_: object) -> tuple[Path, ...]:
    """The files that are all that `read` looks at."""
    return (path,)


def read(path: Path, *, roles: tuple[str, ...] = ()) -> Iterator[Record]:
    """The models that were not removed, and what is tied to them.

    Args:
        path: The file that the sink wrote: a list of MCEs and MCPs.
        roles: How types of ownership count, such as business_owner=accountable, or the name of
            one of your own types; = and nothing leaves a type out.
    """
    data = read_json(path, doing=_DOING)
    if not isinstance(data, list):
        raise SourceError(
            f"{_DOING}: it holds no list of MCEs and MCPs. Write it with the sink of the type"
            " file.",
            file=str(path),
        )
    entities, stating = Entities(), Stating(path.name)
    for event in tables(data):
        entities.take(event)
    yield from gathered(_Reading(entities, stating, _said_roles(roles)).records())
    yield from map(stating.rejected, entities.faults)
    if entities.patches:
        yield Partial(
            f"{_DOING}: {entities.patches:,} of its events are patches, which say what changes and"
            " not what is. Export whole aspects.",
            path.name,
        )


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each JSON file that begins with such an event."""
    for file in surroundings.named("*.json"):
        start = surroundings.start(file)
        if _BEGINS.match(start) and "urn:li:" in start:
            yield Found(file, "an export of DataHub")


def _said_roles(said: Sequence[str]) -> Mapping[str, str]:
    roles = dict(_ROLES)
    for each in said:
        name, equals, role = each.partition("=")
        if not equals:
            raise UsageError(
                f"reading the option 'roles': {shown(each)} does not say as what it counts. Write"
                " it as business_owner=accountable."
            )
        roles[name.strip().casefold()] = role.strip() or "-"
    return roles


class _Reading:
    """One export, and what becomes of it."""

    def __init__(self, entities: Entities, stating: Stating, roles: Mapping[str, str]) -> None:
        self.entities, self.stating, self.roles = entities, stating, roles
        self.people = People(entities, stating)
        self.data: dict[str, None] = {}

    def records(self) -> Iterator[Record]:
        """Models, then the data that they stand on, then the owners of both."""
        for home, versions in self._homes().items():
            yield from self._model(Urn.of(home), versions)
        for urn in self.data:
            yield from self._dataset(urn)
        yield from self.people.records()

    def _homes(self) -> dict[str, list[str]]:
        """The models, each with the mlModels that are its versions, the newest last."""
        homes = defaultdict[str, list[str]](list)
        for group in self.entities.of_kind(_GROUP):
            homes[group.whole] = []
        for model in self.entities.of_kind(_MODEL):
            said = self._of(model.whole)
            groups = [one for one in texts(said, "groups") if not self.entities.is_removed(one)]
            homes[groups[0] if groups else model.whole].append(model.whole)
        for versions in homes.values():
            versions.sort(key=self._made)
        return homes

    def _of(self, model: str) -> dict[str, object]:
        return self.entities.aspect(model, "mlModelProperties")

    def _made(self, model: str) -> float:
        said = self._of(model)
        found = at(said, "created", "time") or at(said, "date")
        return found if isinstance(found, int | float) else 0

    def _version(self, model: str) -> str:
        said = self.entities.aspect(model, "versionProperties")
        return text(self._of(model), "version", "versionTag") or text(
            said, "version", "versionTag"
        )

    def _model(self, home: Urn, versions: Sequence[str]) -> Iterator[Record]:
        end = "Model", home.whole
        group = self.entities.aspect(home.whole, "mlModelGroupProperties")
        newest = self._of(versions[-1]) if versions else {}
        own_name = "" if home.kind == _GROUP else text(newest, "name")
        yield self.stating.node(
            end,
            name=text(group, "name") or own_name or home.name,
            kind=text(newest, "type"),
            version=self._version(versions[-1]) if versions else "",
            environment=home.environment,
            stage=self._stage(versions),
        )
        for urn in dict.fromkeys((home.whole, *versions)):
            yield from self._owners(urn, end)
        for dataset in dict.fromkeys(each for urn in versions for each in self._trained_on(urn)):
            if Urn.of(dataset).kind == "dataset" and not self.entities.is_removed(dataset):
                self.data[dataset] = None
                yield self.stating.tie("DEPENDS_ON", end, ("Dataset", dataset), kind="trained_on")
        for urn in versions:
            yield from self._measured(urn, end)

    def _stage(self, versions: Sequence[str]) -> str:
        """How far it is: the furthest that a deployment or MLflow's tag of a version says.

        It is retired where all of its versions are archived.
        """
        if any(map(self._serves, versions)):
            return "production"
        tagged = [self._tagged(each) for each in versions]
        said = next((each for each in _STAGES if each in tagged), "")
        return said or ("retired" if tagged and set(tagged) == {"retired"} else "")

    def _tagged(self, model: str) -> str:
        """What DataHub's source for MLflow says of a version's stage, by a tag."""
        tags = (
            text(each, "tag") for each in tables(self.entities.aspect(model, "globalTags"), "tags")
        )
        return next((_TAGS[each] for each in tags if each in _TAGS), "")

    def _serves(self, model: str) -> bool:
        """Whether a deployment of it to production is in service."""
        deployments = (Urn.of(each) for each in texts(self._of(model), "deployments"))
        return any(
            each.environment == "PROD"
            and not self.entities.is_removed(each.whole)
            and text(self.entities.aspect(each.whole, "mlModelDeploymentProperties"), "status")
            == "IN_SERVICE"
            for each in deployments
        )

    def _trained_on(self, model: str) -> Iterator[str]:
        """The URNs of what it was trained on, by its card, its features and its training jobs."""
        for each in tables(self.entities.aspect(model, "mlModelTrainingData"), "trainingData"):
            yield text(each, "dataset")
        said = self._of(model)
        for feature in texts(said, "mlFeatures"):
            yield from texts(self.entities.aspect(feature, "mlFeatureProperties"), "sources")
        yield from read_by(self.entities, texts(said, "trainingJobs"))

    def _measured(self, model: str, end: End) -> Iterator[Record]:
        version = self._version(model)
        for kind in ("trainingMetrics", "onlineMetrics"):
            for each in tables(self._of(model), kind):
                value, made = number_in(text(each, "value")), at(each, "createdAt")
                if value is None:
                    continue
                result = "Result", f"{model}/{kind}/{text(each, 'name')}"
                yield self.stating.node(
                    result,
                    name=text(each, "name"),
                    metric=text(each, "name"),
                    value=value,
                    version=version,
                    day=int(made // _MILLISECONDS) if isinstance(made, int | float) else None,
                )
                yield self.stating.tie("MEASURES", result, end)

    def _dataset(self, urn: str) -> Iterator[Record]:
        said, old = self.entities.aspect(urn, "datasetProperties"), self._deprecated(urn)
        ends = at(old, "decommissionTime")
        yield self.stating.node(
            ("Dataset", urn),
            name=text(said, "name") or Urn.of(urn).name,
            status="deprecated" if old else "",
            support_ends_day=int(ends // _MILLISECONDS) if isinstance(ends, int | float) else None,
        )
        yield from self._owners(urn, ("Dataset", urn))

    def _deprecated(self, urn: str) -> dict[str, object]:
        said = self.entities.aspect(urn, "deprecation")
        return said if yes(said, "deprecated") else {}

    def _owners(self, urn: str, end: End) -> Iterator[Record]:
        for each in tables(self.entities.aspect(urn, "ownership"), "owners"):
            role = self._role(each)
            if role == "-":
                continue
            owner = self.people.meet(text(each, "owner"))
            if owner is None:
                yield self.stating.rejected(
                    f"the owner {shown(text(each, 'owner'))} of {shown(urn)} is neither a person"
                    " nor a group. Set it right in DataHub."
                )
                continue
            observed = text(each, "source", "type") in _OBSERVED
            yield self.stating.tie(
                "OWNS", owner, end, role=role, confidence=HINT if observed else None
            )

    def _role(self, said: Mapping[str, object]) -> str:
        """As what it owns; a dash where that is no ownership."""
        urn = text(said, "typeUrn")
        own = text(self.entities.aspect(urn, "ownershipTypeInfo"), "name")
        names = [own, Urn.of(urn).name.removeprefix("__system__"), text(said, "type")]
        for name in filter(None, names):
            folded = name.casefold()
            if folded in self.roles:
                return self.roles[folded]
            if folded in _NO_OWNERS:
                return "-"
        return ""
