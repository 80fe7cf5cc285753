"""Models and what they stand on: who owns them, who works on them, what they serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.growth.site import (
    PERSONS,
    TEAMS,
    Drawn,
    job,
    person,
    team,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.growth.site import Site
    from ownership_graph.records import Properties

HUBS = 40
"""The models of the first teams, on which most others stand, are all owned."""

JOBS = 6
"""The use cases of a department."""

_TASKS = (
    "triage", "forecast", "matching agent", "score", "assistant", "summary", "routing",
    "classifier", "search", "anomaly watch", "price", "letter draft",
)  # fmt: skip
_STAGES = (
    ("idea", 0.08), ("experiment", 0.28), ("pilot", 0.46), ("production", 0.80),
    ("retired", 0.92), ("unknown", 1.0),
)  # fmt: skip
_TIERS = ((None, 0.45), (1, 0.83), (2, 0.97), (3, 1.0))
_FREEDOM = (("advises", 0.6), ("acts_after_approval", 0.9), ("acts_alone", 1.0))


def state(site: Site) -> Iterator[Drawn]:
    """The team's data, systems and use cases, and its models, each as it is drawn up."""
    _assets(site)
    for number in site.models:
        model = _model(site, number)
        _owners(site, model)
        _uses(site, model)
        yield model


def _assets(site: Site) -> None:
    number, draw = site.number, site.draw
    site.node(("Dataset", f"dataset:b{number}"), name=f"Records {number}", kind="table")
    if draw.chance(0.6):
        site.node(("Service", f"service:b{number}"), name=f"System {number}", kind="system")
    if number % TEAMS < JOBS:
        end = job(site.department, number % TEAMS)
        site.node(end, name=f"{site.line} work {number}", function=site.function)
        site.tie("OWNS", site.team, end, role="accountable")
        if draw.chance(0.7):
            ranking = "TradeOff", f"trade-off:b{number}"
            site.node(ranking, status="agreed" if draw.chance(0.9) else "draft", priority=1)
            site.tie("COVERS", ranking, end)


def _model(site: Site, number: int) -> Drawn:
    draw = site.draw
    stage, tier, since = draw.shared_out(_STAGES), draw.shared_out(_TIERS), draw.age(260)
    name = f"{site.line} {_TASKS[number % len(_TASKS)]} {number}"
    model = Drawn(("Model", f"model:b{number}"), name, number, stage, since, tier)
    held: Properties = {
        "name": name,
        "kind": "predictive model",
        "stage": stage,
        "stage_day": site.ago(since),
        "autonomy": draw.shared_out(_FREEDOM),
    }
    if tier is not None:
        held["risk_tier"] = tier
    if draw.chance(0.2):
        held["experiments_per_month"] = float(draw.whole(1, 12))
    site.node(model.end, **held)
    return model


def _owners(site: Site, model: Drawn) -> None:
    """The own team as a rule, else one of the few that own very much (Zipf)."""
    draw = site.draw
    if draw.chance(0.5):
        site.tie("WORKED_ON", site.team, model.end, events=draw.whole(1, 120))
    if site.number >= HUBS and draw.chance(0.03):
        return
    owner = site.team if draw.chance(0.7) else team(draw.zipf(site.number + 1))
    held: Properties = {"role": "technical" if draw.chance(0.04) else "accountable"}
    if draw.chance(0.7):
        held["confirmed_day"] = site.ago(draw.age(200))
    site.tie("OWNS", owner, model.end, **held)
    if owner != site.team and draw.chance(0.06):
        site.tie("OWNS", site.team, model.end, role="accountable", scope="model")
    if draw.chance(0.08):
        one = person(site.earlier(1.2), draw.whole(0, PERSONS - 1))
        site.tie("OWNS", one, model.end, role="technical")


def _uses(site: Site, model: Drawn) -> None:
    """What it stands on, a few far more often than the rest, and what it serves."""
    draw = site.draw
    if model.number and draw.chance(0.75):
        other = "Model", f"model:b{draw.early(model.number, 3.0)}"
        site.tie("DEPENDS_ON", model.end, other, kind="calls", hard=True)
    if draw.chance(0.35):
        data = "Dataset", f"dataset:b{site.earlier(2.0)}"
        site.tie("DEPENDS_ON", model.end, data, kind="trained_on", hard=False)
    if draw.chance(0.65):
        known = min(site.number % TEAMS + 1, JOBS)
        site.tie("SERVES", model.end, job(site.department, draw.whole(0, known - 1)))
