"""The story that is told by hand, a module a chapter.

Each fault is in it, and close beside it what looks like one and is none. Names and days are drawn
by a seed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.story import (
    approvals,
    criteria,
    decisions,
    directory,
    gates,
    incentives,
    models,
    owners,
    rights,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node, Relationship

_CHAPTERS = (
    directory, models, owners, gates, approvals, criteria, incentives, decisions, rights,
)  # fmt: skip


def facts(company: Company) -> Iterator[Node | Relationship]:
    """The whole story, chapter by chapter."""
    for chapter in _CHAPTERS:
        yield from chapter.facts(company)
