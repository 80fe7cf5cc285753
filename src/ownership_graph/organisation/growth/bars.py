"""What good enough means for a model: bars, results and incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ownership_graph.organisation.growth.site import Drawn, Site

_DIMENSIONS = ("accuracy", "cost", "risk", "latency", "fairness", "value")


def state(site: Site, model: Drawn) -> None:
    """A bar for most of what is tried in earnest, and what came of it."""
    draw, number = site.draw, model.number
    if model.stage not in {"pilot", "production"} or draw.chance(0.4):
        return
    bar, metric = ("Criterion", f"criterion:b{number}"), f"measure {number % 40}"
    threshold = round(0.5 + draw.share() / 2, 3)
    site.node(
        bar,
        name=f"{metric.capitalize()}: at least {threshold}",
        dimension=_DIMENSIONS[number % len(_DIMENSIONS)],
        metric=metric,
        direction="max",
        threshold=threshold,
    )
    since = site.ago(model.since + draw.whole(100, 200))
    status = "agreed" if draw.chance(0.8) else "proposed"
    site.tie("JUDGED_BY", model.end, bar, status=status, since_day=since)
    day = site.ago(draw.whole(1, model.since))
    if draw.chance(0.3):
        result = "Result", f"result:b{number}"
        value = round(min(1.0, threshold + 0.3 * (draw.share() - 0.25)), 3)
        site.node(result, metric=metric, value=value, day=day, reported=draw.chance(0.95))
        site.tie("MEASURES", result, model.end)
        site.tie("AGAINST", result, bar)
    if draw.chance(0.05):
        incident = "Incident", f"incident:b{number}"
        site.node(incident, severity="low", opened_day=day)
        site.tie("CONCERNS", incident, model.end)
