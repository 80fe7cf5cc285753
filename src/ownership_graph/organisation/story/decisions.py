"""The decisions that the made-up company has recorded, some of which nobody can make."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.organisation.stating import node, tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node, Relationship


class Row(NamedTuple):
    """A decision: `raised` and `made` are days ago; `parts` are who takes which part."""

    decision: str
    name: str
    kind: str
    raised: int
    about: str
    parts: tuple[tuple[str, str], ...]
    rule: str | None = None
    quorum: int | None = None
    status: str = "open"
    made: int | None = None
    blocked_by: tuple[str, ...] = ()


DECISIONS = (
    # Advice and consent are asked for, and nobody decides.
    Row("one-letter-assistant", "Choose one of the three letter assistants", "merge_pilots", 120,
        "UseCase/answer-letters", (
            ("claims-operations", "recommend"), ("contact-centre", "recommend"),
            ("underwriting-operations", "recommend"), ("privacy-office/1", "agree"))),
    # Two are to decide, and no rule says how.
    Row("motor-price-owner", "Who releases the next motor price", "promote", 75,
        "Model/motor-price", (("pricing-product", "decide"), ("actuarial-pricing", "decide"))),
    # The decider has left.
    Row("retire-churn", "Retire the churn forecast or hand it on", "retire", 100,
        "Model/churn-forecast", (("customer-analytics/1", "decide"), ("data/1", "input"))),
    # Each waits for the other.
    Row("promote-summary", "Take the medical report summary live", "promote", 60,
        "Model/medical-report-summary", (("claims-products/1", "decide"),), "one",
        blocked_by=("summary-bar",)),
    Row("summary-bar", "Agree the bar for invented findings", "choose_metric", 58,
        "Criterion/summary-invented", (("model-risk/1", "decide"),), "one",
        blocked_by=("promote-summary",)),
    # A group that has lost its quorum.
    Row("screening-risk", "Accept the risk of screening without a valid review", "accept_risk",
        35, "Model/sanctions-screening", (("ai-steering-group", "decide"),), "one"),
    # These can be made: a quorum holds; one of two is here; the block is gone; a rule stands.
    Row("promote-underwriting", "Take the underwriting assistant live", "promote", 40,
        "Model/underwriting-assistant",
        (("model-risk-committee", "decide"), ("underwriting-operations/1", "decide")), "all"),
    Row("fund-serving", "Pay for a second serving cluster", "fund", 50, "Model/lumen-large",
        (("finance-operations/2", "decide"), ("engineering/1", "decide")), "any"),
    Row("promote-damage", "Take the damage estimate live", "promote", 30,
        "Model/motor-damage-estimate", (("claims-products/1", "decide"),), "one",
        blocked_by=("stop-ranking",)),
    Row("open-legal-gate", "Let any entitled reviewer pass tier 1", "change_policy", 90,
        "Gate/legal", (("legal/1", "decide"), ("privacy-office/1", "decide"),
                       ("regulatory-affairs/1", "decide"), ("product/1", "input"),
                       ("engineering/1", "input"), ("data/1", "input"), ("risk/1", "agree"),
                       ("security/1", "input"), ("operations/1", "input"),
                       ("company/1", "input")), "k_of_n", 2),
    Row("stop-ranking", "Stop ranking applicants", "stop", 230, "Model/applicant-ranking",
        (("automation-lab/1", "decide"),), "one", status="made", made=205),
    Row("buy-call-coach", "Buy a call coach in place of ours", "fund", 200, "UseCase/answer-calls",
        (("service-products/1", "decide"), ("contact-centre/1", "agree")), status="dropped"),
)  # fmt: skip


def facts(company: Company) -> Iterator[Node | Relationship]:
    """Decisions, what they are about, whose part they need, and what blocks them."""
    for row in DECISIONS:
        end = "Decision", f"decision:{row.decision}"
        yield node(
            "Decision",
            end[1],
            name=row.name,
            kind=row.kind,
            rule=row.rule,
            quorum=row.quorum,
            status=row.status,
            raised_day=company.ago(row.raised),
            made_day=None if row.made is None else company.ago(row.made),
            basis="recorded",
        )
        label, _, name = row.about.partition("/")
        prefix = "use-case" if label == "UseCase" else label.casefold()
        yield tie("ABOUT", end, (label, f"{prefix}:{name}"))
        for who, role in row.parts:
            yield tie("NEEDS", end, company.who(who), role=role)
        for other in row.blocked_by:
            yield tie("BLOCKED_BY", end, ("Decision", f"decision:{other}"))
