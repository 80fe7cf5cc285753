"""The decisions that a team has recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.growth.site import MODELS, PERSONS, person

if TYPE_CHECKING:
    from ownership_graph.organisation.growth.site import Site

_KINDS = ("promote", "retire", "accept_risk", "choose_metric", "fund")


def state(site: Site) -> None:
    """A decision about a model of the team, on four teams of ten."""
    draw, number = site.draw, site.number
    if draw.chance(0.6):
        return
    end = "Decision", f"decision:b{number}"
    site.node(
        end,
        kind=_KINDS[number % len(_KINDS)],
        rule="any",
        status="open" if draw.chance(0.6) else "made",
        raised_day=site.ago(draw.whole(5, 400)),
        basis="recorded",
    )
    site.tie("NEEDS", end, person(site.earlier(1.2), draw.whole(0, PERSONS - 1)), role="decide")
    if draw.chance(0.5):
        one = person(site.earlier(1.2), draw.whole(0, PERSONS - 1))
        site.tie("NEEDS", end, one, role="input")
    site.tie("ABOUT", end, ("Model", f"model:b{number * MODELS}"))
