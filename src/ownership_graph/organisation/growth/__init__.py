"""More teams of the same company, any number of them, in the shapes of large organisations.

Lines of work in departments, departments in departments; a few teams that own very much, a few
models that carry very many; waits that are short as a rule and at times very long; people who have
left. Each team is drawn by itself, so that ten million nodes need no memory.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from ownership_graph.organisation.growth import (
    bars,
    decisions,
    models,
    people,
    requests,
    rights,
)
from ownership_graph.organisation.growth.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node, Relationship


def teams(company: Company) -> Iterator[list[Node | Relationship]]:
    """Team after team without end: its people, its models and all that is about them."""
    for number in count():
        site = Site(company, number)
        people.state(site)
        for model in models.state(site):
            requests.state(site, model)
            bars.state(site, model)
        decisions.state(site)
        rights.state(site)
        yield site.facts
