"""How many different answers sources give to what is asked of a model, and who says what.

A thing that is asked, such as the stage or the owner, has as its answer from one source all that
the source says of it: one value, or a set of ids. Two answers differ where each says something
that the other does not; one that says less is no other answer. So many different answers there
are as stand in the largest set of which each two differ (an antichain; counted by a matching,
Dilworth 1950). Cost: proportional to the statements; cubic in the sources that answer one thing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("model", "claims", "ties", "bars")
GIVES = ("model", "answers", "sources", "about", "said")
USES = ("min_answers",)

OF_MODEL = {"stage": "stage", "risk_tier": "risk tier", "autonomy": "autonomy"}
OF_BAR = ("metric", "threshold")
UNKNOWN = "unknown"


@dataclass(slots=True)
class _Asked:
    """One thing that is asked of a model: what each source says of it."""

    about: str
    said: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    above: set[str] = field(default_factory=set)

    def answers(self) -> dict[str, frozenset[str]]:
        """The answer of each source that gave one; what stands above another answer is none."""
        told = {source: frozenset(said - self.above) for source, said in self.said.items()}
        return {source: said for source, said in told.items() if said}


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each model with so many answers; the most different comes first."""
    found = [
        told
        for row in rows
        if (told := _row(row["model"], list(_asked(row)), parameters["min_answers"]))
    ]
    return sorted(found, key=lambda row: (-row["answers"], -row["sources"], row["model"]))


def different(answers: Iterable[frozenset[str]]) -> int:
    """How many answers there are of which each two differ, at most.

    >>> different([frozenset("a"), frozenset("ab"), frozenset("b"), frozenset("b")])
    2
    """
    distinct = sorted(set(answers), key=lambda each: (len(each), sorted(each)))
    within = {each: [other for other in distinct if each < other] for each in distinct}
    held_by: dict[frozenset[str], frozenset[str]] = {}

    def placed(each: frozenset[str], tried: set[frozenset[str]]) -> bool:
        """Whether a larger answer is free for this one, if need be by moving others."""
        for other in within[each]:
            if other not in tried:
                tried.add(other)
                if other not in held_by or placed(held_by[other], tried):
                    held_by[other] = each
                    return True
        return False

    return len(distinct) - sum(placed(each, set()) for each in distinct)


def _asked(row: Row) -> Iterator[_Asked]:
    """Everything that is asked of one model, with what sources say of it."""
    yield from _of_claims(row["claims"], OF_MODEL)
    for bar in row["bars"]:
        yield from _of_claims(bar["claims"], {name: f"{name} of {bar['id']}" for name in OF_BAR})
    things: dict[str, dict[str | None, list[Mapping[str, Any]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for tie in row["ties"]:
        things[tie["about"]][tie["part"]].append(tie)
    for about, parts in things.items():
        whole = parts.pop(None, [])
        for ties in parts.values() or [[]]:
            yield _of_ties(about, [*whole, *ties])


def _of_claims(claims: str | None, names: Mapping[str, str]) -> Iterator[_Asked]:
    stated = msgspec.json.decode(claims) if claims else {}
    for name, about in names.items():
        asked = _Asked(about)
        for source, said in stated.items():
            if said.get(name) not in (None, "", UNKNOWN):
                asked.said[source].add(str(said[name]))
        yield asked


def _of_ties(about: str, ties: Sequence[Mapping[str, Any]]) -> _Asked:
    asked = _Asked(about)
    for tie in ties:
        asked.above.update(tie["above"])
        for source in tie["sources"]:
            asked.said[source].add(tie["answer"])
    return asked


def _row(model: str, asked: Sequence[_Asked], least: int) -> dict[str, Any] | None:
    """What is told of the model; None where too few answers differ."""
    told = [(asked_of, asked_of.answers()) for asked_of in asked]
    counted = [(different(answers.values()), each, answers) for each, answers in told]
    disputed = sorted(
        (each for each in counted if each[0] > 1),
        key=lambda each: (-each[0], -len(each[2]), each[1].about),
    )
    if not disputed or disputed[0][0] < least:
        return None
    answers, _, sources = disputed[0]
    return {
        "model": model,
        "answers": answers,
        "sources": len(sources),
        "about": list(dict.fromkeys(each.about for _, each, _ in disputed)),
        "said": [
            f"{source}: {each.about} {', '.join(sorted(said))}"
            for _, each, by_source in disputed
            for source, said in sorted(by_source.items())
        ],
    }
