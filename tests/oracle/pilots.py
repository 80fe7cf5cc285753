"""The oracle's rules of pilots."""

from __future__ import annotations

from oracle.granted import in_force
from oracle.rules import rule


def pilots_of(use_case):
    return [each for each in use_case.before("SERVES", "Model") if each.get("stage") == "pilot"]


@rule("PIL-01")
def many_and_nothing_live(graph, today, min_pilots=3, old_pilot_days=180):
    found = set()
    for use_case in graph.all("UseCase"):
        pilots = pilots_of(use_case)
        since = [each.get("stage_day") for each in pilots]
        first = min((each for each in since if each is not None), default=today)
        stages = {each.get("stage") for each in use_case.before("SERVES", "Model")}
        if (
            pilots
            and len(pilots) >= min_pilots
            and today - first > old_pilot_days
            and "production" not in stages
        ):
            found.add((use_case.id,))
    return found


@rule("PIL-02")
def judged_differently(graph, today):
    found = set()
    for use_case in graph.all("UseCase"):
        shared = measures(use_case, today)
        own = [measures(each, today) for each in pilots_of(use_case)]
        judged = [each | shared for each in own if each]
        # A measure that all are judged by is shared by every two of them.
        if not shared and any(
            not one & two for at, one in enumerate(judged) for two in judged[at + 1 :]
        ):
            found.add((use_case.id,))
    return found


def measures(judged, today):
    """By what it is judged: the metric of each bar, or the bar itself where it names none."""
    return {
        bar.end.get("metric", bar.end)
        for bar in judged.out("JUDGED_BY", "Criterion")
        if bar.get("status") != "superseded" and in_force(bar, today)
    }
