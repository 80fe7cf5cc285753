"""What the functions of the made-up company are rewarded for, and where rewards pull apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.organisation.stating import node, tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node, Relationship


class Tension(NamedTuple):
    """Two rewards that pull apart, and how that was settled, if it was."""

    one: str
    two: str
    reconciled: bool
    basis: str
    settled_by: str | None = None
    wins: str | None = None
    written_in: str | None = None


REWARDS = (
    ("speed", "Days from idea to launch", "min", "quarter", "declared"),
    ("differentiation", "Products that no rival has", "max", "year", "declared"),
    ("correctness", "Defects found after release", "min", "quarter", "assumed"),
    ("defensibility", "Findings in audits", "min", "year", "declared"),
    ("coverage", "Models under review", "max", "quarter", "declared"),
    ("stability", "Hours without a stop", "max", "month", "declared"),
    ("cost", "Cost of one case", "min", "quarter", "declared"),
    ("outcome", "Combined ratio", "min", "year", "declared"),
)
REWARDED = (
    ("product", "speed", 0.7), ("product", "differentiation", 0.3),
    ("claims-products", "speed", 0.8), ("pricing-product", "speed", 0.6),
    ("customer-growth", "differentiation", 0.5), ("customer-growth", "speed", 0.5),
    ("service-products", "speed", 0.7),
    ("engineering", "correctness", 1.0), ("data", "correctness", 1.0),
    ("legal", "defensibility", 1.0), ("privacy-office", "defensibility", 1.0),
    ("risk", "coverage", 1.0), ("security", "coverage", 1.0),
    ("operations", "stability", 0.6), ("operations", "cost", 0.4),
    ("executive-committee", "outcome", 1.0),
)  # fmt: skip
TENSIONS = (
    # Nobody is named to settle it, and the two meet at the legal gate every week.
    Tension("speed", "defensibility", reconciled=False, basis="declared"),
    # Settled, with the rule written down.
    Tension("speed", "stability", reconciled=True, basis="declared",
            settled_by="team:release-board", wins="stability at tier 3, else speed",
            written_in="Release policy, section 4"),
    Tension("speed", "coverage", reconciled=True, basis="declared", settled_by="team:risk",
            wins="coverage", written_in="Model risk policy, section 2"),
    # Said to be settled, with nothing to read.
    Tension("outcome", "defensibility", reconciled=True, basis="declared"),
    # Only assumed.
    Tension("correctness", "speed", reconciled=False, basis="assumed"),
)  # fmt: skip


def facts(company: Company) -> Iterator[Node | Relationship]:
    """Rewards, who has them, and which conflict."""
    for dimension, measure, direction, period, basis in REWARDS:
        yield node(
            "Incentive",
            f"incentive:{dimension}",
            name=dimension.capitalize(),
            dimension=dimension,
            measure=measure,
            direction=direction,
            period=period,
            basis=basis,
        )
    for team, dimension, weight in REWARDED:
        end = "Incentive", f"incentive:{dimension}"
        yield tie("REWARDED_BY", company.team(team), end, weight=weight)
    for each in TENSIONS:
        yield tie(
            "CONFLICTS_WITH",
            ("Incentive", f"incentive:{each.one}"),
            ("Incentive", f"incentive:{each.two}"),
            reconciled=each.reconciled,
            settled_by=each.settled_by,
            wins=each.wins,
            written_in=each.written_in,
            basis=each.basis,
        )
