"""Rights in the made-up company that only matter together: each gate has somebody, and yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.stating import node, tie
from ownership_graph.organisation.story.models import USE_CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node, Relationship

STANDING = (
    # Whoever is on duty may stop anything, so that nothing runs on because its owner is away; so
    # may the lines that run models. Risk and Legal answer for some as well, and are not named.
    ("stop-at-night", "Who stops a model tonight", "stop",
     ("security/1", "product", "engineering", "data", "security", "operations")),
    # Money took one signature, and whoever gave it has left.
    ("pay-for-models", "Who pays for AI", "fund", ("finance-operations/2",)),
)  # fmt: skip
"""Standing rights over every use case: what is decided, and by whom, any of whom is enough."""


def facts(company: Company) -> Iterator[Node | Relationship]:
    """Who must keep out of what, and who decides what everywhere."""
    # Of the two stewards of data use one has left. The other helped to build the reply copilot.
    yield tie("RECUSED_FROM", company.who("data-governance/1"), company.model("reply-copilot"))
    for right, name, kind, deciders in STANDING:
        end = "Decision", f"right:{right}"
        yield node("Decision", end[1], name=name, kind=kind, rule="any", basis="recorded")
        for who in deciders:
            yield tie("NEEDS", end, company.who(who), role="decide")
        for use_case, *_ in USE_CASES:
            yield tie("ABOUT", end, company.use_case(use_case))
