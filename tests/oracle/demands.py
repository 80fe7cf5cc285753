"""The oracle's rule of demands that clash: all sets of demands are tried."""

from __future__ import annotations

from itertools import chain, combinations

from oracle.granted import in_force, live
from oracle.rules import rule


@rule("CRI-05")
def clashing_demands(graph, today):
    return {
        (model.id,)
        for model in graph.all("Model")
        if live(model) and clash(demands(model, today), versions(model, demands(model, today)))
    }


def demands(model, today):
    """The bars that hold and say how much is enough, with what was last observed of its own."""
    sides = [model, *model.after("SERVES", "UseCase")]
    found = {}
    for side in sides:
        for bar in side.out("JUDGED_BY", "Criterion"):
            criterion = bar.end
            if (
                bar.get("status") != "superseded"
                and bar.get("since_day", today) <= today
                and in_force(bar, today)
                and criterion.get("threshold") is not None
                and criterion.get("direction") is not None
            ):
                found.setdefault(criterion, None)
                if side is model:
                    found[criterion] = bar.get("observed")
    return found


def versions(model, asked):
    """Of each version, whether it meets each demand on which it was measured, the last time."""
    results = [
        each
        for each in model.before("MEASURES", "Result")
        if each.get("value") is not None and each.after("AGAINST", "Criterion")
    ]
    known = {}
    for criterion, observed in asked.items():
        if observed is not None and results:
            known.setdefault(model.get("version"), {})[criterion] = meets(observed, criterion)
    for result in sorted(results, key=lambda each: (each.get("day", 0), each.id)):
        # Without a version, what was measured on one day is of one version.
        day = result.get("day", result)
        version = result.get("version", day)
        for criterion in asked:
            if is_about(result, criterion):
                known.setdefault(version, {})[criterion] = meets(result.get("value"), criterion)
    return list(known.values())


def is_about(result, criterion):
    """Whether it was measured for the bar, or on the measure of the bar."""
    return criterion in result.after("AGAINST", "Criterion") or any(
        each.get("metric") is not None
        and (each.get("metric"), each.get("unit"))
        == (criterion.get("metric"), criterion.get("unit"))
        for each in result.after("AGAINST", "Criterion")
    )


def meets(value, criterion):
    """Whether the value is enough; just enough is."""
    threshold = criterion.get("threshold")
    return value >= threshold if criterion.get("direction") == "max" else value <= threshold


def clash(asked, known):
    """Whether some demands, each met by some version, are met together by none.

    What was not measured counts as no fault.
    """
    met = [each for each in asked if any(version.get(each) for version in known)]
    sets = chain.from_iterable(combinations(met, size) for size in range(2, len(met) + 1))
    return any(
        all(any(version.get(each) is False for each in some) for version in known) for some in sets
    )
