"""Made-up organisations of any size: for the demo, the examples, the benchmarks and the proofs.

One story is told by hand. `planting` adds faults of which it is known that they are there, and
near misses that must not be found; `growth` adds teams until the organisation is as large as it
was asked for.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from ownership_graph.organisation import frame, growth, planting
from ownership_graph.organisation import story as hand_told
from ownership_graph.organisation.growth import scan
from ownership_graph.organisation.planting import CODES, Grown, Planted, alone, copies
from ownership_graph.organisation.shape import Shape
from ownership_graph.organisation.story.company import found
from ownership_graph.organisation.tables import write_tables
from ownership_graph.organisation.truth import write_truth
from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Relationship

__all__ = [
    "CODES",
    "STORY",
    "Planted",
    "Shape",
    "alone",
    "copies",
    "organisation",
    "planted",
    "seen",
    "write_tables",
    "write_truth",
]

STORY = 396
"""The nodes of the story."""

_LIVE = frozenset({"pilot", "production"})


def organisation(
    *,
    today: int,
    seed: int = 7,
    size: int | Shape = 300,
    defects: int | None = 0,
    codes: Collection[str] = (),
    story: bool = True,
) -> Iterator[Node | Relationship]:
    """All facts of a made-up organisation of about `size` nodes, or of a `Shape`.

    The same arguments give the same facts in the same order; `today` counts days since
    1970-01-01. The story is told whole or, where `story` is false, not at all: with it the
    smallest organisation has 396 nodes, without it 29. A larger one is the same among more
    teams, streamed, with about 1.9 relationships a node. Only what the story says of the gates
    and of money fades there, since all teams pass the same gates and others pay.

    `defects` copies of every planted fault and near miss stand in it, or of those for `codes`;
    `None` means as many as the size has room for. `planted` with the same arguments says what is
    known of them. Nothing but some of those islands names what nobody describes (OWN-11).
    """
    many = copies(size, codes) if defects is None else defects
    for part in _parts(found(today=today, seed=seed), size, many, codes, story=story):
        yield from part.facts


def seen(
    *,
    today: int,
    seed: int = 7,
    size: int | Shape = 300,
    defects: int | None = 0,
    codes: Collection[str] = (),
    story: bool = True,
) -> Iterator[Node | Relationship]:
    """What a second source sees of the organisation of the same arguments.

    It is a scan of what runs: models that are a pilot or in production, and where they run; of
    what has grown it misses a few, and sees some that nobody registered. Some islands let it say
    more, so that the two sources differ.
    """
    many = copies(size, codes) if defects is None else defects
    for part in _parts(found(today=today, seed=seed), size, many, codes, story=story):
        for each in part.facts:
            if isinstance(each, Node) and _lives(each) and each.id not in part.unseen:
                yield from scan.seen_of(seed, each)
        yield from part.second


def _parts(
    company: Company, size: int | Shape, defects: int, codes: Collection[str], *, story: bool
) -> Iterator[Grown]:
    """The story or what stands for it, the islands, and the teams: one after the other."""
    begin = hand_told.facts(company) if story else frame.facts(company)
    islands = planting.islands(
        today=company.today, seed=company.seed, defects=defects, codes=codes
    )
    nodes: Counter[str] = Counter()
    for part in chain([Grown([*begin], [], [], [])], islands):
        nodes.update(each.label for each in part.facts if isinstance(each, Node))
        yield part
    for team in growth.until(company, size, nodes):
        yield Grown(team, [], [], [])


def _lives(node: Node) -> bool:
    return node.label == "Model" and node.properties.get("stage") in _LIVE


def planted(
    *,
    today: int,
    seed: int = 7,
    size: int | Shape = 300,
    defects: int | None = None,
    codes: Collection[str] = (),
    second: bool = False,
) -> Iterator[Planted]:
    """What is known of an organisation of the same arguments, in the order of its facts.

    Each `Planted` holds a `code`, `what` it is (`defect` or `near miss`), the `subject` (the ids
    of the finding, in the order in which findings name them), and `why` in a sentence. A question
    of that code finds every defect, and no finding of it has the subject of a near miss, or
    begins with it. The story and the teams beside the islands have faults of their own, of which
    nothing is said here.

    `second` is whether what is `seen` was imported as well, after the organisation and believed
    less; only then some things can be known. What is about the whole stands in `alone`.
    """
    many = copies(size, codes) if defects is None else defects
    for island in planting.islands(today=today, seed=seed, defects=many, codes=codes):
        if second or not island.of_two_sources:
            yield from island.known
