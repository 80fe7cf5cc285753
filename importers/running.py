"""What runs: a cluster's listing, manifests, or the endpoints of a serving platform.

Compared with the inventory of record it tells which models are live and absent from it, and
which of its live models nobody sees. Read are what kubectl get … -o json or -o yaml prints,
manifests of Kubernetes, KServe and Seldon, and the JSON in which Databricks, MLflow's gateway
and SageMaker list their endpoints; a file, or a folder of them. What serves models by its nature
counts whatever its labels say; any other workload only where one of the places of --model names
its model: label:KEY, annotation:KEY, env:NAME, arg:--NAME, name, namespace, image or uri,
perhaps with a pattern, as in name={model}-endpoint.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import Found
from ownership_graph.readers.documents import read_json, read_yaml
from ownership_graph.readers.picking import text
from ownership_graph.readers.serving import Place, endpoints_in, is_production, workloads_in
from ownership_graph.readers.walking import files_at
from ownership_graph.records import Node, Partial, Promise, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.serving import Running
    from ownership_graph.records import Record

PROVIDES = ("Model",)

_DOING = "reading what runs"
_PATTERNS = ("*.json", "*.yaml", "*.yml")
_ENVIRONMENTS = ("label:environment", "label:env", "label:Environment", "label:Env")
_ASK = 'Say with model where a workload names the model that it runs, as in ["label:app"].'
_MORE = (("NextToken",), ("next_page_token",), ("metadata", "continue"))
_MOST_SHOWN = 8
_SERVING_KIND = re.compile(
    r"^kind: +(?:LLM)?InferenceService\b|^kind: +SeldonDeployment\b", re.MULTILINE
)
_LISTED = re.compile(r'"(?:served_entities|served_models|EndpointArn)"|"kind": ?"InferenceServ')
_WORKLOADS = re.compile(r'"items".*"kind": ?"(?:Deployment|StatefulSet|DaemonSet|Pod)"', re.DOTALL)
_NAMED = re.compile(r'"model": ?"')


def inputs(path: Path, **_: object) -> list[Path]:
    """The files that are all that `read` looks at."""
    return files_at(path, *_PATTERNS, doing=_DOING)


def read(
    path: Path,
    *,
    model: tuple[str, ...] = ("label:model",),
    prefix: str = "",
    environment: str = "",
    production: tuple[str, ...] = (),
    owner: tuple[str, ...] = (),
) -> Iterator[Record]:
    """The models that are set to run, each with where, and a promise that these are all.

    Args:
        path: The listing or manifest, or a folder with *.json, *.yaml and *.yml.
        model: Where the model's name stands; of several places the first with a name holds.
        prefix: What is put before a name to make the model's id, such as mlflow:.
        environment: Where all of it runs, such as production; else labels and namespaces tell.
        production: Namespaces that are production; * is any text.
        owner: Places that name the team that runs it.
    """
    places = [Place.parse(each, option="model") for each in model]
    owners = [Place.parse(each, option="owner") for each in owner]
    models = _Models(places, prefix, environment, production, owners)
    for file in inputs(path):
        for document in _documents(file):
            listed = [*workloads_in(document), *endpoints_in(document)]
            models.take_all(listed, file.name)
            yield from _cut(document, file.name)
    models.require_names(path)
    yield from models.records()
    yield Promise("Model")
    if owners:
        yield Promise("OWNS")


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Listings of endpoints, and folders with manifests of models, for `init --from`."""
    for file in surroundings.named("*.json"):
        start = surroundings.start(file)
        if _LISTED.search(start):
            yield Found(file, "serving endpoints, or what a cluster runs")
        elif _WORKLOADS.search(start):
            ask = "" if _NAMED.search(start) else _ASK
            yield Found(file, "what a cluster runs", ask=ask)
    folders: defaultdict[Path, list[Path]] = defaultdict(list)
    for file in surroundings.named("*.yaml", "*.yml"):
        if _SERVING_KIND.search(surroundings.start(file)):
            folders[file.parent].append(file)
    for folder, files in folders.items():
        yield Found(folder, "manifests of models that run", also=tuple(files))


