"""The oracle's rules of criteria."""

from __future__ import annotations

from collections import defaultdict

from oracle.centralisation import in_force as holds
from oracle.granted import accountable, deciders, in_force, live, people_of
from oracle.paths import must_pass
from oracle.rules import rule

OPEN = {"pending", "returned"}


def own_bars(model):
    return model.out("JUDGED_BY", "Criterion")


def all_bars(model):
    """The bars of the model and of the jobs that it tries to do."""
    jobs = model.after("SERVES", "UseCase")
    return own_bars(model) + [bar for job in jobs for bar in own_bars(job)]


@rule("CRI-01")
def moved_bars(graph, today):
    found = set()
    for model in graph.all("Model"):
        windows = [waiting(each, today) for each in model.before("CONCERNS", "Approval")]
        for bar in all_bars(model):
            if any(window and moved(bar, *window) for window in windows):
                found.add((model.id, bar.end.id))
    return found


def waiting(approval, today):
    """The days between which the request waits; the last is the first on which it does not."""
    asked, decided = approval.get("requested_day"), approval.get("decided_day")
    if asked is None:
        return None
    if decided is None:
        return (asked, today + 1) if approval.get("status", "pending") in OPEN else None
    return asked, decided


def moved(bar, asked, decided):
    """Whether the bar came, or went, after the request and before the decision."""
    days = bar.get("since_day"), bar.get("until_day")
    return any(day is not None and asked < day < decided for day in days)


@rule("CRI-02")
def competing_metrics(graph, today, contested_days=60):
    return {
        (model.id,)
        for model in graph.all("Model")
        if live(model) and rival_dimensions(model, today, contested_days)
    }


def rival_dimensions(model, today, contested_days):
    """The dimensions for which two metrics are proposed, one long ago, and none is agreed."""
    metrics, since = defaultdict(set), defaultdict(list)
    for bar in own_bars(model):
        dimension, metric = bar.end.get("dimension"), bar.end.get("metric")
        if bar.get("status") == "proposed" and in_force(bar, today) and dimension and metric:
            metrics[dimension].add(metric)
            since[dimension].append(bar.get("since_day", today))
    settled = {
        bar.end.get("dimension")
        for bar in all_bars(model)
        if bar.get("status") == "agreed" and in_force(bar, today)
    }
    return {
        each
        for each, rivals in metrics.items()
        if len(rivals) > 1 and each not in settled and today - min(since[each]) > contested_days
    }


@rule("CRI-03")
def no_agreed_bar(graph, today, min_confidence=0.5):
    gates = [each for each in graph.all("Gate") if holds(each, today)]
    return {
        (model.id,)
        for model in graph.all("Model")
        if model.get("stage") in {"pilot", "production"}
        and not any(
            agreed(each, today) and not one_sided(each, model, gates, min_confidence)
            for each in all_bars(model)
        )
    }


def is_a_bar(criterion):
    """Whether it says how much is enough; one that no source describes may say it."""
    known = criterion.get("threshold"), criterion.get("threshold_text")
    return known != (None, None) or not criterion.described


def agreed(bar, today):
    """Whether the bar is called agreed, holds, and says how much is enough."""
    return bar.get("status") == "agreed" and in_force(bar, today) and is_a_bar(bar.end)


def one_sided(bar, model, gates, min_confidence):
    """Whether it is written down who agreed, and one of the two sides that are known did not."""
    who = set(bar.get("agreed_by", ()))
    if not who:
        return False
    owners = {each.start for each in accountable(model, min_confidence)}
    judges = who_decides_about(model, gates)
    return any(side and not ids_of(side) & who for side in (owners, judges))


def who_decides_about(model, gates):
    """Who decides its requests, or may decide at a gate that it must pass."""
    asked = {who for each in model.before("CONCERNS", "Approval") for who in deciders(each)}
    entitled = [each.before("CAN_DECIDE") for each in gates if must_pass(model, each)]
    return asked.union(*entitled)


def ids_of(side):
    """The ids of persons and teams, and of the teams' people."""
    people = {person for each in side for person in people_of(each)}
    return {each.id for each in side | people}


@rule("CRI-04")
def approved_though_failed(graph, _):
    return {
        (approval.id,)
        for approval in graph.all("Approval")
        if approval.get("status") == "approved"
        and approval.get("decided_day") is not None
        and any(
            missed(approval, model, bar)
            for model in approval.after("CONCERNS", "Model")
            for bar in own_bars(model)
        )
    }


def missed(approval, model, bar):
    """Whether the latest result from before the decision missed a bar that held on its day."""
    decided = approval.get("decided_day")
    if (
        bar.get("status") != "agreed"
        or bar.get("since_day", decided) > decided
        or not in_force(bar, decided)
    ):
        return False
    known = [
        each
        for each in model.before("MEASURES", "Result")
        if bar.end in each.after("AGAINST", "Criterion") and each.get("day", decided) < decided
        if len({approval.get("version"), each.get("version")} - {None}) <= 1
    ]
    latest = max((each.get("day") for each in known), default=None)
    cited = approval.after("CITES", "Result")
    return any(
        each.get("day") == latest and each not in cited and fails(each, bar.end) for each in known
    )


def fails(result, criterion):
    """Whether the value lies on the wrong side of the bar; not known is not failed."""
    value, threshold = result.get("value"), criterion.get("threshold")
    if value is None or threshold is None:
        return False
    match criterion.get("direction"):
        case "max":
            return value < threshold
        case "min":
            return value > threshold
    return False


@rule("CRI-06")
def set_after_the_result(graph, today):
    found = set()
    for model in graph.all("Model"):
        results = model.before("MEASURES", "Result")
        for bar in own_bars(model):
            if bar.get("status") == "superseded" or not in_force(bar, today):
                continue
            since = bar.get("since_day")
            for result in results:
                if (
                    since is not None
                    and result.get("day", since) < since
                    and bar.end in result.after("AGAINST", "Criterion")
                ):
                    found.add((model.id, bar.end.id))
    return found


@rule("CRI-07")
def measured_and_not_reported(graph, _):
    return {
        (model.id,)
        for model in graph.all("Model")
        if live(model)
        and any(each.get("reported") is False for each in model.before("MEASURES", "Result"))
    }
