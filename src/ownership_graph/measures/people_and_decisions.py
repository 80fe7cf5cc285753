"""How many people there are, and how much is asked and decided, quarter by quarter.

Each row is something that begins on a day, and ends on another one or has not ended. Cost: the
rows, for each quarter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ownership_graph.days import first_day_of, quarter_name, quarter_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("what", "since", "until", "deciders", "many")
GIVES = (
    "quarter", "days", "people", "deciders", "asked", "decided", "waiting", "decided_per_100",
)  # fmt: skip
USES = ("days_back",)


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each quarter, the earliest first: `what` is asked, decided, or here."""
    today = parameters["today"]
    people = [row for row in rows if row["what"] == "here"]
    items = [row for row in rows if row["what"] != "here"]
    earliest = quarter_of(today - parameters["days_back"])
    now = quarter_of(today)
    began = [
        max(quarter_of(row["since"]), earliest)
        for row in items
        if row["until"] is None or quarter_of(row["until"]) >= earliest
    ]
    quarters = range(min(began, default=now + 1), now + 1)
    return [_row(each, people, items, today) for each in quarters]


def _row(quarter: int, people: Sequence[Row], items: Sequence[Row], today: int) -> dict[str, Any]:
    begin, end = first_day_of(quarter), min(first_day_of(quarter + 1), today + 1)
    decided = [row for row in items if row["what"] == "decided" and begin <= row["until"] < end]
    known = any(row["since"] < end for row in people)
    here = _there(people, end) if known else None
    return {
        "quarter": quarter_name(quarter),
        "days": end - begin,
        "people": here,
        "deciders": len({who for row in decided for who in row["deciders"]}),
        "asked": sum(row["many"] for row in items if begin <= row["since"] < end),
        "decided": sum(row["many"] for row in decided),
        "waiting": _there(items, end),
        "decided_per_100": round(100 * len(decided) / here, 1) if here else None,
    }


def _there(rows: Iterable[Row], day: int) -> int:
    """How many had begun before that day, and had not ended."""
    return sum(
        row["many"]
        for row in rows
        if row["since"] < day and (row["until"] is None or row["until"] >= day)
    )