def _documents(file: Path) -> Iterator[object]:
    if file.suffix == ".json":
        yield read_json(file, doing=_DOING)
    else:
        yield from (each.data for each in read_yaml(file, doing=_DOING))


def _cut(document: object, file: str) -> Iterator[Partial]:
    """Where a listing says itself that more follows, it is not the whole."""
    if any(text(document, *path) for path in _MORE):
        yield Partial("the listing ends where more follows. List all pages into it.", file)


@dataclass
class _Model:
    """What is known of one model: where it runs, in which versions, and what stands behind it."""

    name: str
    place: str
    environments: set[str] = field(default_factory=set)
    versions: set[str] = field(default_factory=set)
    teams: dict[str, None] = field(default_factory=dict)
    stands_on: dict[tuple[str, str], None] = field(default_factory=dict)

    def node(self, prefix: str) -> Node:
        """Production stands for all places where it also runs."""
        where = "production" if "production" in self.environments else min(self.environments)
        said = {"name": self.name, "environment": where}
        if len(self.versions) == 1:
            said["version"] = min(self.versions)
        return Node("Model", prefix + self.name, {**said}, self.place)


@dataclass
class _Models:
    """The models that run, by their names."""

    places: Sequence[Place]
    prefix: str
    environment: str
    production: Sequence[str]
    owners: Sequence[Place]
    seen: int = 0
    named: int = 0
    unnamed: Counter[str] = field(default_factory=Counter)
    models: dict[str, _Model] = field(default_factory=dict)

    def take_all(self, listed: Iterable[Running], file: str) -> None:
        """Take what runs and names a model; count the others."""
        for each in listed:
            self.seen += 1
            names = self._named(each)
            self.named += bool(names)
            if not names:
                self.unnamed.update(key for key, values in each.said.items() if any(values))
            for name, version in names if each.runs else ():
                self._take(name, version, each, f"{file}, {each.called}")

    def _named(self, running: Running) -> Sequence[tuple[str, str]]:
        """The models that a place names; else those that the platform itself names."""
        for place in self.places:
            values = place.values(running)
            if values:
                return [(each, dict(running.serves).get(each, "")) for each in values]
        return running.serves

    def _take(self, name: str, version: str, running: Running, place: str) -> None:
        model = self.models.setdefault(name, _Model(name, place))
        model.environments.add(self._where(running))
        model.versions.update({version} - {""})
        model.stands_on.update(dict.fromkeys(running.stands_on))
        model.teams.update((team, None) for each in self.owners for team in each.values(running))

    def _where(self, running: Running) -> str:
        """Where it runs: as was said for all of it, as a label says, or its namespace."""
        if self.environment:
            return self.environment
        labels = (value for key in _ENVIRONMENTS for value in running.said.get(key, ()) if value)
        where = next(labels, "")
        if not where and any(fnmatchcase(running.where, each) for each in self.production):
            return "production"
        where = where or running.where or "not said"
        return "production" if is_production(where) else where

    def require_names(self, path: Path) -> None:
        """Refuse a source in which nothing runs that could be told."""
        if not self.seen:
            raise SourceError(
                f"{_DOING}: nothing that could run a model is there. Looked for what kubectl get"
                " … -o json prints, manifests, and listings of serving endpoints.",
                file=str(path),
            )
        if self.unnamed.total() and not self.named:
            there = ", ".join(shown(key) for key, _ in self.unnamed.most_common(_MOST_SHOWN))
            raise SourceError(
                f"{_DOING}: none of {self.seen:,} workloads says which model it runs. Say where"
                f" the name stands, with --model. Most have: {there}.",
                file=str(path),
            )

    def records(self) -> Iterator[Record]:
        """A node for each model, who runs it, and what it stands on."""
        for model in self.models.values():
            node = model.node(self.prefix)
            yield node
            for team in model.teams:
                role = {"role": "technical", "scope": "operation"}
                yield Relationship("OWNS", "Team", team, "Model", node.id, {**role}, model.place)
            for name, vendor in model.stands_on:
                if name == node.id:
                    continue
                yield Node("Model", name, {"vendor": vendor} if vendor else {}, model.place)
                kind = {"kind": "calls"}
                yield Relationship(
                    "DEPENDS_ON", "Model", node.id, "Model", name, {**kind}, model.place
                )
