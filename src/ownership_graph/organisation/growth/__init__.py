"""More teams of the same company, any number of them, in the shapes of large organisations.

Lines of work in departments, departments in departments; a few teams that own very much, a few
models that carry very many; waits that are short as a rule and at times very long; people who have
left. Each team is drawn by itself, so that ten million nodes need no memory.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import count, islice
from typing import TYPE_CHECKING

from ownership_graph.organisation.growth import (
    bars,
    decisions,
    models,
    people,
    requests,
    rights,
)
from ownership_graph.organisation.growth.site import MODELS, PERSONS, TEAMS, Site
from ownership_graph.organisation.shape import Shape
from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Relationship


def until(
    company: Company, size: int | Shape, there: Mapping[str, int]
) -> Iterator[list[Node | Relationship]]:
    """As many teams as it takes to that size; `there` counts by label the nodes there are."""
    if isinstance(size, Shape):
        missing = max(size.people - there.get("Person", 0), 0)
        many = -(-missing * TEAMS // (PERSONS * TEAMS + 1))
        systems = max(size.systems - there.get("Model", 0), 0)
        yield from islice(teams(company, Fraction(systems, max(many, 1))), many)
        return
    nodes = sum(there.values())
    for team in teams(company):
        if nodes >= size:
            return
        nodes += sum(isinstance(each, Node) for each in team)
        yield team


def teams(
    company: Company, models_each: int | Fraction = MODELS
) -> Iterator[list[Node | Relationship]]:
    """Team after team without end: its people, its models and all that is about them."""
    for number in count():
        site = Site(company, number, models_each)
        people.state(site)
        drawn = []
        for model in models.state(site):
            requests.state(site, model)
            bars.state(site, model)
            drawn.append(model)
        decisions.state(site, drawn)
        rights.state(site)
        yield site.facts
