"""A graph of facts in a dictionary: what every store must come to, as plain as can be."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from msgspec.structs import replace

from ownership_graph.importing.checking import Checker
from ownership_graph.importing.clashes import without_clashes
from ownership_graph.importing.planning import (
    Surroundings,
    Writing,
    compare,
    make_plan,
    undescribed_ends,
)
from ownership_graph.plans.denying import covers, denies
from ownership_graph.plans.merging import MANUAL, rank_by
from ownership_graph.records import ImportRun, Node, NodeKey, Relationship, node_key, parse_key


@dataclass
class Graph:
    facts: dict = field(default_factory=dict)
    held: dict = field(default_factory=dict)
    seq: int = 0
    last: object = None
    difference: object = None

    def load(self, source, records, *, mode="full", precedence=(), day=20_000):
        """Import the records of a source; `last` is what was planned."""
        checker = Checker()
        checker.take_all(records)
        checked = without_clashes(checker.checked())
        self.difference = compare(checked, self.stated(source), mode, people=source == MANUAL)
        ends = undescribed_ends(checked, self.difference.new)
        self.seq += 1
        run = ImportRun(f"{self.seq}", self.seq, source, "test", "2026-01-01T00:00:00Z")
        self.last = make_plan(
            self.difference,
            checked.said,
            ends,
            self.kept(),
            run=run,
            writing=Writing(rank_by(precedence), day),
            surroundings=self._surroundings(),
        )
        self.apply(self.last.plan)
        return self.last

    def stated(self, source):
        return {
            key: fact.hashes[fact.sources.index(source)]
            for key, fact in self.kept().items()
            if source in fact.sources
        }

    def kept(self):
        """The facts on the graph and off it."""
        assert not self.facts.keys() & self.held.keys()
        return self.facts | self.held

    def merged(self):
        """The facts without what tells of runs."""
        return {
            key: replace(fact, run=0, added_run=0, first_seen_day=0)
            for key, fact in self.kept().items()
        }

    def _surroundings(self):
        kept = self.kept()
        return Surroundings(
            frozenset(key for key, fact in self.held.items() if denies(fact)),
            lambda keys: [
                fact for key, fact in kept.items() if not set(covers(key)).isdisjoint(keys)
            ],
            lambda keys: {key: kept[key] for key in keys if key in kept},
        )

    def apply(self, plan):
        """Write a plan."""
        for key in plan.release:
            del self.held[key]
        for key in sorted(plan.remove, key=lambda key: isinstance(parse_key(key), NodeKey)):
            if key in self._touched():
                self.facts[key] = replace(
                    self.facts[key],
                    properties={},
                    sources=(),
                    hashes=(),
                    run=plan.run.seq,
                    described=False,
                )
            else:
                del self.facts[key]
        for fact in plan.create:
            assert fact.key not in self.facts
        for fact in plan.alter:
            assert fact.key in self.facts
        self.facts.update((fact.key, fact) for fact in (*plan.create, *plan.alter))
        assert all(fact.absent for fact in plan.hold)
        self.held.update((fact.key, fact) for fact in plan.hold)
        assert not any(fact.absent for fact in self.facts.values())
        assert self._touched() <= self.facts.keys()
        idle = [key for key, fact in self.facts.items() if not fact.described]
        for key in set(idle) - self._touched():
            del self.facts[key]

    def _touched(self):
        """The keys of nodes at which a relationship starts or ends."""
        parsed = [key for key in map(parse_key, self.facts) if not isinstance(key, NodeKey)]
        return {node_key(key.from_label, key.from_id) for key in parsed} | {
            node_key(key.to_label, key.to_id) for key in parsed
        }


IDS = st.sampled_from(["a", "b", "c", 'd"', "é"])
DENIED = st.sampled_from([{}, {}, {}, {"absent": True}])
STATEMENTS = st.fixed_dictionaries(
    {}, optional={"name": st.sampled_from(["x", "y"]), "risk_tier": st.sampled_from([1, 2])}
)
NODES = st.builds(
    lambda label, own_id, properties, no: Node(label, f"{label}{own_id}", properties | no),
    st.sampled_from(["Model", "Approval"]),
    IDS,
    STATEMENTS,
    DENIED,
)
OWNERS = st.builds(
    lambda own_id, to_id, role, no: Relationship(
        "OWNS",
        "Team",
        f"Team{own_id}",
        "Model",
        f"Model{to_id}",
        ({"role": role} if role else {}) | no,
    ),
    IDS,
    IDS,
    st.sampled_from(["", "accountable", "technical"]),
    DENIED,
)
CONCERNS = st.builds(
    lambda own_id, to_id: Relationship(
        "CONCERNS", "Approval", f"Approval{own_id}", "Model", f"Model{to_id}"
    ),
    IDS,
    IDS,
)


def told_apart(record):
    match record:
        case Node(label, own_id):
            return label, own_id
        case Relationship(kind, _, start, _, end, properties):
            return kind, start, end, properties.get("role")


RECORDS = st.lists(st.one_of(NODES, OWNERS, CONCERNS), unique_by=told_apart, max_size=12)
