"""How much is tried on each model: a sweep of 500 runs on one day is one experiment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.readers.model_registry.contents import Registered, Run

Experiment: TypeAlias = tuple[str, int]
"""An experiment of MLflow's, and a day on which runs were begun there."""

MONTH = 30
"""Days, as in the question that counts experiments in a wait."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried on one model, and by whom; `first_day` is the first that is known of it."""

    first_day: int
    experiments: set[Experiment] = field(default_factory=set)
    by: defaultdict[str, set[Experiment]] = field(default_factory=lambda: defaultdict(set))

    def per_month(self, until: int, days: int) -> float:
        """How many in 30 days, over the last `days`, or since the first, but over 30 at least.

        >>> Tried(0, {("e", 1), ("e", 5), ("f", 5)}).per_month(10, 90)
        3.0
        >>> Tried(0, {("e", 150), ("e", 160), ("e", 170)}).per_month(170, 90)
        1.0
        """
        known = max(until - self.first_day + 1, MONTH)
        return round(len(self.experiments) * MONTH / min(known, max(days, MONTH)), 1)


def tried_on(
    models: Iterable[Registered], runs: Sequence[Run], older: Mapping[str, Run]
) -> dict[str, Tried]:
    """What was tried on each model in those runs; a model of whose runs none is known is left out.

    `older` are further runs that versions came from, by their ids. All that was tried in an
    experiment of MLflow's is for the model whose versions came from it; where several models'
    did, only the runs from which they came, or those right above them.
    """
    known = {**older, **{each.id: each for each in runs}}
    feeds: defaultdict[str, set[str]] = defaultdict(set)
    own: defaultdict[str, set[str]] = defaultdict(set)
    tried: dict[str, Tried] = {}
    for model in models:
        sources = [known[each.run] for each in model.versions if each.run in known]
        for run in sources:
            feeds[run.experiment].add(model.name)
            own[model.name].add(run.parent or run.id)
        if sources:
            tried[model.name] = Tried(
                min([each.day for each in sources] + [each.day for each in model.versions])
            )
    for run in runs:
        if not run.parent:
            fed = feeds.get(run.experiment, set())
            for name in fed if len(fed) == 1 else [each for each in fed if run.id in own[each]]:
                tried[name].experiments.add((run.experiment, run.day))
                tried[name].by[run.user].add((run.experiment, run.day))
    return tried
