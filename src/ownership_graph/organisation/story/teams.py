"""The teams of the made-up company, in a tree, and how many people sit in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPANY = "company"


class Row(NamedTuple):
    """A team: `seats` people have it as their own; `appetite` for risk is 1 to 5."""

    team: str
    name: str
    kind: str
    function: str
    parent: str = ""
    seats: int = 0
    appetite: int | None = None
    status: str = "active"


class Body(NamedTuple):
    """How a committee decides, and who sits in it."""

    quorum: int
    rule: str
    meets_every: int
    capacity: int
    seats: tuple[str, ...]


TEAMS = (
    Row(COMPANY, "", "group", "leadership", seats=1),
    Row("product", "Product", "function", "product", COMPANY, 1, 4),
    Row("claims-products", "Claims Products", "team", "product", "product", 3, 4),
    Row("pricing-product", "Pricing Product", "team", "product", "product", 3, 4),
    Row("customer-growth", "Customer Growth", "team", "product", "product", 3, 5),
    Row("service-products", "Service Products", "team", "product", "product", 3, 4),
    Row("engineering", "Engineering", "function", "engineering", COMPANY, 1, 4),
    Row("ml-platform", "ML Platform", "team", "engineering", "engineering", 4, 4),
    Row("claims-engineering", "Claims Engineering", "team", "engineering", "engineering", 3, 4),
    Row("integration", "Integration", "team", "engineering", "engineering", 2, 3),
    Row("automation-lab", "Automation Lab", "team", "engineering", "engineering", 2,
        status="archived"),
    Row("data", "Data", "function", "data", COMPANY, 1, 3),
    Row("data-science", "Data Science", "team", "data", "data", 4, 4),
    Row("data-governance", "Data Governance", "team", "data", "data", 3, 3),
    Row("customer-analytics", "Customer Analytics", "team", "data", "data", 2,
        status="archived"),
    Row("legal", "Legal and Compliance", "function", "legal", COMPANY, 1, 2),
    Row("privacy-office", "Privacy Office", "team", "legal", "legal", 3, 2),
    Row("regulatory-affairs", "Regulatory Affairs", "team", "legal", "legal", 3, 2),
    Row("risk", "Risk", "function", "risk", COMPANY, 1, 2),
    Row("model-risk", "Model Risk", "team", "risk", "risk", 3, 2),
    Row("actuarial-pricing", "Actuarial Pricing", "team", "risk", "risk", 3, 3),
    Row("security", "Security", "function", "security", COMPANY, 1, 2),
    Row("application-security", "Application Security", "team", "security", "security", 6, 2),
    Row("operations", "Operations", "function", "operations", COMPANY, 1, 3),
    Row("claims-operations", "Claims Operations", "team", "operations", "operations", 3, 3),
    Row("contact-centre", "Contact Centre", "team", "operations", "operations", 3, 3),
    Row("underwriting-operations", "Underwriting Operations", "team", "operations",
        "operations", 3, 3),
    Row("finance-operations", "Finance Operations", "team", "operations", "operations", 2, 3),
    Row("executive-committee", "Executive Committee", "committee", "leadership", COMPANY),
    Row("model-risk-committee", "Model Risk Committee", "committee", "risk", "risk"),
    Row("release-board", "Release Board", "committee", "engineering", "engineering"),
    Row("ai-steering-group", "AI Steering Group", "committee", "leadership", COMPANY),
    Row("lumenforge", "Lumenforge (language models)", "vendor", "other"),
    Row("docuvale", "Docuvale (document reading)", "vendor", "other"),
    Row("cloudharrow", "Cloudharrow (hosting)", "vendor", "other"),
    Row("sanctionline", "Sanctionline (screening)", "vendor", "other"),
)  # fmt: skip

# The steering group wants four of its five, and two have left.
BODIES = {
    "executive-committee": Body(5, "majority", 14, 6, (
        "company/1", "product/1", "engineering/1", "data/1", "legal/1", "risk/1", "security/1",
        "operations/1")),
    "model-risk-committee": Body(3, "majority", 28, 2, (
        "risk/1", "model-risk/1", "model-risk/2", "actuarial-pricing/1", "data-science/1")),
    "release-board": Body(3, "majority", 7, 8, (
        "engineering/1", "ml-platform/1", "ml-platform/2", "claims-engineering/1",
        "integration/1", "operations/1", "contact-centre/1", "claims-operations/1")),
    "ai-steering-group": Body(4, "majority", 28, 4, (
        "product/1", "data/1", "customer-analytics/1", "actuarial-pricing/3", "operations/1")),
}  # fmt: skip

LEFT = {
    "actuarial-pricing/3": 210,
    "customer-analytics/1": 150,
    "data-governance/3": 45,
    "finance-operations/2": 90,
    "automation-lab/1": 260,
}
"""Who has left, and how many days ago."""

MOVED = {"automation-lab/2": "ml-platform", "customer-analytics/2": "customer-growth"}
"""Where people of a dissolved team sit now."""

LIAISONS = (("regulatory-affairs/1", "service-products"),)
"""Who speaks for the own team in another."""

ACCOUNTS = {
    "finance-operations/mailbox": ("mailbox:finance-models", "Finance models (mailbox)",
                                   "shared_mailbox"),
    "ml-platform/mailbox": ("mailbox:ml-platform", "ML Platform (mailbox)", "shared_mailbox"),
    "operations/account": ("account:screening", "Screening batch (service account)", "service"),
}  # fmt: skip
"""Mailboxes and service accounts that stand where a human should: id, name, kind."""


def seats() -> Iterator[str]:
    """Every seat of a human, such as `legal/1`; the first seat of a team is its lead's."""
    for row in TEAMS:
        for number in range(1, row.seats + 1):
            yield f"{row.team}/{number}"
