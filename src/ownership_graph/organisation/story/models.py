"""The AI systems of the made-up company, what they are for and what they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.organisation.stating import node, tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node, Relationship


class Row(NamedTuple):
    """A model: `owner` is the accountable team, `since` the days in its stage.

    `target` is the days until it should move on, negative where that day is past;
    `experiments` are those of a month.
    """

    model: str
    name: str
    kind: str
    stage: str
    since: int
    tier: int | None
    owner: str
    use_case: str
    version: str = "1.0"
    autonomy: str = "advises"
    target: int | None = None
    experiments: float | None = None


_LIVE, _PILOT, _TRIED = "production", "pilot", "experiment"
_PREDICTS, _WRITES, _ACTS = "predictive model", "prompt application", "agent"
_RULES, _BOUGHT, _LEARNT = "rule set", "vendor model", "base model"
_AFTER, _ALONE = "acts_after_approval", "acts_alone"

MODELS = (
    Row("claims-triage", "Claims triage", _PREDICTS, _LIVE, 620, 3, "claims-products",
        "settle-claims", "3.2", _AFTER, experiments=12.0),
    Row("motor-damage-estimate", "Motor damage estimate from photos", _PREDICTS, _PILOT, 150, 2,
        "claims-products", "settle-claims", "0.8", target=60),
    Row("medical-report-summary", "Medical report summary", _WRITES, _PILOT, 120, 3,
        "claims-products", "settle-claims", "0.5", target=90, experiments=10.0),
    Row("repair-routing", "Repair shop routing", _RULES, _LIVE, 900, 1, "claims-operations",
        "settle-claims", "2.4", _AFTER),
    Row("claims-fraud-score", "Claims fraud score", _PREDICTS, _LIVE, 540, 3, "data-science",
        "stop-fraud", "2.0"),
    Row("fraud-rings", "Fraud ring detection", _PREDICTS, _TRIED, 80, 2, "data-science",
        "stop-fraud", "0.2", experiments=20.0),
    Row("motor-price", "Motor pricing model", _PREDICTS, _LIVE, 700, 3, "pricing-product",
        "set-prices", "5.1", _AFTER),
    Row("home-price", "Home pricing model", _PREDICTS, _LIVE, 810, 2, "pricing-product",
        "set-prices", "4.0", _AFTER),
    Row("price-elasticity", "Renewal price elasticity", _PREDICTS, _PILOT, 210, 2,
        "pricing-product", "set-prices", "0.9", target=120, experiments=3.0),
    Row("telematics-score", "Telematics driving score", _PREDICTS, _PILOT, 260, 3,
        "pricing-product", "set-prices", "0.7", target=45, experiments=9.0),
    Row("churn-forecast", "Churn forecast", _PREDICTS, _LIVE, 510, 1, "customer-analytics",
        "keep-customers", "1.3"),
    Row("next-best-offer", "Next best offer", _PREDICTS, _PILOT, 190, None, "customer-growth",
        "keep-customers", "0.4", experiments=16.0),
    Row("win-back-agent", "Win-back mail agent", _ACTS, _PILOT, 364, 1, "customer-growth",
        "keep-customers", "0.6", _AFTER),
    Row("letter-drafting", "Letter drafting assistant", _WRITES, _PILOT, 340, 2,
        "claims-operations", "answer-letters", "0.9"),
    Row("reply-copilot", "Reply copilot", _WRITES, _PILOT, 250, 2, "contact-centre",
        "answer-letters", "0.4"),
    Row("correspondence-agent", "Correspondence agent", _ACTS, _PILOT, 205, 2,
        "underwriting-operations", "answer-letters", "0.3", _AFTER),
    Row("call-notes", "Call notes assistant", _WRITES, _LIVE, 240, 1, "contact-centre",
        "answer-calls", "1.1"),
    Row("call-coach", "Live call coach", _WRITES, _PILOT, 95, 2, "service-products",
        "answer-calls", "0.2", target=30, experiments=3.0),
    Row("voice-triage", "Voice triage bot", _ACTS, _PILOT, 420, 2, "service-products",
        "answer-calls", "0.8", _ALONE),
    Row("callback-planner", "Callback planner", _PREDICTS, _PILOT, 200, 1, "",
        "answer-calls", "0.5", target=-15),
    Row("document-intake", "Document intake", _PREDICTS, _LIVE, 350, 2, "integration",
        "read-documents", "2.2", _AFTER),
    Row("language-detector", "Document language detector", _PREDICTS, _LIVE, 820, 2, "",
        "read-documents", "1.0", _ALONE),
    Row("complaint-classifier", "Complaint classifier", _PREDICTS, _LIVE, 280, 1,
        "service-products", "read-documents", "1.2"),
    Row("underwriting-assistant", "Underwriting assistant", _WRITES, _PILOT, 170, 3,
        "underwriting-operations", "underwrite", "0.6", target=75),
    Row("small-business-score", "Small business risk score", _PREDICTS, _LIVE, 480, 3,
        "underwriting-operations", "underwrite", "1.4", _AFTER),
    Row("wording-checker", "Policy wording checker", _WRITES, _TRIED, 40, 2,
        "regulatory-affairs", "underwrite", "0.1"),
    Row("invoice-matching", "Invoice matching agent", _ACTS, _LIVE, 400, 2,
        "finance-operations", "pay-invoices", "1.5", _ALONE),
    Row("supplier-anomaly", "Supplier invoice anomaly", _PREDICTS, _TRIED, 300, None, "",
        "pay-invoices", "0.1"),
    Row("cash-forecast", "Cash flow forecast", _PREDICTS, _LIVE, 650, 1, "", "plan-cash", "1.8"),
    Row("reserve-forecast", "Claims reserve forecast", _PREDICTS, _LIVE, 1100, 2, "",
        "plan-cash", "6.0"),
    Row("knowledge-search", "Knowledge search", _WRITES, _LIVE, 320, 1, "", "find-answers",
        "1.6"),
    Row("policy-chatbot", "Customer policy chatbot", _ACTS, _LIVE, 130, 2, "service-products",
        "find-answers", "1.0", _ALONE),
    Row("hr-assistant", "Staff policy assistant", _WRITES, _PILOT, 500, 1, "service-products",
        "find-answers", "0.7"),
    Row("code-assistant", "Code assistant", _BOUGHT, _LIVE, 410, 1, "ml-platform",
        "build-software", "2026.1"),
    Row("log-anomaly", "Log anomaly watch", _PREDICTS, _LIVE, 600, 1, "application-security",
        "build-software", "1.9", _ALONE),
    Row("phishing-filter", "Phishing mail filter", _PREDICTS, _LIVE, 520, 2,
        "application-security", "screen-parties", "2.7", _ALONE),
    Row("flood-exposure", "Flood exposure map", _PREDICTS, _LIVE, 720, 2, "actuarial-pricing",
        "know-exposure", "3.0"),
    Row("sanctions-screening", "Sanctions screening", _BOUGHT, _LIVE, 900, 3, "",
        "screen-parties", "12.4", _AFTER),
    Row("identity-check", "Identity document check", _PREDICTS, _LIVE, 330, 2,
        "underwriting-operations", "screen-parties", "2.0", _AFTER),
    Row("applicant-ranking", "Applicant ranking", _PREDICTS, "retired", 200, 3, "", "", "1.1"),
    Row("lumen-large", "Lumen Large 4", _LEARNT, "", 0, None, "ml-platform", "", "4"),
    Row("lumen-embed", "Lumen Embed 2", _LEARNT, "", 0, None, "ml-platform", "", "2"),
    Row("harrow-8b", "Harrow 8B (open weights)", _LEARNT, "", 0, None, "ml-platform", "", "8B"),
    Row("docuvale-reader", "Docuvale Reader", _LEARNT, "", 0, None, "integration", "", "7"),
)  # fmt: skip

USE_CASES = (
    ("settle-claims", "Settle claims faster", "operations", "Nine of ten claims paid in a week."),
    ("stop-fraud", "Stop fraud before payment", "risk", "Fraud found before money moves."),
    ("set-prices", "Price motor and home", "product", "Prices that hold for a whole season."),
    ("keep-customers", "Keep customers at renewal", "product", "Two points less churn."),
    ("answer-letters", "Answer customers' letters", "operations", "A reply within one day."),
    ("answer-calls", "Help agents during calls", "operations", "No call is explained twice."),
    ("read-documents", "Read incoming documents", "operations", "No document typed by hand."),
    ("underwrite", "Quote small business in a day", "operations", "A quote on the same day."),
    ("pay-invoices", "Pay suppliers on time", "operations", "No invoice older than 30 days."),
    ("plan-cash", "Plan cash and reserves", "operations", "One forecast for all of finance."),
    ("find-answers", "Find answers in policies", "product", "The right clause in a minute."),
    ("build-software", "Build and run software", "engineering", "Half the time to a release."),
    ("screen-parties", "Screen parties and mail", "security", "Nobody gets through unseen."),
    ("know-exposure", "Know the exposure to weather", "risk", "Each address has a flood class."),
)

DATASETS = (
    ("claims-history", "Claims history", "table"),
    ("policy-master", "Policy master", "table"),
    ("call-transcripts", "Call transcripts", "text"),
    ("telematics-trips", "Telematics trips", "events"),
    ("damage-photos", "Damage photos", "images"),
    ("medical-reports", "Medical reports", "documents"),
    ("supplier-ledger", "Supplier ledger", "table"),
    ("flood-zones", "Flood zones", "map"),
    ("policy-wordings", "Policy wordings", "documents"),
)

SERVICES = (
    ("claims-core", "Claims core system", "system", None),
    ("policy-core", "Policy core system", "system", None),
    ("contact-hub", "Contact hub", "system", 240),
    ("feature-store", "Feature store", "platform", None),
    ("model-serving", "Model serving", "platform", None),
    ("document-queue", "Document queue", "platform", 150),
)
"""Id, name, kind, and in how many days support ends."""

DEPENDS = (
    ("claims-triage", "document-intake", "calls"),
    ("claims-triage", "Dataset/claims-history", "trained_on"),
    ("claims-triage", "Service/claims-core", "hosted_on"),
    ("claims-triage", "claims-fraud-score", "calls"),
    ("motor-damage-estimate", "Dataset/damage-photos", "trained_on"),
    ("motor-damage-estimate", "harrow-8b", "fine_tuned_from"),
    ("medical-report-summary", "lumen-large", "calls"),
    ("medical-report-summary", "Dataset/medical-reports", "trained_on"),
    ("repair-routing", "Service/claims-core", "hosted_on"),
    ("claims-fraud-score", "Dataset/claims-history", "trained_on"),
    ("claims-fraud-score", "Service/feature-store", "requires"),
    ("fraud-rings", "claims-fraud-score", "calls"),
    ("motor-price", "Dataset/policy-master", "trained_on"),
    ("motor-price", "Service/policy-core", "hosted_on"),
    ("home-price", "Dataset/policy-master", "trained_on"),
    ("home-price", "flood-exposure", "requires"),
    ("price-elasticity", "motor-price", "requires"),
    ("price-elasticity", "churn-forecast", "calls"),
    ("telematics-score", "Dataset/telematics-trips", "trained_on"),
    ("churn-forecast", "Dataset/policy-master", "trained_on"),
    ("churn-forecast", "Service/feature-store", "requires"),
    ("next-best-offer", "churn-forecast", "calls"),
    ("win-back-agent", "churn-forecast", "calls"),
    ("win-back-agent", "lumen-large", "calls"),
    ("letter-drafting", "lumen-large", "calls"),
    ("letter-drafting", "language-detector", "calls"),
    ("reply-copilot", "lumen-large", "calls"),
    ("correspondence-agent", "harrow-8b", "fine_tuned_from"),
    ("call-notes", "lumen-large", "calls"),
    ("call-notes", "Dataset/call-transcripts", "trained_on"),
    ("call-notes", "Service/contact-hub", "hosted_on"),
    ("call-coach", "lumen-large", "calls"),
    ("voice-triage", "Service/contact-hub", "hosted_on"),
    ("callback-planner", "Dataset/call-transcripts", "trained_on"),
    ("document-intake", "docuvale-reader", "calls"),
    ("document-intake", "language-detector", "calls"),
    ("document-intake", "Service/document-queue", "hosted_on"),
    ("complaint-classifier", "language-detector", "calls"),
    ("complaint-classifier", "lumen-embed", "calls"),
    ("underwriting-assistant", "lumen-large", "calls"),
    ("underwriting-assistant", "Dataset/policy-wordings", "trained_on"),
    ("small-business-score", "Dataset/policy-master", "trained_on"),
    ("small-business-score", "Service/feature-store", "requires"),
    ("wording-checker", "lumen-large", "calls"),
    ("invoice-matching", "docuvale-reader", "calls"),
    ("invoice-matching", "Dataset/supplier-ledger", "trained_on"),
    ("supplier-anomaly", "Dataset/supplier-ledger", "trained_on"),
    ("cash-forecast", "Dataset/supplier-ledger", "trained_on"),
    ("reserve-forecast", "Dataset/claims-history", "trained_on"),
    ("knowledge-search", "lumen-embed", "calls"),
    ("knowledge-search", "Dataset/policy-wordings", "trained_on"),
    ("policy-chatbot", "lumen-large", "calls"),
    ("policy-chatbot", "knowledge-search", "calls"),
    ("policy-chatbot", "wording-checker", "calls"),
    ("hr-assistant", "knowledge-search", "calls"),
    ("log-anomaly", "Service/model-serving", "hosted_on"),
    ("phishing-filter", "lumen-embed", "calls"),
    ("flood-exposure", "Dataset/flood-zones", "trained_on"),
    ("identity-check", "docuvale-reader", "calls"),
    ("Service/model-serving", "Service/feature-store", "requires"),
)
"""What stands on what; a plain word is a model."""

SUPPLIED = (
    ("lumen-large", "lumenforge"), ("lumen-embed", "lumenforge"),
    ("docuvale-reader", "docuvale"), ("sanctions-screening", "sanctionline"),
    ("code-assistant", "lumenforge"), ("Service/model-serving", "cloudharrow"),
    ("Service/contact-hub", "cloudharrow"),
)  # fmt: skip


def facts(company: Company) -> Iterator[Node | Relationship]:
    """Models, use cases, data sets and services, and how they are tied."""
    for row in MODELS:
        yield _model(company, row)
        if row.use_case:
            yield tie("SERVES", company.model(row.model), company.use_case(row.use_case))
    for use_case, name, function, goal in USE_CASES:
        yield node(
            "UseCase", company.use_case(use_case)[1], name=name, function=function, goal=goal
        )
    for dataset, name, kind in DATASETS:
        yield node("Dataset", f"dataset:{dataset}", name=name, kind=kind, status="active")
    for service, name, kind, ends in SERVICES:
        day = None if ends is None else company.ago(-ends)
        yield node("Service", f"service:{service}", name=name, kind=kind, support_ends_day=day)
    for what, other, kind in DEPENDS:
        hard = kind not in {"trained_on", "fine_tuned_from"}
        yield tie("DEPENDS_ON", _end(company, what), _end(company, other), kind=kind, hard=hard)
    for what, vendor in SUPPLIED:
        yield tie("SUPPLIED_BY", _end(company, what), company.team(vendor))


def _model(company: Company, row: Row) -> Node:
    learnt, random = row.kind == _LEARNT, company.draws(row.model)
    vendors = dict(SUPPLIED)
    return node(
        "Model",
        company.model(row.model)[1],
        name=row.name,
        kind=row.kind,
        stage=row.stage or None,
        stage_day=company.ago(row.since) if row.stage else None,
        target_day=None if row.target is None else company.ago(-row.target),
        risk_tier=row.tier,
        classified_by=company.who("model-risk/2")[1] if row.tier else None,
        classified_day=company.ago(row.since + random.randint(180, 220)) if row.tier else None,
        autonomy=None if learnt else row.autonomy,
        experiments_per_month=row.experiments,
        version=row.version,
        vendor=vendors.get(row.model, "").title() or None,
        licence="Apache-2.0" if row.model == "harrow-8b" else None,
        environment="cloud" if learnt else None,
    )


def _end(company: Company, what: str) -> tuple[str, str]:
    """The end of a model, or of `Dataset/…` or `Service/…`."""
    label, parted, name = what.partition("/")
    return (label, f"{label.casefold()}:{name}") if parted else company.model(what)
