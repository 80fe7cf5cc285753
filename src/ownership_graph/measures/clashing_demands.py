"""The fewest demands on a model that no measured version of it meets together.

A version is known to miss some demands and to meet others; what was not measured is neither. Only
demands that some version meets can clash: one that nobody ever met is a hard demand, and no
clash. The fewest demands of which each version misses one are a smallest hitting set (Reiter 1987,
"A theory of diagnosis from first principles"); all sets are tried, small ones first and those of
one size by id. Where that would take too long, the demands that most versions miss are taken one
after the other instead.
"""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from itertools import chain, combinations, islice
from operator import or_
from typing import TYPE_CHECKING

from ownership_graph.days import date_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ownership_graph.measures import Row

TAKES = ("model", "version", "demands", "results", "trade_offs")
GIVES = (
    "model", "demands", "judges", "versions", "closest", "never_met", "trade_offs", "smallest",
    "severity",
)  # fmt: skip

_MOST_TRIED = 100_000
"""Sets that are tried; three of twenty demands are 1,140, seven of twenty 137,980."""
_NO_VERSION = "as last observed"
_LOW, _MEDIUM = 1, 3


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """One row for each model whose demands clash, in the order of the rows."""
    return [clash for row in rows if (clash := _clash(row))]


def _clash(row: Row) -> dict[str, object] | None:
    versions = _versions(row)
    met = {demand for known in versions.values() for demand, well in known.items() if well}
    missed = {
        version: {demand for demand, well in known.items() if not well}
        for version, known in versions.items()
    }
    # A version that misses only what nobody ever met does all that has shown to be possible.
    if not missed or not all(each & met for each in missed.values()):
        return None
    clash, smallest = smallest_hitting_set([each & met for each in missed.values()])
    judges = {who for each in row["demands"] if each["demand"] in clash for who in each["judges"]}
    fewest = min(map(len, missed.values()))
    return {
        "model": row["model"],
        "demands": clash,
        "judges": sorted(judges),
        "versions": len(missed),
        "closest": [version for version, each in missed.items() if len(each) == fewest][-1],
        "never_met": sorted(set().union(*missed.values()) - met),
        "trade_offs": sorted(set(row["trade_offs"])),
        "smallest": smallest,
        "severity": _LOW if row["trade_offs"] else _MEDIUM,
    }


def _versions(row: Row) -> dict[str, dict[str, bool]]:
    """For each version, in the order of measuring, whether it meets what was measured on it.

    A result is younger than what the bar itself says was last observed, and stands for it.
    """
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for each in row["demands"]:
        if each["observed"] is not None:
            found[row["version"] or _NO_VERSION][each["demand"]] = _well(each, each["observed"])
    for result in sorted(row["results"], key=lambda each: (each["day"] or 0, each["result"])):
        for each in _about(result, row["demands"]):
            found[_version(result)][each["demand"]] = _well(each, result["value"])
    return found


def _version(result: Row) -> str:
    """The version that was measured; without one, what was measured on a day is one version."""
    if result["version"]:
        return str(result["version"])
    if result["day"] is None:
        return str(result["result"])
    return f"of {date_of(result['day'])}"


def _about(result: Row, demands: Iterable[Row]) -> Iterator[Row]:
    """The demands that the result is about: what it was measured for, and all on that measure."""
    measured = result["metric"], result["unit"]
    for each in demands:
        if each["demand"] == result["demand"] or (
            result["metric"] and (each["metric"], each["unit"]) == measured
        ):
            yield each


def _well(demand: Row, value: float) -> bool:
    """Whether the value meets the bar; just meeting it is enough."""
    if demand["direction"] == "max":
        return bool(value >= demand["threshold"])
    return bool(value <= demand["threshold"])


def smallest_hitting_set(
    sets: Sequence[AbstractSet[str]], most_tried: int = _MOST_TRIED
) -> tuple[list[str], bool]:
    """The fewest names of which each set holds one, and whether fewer are ruled out.

    Of several, the first by name. None of the sets is empty.

    >>> smallest_hitting_set([{"a", "b"}, {"b", "c"}, {"c", "a"}])
    (['a', 'b'], True)
    """
    hits = {
        name: sum(1 << place for place, each in enumerate(sets) if name in each)
        for name in sorted(set().union(*sets))
    }
    every = (1 << len(sets)) - 1
    groups = chain.from_iterable(combinations(hits, size) for size in range(1, len(hits) + 1))
    for names in islice(groups, most_tried):
        if reduce(or_, (hits[name] for name in names)) == every:
            return list(names), True
    return _one_after_the_other(hits, every), False


def _one_after_the_other(hits: Mapping[str, int], every: int) -> list[str]:
    """Each time the name that hits most of what is left."""
    left, chosen = every, []
    while left:
        best = max(sorted(hits), key=lambda name: (hits[name] & left).bit_count())
        chosen.append(best)
        left &= ~hits[best]
    return sorted(chosen)
