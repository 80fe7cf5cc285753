"""The oracle's rules of paths to production."""

from __future__ import annotations

from oracle.centralisation import able_at, in_force
from oracle.granted import live
from oracle.rules import rule

ON_THEIR_WAY = {"experiment", "pilot"}
GRANTED = {"approved", "conditional", "waived"}


@rule("PTH-01")
def tier_without_gate(graph, today, self_serve_tier=0):
    gates = [each for each in graph.all("Gate") if in_force(each, today)]
    lowest = min((each.get("min_tier", 99) for each in gates), default=99)
    for model in graph.all("Model"):
        tier = model.get("risk_tier")
        if (
            model.get("stage") in ON_THEIR_WAY | {"production"}
            and tier is not None
            and self_serve_tier < tier < lowest
            and not model.after("SUBJECT_TO", "Gate")
        ):
            return {()}
    return set()


def must_pass(model, gate):
    """Whether policy asks the model to pass the gate, by its tier or by name."""
    if gate in model.after("SUBJECT_TO", "Gate"):
        return True
    tier, lowest = model.get("risk_tier"), gate.get("min_tier")
    known = tier is not None and lowest is not None and gate.get("applies_when") is None
    return known and tier >= lowest


def valid_at(model, today):
    """The gates at which a valid approval for the model's version is on record."""
    found = set()
    for approval in model.before("CONCERNS", "Approval"):
        versions = {approval.get("version"), model.get("version")} - {None}
        if (
            approval.get("status") in GRANTED
            and approval.get("valid_until_day", today) >= today
            and len(versions) < 2
        ):
            found.update(approval.after("AT", "Gate"))
    return found


@rule("PTH-02")
def blocked_gate(graph, today, min_blocked=1):
    found = set()
    for gate in graph.all("Gate"):
        people, bodies = able_at(gate)
        able = len(people) >= gate.get("quorum", 1) or any(bodies.values())
        if in_force(gate, today) and not able:
            stopped = sum(stops(gate, each, today) for each in graph.all("Model"))
            if stopped >= max(min_blocked, 1):
                found.add((gate.id,))
    return found


def stops(gate, model, today):
    """Whether the model asks at the gate, or is on its way, has to pass it and did not yet."""
    if not live(model):
        return False
    asked = {
        at
        for approval in model.before("CONCERNS", "Approval")
        if approval.get("status") == "pending"
        for at in approval.after("AT", "Gate")
    }
    on_its_way = model.get("stage") in ON_THEIR_WAY and must_pass(model, gate)
    return gate in asked or (on_its_way and gate not in valid_at(model, today))


@rule("PTH-03")
def live_without_approval(graph, today, from_tier=1):
    gates = graph.all("Gate")
    found = set()
    for model in graph.all("Model"):
        released = model.get("stage_day")
        if model.get("stage") != "production" or model.get("risk_tier", from_tier) < from_tier:
            continue
        missing = [
            gate
            for gate in gates
            if must_pass(model, gate)
            and gate.get("retired_day", today + 1) > today
            and not younger(gate, released)
        ]
        if set(missing) - valid_at(model, today):
            found.add((model.id,))
    return found


def younger(gate, released):
    """Whether the gate came after the release; nobody knows where the release has no day."""
    since = gate.get("since_day")
    return since is not None and (released is None or since > released)


@rule("PTH-04")
def stuck_pilots(graph, today, max_pilot_days=365):
    found = set()
    for model in graph.all("Model"):
        long_ = today - model.get("stage_day", today) > max_pilot_days
        late = model.get("target_day", today) < today
        asked = any(map(may_be_open, model.before("CONCERNS", "Approval")))
        if model.get("stage") == "pilot" and (long_ or late) and not asked:
            found.add((model.id,))
    return found


def may_be_open(approval):
    """Whether it is open, or nobody says what became of it."""
    undecided = approval.get("decided_day") is None
    return approval.get("status", "pending" if undecided else "") in {"pending", "returned"}
