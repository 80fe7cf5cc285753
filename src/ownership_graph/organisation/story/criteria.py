"""What good enough means in the made-up company: bars, trade-offs, results and incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.organisation.stating import node, tie
from ownership_graph.organisation.story.approvals import end_of, first_asked
from ownership_graph.organisation.story.models import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.organisation.stating import End
    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node, Relationship


class Bar(NamedTuple):
    """A bar for a model or a use case.

    `since` and `until` are days ago; without `since` the bar is older than every request.
    `by` are the seats that agreed, blank where nobody wrote it down.
    """

    bar: str
    judged: str
    metric: str
    dimension: str
    direction: str
    threshold: float
    unit: str = "share"
    status: str = "agreed"
    since: int | None = None
    until: int | None = None
    by: str = ""
    observed: float | None = None
    replaces: str = ""


_PRIVACY, _RISK = "privacy-office/1", "model-risk/1"

BARS = (
    # The bar was raised while the request for the new version waited.
    Bar("fast-track-errors-1", "claims-triage", "claims fast-tracked wrongly", "risk", "min", 0.04,
        status="superseded", until=20, by=f"claims-products/1 {_RISK}", observed=0.031),
    Bar("fast-track-errors-2", "claims-triage", "claims fast-tracked wrongly", "risk", "min", 0.02,
        since=20, by=f"claims-products/1 {_PRIVACY}", observed=0.031,
        replaces="fast-track-errors-1"),
    Bar("triage-latency", "claims-triage", "seconds to a decision", "latency", "min", 5.0, "s",
        observed=2.1),
    Bar("summary-recall", "medical-report-summary", "findings kept", "accuracy", "max", 0.95,
        by=f"claims-products/1 {_RISK}", observed=0.962),
    Bar("summary-invented", "medical-report-summary", "invented findings", "risk", "min", 0.001,
        since=30, by=f"claims-products/1 {_PRIVACY}"),
    # Raised long after the last decision and long before the next request.
    Bar("motor-loss-ratio-1", "motor-price", "loss ratio", "value", "min", 0.74,
        status="superseded", until=300, by="pricing-product/1 model-risk/2", observed=0.71),
    Bar("motor-loss-ratio-2", "motor-price", "loss ratio", "value", "min", 0.72, since=300,
        by="pricing-product/1 model-risk/2", observed=0.71, replaces="motor-loss-ratio-1"),
    Bar("motor-parity", "motor-price", "price gap between groups", "fairness", "min", 0.05),
    Bar("home-loss-ratio", "home-price", "loss ratio", "value", "min", 0.69,
        by=f"pricing-product/2 {_PRIVACY}", observed=0.66),
    # Two numbers for one thing, for months; for others the proposals are too young, or about
    # different things, or one is agreed.
    Bar("offer-auc", "next-best-offer", "area under the curve", "accuracy", "max", 0.75,
        status="proposed", since=140, observed=0.79),
    Bar("offer-uplift", "next-best-offer", "uplift against no offer", "accuracy", "max", 0.02,
        status="proposed", since=120, observed=0.004),
    Bar("reply-untouched", "correspondence-agent", "letters sent unchanged", "value", "max", 0.6,
        status="proposed", since=95),
    Bar("reply-minutes", "correspondence-agent", "minutes saved a letter", "value", "max", 4.0,
        "min", status="proposed", since=88),
    Bar("coach-handling", "call-coach", "minutes saved a call", "value", "max", 0.5, "min",
        status="proposed", since=60),
    Bar("coach-repeat", "call-coach", "calls that come back", "value", "min", 0.1,
        status="proposed", since=60),
    Bar("elasticity-error", "price-elasticity", "error of renewal rate", "accuracy", "min", 0.03,
        by=f"pricing-product/1 {_PRIVACY}", observed=0.024),
    Bar("elasticity-parity", "price-elasticity", "price gap between groups", "fairness", "min",
        0.05, status="proposed", since=90),
    # Agreed by the owner alone.
    Bar("complaint-recall", "complaint-classifier", "complaints found", "accuracy", "max", 0.9,
        by="service-products/1", observed=0.93),
    Bar("damage-error", "motor-damage-estimate", "error of the estimate", "accuracy", "min", 0.12,
        by=f"claims-products/2 {_PRIVACY}", observed=0.15),
    Bar("repair-cost", "repair-routing", "cost of a repair", "cost", "min", 1450.0, "EUR"),
    Bar("fraud-precision", "claims-fraud-score", "flags that hold", "accuracy", "max", 0.35,
        by=f"data-science/1 {_RISK}", observed=0.31),
    Bar("telematics-gini", "telematics-score", "Gini index", "accuracy", "max", 0.3,
        by="pricing-product/1 model-risk/2", observed=0.33),
    Bar("churn-recall", "churn-forecast", "leavers found", "accuracy", "max", 0.6,
        observed=0.52),
    Bar("win-back-complaints", "win-back-agent", "complaints a thousand mails", "risk", "min", 1.0,
        by=f"customer-growth/1 {_PRIVACY}", observed=0.7),
    Bar("draft-accepted", "letter-drafting", "drafts accepted", "value", "max", 0.7,
        by=f"claims-operations/1 {_PRIVACY}", observed=0.74),
    Bar("copilot-wrong", "reply-copilot", "replies with an error", "risk", "min", 0.02,
        by=f"contact-centre/1 {_PRIVACY}", observed=0.035),
    Bar("intake-fields", "document-intake", "fields read right", "accuracy", "max", 0.97,
        by=f"integration/1 {_PRIVACY}", observed=0.981),
    Bar("language-right", "language-detector", "languages told right", "accuracy", "max", 0.99,
        observed=0.992),
    Bar("assistant-agrees", "underwriting-assistant", "agrees with the underwriter", "accuracy",
        "max", 0.9, by="underwriting-operations/1 model-risk/1", observed=0.92),
    Bar("business-gini", "small-business-score", "Gini index", "accuracy", "max", 0.42,
        by="underwriting-operations/1 model-risk/2", observed=0.45),
    Bar("reserve-error", "reserve-forecast", "error of the reserve", "accuracy", "min", 0.04),
    Bar("search-found", "knowledge-search", "questions answered", "value", "max", 0.8,
        observed=0.83),
    Bar("bot-wrong", "policy-chatbot", "wrong answers", "risk", "min", 0.01,
        by=f"service-products/1 {_PRIVACY}", observed=0.022),
    Bar("assistant-wrong", "hr-assistant", "wrong answers", "risk", "min", 0.02,
        by=f"service-products/1 {_PRIVACY}", observed=0.011),
    Bar("screening-misses", "sanctions-screening", "missed hits", "risk", "min", 0.0005,
        observed=0.0002),
    Bar("identity-wrong", "identity-check", "wrongly refused", "fairness", "min", 0.02,
        by="underwriting-operations/1 application-security/1", observed=0.017),
    Bar("phishing-missed", "phishing-filter", "phishing let through", "risk", "min", 0.003,
        by="application-security/1 security/1", observed=0.002),
    # A bar of the use case holds for every model that serves it.
    Bar("call-satisfaction", "answer-calls/", "satisfaction after a call", "other", "max", 4.2,
        "of 5", by=f"contact-centre/1 service-products/1 {_PRIVACY}"),
    Bar("touchless-invoices", "pay-invoices/", "invoices paid untouched", "value", "max", 0.6),
    Bar("hours-to-merge", "build-software/", "hours to a merge", "latency", "min", 30.0, "h"),
    Bar("addresses-classed", "know-exposure/", "addresses with a class", "value", "max", 0.98),
    # Agreed once, and run out.
    Bar("voice-handover", "voice-triage", "calls handed over", "risk", "min", 0.3, until=60),
)  # fmt: skip

TRADE_OFFS = (
    ("claims-fair-first", "Fair before fast: a claim is never refused without a person.",
     "agreed", "settle-claims/ stop-fraud/"),
    ("price-parity-first", "Parity between groups wins over a better loss ratio.", "agreed",
     "set-prices/"),
    ("service-right-first", "A right answer wins over a quick one; cost comes last.", "agreed",
     "answer-calls/ find-answers/"),
    ("papers-cost-first", "Below 2 percent errors, cost wins over accuracy.", "agreed",
     "read-documents/ pay-invoices/ plan-cash/"),
    ("screening-risk-first", "A missed hit weighs a thousand wrong alarms.", "agreed",
     "screen-parties/ build-software/"),
    ("exposure-accuracy-first", "Accuracy wins over latency.", "agreed",
     "know-exposure/ underwrite/"),
    ("renewal-value-first", "Value of the customer wins over the click.", "agreed",
     "churn-forecast win-back-agent"),
    ("letters-tone-first", "Tone wins over speed.", "draft", "answer-letters/"),
)  # fmt: skip

RESULTS = (
    # Failed before it was approved, and nobody cited it; measured, and told to nobody.
    ("fraud-holdout", "claims-fraud-score", "fraud-precision", 0.31, 541, True),
    ("copilot-audit", "reply-copilot", "copilot-wrong", 0.035, 40, False),
    ("triage-backtest", "claims-triage", "fast-track-errors-1", 0.031, 660, True),
    ("triage-v4", "claims-triage", "fast-track-errors-2", 0.031, 52, True),
    ("motor-season", "motor-price", "motor-loss-ratio-1", 0.71, 730, True),
    ("bot-sample", "policy-chatbot", "bot-wrong", 0.022, 15, True),
    ("damage-sample", "motor-damage-estimate", "damage-error", 0.15, 30, True),
    # Each version met one demand and missed the other.
    ("offer-first-ranks", "next-best-offer", "offer-auc", 0.71, 101, True),
    ("offer-first-test", "next-best-offer", "offer-uplift", 0.024, 99, True),
    ("offer-ranks", "next-best-offer", "offer-auc", 0.79, 63, True),
    ("offer-test", "next-best-offer", "offer-uplift", 0.004, 61, True),
    ("churn-quarter", "churn-forecast", "churn-recall", 0.52, 25, False),
    ("intake-monthly", "document-intake", "intake-fields", 0.981, 12, True),
    ("telematics-trial", "telematics-score", "telematics-gini", 0.33, 50, True),
    ("summary-trial", "medical-report-summary", "summary-recall", 0.962, 80, True),
)
"""Id, model, bar, value, how many days ago, and whether it was reported."""
EARLIER = {"offer-first-ranks": "0.3", "offer-first-test": "0.3"}
"""Which version was measured, where it is not the one of today."""

CITED = (
    ("claims-triage-legal-1", "triage-backtest"), ("claims-triage-legal-2", "triage-v4"),
    ("motor-price-model-risk-1", "motor-season"),
    ("medical-report-summary-legal-1", "summary-trial"),
    ("telematics-score-legal-1", "telematics-trial"),
)  # fmt: skip
INCIDENTS = (
    ("chatbot-promised-cover", "The chatbot promised cover that no policy has", "policy-chatbot",
     "high", 9, None),
    ("triage-backlog", "A week of claims was sent to the wrong desk", "claims-triage", "medium",
     130, 118),
    ("welsh-letters", "Letters in Welsh were read as German", "language-detector", "low",
     64, None),
)  # fmt: skip


def facts(company: Company) -> Iterator[Node | Relationship]:
    """Bars and who is judged by them, trade-offs, results and incidents."""
    asked = first_asked(company)
    for bar in BARS:
        end = "Criterion", f"criterion:{bar.bar}"
        yield _criterion(end[1], bar)
        yield _judged_by(company, bar, end, asked)
        if bar.replaces:
            yield tie("SUPERSEDES", end, ("Criterion", f"criterion:{bar.replaces}"))
    yield from _owned(company)
    yield from _trade_offs(company)
    yield from _results(company)
    yield from _incidents(company)


def _criterion(own_id: str, bar: Bar) -> Node:
    sign = "at least" if bar.direction == "max" else "at most"
    return node(
        "Criterion",
        own_id,
        name=f"{bar.metric.capitalize()}: {sign} {bar.threshold:g} {bar.unit}",
        dimension=bar.dimension,
        metric=bar.metric,
        unit=bar.unit,
        direction=bar.direction,
        threshold=bar.threshold,
    )


def _judged(company: Company, judged: str) -> End:
    """The end of a model, or of a use case, which ends in a slash."""
    if judged.endswith("/"):
        return company.use_case(judged.removesuffix("/"))
    return company.model(judged)


def _judged_by(company: Company, bar: Bar, end: End, asked: Mapping[str, int]) -> Relationship:
    served = [row for row in MODELS if bar.judged in {row.model, f"{row.use_case}/"}]
    oldest = max(max(row.since, asked.get(row.model, 0)) for row in served)
    random = company.draws(bar.bar)
    since = oldest + random.randint(10, 60) if bar.since is None else bar.since
    return tie(
        "JUDGED_BY",
        _judged(company, bar.judged),
        end,
        status=bar.status,
        since_day=company.ago(since),
        until_day=None if bar.until is None else company.ago(bar.until),
        observed=bar.observed,
        agreed_by=[company.who(seat)[1] for seat in bar.by.split()] or None,
    )


def _owned(company: Company) -> Iterator[Relationship]:
    """Who answers for the bars that were argued about."""
    for bar, owner in (
        ("fast-track-errors-2", "model-risk"),
        ("summary-invented", "privacy-office"),
        ("motor-loss-ratio-2", "actuarial-pricing"),
        ("offer-auc", "data-science"),
        ("offer-uplift", "customer-growth"),
    ):
        end = "Criterion", f"criterion:{bar}"
        yield tie("OWNS", company.who(owner), end, role="accountable")


def _trade_offs(company: Company) -> Iterator[Node | Relationship]:
    for number, (name, statement, status, covered) in enumerate(TRADE_OFFS, 1):
        end = "TradeOff", f"trade-off:{name}"
        short = statement.partition(":")[0].removesuffix(".")
        yield node(
            "TradeOff", end[1], name=short, statement=statement, status=status, priority=number
        )
        for judged in covered.split():
            yield tie("COVERS", end, _judged(company, judged))
    end = "TradeOff", "trade-off:price-parity-first"
    yield tie("OWNS", company.who("executive-committee"), end, role="accountable")


def _results(company: Company) -> Iterator[Node | Relationship]:
    metrics = {bar.bar: bar.metric for bar in BARS}
    names = {row.model: row for row in MODELS}
    for name, model, bar, value, ago, reported in RESULTS:
        end, row = ("Result", f"result:{name}"), names[model]
        yield node(
            "Result",
            end[1],
            name=f"{row.name}: {metrics[bar]}",
            metric=metrics[bar],
            value=value,
            day=company.ago(ago),
            version=EARLIER.get(name, row.version),
            reported=reported,
        )
        yield tie("MEASURES", end, company.model(model))
        yield tie("AGAINST", end, ("Criterion", f"criterion:{bar}"))
    for approval, result in CITED:
        yield tie("CITES", end_of(approval), ("Result", f"result:{result}"))


def _incidents(company: Company) -> Iterator[Node | Relationship]:
    for name, what, model, severity, opened, closed in INCIDENTS:
        end = "Incident", f"incident:{name}"
        yield node(
            "Incident",
            end[1],
            name=what,
            severity=severity,
            opened_day=company.ago(opened),
            closed_day=None if closed is None else company.ago(closed),
        )
        yield tie("CONCERNS", end, company.model(model))
