"""The oracle's rules of the inventory, of oversight and of approvals before nobody."""

from __future__ import annotations

from oracle.granted import able, claims, deciders, here, still_open
from oracle.rules import rule

IN_USE = {"pilot", "production"}
RUNS = {"production", "prod", "live"}


@rule("INV-01")
def absent_from_the_record(graph, _, inventory_of_record=""):
    return {
        (model.id,)
        for model in graph.all("Model")
        if inventory_of_record  # without one nothing can be absent from it
        and model.described
        and is_in_use(model)
        and inventory_of_record not in dict(model.said)
    }


def is_in_use(model):
    """Whether it is a pilot or in production; if nobody says, whether that is where it runs."""
    stage = model.get("stage", "unknown")
    where = model.get("environment", "").lower()
    return stage in IN_USE or (stage == "unknown" and where in RUNS)


@rule("INV-02")
def seen_nowhere(graph, _, inventory_of_record=""):
    return {
        (model.id,)
        for model in graph.all("Model")
        if model.get("stage") in IN_USE and inventory_of_record in dict(model.said)
        if not any(
            said.get("stage") in IN_USE or said.get("environment")
            for source, said in model.said
            if source != inventory_of_record
        )
    }


@rule("INV-03")
def never_classified(graph, _):
    return {
        (model.id,)
        for model in graph.all("Model")
        if model.get("stage") in IN_USE and model.get("risk_tier") is None
    }


@rule("OVR-01")
def acts_alone(graph, _, from_tier=2, min_confidence=0.5):
    return {
        (model.id,)
        for model in graph.all("Model")
        if model.get("autonomy") == "acts_alone"
        and model.get("risk_tier", 0) >= from_tier
        and model.get("stage") not in {"idea", "retired"}
        and not any(map(is_human, who_can_stop(model, min_confidence)))
    }


def who_can_stop(model, min_confidence):
    """Its owners, who leads the teams that answer for it, who decides that it stops."""
    for claim in claims(model, min_confidence):
        yield claim.start
        if claim.get("role") in {"accountable", "oversight"} and here(claim.start):
            seats = claim.start.into("MEMBER_OF")
            yield from (each.start for each in seats if each.get("role") in {"lead", "deputy"})
    for decision in model.before("ABOUT", "Decision"):
        if decision.get("kind") == "stop":
            named = decision.out("NEEDS")
            yield from (each.end for each in named if each.get("role", "decide") == "decide")


def is_human(someone):
    return (
        someone.label == "Person"
        and here(someone)
        and someone.get("kind") not in {"shared_mailbox", "service"}
    )


@rule("APR-01")
def before_nobody(graph, _):
    return {
        (approval.id,)
        for approval in filter(still_open, graph.all("Approval"))
        if lies_before_nobody(approval)
    }


def lies_before_nobody(approval):
    """Whether all who were asked are gone; or nobody was, and a gate has nobody entitled."""
    asked = deciders(approval)
    if asked:
        return not any(map(able, asked))
    gates = approval.after("AT", "Gate")
    return not gates or any(not any(map(able, each.before("CAN_DECIDE"))) for each in gates)
