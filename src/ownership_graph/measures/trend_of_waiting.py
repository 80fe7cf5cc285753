"""Whether of the models that are on their way ever more wait, quarter by quarter.

Who is on its way on a day, and who waits on it, is known from what came before that day. So the
last quarters are measured as the first ones are, though what is open now has not ended yet.
`statistics.trend` says whether the shares rise. Cost: the requests, the days that are looked at,
and the cube of the quarters.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ownership_graph.days import first_day_of, quarter_name, quarter_of
from ownership_graph.statistics.spans import Span, together
from ownership_graph.statistics.trend import slope, trend

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("model", "signs", "until", "requested", "open_until")
GIVES = ("trend", "chance", "a_year", "quarters", "shares")
USES = ("max_chance", "min_quarters")


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row, or none where there are fewer than `min_quarters`."""
    shares = _shares(rows, parameters["today"])
    if len(shares) < max(parameters["min_quarters"], 2):
        return []
    found = trend(list(shares.values()))
    sure = found.chance < parameters["max_chance"]
    return [
        {
            "trend": "none" if not sure else "rising" if found.rises > 0 else "falling",
            "chance": round(found.chance, 3),
            "a_year": round(4 * slope(shares.items()), 3),
            "quarters": len(shares),
            "shares": [f"{quarter_name(each)} {share:.1%}" for each, share in shares.items()],
        }
    ]


def _shares(rows: Sequence[Row], today: int) -> dict[int, float]:
    """For each whole quarter since the first request, the share of the days of models that waited.

    What was before the first request nobody knows, for perhaps nobody wrote requests down.
    """
    first = min((day for row in rows for day in row["requested"]), default=today)
    quarters = range(quarter_of(first) + 1, quarter_of(today))
    lead = _days(filter(None, map(_on_its_way, rows)), quarters)
    open_days = (zip(row["requested"], row["open_until"], strict=True) for row in rows)
    waiting = _days((span for spans in open_days for span in together(spans)), quarters)
    return {each: waiting[each] / lead[each] for each in quarters if lead[each]}


def _on_its_way(row: Row) -> Span | None:
    """From the first sign to the end, if there is a sign before it."""
    since = min((day for day in row["signs"] if day is not None), default=row["until"])
    return (since, row["until"]) if since < row["until"] else None


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
