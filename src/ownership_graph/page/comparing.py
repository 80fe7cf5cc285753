"""Two graphs in one: what is new, gone and changed, of nodes, relationships and findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec.structs import replace

from ownership_graph.errors import UsageError
from ownership_graph.model import RELATIONSHIPS
from ownership_graph.page.answers import ShownAnswers
from ownership_graph.page.graph import PageGraph
from ownership_graph.page.homes import homes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ownership_graph.findings.answer import Checked, Finding
    from ownership_graph.page.graph import PageNode, PageRelationship
    from ownership_graph.page.homes import Home
    from ownership_graph.page.privacy import Privacy
    from ownership_graph.records import Fact, Properties

Json: TypeAlias = "dict[str, object]"
Became: TypeAlias = Literal["new", "changed", "gone", "same"]
TieKey: TypeAlias = "tuple[object, ...]"

_ANSWERED = ("assessed", "rollout")


@dataclass(frozen=True, slots=True)
class Other:
    """The graph that a page is compared with: its facts, and what was asked of it.

    `words` say which it is: "since 2026-11-01", "beside other.kgl".
    """

    words: str
    facts: Iterable[Fact]
    checked: Checked

    @classmethod
    def since(cls, day: date, facts: Iterable[Fact], checked: Checked) -> Other:
        """The same graph as it was on a day."""
        return cls(f"since {day:%Y-%m-%d}", facts, checked)

    @classmethod
    def beside(cls, address: str, facts: Iterable[Fact], checked: Checked) -> Other:
        """The graph of another store, called by its address or the name of its file."""
        words = address if "://" in address else Path(address).name
        return cls(f"beside {words}", facts, checked)


def day_or_store(said: str) -> date | str:
    """What somebody wants a graph to be compared with: a day, or the address of a store.

    >>> day_or_store("2026-03-01")
    datetime.date(2026, 3, 1)
    >>> day_or_store("neo4j://host")
    'neo4j://host'

    Raises:
        UsageError: it is no day, and no store is there.
    """
    if "://" in said or Path(said).exists():
        return said
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise UsageError(
            f"comparing with another graph: '{said}' is neither a day, such as 2026-03-01, nor a"
            " store that is there."
        ) from error


@dataclass(frozen=True, slots=True)
class Differing:
    """How much is new, changed and gone.

    `unknown` are the codes of questions that were not answered on one of the two: of their
    findings nobody can say.
    """

    words: str
    nodes: Mapping[Became, int]
    relationships: Mapping[Became, int]
    findings: Mapping[Became, int]
    unknown: tuple[str, ...]


class Comparison:
    """A graph beside an earlier one. `graph` holds both: what is there first, then what is gone.

    `home_of` are the homes of its nodes: those of today, and of what is gone those it had.
    """

    def __init__(self, present: PageGraph, earlier: PageGraph) -> None:
        """Both have the true ids."""
        self.present, self.earlier = present, earlier
        self.ties_before = {_tie_key(earlier, tie): tie for tie in earlier.relationships}
        self.ties_now = {_tie_key(present, tie) for tie in present.relationships}
        self.graph = self._united()
        self.home_of: list[Home] = homes(present)
        self.home_of += homes(self.graph)[len(present.nodes) :]

    def _united(self) -> PageGraph:
        lost = [node for at, node in _by_key(self.earlier) if at not in self.present.places]
        nodes = (*self.present.nodes, *lost)
        places = {(node.label, node.id): place for place, node in enumerate(nodes)}
        place_of = [places[node.label, node.id] for node in self.earlier.nodes]
        ties = [
            replace(tie, start=place_of[tie.start], end=place_of[tie.end])
            for key, tie in self.ties_before.items()
            if key not in self.ties_now
        ]
        all_ties = (*self.present.relationships, *ties)
        return PageGraph(nodes, all_ties, places, len(lost), len(ties))

    def node(self, node: PageNode) -> Became:
        """What became of a node of `graph`."""
        at = (node.label, node.id)
        if at not in self.present.places:
            return "gone"
        if at not in self.earlier.places:
            return "new"
        return "changed" if any(self.node_differences(node)) else "same"

    def node_differences(self, node: PageNode) -> Iterator[tuple[str, object, object]]:
        """Each property of a node that differs, with its values before and after."""
        before = self.earlier.nodes[self.earlier.places[node.label, node.id]]
        yield from _differences(
            {"name": before.stated_name, **before.said.properties},
            {"name": node.stated_name, **node.said.properties},
        )
        if before.described != node.described:
            yield "described", before.described, node.described

    def tie(self, graph: PageGraph, tie: PageRelationship) -> Became:
        """What became of a relationship of `graph`, which is all of this one or a part."""
        key = _tie_key(graph, tie)
        if key not in self.ties_now:
            return "gone"
        if key not in self.ties_before:
            return "new"
        return "changed" if any(self.tie_differences(graph, tie)) else "same"

    def tie_differences(
        self, graph: PageGraph, tie: PageRelationship
    ) -> Iterator[tuple[str, object, object]]:
        """Each property of a relationship that differs."""
        before = self.ties_before[_tie_key(graph, tie)]
        yield from _differences(before.said.properties, tie.said.properties)

    def told(
        self, part: PageGraph, privacy: Privacy, other: Other, answers: ShownAnswers
    ) -> tuple[Json, Differing]:
        """What differs in that part of `graph`, as the page holds it, and how much that is."""
        nodes, ties = _nothing(), _nothing()
        for place, node in enumerate(part.nodes):
            became = self.node(node)
            differs = self.node_differences(node) if became == "changed" else ()
            _put(nodes, became, place, _shown(differs, privacy, node.label))
        for place, tie in enumerate(part.relationships):
            became = self.tie(part, tie)
            differs = self.tie_differences(part, tie) if became == "changed" else ()
            _put(ties, became, place, _shown(differs, privacy))
        findings, unknown = _findings(answers, other, part, privacy)
        data: Json = {
            "words": privacy.text(other.words),
            "nodes": nodes,
            "relationships": ties,
            "findings": findings,
            "unknown": [privacy.text(code) for code in unknown],
        }
        return data, Differing(
            other.words, _counts(nodes), _counts(ties), _counts(findings), unknown
        )


def _nothing() -> dict[Became, list[object]]:
    return {"new": [], "changed": [], "gone": []}


def _put(
    by: dict[Became, list[object]], became: Became, place: int, differs: list[list[object]]
) -> None:
    """Note what became of what stands there, with what differs."""
    if became != "same":
        by[became].append([place, differs] if became == "changed" else place)


def _findings(
    answers: ShownAnswers, other: Other, part: PageGraph, privacy: Privacy
) -> tuple[dict[Became, list[object]], tuple[str, ...]]:
    """Identities of what is new, and what is gone; questions answered on one side alone.

    Whom only a finding that is gone names is named by the page, too: `answers.beyond` has them.
    """
    before = ShownAnswers(other.checked, part.places, privacy, is_part=answers.is_part)
    now_by, then_by = _by_code(answers.checked), _by_code(other.checked)
    found: dict[Became, list[object]] = {"new": [], "gone": []}
    for code in (each for each in now_by if each in then_by):
        now, then = now_by[code], then_by[code]
        found["new"] += [
            answers.identity(each)
            for key, each in now.items()
            if key not in then and answers.is_here(each)
        ]
        found["gone"] += [
            {"code": privacy.text(code), **before.shown_finding(each)}
            for key, each in then.items()
            if key not in now and before.is_here(each)
        ]
    answers.beyond |= before.beyond
    asked = _codes(answers.checked) | _codes(other.checked)
    return found, tuple(sorted(asked - (now_by.keys() & then_by.keys())))


def _by_code(checked: Checked) -> dict[str, dict[str, Finding]]:
    """The findings of each question that was answered, by their identities."""
    return {
        answer.question.code: {each.identity: each for each in answer.findings}
        for answer in checked.answers
        if answer.question.severity is not None and answer.state in _ANSWERED
    }


def _codes(checked: Checked) -> set[str]:
    asked = (each.question for each in checked.answers)
    return {each.code for each in asked if each.severity is not None}


def _counts(by: Mapping[Became, list[object]]) -> dict[Became, int]:
    return {became: len(each) for became, each in by.items()}


def _by_key(graph: PageGraph) -> Iterator[tuple[tuple[str, str], PageNode]]:
    return (((node.label, node.id), node) for node in graph.nodes)


def _tie_key(graph: PageGraph, tie: PageRelationship) -> TieKey:
    """What tells a relationship from all others, in whichever graph it stands."""
    kind = RELATIONSHIPS.get(tie.type)
    names = kind.identity if kind else ()
    start, end = graph.nodes[tie.start], graph.nodes[tie.end]
    identity = tuple(str(tie.said.properties.get(name, "")) for name in names)
    return tie.type, start.label, start.id, end.label, end.id, identity


def _differences(before: Properties, after: Properties) -> Iterator[tuple[str, object, object]]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)


def _shown(
    differences: Iterable[tuple[str, object, object]], privacy: Privacy, label: str = ""
) -> list[list[object]]:
    """Differences as the page may hold them: of a person not named only what is harmless."""
    return [
        [privacy.text(name), privacy.value(before), privacy.value(after)]
        for name, before, after in differences
        if privacy.properties({name: ""}, label)
    ]
