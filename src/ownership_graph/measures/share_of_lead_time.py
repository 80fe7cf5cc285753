"""Which share of a model's lead time is waiting, and what it waits for.

A day waits if a request of the model is open on it, however many are. Without all other days the
lead time would be `share` of what it is, so no work that is done faster can make it more than
1 / `share` times as fast (Amdahl 1967). The median lead time is that of Kaplan and Meier: a model
that is still on its way counts as long as it has been (`statistics.survival`).
Cost: n log n of the requests.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ownership_graph.statistics.spans import length, together
from ownership_graph.statistics.survival import survival

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = (
    "model", "live", "since", "until", "gate", "requested", "assigned", "open_until", "decided",
    "with_requester", "meets_every", "left_days",
)  # fmt: skip
GIVES = (
    "model", "share", "at_most_faster", "largest", "gates", "lead_days", "median_lead_days",
    "waiting_days", "batching", "contention", "absence", "requester",
)  # fmt: skip
USES = ("min_share", "min_days")

PARTS = ("batching", "contention", "absence", "requester")


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each model of which more than `min_share` waits, the longest wait first.

    The rows of one model stand together, each with one of its requests. Models that took fewer
    than `min_days` count in the median, and have no row.
    """
    models = [list(requests) for _, requests in groupby(rows, lambda row: row["model"])]
    median = _median_lead(each[0] for each in models)
    found = (_row(each, median) for each in models if _lead(each[0]) >= parameters["min_days"])
    return sorted(
        (
            each
            for each in found
            if each["waiting_days"] / each["lead_days"] > parameters["min_share"]
        ),
        key=lambda each: (-each["waiting_days"], each["model"]),
    )


def _lead(row: Row) -> int:
    """The days that a model has taken so far."""
    return row["until"] - row["since"]  # type: ignore[no-any-return]  # both are days


def _median_lead(models: Iterable[Row]) -> float | None:
    """After how many days half of the models are in production; those on their way are kept in."""
    done: list[int] = []
    so_far: list[int] = []
    for each in models:
        (done if each["live"] else so_far).append(_lead(each))
    return survival(done, so_far).quantile(0.5)


def _row(requests: Sequence[Row], median: float | None) -> dict[str, Any]:
    lead = _lead(requests[0])
    waiting = length(together((each["requested"], each["open_until"]) for each in requests))
    parts, at_gates = Counter[str](), Counter[str | None]()
    for each in requests:
        parts.update(split(each))
        at_gates[each["gate"]] += each["open_until"] - each["requested"]
    at_gates.pop(None, None)
    longest = max(at_gates.values(), default=0)
    apart = max(parts.total(), 1)
    return {
        "model": requests[0]["model"],
        "share": round(waiting / lead, 3),
        "at_most_faster": round(lead / waiting, 2) if waiting else None,
        "largest": max(PARTS, key=lambda part: parts[part]) if waiting else None,
        "gates": [gate for gate, days in at_gates.items() if days == longest > 0],
        "lead_days": lead,
        "median_lead_days": median,
        "waiting_days": waiting,
        **{part: round(waiting * parts[part] / apart, 1) for part in PARTS},
    }


def split(request: Row) -> dict[str, float]:
    """The days of one request by what it waited for; together they are all of its days.

    What is certain is taken first: nobody was there, then it lay with the requester.
    """
    begin, end = request["requested"], request["open_until"]
    asked = min(max(request["assigned"] or begin, begin), end)
    alone = min(max(_nobody_from(request["left_days"], end), asked), end)
    left = end - begin
    absence = asked - begin + end - alone
    left -= absence
    requester = min(request["with_requester"], left)
    left -= requester
    batching = min(_to_first_meeting(request, asked, end), left)
    return {
        "batching": batching,
        "contention": left - batching,
        "absence": absence,
        "requester": requester,
    }


def _nobody_from(left_days: Sequence[int | None], end: int) -> int:
    """The day from which none of them is there; `end` where somebody is, or nobody knows."""
    gone = [day for day in left_days if day is not None]
    return max(gone) if gone and len(gone) == len(left_days) else end


def _to_first_meeting(request: Row, asked: int, end: int) -> float:
    """How long it takes to the first meeting of the slowest forum that decides.

    A forum that decided met on that day, and at its interval before. Of one that did not yet
    decide nobody knows when it meets: half an interval is usual.
    """
    every = max(request["meets_every"], default=0)
    if not every:
        return 0
    return (end - asked - 1) % every + 1 if request["decided"] else every / 2
