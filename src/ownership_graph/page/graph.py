"""The graph that a page holds: facts sorted, with whole numbers as ids."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.records import NodeKey, RelationshipKey, parse_key
from ownership_graph.tracing.words import approval_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ownership_graph.records import Fact, Properties


class Statement(msgspec.Struct, frozen=True, gc=False):
    """What a fact says and who says it, as in `Fact`."""

    properties: Properties = {}
    sources: tuple[str, ...] = ()
    claims: Mapping[str, Properties] = {}
    disputed: tuple[str, ...] = ()


class PageNode(msgspec.Struct, frozen=True, gc=False):
    """A node; its place in `PageGraph.nodes` is its id on the page.

    `added` is the number of the run with which it came. `in_words` says that the name is made of
    what it is about, and that nobody states it.
    """

    label: str
    id: str
    name: str
    said: Statement
    described: bool = True
    added: int = 0
    in_words: bool = False

    @property
    def stated_name(self) -> str:
        """The name that a source states, or the id."""
        return self.id if self.in_words else self.name


class PageRelationship(msgspec.Struct, frozen=True, gc=False):
    """A relationship between two places in `PageGraph.nodes`."""

    type: str
    start: int
    end: int
    said: Statement
    added: int = 0


@dataclass(frozen=True, slots=True)
class PageGraph:
    """Nodes by label and id, relationships by type and ends: the same facts, the same order.

    So many of the last are gone: they were in another graph, with which this one is compared.
    """

    nodes: tuple[PageNode, ...]
    relationships: tuple[PageRelationship, ...]
    places: Mapping[tuple[str, str], int]
    """Where a node stands, by its label and id."""
    nodes_gone: int = 0
    relationships_gone: int = 0

    @property
    def node_count(self) -> int:
        """How many nodes are there."""
        return len(self.nodes) - self.nodes_gone

    @property
    def relationship_count(self) -> int:
        """How many relationships are there."""
        return len(self.relationships) - self.relationships_gone


_LABEL_ORDER = {name: place for place, name in enumerate(LABELS)}


def read_graph(facts: Iterable[Fact]) -> PageGraph:
    """The facts in a stable order; an end that no node stands for becomes a stub."""
    nodes: dict[tuple[str, str], PageNode] = {}
    ties: list[tuple[RelationshipKey, Fact]] = []
    for fact in facts:
        match parse_key(fact.key):
            case NodeKey(label, own_id):
                nodes[label, own_id] = _node(label, own_id, fact)
            case key:
                ties.append((key, fact))
    for key, _ in ties:
        for label, own_id in ((key.from_label, key.from_id), (key.to_label, key.to_id)):
            if (label, own_id) not in nodes:
                nodes[label, own_id] = PageNode(label, own_id, own_id, Statement(), False)  # noqa: FBT003 -- described
    _name_approvals(nodes, ties)
    order = sorted(nodes, key=lambda at: (_LABEL_ORDER.get(at[0], len(LABELS)), at))
    places = {at: place for place, at in enumerate(order)}
    placed = [
        (
            key.type,
            places[key.from_label, key.from_id],
            places[key.to_label, key.to_id],
            key.identity,
            fact,
        )
        for key, fact in ties
    ]
    placed.sort(key=lambda each: each[:4])
    relationships = tuple(_relationship(*each) for each in placed)
    return PageGraph(tuple(nodes[at] for at in order), relationships, places)


def _node(label: str, own_id: str, fact: Fact) -> PageNode:
    name = fact.properties.get("name")
    shown = name if isinstance(name, str) and name.strip() else own_id
    return PageNode(label, own_id, shown, _statement(fact), fact.described, fact.added_run)


def _name_approvals(
    nodes: dict[tuple[str, str], PageNode], ties: Iterable[tuple[RelationshipKey, Fact]]
) -> None:
    """Give approvals that have no name words, where it is known what they are about."""
    ends: dict[str, dict[tuple[str, str], set[str]]] = {
        "CONCERNS": defaultdict(set),
        "AT": defaultdict(set),
    }
    for key, _ in ties:
        at = key.from_label, key.from_id
        if key.type in ends and at[0] == "Approval" and nodes[at].name == at[1]:
            ends[key.type][at].add(nodes[key.to_label, key.to_id].name)
    for at in {**ends["CONCERNS"], **ends["AT"]}:
        asked = nodes[at].said.properties.get("requested_day")
        words = approval_in_words(ends["CONCERNS"].get(at, ()), ends["AT"].get(at, ()), asked)
        nodes[at] = msgspec.structs.replace(nodes[at], name=words, in_words=True)


def _relationship(
    type_: str, start: int, end: int, identity: tuple[str, ...], fact: Fact
) -> PageRelationship:
    said = _statement(fact)
    if identity and type_ in RELATIONSHIPS:
        for name, value in zip(RELATIONSHIPS[type_].identity, identity, strict=False):
            said.properties.setdefault(name, value)
    return PageRelationship(type_, start, end, said, fact.added_run)


def _statement(fact: Fact) -> Statement:
    """The fact's properties in the order of their names, bookkeeping left behind."""
    return Statement(
        {name: fact.properties[name] for name in sorted(fact.properties) if name != "name"},
        fact.sources,
        fact.claims,
        fact.disputed,
    )
