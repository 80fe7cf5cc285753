"""Whether of the models that are on their way ever more wait, quarter by quarter.

Who is on its way on a day, and who waits on it, is known from what came before that day. So the
last quarters are measured as the first ones are, though what is open now has not ended yet.
`statistics.trend` says whether the shares rise. Cost: the requests, the days that are looked at,
and the cube of the quarters.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ownership_graph.days import first_day_of, quarter_name, quarter_of
from ownership_graph.statistics.spans import Span, together
from ownership_graph.statistics.trend import slope, trend

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("model", "signs", "until", "requests")
GIVES = ("trend", "chance", "a_year", "quarters", "shares")
USES = ("max_chance", "min_quarters", "min_models")


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row, or none where there are fewer than `min_quarters` with `min_models` in them."""
    today, fewest = parameters["today"], parameters["min_models"]
    every = _shares(rows, today).items()
    shares = {quarter: each for quarter, each in every if each.models >= fewest}
    if len(shares) < max(parameters["min_quarters"], 2):
        return []
    found = trend([each.waiting for each in shares.values()])
    sure = found.chance < parameters["max_chance"]
    a_quarter = slope((quarter, each.waiting) for quarter, each in shares.items())
    return [
        {
            "trend": "none" if not sure else "rising" if found.rises > 0 else "falling",
            "chance": float(f"{found.chance:.2g}"),
            "a_year": round(4 * a_quarter, 3),
            "quarters": len(shares),
            "shares": [f"{quarter_name(quarter)} {each}" for quarter, each in shares.items()],
        }
    ]


@dataclass(frozen=True, slots=True)
class _Share:
    """How many models were on their way on an average day, and which share of them waited."""

    models: float
    waiting: float

    def __str__(self) -> str:
        return f"{self.waiting:.1%} of {self.models:.0f}"


def _shares(rows: Sequence[Row], today: int) -> dict[int, _Share]:
    """Each whole quarter since the first request in which a model was on its way.

    What was before the first request nobody knows, for perhaps nobody wrote requests down.
    """
    known = [(begun, row) for row in rows if (begun := _begun(row)) is not None]
    first = min((day for _, row in known for day, _ in row["requests"]), default=today)
    quarters = range(quarter_of(first) + 1, quarter_of(today))
    lead = _days(((begun, row["until"]) for begun, row in known), quarters)
    waiting = _days((span for _, row in known for span in together(row["requests"])), quarters)
    return {
        each: _Share(
            lead[each] / (first_day_of(each + 1) - first_day_of(each)), waiting[each] / lead[each]
        )
        for each in quarters
        if lead[each]
    }


def _begun(row: Row) -> int | None:
    """The first sign of the model, if it comes before its first request and its end.

    Without one a model would be on its way only from the day on which it begins to wait.
    """
    until = row["until"]
    first = min((day for day in row["signs"] if day is not None), default=until)
    return first if first < min((day for day, _ in row["requests"]), default=until) else None


def _days(spans: Iterable[Span], quarters: range) -> Counter[int]:
    """How many days of the spans lie in each of the quarters."""
    begin, end = first_day_of(quarters.start), first_day_of(quarters.stop)
    change, days, there = Counter[int](), Counter[int](), 0
    for since, until in spans:
        change[max(since, begin)] += 1
        change[max(until, begin)] -= 1
    for day in range(begin, end):
        there += change[day]
        days[quarter_of(day)] += there
    return days
