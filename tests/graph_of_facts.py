"""A graph of facts in a dictionary: what every store must come to, as plain as can be."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from msgspec.structs import replace

from ownership_graph.importing.checking import Checker
from ownership_graph.importing.clashes import without_clashes
from ownership_graph.importing.planning import Writing, compare, make_plan, undescribed_ends
from ownership_graph.plans.merging import rank_by
from ownership_graph.records import ImportRun, Node, NodeKey, Relationship, node_key, parse_key


@dataclass
class Graph:
    facts: dict = field(default_factory=dict)
    seq: int = 0
    last: object = None
    difference: object = None

    def load(self, source, records, *, mode="full", precedence=(), day=20_000):
        """Import the records of a source; `last` is what was planned."""
        checker = Checker()
        checker.take_all(records)
        checked = without_clashes(checker.checked())
        self.difference = compare(checked, self.stated(source), mode)
        ends = undescribed_ends(checked, self.difference.new)
        self.seq += 1
        run = ImportRun(f"{self.seq}", self.seq, source, "test", "2026-01-01T00:00:00Z")
        self.last = make_plan(
            self.difference,
            checked.said,
            ends,
            dict(self.facts),
            run=run,
            writing=Writing(rank_by(precedence), day),
        )
        self._apply(self.last.plan)
        return self.last

    def stated(self, source):
        return {
            key: fact.hashes[fact.sources.index(source)]
            for key, fact in self.facts.items()
            if source in fact.sources
        }

    def merged(self):
        """The facts without what tells of runs."""
        return {
            key: replace(fact, run=0, added_run=0, first_seen_day=0)
            for key, fact in self.facts.items()
        }

    def _apply(self, plan):
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
STATEMENTS = st.fixed_dictionaries(
    {}, optional={"name": st.sampled_from(["x", "y"]), "risk_tier": st.sampled_from([1, 2])}
)
NODES = st.builds(
    lambda label, own_id, properties: Node(label, f"{label}{own_id}", properties),
    st.sampled_from(["Model", "Approval"]),
    IDS,
    STATEMENTS,
)
OWNERS = st.builds(
    lambda own_id, to_id, role: Relationship(
        "OWNS", "Team", f"Team{own_id}", "Model", f"Model{to_id}", {"role": role} if role else {}
    ),
    IDS,
    IDS,
    st.sampled_from(["", "accountable", "technical"]),
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
