"""On what an answer rests: which sources state it, up to when, and for how much of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.stores import Store


@dataclass(frozen=True, slots=True)
class Stated:
    """A source, how many of the relationships it states, and the day of its last import.

    `whole` tells that it promised to state all that there are. The day is ISO text, blank where
    none is known.
    """

    source: str
    count: int
    day: str
    whole: bool = False


def stated_by(store: Store, counts: Mapping[str, int], promise: str = "") -> tuple[Stated, ...]:
    """The sources with so many relationships each, most first; `promise` is that of the whole."""
    last = {
        run.source: run for run in store.runs() if run.kind == "import" and run.state == "done"
    }
    return tuple(
        Stated(
            source,
            count,
            last[source].finished[: len("2026-01-31")] if source in last else "",
            whole=bool(promise) and source in last and promise in last[source].provides,
        )
        for source, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )


def told(stated: tuple[Stated, ...]) -> str:
    """The sources in words.

    >>> told((Stated("inventory", 12, "2026-11-20"), Stated("git", 3, "", whole=True)))
    'inventory (12, last imported 2026-11-20), git (3, says that these are all)'
    """
    return ", ".join(f"{each.source} ({', '.join(_details(each))})" for each in stated)


def _details(stated: Stated) -> list[str]:
    found = [f"{stated.count:,}"]
    found += [f"last imported {stated.day}"] if stated.day else []
    return found + (["says that these are all"] if stated.whole else [])
