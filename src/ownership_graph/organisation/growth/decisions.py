"""The decisions that a team has recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.growth.site import PERSONS, person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ownership_graph.organisation.growth.site import Drawn, Site

_KINDS = (
    ("promote", "Take {} live"), ("retire", "Retire {}"),
    ("accept_risk", "Accept the risk of {}"), ("choose_metric", "Agree on one number for {}"),
    ("fund", "Pay for {}"),
)  # fmt: skip


def state(site: Site, models: Sequence[Drawn]) -> None:
    """A decision about the first model of the team, on four teams of ten that have any."""
    draw, number = site.draw, site.number
    if draw.chance(0.6) or not models:
        return
    end = "Decision", f"decision:b{number}"
    kind, name = _KINDS[number % len(_KINDS)]
    site.node(
        end,
        name=name.format(models[0].name),
        kind=kind,
        rule="any",
        status="open" if draw.chance(0.6) else "made",
        raised_day=site.ago(draw.whole(5, 400)),
        basis="recorded",
    )
    site.tie("NEEDS", end, person(site.earlier(1.2), draw.whole(0, PERSONS - 1)), role="decide")
    if draw.chance(0.5):
        one = person(site.earlier(1.2), draw.whole(0, PERSONS - 1))
        site.tie("NEEDS", end, one, role="input")
    site.tie("ABOUT", end, models[0].end)
