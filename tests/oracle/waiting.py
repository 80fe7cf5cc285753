"""The oracle's rules of waiting."""

from __future__ import annotations

from oracle.granted import in_force, live, still_open, waited
from oracle.rules import rule

MONTH = 30


@rule("LAT-01")
def experiments_per_decision(graph, today, min_experiments=8.0):
    found = set()
    for model in graph.all("Model"):
        rate = model.get("experiments_per_month", 0)
        waits = {}
        for approval in model.before("CONCERNS", "Approval"):
            since, until = approval.get("requested_day"), approval.get("decided_day")
            if until is None and approval.get("status") in {"pending", "returned"}:
                until = today
            if since is not None and until is not None:
                waits[approval.id] = until - since
        longest = max(waits.values(), default=0)
        if live(model) and rate > 0 and waits and rate * longest / MONTH >= min_experiments:
            found.add((model.id, min(key for key, days in waits.items() if days == longest)))
    return found


@rule("LAT-02")
def longer_than_promised(graph, today, times_promised=2.0, min_decided=10):
    found = set()
    for gate in graph.all("Gate"):
        too_long = days_too_long(gate, times_promised, min_decided)
        for approval in gate.before("AT", "Approval"):
            days = waited(approval, today)
            if None not in {days, too_long} and still_open(approval) and days > too_long:
                found.add((approval.id, gate.id))
    return found


def days_too_long(gate, times_promised, min_decided):
    """What the gate promised, so many times; else what is far above usual; None if unknown."""
    if gate.get("sla_days") is not None:
        return times_promised * gate.get("sla_days")
    decided = [each for each in gate.before("AT", "Approval") if is_dated(each)]
    days = sorted(waited(each, each.get("decided_day")) for each in decided)
    if len(days) < max(min_decided, 1):
        return None
    low, high = (quartile(days, part) for part in (1, 3))
    return high + 1.5 * (high - low)


def is_dated(approval):
    """Whether days of request and decision are known, and the decision is the later one."""
    since, until = approval.get("requested_day"), approval.get("decided_day")
    return None not in {since, until} and until >= since


def quartile(days, part):
    """The shortest of the sorted days of which more than so many quarters are no longer."""
    return next(each for place, each in enumerate(days, 1) if place * 4 > part * len(days))


@rule("LAT-04")
def many_rounds(graph, _, min_rounds=3):
    return {
        (model.id, gate.id)
        for model in graph.all("Model")
        if live(model)
        for approval in model.before("CONCERNS", "Approval")
        if approval.get("round", 0) >= min_rounds
        for gate in approval.after("AT", "Gate")
    }


@rule("BOT-01")
def ready_and_waiting(graph, today, times_sla=1.0):
    return {
        (model.id,)
        for model in graph.all("Model")
        if live(model) and waits_too_long(model, today, times_sla) and meets_all(model, today)
    }


def waits_too_long(model, today, times_sla):
    waits = [
        (waited(approval, today), gate.get("sla_days"))
        for approval in model.before("CONCERNS", "Approval")
        if approval.get("status") == "pending"
        for gate in approval.after("AT", "Gate")
    ]
    return any(
        days > times_sla * promised for days, promised in waits if None not in {days, promised}
    )


def meets_all(model, today):
    """Whether bars were agreed for it or its use cases, and every one is measured and met."""
    bars = {
        tie.end
        for each in (model, *model.after("SERVES", "UseCase"))
        for tie in each.out("JUDGED_BY", "Criterion")
        if is_agreed(tie, today)
    }
    return bool(bars) and all(met(model, each, today) for each in bars)


def is_agreed(judged_by, today):
    return judged_by.get("status") == "agreed" and in_force(judged_by, today)


def met(model, criterion, today):
    """Whether what was measured last of this very model, else observed of it, meets the bar."""
    results = [
        (each.get("day"), each.get("value"))
        for each in criterion.before("AGAINST", "Result")
        if model in each.after("MEASURES") and None not in {each.get("day"), each.get("value")}
    ]
    last = max((day for day, _ in results), default=None)
    observed = [
        each.get("observed")
        for each in model.out("JUDGED_BY")
        if each.end is criterion and is_agreed(each, today)
    ]
    values = [value for day, value in results if day == last] or observed
    return bool(values) and all(is_good(criterion, value) for value in values)


def is_good(criterion, value):
    threshold, direction = criterion.get("threshold"), criterion.get("direction")
    if None in {threshold, value}:
        return False
    if direction == "max":
        return value >= threshold
    return direction == "min" and value <= threshold


@rule("LAT-03")
def share_of_lead_time(graph, today, min_share=0.8, min_days=30, days_back=730):
    """Day by day: on how many of them was a request open?"""
    found = set()
    for model in graph.all("Model"):
        until = comes_on(model, today, days_back)
        spans = [] if until is None else open_spans(model, today, until)
        first = min((begun for begun, _ in spans), default=None)
        signs = [each for each in days_of_signs(model) if first is not None and each < first]
        if not signs or until - min(signs) < min_days:
            continue
        waiting = {day for begun, ended in spans for day in range(begun, ended)}
        if len(waiting) > min_share * (until - min(signs)):
            found.add((model.id,))
    return found


def comes_on(model, today, days_back):
    """The day on which it came into production, today where it is on its way; None if neither."""
    if model.get("stage") in {"idea", "experiment", "pilot"}:
        return today
    day = model.get("stage_day", today + 1)
    return (
        day if model.get("stage") == "production" and today - days_back <= day <= today else None
    )


def open_spans(model, today, until):
    """From which day to which each of its requests was open, up to the day on which it came."""
    spans = []
    for approval in model.before("CONCERNS", "Approval"):
        begun, ended = approval.get("requested_day"), approval.get("decided_day")
        if ended is None and approval.get("status") in {"pending", "returned"}:
            ended = today
        if begun is not None and ended is not None and begun < until and begun <= ended:
            spans.append((begun, min(ended, until)))
    return spans


def days_of_signs(model):
    """The days of its measurements, of its owners and of its stage."""
    days = [
        model.get("stage_day"),
        *(each.get("day") for each in model.before("MEASURES", "Result")),
        *(each.get("since_day") for each in model.into("OWNS")),
    ]
    return [each for each in days if each is not None]
