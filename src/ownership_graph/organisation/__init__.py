"""The made-up organisation that the demo, the examples, the benchmarks and the docs use.

One story is told by hand, a module a chapter: each fault is in it, and close beside it what
looks like one and is none. Names and days are drawn by a seed. `growth` adds teams to it until
the organisation is as large as it was asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation import (
    approvals,
    criteria,
    decisions,
    directory,
    gates,
    incentives,
    models,
    owners,
)
from ownership_graph.organisation.company import found
from ownership_graph.organisation.growth import Team
from ownership_graph.organisation.tables import write_tables
from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.records import Relationship

__all__ = ["organisation", "write_tables"]

_CHAPTERS = (directory, models, owners, gates, approvals, criteria, incentives, decisions)


def organisation(*, today: int, seed: int = 7, size: int = 300) -> Iterator[Node | Relationship]:
    """All facts of a made-up organisation of about `size` nodes.

    The same `today` (days since 1970-01-01), `seed` and `size` give the same facts in the same
    order. The story is always told whole, so the smallest organisation has 386 nodes; a larger one
    is the same story among more teams, streamed, with about 1.7 relationships a node. Only
    what is said of the gates fades there, since all teams pass the same ones.
    """
    company = found(today=today, seed=seed)
    nodes = 0
    for chapter in _CHAPTERS:
        for each in chapter.facts(company):
            nodes += isinstance(each, Node)
            yield each
    number = 0
    while nodes < size:
        for each in Team(company, number).facts():
            nodes += isinstance(each, Node)
            yield each
        number += 1
