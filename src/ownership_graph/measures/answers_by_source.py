"""How many different answers sources give to what is asked of a model, and who says what.

A thing that is asked, such as the stage or the owner, has as its answer from one source all that
the source says of it: one value, or a set of ids. Two answers differ where each says something
that the other does not; one that says less is no other answer, and a body beside one above it in
its line is the same. So many different answers there are as stand in the largest set of which each
two differ (a clique; Bron and Kerbosch 1973). Cost: proportional to the statements; for one thing
exponential in its different answers where they partly agree, and those are few.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ownership_graph.measures import Row

Said: TypeAlias = "frozenset[str]"
Lines: TypeAlias = "Mapping[str, Collection[str]]"
"""What stands above each answer in its line."""

TAKES = ("model", "claims", "ties", "bars", "lines")
GIVES = ("model", "answers", "sources", "about", "said")
USES = ("min_answers",)

OF_MODEL = {"stage": "stage", "risk_tier": "risk tier", "autonomy": "autonomy"}
NEXT = {"next_decided_by": "next decider"}
OF_BAR = ("metric", "direction", "threshold")
UNKNOWN = "unknown"
_TWO = 2


@dataclass(slots=True)
class _Asked:
    """One thing that is asked of a model: what each source says of it."""

    about: str
    said: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    above: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def answers(self) -> dict[str, Said]:
        """The answer of each source that gave one from which another one's differs."""
        told = {source: frozenset(said) for source, said in self.said.items()}
        return {
            source: said
            for source, said in told.items()
            if any(differ(said, other, self.above) for other in told.values())
        }


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each model with so many answers; the most different comes first."""
    found = [
        told
        for row in rows
        if (told := _row(row["model"], list(_asked(row)), parameters["min_answers"]))
    ]
    return sorted(found, key=lambda row: (-row["answers"], -row["sources"], row["model"]))


def different(answers: Iterable[Said], above: Lines | None = None) -> int:
    """How many answers there are of which each two differ, at most.

    >>> different([frozenset("a"), frozenset("ab"), frozenset("b"), frozenset("b")])
    2
    >>> different([frozenset("a"), frozenset("b"), frozenset("c")], {"a": ["c"]})
    2
    """
    distinct = set(answers)
    if len(distinct) < _TWO:
        return len(distinct)
    import networkx as nx  # noqa: PLC0415 -- heavy, and not every check needs it

    apart = nx.Graph()
    apart.add_nodes_from(distinct)
    lines = above or {}
    apart.add_edges_from(
        (one, other) for one, other in combinations(distinct, 2) if differ(one, other, lines)
    )
    return max(len(each) for each in nx.find_cliques(apart))


def differ(one: Said, other: Said, above: Lines) -> bool:
    """Whether each says something that the other does not, nor says of one line with it."""
    return _says_more(one, other, above) and _says_more(other, one, above)


def _says_more(one: Said, other: Said, above: Lines) -> bool:
    return any(
        each not in other
        and other.isdisjoint(above.get(each, ()))
        and not any(each in above.get(said, ()) for said in other)
        for each in one
    )


def _asked(row: Row) -> Iterator[_Asked]:
    """Everything that is asked of one model, with what sources say of it."""
    yield from _of_claims(row["claims"], OF_MODEL)
    for decider in _of_claims(row["claims"], NEXT):
        for line in row["lines"]:
            decider.above[line["answer"]].update(line["above"])
        yield decider
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
        asked.above[tie["answer"]].update(tie["above"])
        for source in tie["sources"]:
            asked.said[source].add(tie["answer"])
    return asked


def _row(model: str, asked: Sequence[_Asked], least: int) -> dict[str, Any] | None:
    """What is told of the model; None where too few answers differ."""
    told = [(asked_of, asked_of.answers()) for asked_of in asked]
    counted = [(different(answers.values(), each.above), each, answers) for each, answers in told]
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
