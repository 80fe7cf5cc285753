"""Rights in the made-up company that only matter together: each gate has somebody, and yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.stating import tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Relationship


def facts(company: Company) -> Iterator[Relationship]:
    """Who must keep out of what."""
    # Of the two stewards of data use one has left. The other helped to build the reply copilot.
    yield tie("RECUSED_FROM", company.who("data-governance/1"), company.model("reply-copilot"))
