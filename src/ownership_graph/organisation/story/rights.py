"""Rights in the made-up company that only matter together: each gate has somebody, and yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.stating import node, tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node, Relationship

STANDING = (
    # Whoever is on duty may stop anything, so that nothing runs on because its owner is away.
    ("stop-at-night", "Who stops a model tonight", "stop", "security/1"),
    # Money took one signature, and whoever gave it has left.
    ("pay-for-models", "Who pays for AI", "fund", "finance-operations/2"),
)
"""Standing rights, about everything: what is decided, and by whom."""


def facts(company: Company) -> Iterator[Node | Relationship]:
    """Who must keep out of what, and who decides what everywhere."""
    # Of the two stewards of data use one has left. The other helped to build the reply copilot.
    yield tie("RECUSED_FROM", company.who("data-governance/1"), company.model("reply-copilot"))
    for right, name, kind, who in STANDING:
        end = "Decision", f"right:{right}"
        yield node("Decision", end[1], name=name, kind=kind, rule="one", basis="recorded")
        yield tie("NEEDS", end, company.who(who), role="decide")
