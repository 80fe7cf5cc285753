"""What a cluster lists, or what manifests ask it to run."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from ownership_graph.readers.picking import table, tables, text, texts, yes
from ownership_graph.readers.serving.values import Running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WORKLOADS = (
    "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod", "Job", "CronJob", "Service",
    "Rollout",
)  # fmt: skip
"""What may run anything; a Service is one of Knative, which has a template."""

SERVING = ("InferenceService", "LLMInferenceService", "SeldonDeployment")
"""What runs a model, whatever its labels say."""

_TEMPLATES = (("spec", "template"), ("spec", "jobTemplate", "spec", "template"))
_PREDICTORS = (("spec", "predictor"), ("spec",))
_URIS = ("storageUri", "modelUri", "uri")
_REGISTERED = re.compile(r"models:/(?P<model>[^/@]+)(?:/(?P<version>\d+))?(?:[/@].*)?")
_ENDED = frozenset({"Succeeded", "Failed"})
_DEEPEST = 12


def workloads_in(document: object) -> Iterator[Running]:
    """The workloads of a listing, or the one of a manifest; nothing where it is neither."""
    kind = text(document, "kind")
    if text(document, "apiVersion") and kind.endswith("List"):
        for each in tables(document, "items"):
            yield from _workload(each, text(each, "kind") or kind.removesuffix("List"))
    elif text(document, "apiVersion"):
        yield from _workload(document, kind)


def _workload(item: object, kind: str) -> Iterator[Running]:
    pods = _pods(item, kind)
    if kind not in (*WORKLOADS, *SERVING) or (kind == "Service" and not pods):
        return
    said = _said(item, pods)
    serves: tuple[tuple[str, str], ...] = ()
    if kind in SERVING:
        said["uri"] = list(_uris(table(item, "spec")))
        serves = tuple(_registered(said["uri"])) or ((text(item, "metadata", "name"), ""),)
    where = text(item, "metadata", "namespace")
    yield Running(
        kind, text(item, "metadata", "name"), where, said, serves, runs=_runs(item, kind)
    )


def _pods(item: object, kind: str) -> list[Mapping[str, object]]:
    """What stands for its pods: a table with metadata and spec each."""
    if kind == "Pod":
        return [table(item)]
    found: list[Mapping[str, object]] = [table(item, *path) for path in _TEMPLATES]
    found += [{"spec": table(item, *path)} for path in _PREDICTORS]
    for each in tables(item, "spec", "predictors"):
        found += tables(each, "componentSpecs")
    return [
        each for each in found if tables(each, "spec", "containers") or table(each, "metadata")
    ]


def _said(item: object, pods: list[Mapping[str, object]]) -> defaultdict[str, list[str]]:
    said: defaultdict[str, list[str]] = defaultdict(list)
    said["name"] = [text(item, "metadata", "name")]
    said["namespace"] = [text(item, "metadata", "namespace")]
    for each in (item, *pods):
        for part, what in (("labels", "label"), ("annotations", "annotation")):
            for key in table(each, "metadata", part):
                said[f"{what}:{key}"].append(text(each, "metadata", part, key))
    for pod in pods:
        for container in tables(pod, "spec", "containers"):
            _take_container(container, said)
    return said


def _take_container(container: Mapping[str, object], said: Mapping[str, list[str]]) -> None:
    said["image"].append(_without_tag(text(container, "image")))
    for each in tables(container, "env"):
        said[f"env:{text(each, 'name')}"].append(text(each, "value"))
    words = [*texts(container, "command"), *texts(container, "args")]
    for word, following in pairwise([*words, ""]):
        flag, parted, value = word.partition("=")
        if flag.startswith("-"):
            said[f"arg:{flag}"].append(value if parted else following)


def _without_tag(image: str) -> str:
    """An image's name, without its tag and digest.

    >>> _without_tag("localhost:5000/ml/ranker:2.1@sha256:1f")
    'localhost:5000/ml/ranker'
    """
    name = image.partition("@")[0]
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}{last.partition(':')[0]}"


def _uris(spec: object, deep: int = 0) -> Iterator[str]:
    """Where models are fetched from, however deep that is written."""
    if isinstance(spec, list) and deep < _DEEPEST:
        for each in spec:
            yield from _uris(each, deep + 1)
    elif isinstance(spec, dict) and deep < _DEEPEST:
        for key, value in spec.items():
            if key in _URIS and isinstance(value, str):
                yield value
            yield from _uris(value, deep + 1)


def _registered(uris: list[str]) -> Iterator[tuple[str, str]]:
    """The registered models that URIs of MLflow name, with their versions."""
    for uri in uris:
        found = _REGISTERED.fullmatch(uri)
        if found:
            yield found["model"], found["version"] or ""


def _runs(item: object, kind: str) -> bool:
    """Whether it is not switched off, and has not come to its end."""
    spec, status = table(item, "spec"), table(item, "status")
    return not (
        text(spec, "replicas") == "0"
        or yes(spec, "suspend")
        or text(item, "metadata", "deletionTimestamp")
        or (kind == "Pod" and text(status, "phase") in _ENDED)
        or (kind == "Job" and text(status, "completionTime"))
    )
