"""What all islands lie in, so that nothing is missing there but what was left out on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.stating import node, tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.stating import End
    from ownership_graph.records import Node, Relationship

GROUND: End = ("Team", "team:islands")
"""A function with a head, a stated reward and a stated appetite for risk."""

REWARD: End = ("Incentive", "incentive:islands")
"""What whoever stands outside the function is paid for."""

JOB: End = ("UseCase", "use-case:islands")
"""A job with an agreed bar and an agreed trade-off."""


MONEY: End = ("Decision", "right:islands")
"""The right to pay for the jobs of islands, which the head holds."""


def facts() -> Iterator[Node | Relationship]:
    """The ground, the same for every seed and day."""
    head = ("Person", "person:islands")
    bar, ranking = ("Criterion", "criterion:islands"), ("TradeOff", "trade-off:islands")
    yield node(
        *GROUND, name="Islands", kind="function", function="other", status="active",
        risk_appetite=3,
    )  # fmt: skip
    yield node(*head, name="Head of Islands", kind="human", status="active")
    yield tie("MEMBER_OF", head, GROUND, role="lead")
    yield node(*REWARD, name="Outcome", dimension="outcome", direction="max", basis="declared")
    yield tie("REWARDED_BY", GROUND, REWARD, weight=1.0)
    yield node(*MONEY, name="Who pays for islands", kind="fund", rule="one", basis="recorded")
    yield tie("NEEDS", MONEY, head, role="decide")
    yield node(*JOB, name="What islands are for", function="other")
    yield tie("OWNS", GROUND, JOB, role="accountable")
    yield tie("ABOUT", MONEY, JOB)
    yield node(
        *bar, name="Islands: at least 0.5 share", dimension="other", metric="what islands do",
        unit="share", direction="max", threshold=0.5,
    )  # fmt: skip
    yield tie("JUDGED_BY", JOB, bar, status="agreed")
    yield node(*ranking, name="Islands first", statement="Right wins over quick.", status="agreed")
    yield tie("COVERS", ranking, JOB)
