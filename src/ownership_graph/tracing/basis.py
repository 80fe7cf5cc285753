"""On what an answer rests: which sources state it, up to when, and for how much of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.model import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.tracing.reading import Readable

_MODELS = """\
MATCH (m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' AND coalesce(m.described, true)
RETURN count(m) AS among,
  sum(CASE WHEN EXISTS { (m)-[:DEPENDS_ON]->() } THEN 1 ELSE 0 END) AS stated
"""
_SOURCES = """\
MATCH ()-[r:DEPENDS_ON]->() UNWIND r.sources AS source
RETURN source, count(r) AS n ORDER BY source
"""
_STUBS = f"MATCH (n:{'|'.join(LABELS)}) WHERE n.described = false RETURN count(n) AS n"
_OUTSIDE = """\
MATCH (n:Model|Dataset|Service)<-[:DEPENDS_ON]-()
WHERE n.described = false
RETURN DISTINCT n.id AS id ORDER BY id
"""
MOST_NAMED = 3
"""How many of those that no source describes are named."""


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


@dataclass(frozen=True, slots=True)
class Dependencies:
    """How many of the live models say on what they stand, and which sources say so.

    `undescribed` counts all nodes of the graph that are named by others, and described by none;
    `outside` are those among them on which something stands: it may be known under another id.
    """

    stated: int
    among: int
    sources: tuple[Stated, ...]
    undescribed: int
    outside: tuple[str, ...] = ()

    def statement(self) -> Iterator[str]:
        """How complete that is, a sentence a line."""
        yield (
            f"{self.stated:,} of {self.among:,} live models have stated dependencies; on what the"
            f" other {self.among - self.stated:,} stand is unknown."
        )
        if self.sources:
            yield f"Dependencies are stated by {told(self.sources)}."
        else:
            yield "No source states any dependency."
        if self.undescribed:
            yield (
                f"{_things(self.undescribed)} named by others and described by no source; what"
                " more they are tied to is unknown."
            )
        if self.outside:
            yield (
                f"{self._named_outside()}. If such a thing has another id here, the two are not"
                " joined: `identities suggest` looks for it, a line in the table of identities"
                " joins them."
            )

    def _named_outside(self) -> str:
        """How many there are, and the first of them."""
        named, many = ", ".join(self.outside[:MOST_NAMED]), len(self.outside)
        more = f" and {many - MOST_NAMED:,} more" if many > MOST_NAMED else ""
        stand = (
            "1 of them is what something stands"
            if many == 1
            else f"{many:,} of them are what others stand"
        )
        return f"{stand} on: {named}{more}"


def dependencies(store: Readable) -> Dependencies:
    """What is known of who stands on what."""
    [(among, stated)] = store.read(_MODELS).rows
    [(undescribed,)] = store.read(_STUBS).rows
    counts = {str(source): int(str(n)) for source, n in store.read(_SOURCES).rows}
    return Dependencies(
        int(str(stated)),
        int(str(among)),
        stated_by(store, counts, "DEPENDS_ON"),
        int(str(undescribed)),
        tuple(str(own_id) for (own_id,) in store.read(_OUTSIDE).rows),
    )


def stated_by(store: Readable, counts: Mapping[str, int], promise: str = "") -> tuple[Stated, ...]:
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


def _things(number: int) -> str:
    return "1 thing in the graph is" if number == 1 else f"{number:,} things in the graph are"
