"""A part of a graph: what a search or the findings name, what is near, and where that belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.errors import UsageError
from ownership_graph.page.graph import PageGraph
from ownership_graph.page.homes import Home, homes
from ownership_graph.page.searching import searched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ownership_graph.findings.answer import Checked, Finding
    from ownership_graph.queries.question import Question

Named = tuple[str, str]
"""A node's label and id."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which part of a graph goes into a page; with neither `only` nor `findings_only` all of it.

    `only` is a search, written as on the page: words, `kind:model`, `team:risk`, `stage:pilot`.
    `findings_only` keeps what a finding names; with both, what the search finds of that. `hops`
    is how many steps round all these the part goes.
    """

    only: str = ""
    findings_only: bool = False
    hops: int = 1

    @property
    def is_all(self) -> bool:
        """Whether the whole graph goes in."""
        return not (self.only or self.findings_only)

    def words(self) -> str:
        """What is kept, to stand inside a sentence.

        >>> Chosen("team:risk", hops=2).words()
        "what the search 'team:risk' finds, and what is within 2 steps of it"
        """
        found = f"what the search '{self.only}' finds" if self.only else "what a finding names"
        if self.only and self.findings_only:
            found += " among what a finding names"
        steps = "1 step" if self.hops == 1 else f"{self.hops} steps"
        return f"{found}, and what is within {steps} of it" if self.hops else found


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much of the whole a page leaves out, and how many findings about that."""

    nodes: int = 0
    relationships: int = 0
    findings: int = 0


NOTHING = LeftOut()


@dataclass(frozen=True, slots=True)
class Part:
    """A graph that is a part of another. `home_of` is by place, as the whole graph has it.

    `cut` are the relationships of a place that lead to what was left out.
    """

    graph: PageGraph
    home_of: tuple[Home, ...]
    cut: Mapping[int, int]


def part_of(
    graph: PageGraph,
    answers: Callable[[], Checked],
    chosen: Chosen,
    home_of: list[Home] | None = None,
) -> Part:
    """The part that is chosen, with the teams where its nodes are at home and all above those.

    `home_of` are the homes, where the graph alone does not tell. `answers` are waited for only
    where findings choose.

    Raises:
        UsageError: the search finds nothing, or no finding names a node.
    """
    home_of = home_of or homes(graph)
    if chosen.is_all:
        return Part(graph, tuple(home_of), {})
    begun = _begun(graph, home_of, answers, chosen)
    kept = _near(graph, begun, chosen.hops)
    teams = {home.team for place in kept if (home := home_of[place]).team is not None}
    return _cut_out(graph, home_of, sorted(kept | _with_all_above(graph, teams)))


def _begun(
    graph: PageGraph, home_of: list[Home], answers: Callable[[], Checked], chosen: Chosen
) -> set[int]:
    """The nodes round which the part goes."""
    named = _named_by_findings(graph, answers()) if chosen.findings_only else set()
    if not chosen.only:
        if not named:
            raise UsageError(
                "making a page of the findings only: no finding names a node of this graph."
                " Leave out --findings-only to see the whole."
            )
        return named
    found = set(searched(graph, home_of, chosen.only))
    if chosen.findings_only:
        found &= named
    if not found:
        among = "that a finding names " if chosen.findings_only else ""
        raise UsageError(
            f"making a page of --only '{chosen.only}': nothing {among}among"
            f" {len(graph.nodes):,} nodes matches. Write it as in the page's search: words of a"
            " name, kind:model, team:risk, stage:pilot, or another property."
        )
    return found


def _named_by_findings(graph: PageGraph, checked: Checked) -> set[int]:
    """The places of all nodes that a finding names, as its subject or beside it."""
    return {
        graph.places[at]
        for answer in checked.answers
        for finding in answer.findings
        for at in named_by(finding, answer.question)
        if at in graph.places
    }


def named_by(finding: Finding, question: Question) -> Iterable[Named]:
    """Label and id of what a finding names; more than one label where the column allows more."""
    yield from zip(finding.labels, finding.subject, strict=True)
    for column in question.columns:
        value = finding.row.get(column.name)
        for each in value if isinstance(value, list | tuple) else (value,):
            if each is not None:
                yield from ((label, str(each)) for label in column.labels)


def _near(graph: PageGraph, begun: set[int], hops: int) -> set[int]:
    """The nodes within so many steps, whichever way relationships point."""
    kept = set(begun)
    for _ in range(hops):
        ends = [(tie.start, tie.end) for tie in graph.relationships]
        kept |= {end for start, end in ends if start in kept} | {
            start for start, end in ends if end in kept
        }
    return kept


def _with_all_above(graph: PageGraph, teams: set[int]) -> set[int]:
    """The teams, and all that they are part of."""
    above: dict[int, list[int]] = {}
    for tie in graph.relationships:
        if tie.type == "PART_OF":
            above.setdefault(tie.start, []).append(tie.end)
    kept, front = set(teams), list(teams)
    while front:
        found = [each for each in above.get(front.pop(), ()) if each not in kept]
        kept.update(found)
        front += found
    return kept


def _cut_out(graph: PageGraph, home_of: list[Home], kept: list[int]) -> Part:
    """Those nodes, with what ties them to each other, under new numbers."""
    new = {place: number for number, place in enumerate(kept)}
    ties, cut = [], dict.fromkeys(range(len(kept)), 0)
    there = 0
    for number, tie in enumerate(graph.relationships):
        inside = [new[end] for end in (tie.start, tie.end) if end in new]
        is_there = number < graph.relationship_count
        if len(inside) > 1:
            ties.append(replace(tie, start=inside[0], end=inside[1]))
            there += is_there
        elif inside and is_there:
            cut[inside[0]] += 1
    nodes_gone = sum(place >= graph.node_count for place in kept)
    nodes = tuple(graph.nodes[place] for place in kept)
    places = {(node.label, node.id): number for number, node in enumerate(nodes)}
    at_home = (home_of[place] for place in kept)
    return Part(
        PageGraph(nodes, tuple(ties), places, nodes_gone, len(ties) - there),
        tuple(Home(None if home.team is None else new[home.team], home.label) for home in at_home),
        {place: count for place, count in cut.items() if count},
    )
