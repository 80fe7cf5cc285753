"""Who owns what in the made-up company, who worked on what, and who hands work to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.organisation.stating import tie
from ownership_graph.organisation.story.models import DATASETS, MODELS, SERVICES, USE_CASES
from ownership_graph.organisation.story.teams import LEFT, TEAMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from ownership_graph.organisation.stating import End
    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Relationship


_GONE = {*LEFT, *(row.team for row in TEAMS if row.status == "archived")}


class Claim(NamedTuple):
    """An owner beside the accountable team of the portfolio, or in its place."""

    model: str
    owner: str
    role: str
    scope: str | None = None
    confidence: float | None = None


CLAIMS = (
    # Two teams both think they own the pricing model; product and its own team are one line.
    Claim("motor-price", "actuarial-pricing", "accountable"),
    Claim("home-price", "product", "accountable"),
    # The owner has left; for invoices a second one is still here.
    Claim("reserve-forecast", "actuarial-pricing/3", "accountable"),
    Claim("invoice-matching", "finance-operations/2", "business"),
    # A mailbox and a service account; the other mailbox has a team behind it.
    Claim("cash-forecast", "finance-operations/mailbox", "accountable"),
    Claim("sanctions-screening", "operations/account", "accountable"),
    Claim("code-assistant", "ml-platform/mailbox", "technical"),
    # Owners, and nobody who answers.
    Claim("knowledge-search", "ml-platform", "technical"),
    Claim("knowledge-search", "contact-centre", "business"),
    Claim("callback-planner", "contact-centre", "responsible"),
    # A guess from who committed last is no claim.
    Claim("supplier-anomaly", "data-science/3", "technical", confidence=0.3),
    # Each answers for another part, or for its own use of a shared base model.
    Claim("document-intake", "claims-operations", "accountable", "use"),
    Claim("lumen-large", "service-products", "accountable", "use"),
    Claim("lumen-large", "claims-products", "accountable", "use"),
    # The steward who approved the data use owns the model; the risk role is no ownership.
    Claim("claims-fraud-score", "data-governance/1", "technical"),
    Claim("identity-check", "security/1", "risk"),
    Claim("claims-triage", "claims-engineering", "technical"),
    Claim("claims-triage", "claims-operations", "business"),
    Claim("small-business-score", "data-science", "technical"),
    Claim("flood-exposure", "model-risk", "oversight"),
)
SCOPES = {"document-intake": "operation", "lumen-large": "model"}
"""For which part the accountable team of the portfolio answers, where not for all."""

BEGUN = {"model:wording-checker": 42}
"""How many days its team has answered for a model, where the story tells when it was begun."""

ASSETS = {
    "claims-history": "claims-operations", "policy-master": "data-governance",
    "call-transcripts": "contact-centre", "telematics-trips": "pricing-product",
    "damage-photos": "claims-products", "medical-reports": "claims-operations",
    "supplier-ledger": "finance-operations", "flood-zones": "actuarial-pricing",
    "policy-wordings": "regulatory-affairs", "claims-core": "claims-engineering",
    "policy-core": "integration", "contact-hub": "contact-centre",
    "feature-store": "ml-platform", "model-serving": "ml-platform",
    "document-queue": "integration",
}  # fmt: skip
JOBS = {
    "settle-claims": "claims-products", "stop-fraud": "risk", "set-prices": "product",
    "keep-customers": "customer-growth", "answer-calls": "contact-centre",
    "read-documents": "integration", "underwrite": "underwriting-operations",
    "pay-invoices": "finance-operations", "plan-cash": "finance-operations",
    "find-answers": "service-products", "build-software": "engineering",
    "screen-parties": "security", "know-exposure": "actuarial-pricing",
}  # fmt: skip
"""Who owns a use case; nobody owns the letters."""

WORKED = (
    # Three teams build the intake, and the one that answers for it hardly touches it.
    ("document-intake", "ml-platform", 88), ("document-intake", "claims-engineering", 76),
    ("document-intake", "data-science", 40), ("document-intake", "integration", 12),
    # As many teams, but the accountable one does a fifth.
    ("claims-triage", "claims-engineering", 70), ("claims-triage", "data-science", 56),
    ("claims-triage", "claims-products", 34), ("claims-triage", "ml-platform", 10),
    # As scattered as the intake, but too little of it to say anything.
    ("call-notes", "ml-platform", 20), ("call-notes", "integration", 20),
    ("call-notes", "service-products", 9),
    ("language-detector", "automation-lab", 140), ("language-detector", "integration", 9),
    ("motor-price", "pricing-product", 120), ("motor-price", "actuarial-pricing", 95),
)  # fmt: skip
SEEN = (("claims-fraud-score", "data-science/1", 25),)
"""People who were seen at work themselves."""

HANDED = (
    ("claims-engineering", "ml-platform", 14, 6.0),
    ("ml-platform", "claims-engineering", 12, 9.5),
    ("integration", "claims-engineering", 10, 3.0),
    ("claims-engineering", "integration", 9, 4.0),
    ("data-science", "ml-platform", 31, 2.5),
    ("contact-centre", "service-products", 17, 5.0),
)
"""From, to, how often, and the median of the days."""


def facts(company: Company) -> Iterator[Relationship]:
    """Who owns what, who was seen working on what, and who hands work over."""
    random = company.draws("owners")
    for row in MODELS:
        if row.owner:
            end, scope = company.model(row.model), SCOPES.get(row.model)
            yield _owns(company, random, row.owner, end, "accountable", scope, None)
    for claim in CLAIMS:
        end = company.model(claim.model)
        yield _owns(company, random, claim.owner, end, claim.role, claim.scope, claim.confidence)
    yield from _assets(company, random)
    yield from _work(company, random)
    for model, seat, count in SEEN:
        yield tie("WORKED_ON", company.who(seat), company.model(model), events=count)
    for team, other, count, days in HANDED:
        ends = company.team(team), company.team(other)
        yield tie("HANDED_OVER", *ends, count=count, median_days=days)


def _owns(  # noqa: PLR0913, PLR0917 -- a claim with its end
    company: Company,
    random: Random,
    owner: str,
    end: End,
    role: str,
    scope: str | None,
    confidence: float | None,
) -> Relationship:
    confirmed = random.randint(20, 300) + (350 if owner in _GONE else 0)
    guessed = confidence is not None
    since = confirmed if guessed else confirmed + random.randint(30, 500)
    since = BEGUN.get(end[1], since)
    return tie(
        "OWNS",
        company.who(owner),
        end,
        role=role,
        scope=scope,
        confidence=confidence,
        since_day=None if guessed else company.ago(since),
        confirmed_day=None if guessed else company.ago(min(confirmed, since)),
        confirmed_by=None if guessed else _confirmer(company, owner),
    )


def _confirmer(company: Company, owner: str) -> str:
    """The id of who confirmed an ownership: the lead of the team, or the person."""
    if "/" in owner:
        return company.who(owner)[1]
    return company.who(f"{owner}/1")[1]


def _assets(company: Company, random: Random) -> Iterator[Relationship]:
    labels = {name: "Dataset" for name, *_ in DATASETS}
    labels |= {name: "Service" for name, *_ in SERVICES}
    for asset, owner in ASSETS.items():
        end = labels[asset], f"{labels[asset].casefold()}:{asset}"
        yield _owns(company, random, owner, end, "accountable", None, None)
    for use_case, *_ in USE_CASES:
        if use_case in JOBS:
            end = company.use_case(use_case)
            yield _owns(company, random, JOBS[use_case], end, "accountable", None, None)


def _work(company: Company, random: Random) -> Iterator[Relationship]:
    """What was observed: the story's models, and others where the owner does most."""
    told = {model for model, *_ in WORKED}
    events = [*WORKED]
    for row in MODELS:
        if row.owner and row.stage and row.model not in told:
            events.append((row.model, row.owner, random.randint(60, 140)))
            if row.owner != "ml-platform":
                events.append((row.model, "ml-platform", random.randint(10, 40)))
    totals: dict[str, int] = {}
    for model, _, count in events:
        totals[model] = totals.get(model, 0) + count
    for model, team, count in events:
        share = round(count / totals[model], 3)
        yield tie("WORKED_ON", company.team(team), company.model(model), events=count, share=share)
