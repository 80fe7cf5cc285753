"""Made-up organisations of any size: for the demo, the examples, the benchmarks and the proofs.

One story is told by hand. `planting` adds faults of which it is known that they are there, and
near misses that must not be found; `growth` adds teams until the organisation is as large as it
was asked for.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ownership_graph.organisation import planting, story
from ownership_graph.organisation.growth import Team
from ownership_graph.organisation.planting import Planted, copies
from ownership_graph.organisation.story.company import found
from ownership_graph.organisation.tables import write_tables
from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.records import Relationship

__all__ = ["Planted", "copies", "organisation", "planted", "write_tables"]


def organisation(
    *, today: int, seed: int = 7, size: int = 300, defects: int | None = 0
) -> Iterator[Node | Relationship]:
    """All facts of a made-up organisation of about `size` nodes.

    The same `today` (days since 1970-01-01), `seed`, `size` and `defects` give the same facts in
    the same order. The story is always told whole, so the smallest organisation has 386 nodes; a
    larger one is the same story among more teams, streamed, with about 1.7 relationships a node.
    Only what is said of the gates fades there, since all teams pass the same ones.

    `defects` copies of every planted fault and near miss stand in it, `None` for as many as the
    size has room for; `planted` with the same arguments says what is known of them.
    """
    company = found(today=today, seed=seed)
    many = copies(size) if defects is None else defects
    nodes = 0
    for each in chain(story.facts(company), planting.facts(today=today, seed=seed, defects=many)):
        nodes += isinstance(each, Node)
        yield each
    number = 0
    while nodes < size:
        for each in Team(company, number).facts():
            nodes += isinstance(each, Node)
            yield each
        number += 1


def planted(
    *, today: int, seed: int = 7, size: int = 300, defects: int | None = None
) -> Iterator[Planted]:
    """What is known of an organisation of the same arguments, in the order of its facts.

    Each `Planted` holds a `code`, `what` it is (`defect` or `near miss`), the `subject` (the ids
    of the finding, in the order in which findings name them), and `why` in a sentence. A question
    of that code finds every defect, and no finding of it has the subject of a near miss, or
    begins with it. The story and the teams beside the islands have faults of their own, of which
    nothing is said here.
    """
    many = copies(size) if defects is None else defects
    yield from planting.truth(today=today, seed=seed, defects=many)
