"""Standing rights: who pays for the jobs of a department, and who may stop what does them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.growth.models import JOBS
from ownership_graph.organisation.growth.site import (
    TEAMS,
    department,
    department_name,
    desk,
    head,
    job,
)

if TYPE_CHECKING:
    from ownership_graph.organisation.growth.site import Site
    from ownership_graph.organisation.stating import End

WRITTEN = 6
"""One department of so many has written down who may stop what runs for it.

Every other one of those names the department itself, the rest somebody in security.
"""


def state(site: Site) -> None:
    """The rights of the department at its first team, and what they are about at each."""
    number, place = divmod(site.number, TEAMS)
    stops = number % WRITTEN == WRITTEN - 1
    if place == 0:
        _right(site, _pays(number), "fund", "pays", head(number))
        if stops:
            central = number // WRITTEN % 2
            holder = desk("security", 0) if central else department(number)
            _right(site, _stops(number), "stop", "stops what runs", holder)
    if place < JOBS:
        site.tie("ABOUT", _pays(number), job(number, place))
        if stops:
            site.tie("ABOUT", _stops(number), job(number, place))


def _right(site: Site, end: End, kind: str, what: str, holder: End) -> None:
    name = f"Who {what} for {department_name(site)}"
    site.node(end, name=name, kind=kind, rule="one", basis="recorded")
    site.tie("NEEDS", end, holder, role="decide")


def _pays(number: int) -> End:
    return "Decision", f"right:d{number}-pays"


def _stops(number: int) -> End:
    return "Decision", f"right:d{number}-stops"
