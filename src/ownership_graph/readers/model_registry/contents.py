"""What MLflow keeps: registered models with their versions, and the runs they came from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.readers.model_registry.quiet import DOING, quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping
    from typing import Any

    from ownership_graph.readers.model_registry.opening import Stores

_MILLISECONDS = 86_400_000
_MODELS, _VERSIONS, _EXPERIMENTS = 1_000, 10_000, 1_000
_AT_ONCE = 100
_ACTIVE = 1
_PARENT, _USER, _CONTEXT = "mlflow.parentRunId", "mlflow.user", "mlflow.data.context"
_TRAINING = frozenset({"", "train", "training"})
_NAMELESS = frozenset({"", "dataset"})
"""What MLflow calls data to which nobody gave a name."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a registered model; `stage` in small letters, `run` blank where unknown."""

    number: str
    day: int
    stage: str
    run: str
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Registered:
    """A registered model; its aliases in small letters, its versions with the oldest first."""

    name: str
    tags: Mapping[str, str]
    aliases: Mapping[str, str]
    versions: list[Version] = field(default_factory=list)

    def version(self, number: str) -> Version | None:
        """The version of that number."""
        return next((each for each in self.versions if each.number == number), None)


@dataclass(frozen=True, slots=True)
class Run:
    """One run, `parent` blank where it stands by itself; `datasets` are those trained on."""

    id: str
    experiment: str
    day: int
    parent: str
    user: str
    metrics: Mapping[str, float] = field(default_factory=dict)
    datasets: tuple[str, ...] = ()


def registered_models(stores: Stores) -> list[Registered]:
    """The registered models by name, without prompts."""
    versions: defaultdict[str, list[Version]] = defaultdict(list)
    for each in _pages(stores, stores.registry.search_model_versions, max_results=_VERSIONS):
        versions[each.name].append(_version(each))
    found = _pages(stores, stores.registry.search_registered_models, max_results=_MODELS)
    return sorted((_model(each, versions) for each in found), key=lambda each: each.name)


def _model(found: Any, versions: Mapping[str, list[Version]]) -> Registered:  # noqa: ANN401
    aliases = {name.casefold(): str(number) for name, number in (found.aliases or {}).items()}
    own = sorted(versions.get(found.name, ()), key=lambda each: (len(each.number), each.number))
    return Registered(found.name, found.tags or {}, aliases, own)


def _version(found: Any) -> Version:  # noqa: ANN401 -- MLflow's own class
    return Version(
        str(found.version),
        (found.creation_timestamp or 0) // _MILLISECONDS,
        (found.current_stage or "").casefold(),
        found.run_id or "",
        found.tags or {},
    )


def runs_between(
    stores: Stores, first_day: int, last_day: int, whole: Container[str] = ()
) -> Iterator[Run]:
    """The runs of all experiments begun on these days; with what they gave only those `whole`."""
    found = _pages(stores, stores.tracking.search_experiments, max_results=_EXPERIMENTS)
    experiments = [each.experiment_id for each in found]
    begun = (
        f"attributes.start_time >= {first_day * _MILLISECONDS}"
        f" AND attributes.start_time < {(last_day + 1) * _MILLISECONDS}"
    )
    for first in range(0, len(experiments), _AT_ONCE):
        some = experiments[first : first + _AT_ONCE]
        search = partial(stores.tracking.search_runs, some, begun, _ACTIVE)
        for each in _pages(stores, search, max_results=stores.page):
            yield _whole_run(each) if each.info.run_id in whole else _run(each)


def find_run(stores: Stores, own_id: str) -> Run | None:
    """The run of that id with what it gave; None where there is none any more."""
    from mlflow.exceptions import MlflowException  # noqa: PLC0415 -- slow, and an extra

    with quiet(stores.place):
        try:
            found = stores.tracking.get_run(own_id)
        except MlflowException as error:
            if error.error_code == "RESOURCE_DOES_NOT_EXIST":
                return None
            raise
    return _whole_run(found)


def _whole_run(found: Any) -> Run:  # noqa: ANN401 -- MLflow's own class
    return replace(_run(found), metrics=found.data.metrics, datasets=tuple(_datasets(found)))


def _run(found: Any) -> Run:  # noqa: ANN401 -- MLflow's own class
    tags = found.data.tags
    day = (found.info.start_time or 0) // _MILLISECONDS
    parent, user = tags.get(_PARENT, ""), tags.get(_USER, "").strip()
    return Run(found.info.run_id, found.info.experiment_id, day, parent, user)


def _datasets(found: Any) -> Iterator[str]:  # noqa: ANN401 -- MLflow's own class
    """The names of the data that it was trained on; data without a name go by their digest."""
    for each in found.inputs.dataset_inputs if found.inputs else ():
        context = {tag.key: tag.value for tag in each.tags or ()}.get(_CONTEXT, "").casefold()
        if context in _TRAINING:
            nameless = each.dataset.name in _NAMELESS
            yield f"dataset {each.dataset.digest}" if nameless else each.dataset.name


def _pages(stores: Stores, search: Callable[..., Any], *, max_results: int) -> Iterator[Any]:
    """What the pages hold, one after the other."""
    token: str | None = None
    seen: set[str | None] = set()
    while token not in seen:
        seen.add(token)
        with quiet(stores.place):
            page = search(max_results=max_results, page_token=token)
        yield from page
        if not page.token:
            return
        token = page.token
    raise SourceError(
        f"{DOING}: MLflow hands out the same page again and again, so what comes behind it cannot"
        " be read. Look at its log.",
        file=stores.place,
    )
