"""What runs did to the nodes of a page: when each came, and what was altered since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.garbage import not_collected
from ownership_graph.history.steps import steps_of
from ownership_graph.plans.surrounding import facts_held
from ownership_graph.records import NodeKey, parse_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.history.steps import Step
    from ownership_graph.page.graph import PageGraph
    from ownership_graph.page.privacy import Privacy
    from ownership_graph.records import Change, FindingRecord, ImportRun, Key
    from ownership_graph.stores import Store

Json: TypeAlias = "dict[str, object]"

MOST_RUNS = 20
"""Of so many runs, the newest, a page tells what they did to one node."""
LONGEST_VALUE = 80
"""Characters of a value before or after a change that go into a page."""

_DAY = len("2026-11-23")
_TIES = ("new", "changed", "gone", "denied")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a store remembers: runs, the steps of each fact that a run altered, and findings."""

    runs: Sequence[ImportRun] = ()
    steps: Mapping[Key, Sequence[Step]] = field(default_factory=dict)
    findings: Sequence[FindingRecord] = ()


@not_collected()
def recorded(store: Store) -> Recorded:
    """What this store remembers."""
    changes: dict[Key, list[Change]] = defaultdict(list)
    for change in store.changes(0):
        changes[change.key].append(change)
    now = facts_held(store, changes.keys()) if changes else {}
    steps = {key: steps_of(key, now.get(key), each) for key, each in changes.items()}
    return Recorded(store.runs(), steps, store.findings())


@dataclass(slots=True)
class _Doing:
    """What one run did to one node, and to how many relationships at it."""

    what: str = ""
    differences: list[list[object]] = field(default_factory=list)
    ties: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_TIES, 0))


class Story:
    """Of each node of a page, what runs did to it.

    Where persons are not named no value from before or after a change gets in: it may hold the
    name of somebody whom the graph no longer knows.
    """

    def __init__(self, graph: PageGraph, privacy: Privacy, told: Recorded) -> None:
        """`graph` has the true ids."""
        self.graph, self.privacy, self.told = graph, privacy, told
        self.added: dict[int, int] = {}
        self.doings: dict[int, dict[int, _Doing]] = defaultdict(lambda: defaultdict(_Doing))
        self._read_nodes()
        self._read_ties()

    def _read_nodes(self) -> None:
        for place, node in enumerate(self.graph.nodes[: self.graph.node_count]):
            if node.described and node.added:
                self.added[place] = node.added
        for key, place in self._nodes_altered():
            steps = list(self.told.steps[key])
            first = steps.pop(0).seq if steps and steps[0].before is None else 0
            self.added[place] = first
            for step in steps:
                doing = self.doings[place][step.seq]
                doing.what = step.what
                doing.differences += self._differences(step, self.graph.nodes[place].label)

    def _nodes_altered(self) -> Iterator[tuple[Key, int]]:
        for key in self.told.steps:
            at = parse_key(key)
            if isinstance(at, NodeKey) and (at.label, at.id) in self.graph.places:
                yield key, self.graph.places[at.label, at.id]

    def _differences(self, step: Step, label: str) -> Iterator[list[object]]:
        """Each property that differs, with its values where they may be told."""
        if step.what != "changed":
            return
        for name, before, after in step.differences():
            if self.privacy.people == "named":
                yield [self.privacy.text(name), self._value(before), self._value(after)]
            elif self.privacy.properties({name: ""}, label):
                yield [self.privacy.text(name)]

    def _value(self, value: object) -> object:
        shown = self.privacy.value(value)
        return self.privacy.text(shown, LONGEST_VALUE) if isinstance(shown, str) else shown

    def _read_ties(self) -> None:
        """Count relationships at both their ends; those that came with a node are left out."""
        for tie in self.graph.relationships[: self.graph.relationship_count]:
            for place in {tie.start, tie.end}:
                self._count(place, tie.added, "new")
        for key, steps in self.told.steps.items():
            at = parse_key(key)
            if isinstance(at, NodeKey):
                continue
            ends = {(at.from_label, at.from_id), (at.to_label, at.to_id)}
            places = [self.graph.places[end] for end in ends if end in self.graph.places]
            there = bool(steps) and steps[-1].what in {"new", "changed"}
            last = max((step.seq for step in steps if step.before is None), default=0)
            for step in steps:
                if there and step.seq == last and step.before is None:
                    continue  # it is on the graph, and counted there
                for place in places:
                    self._count(place, step.seq, step.what)

    def _count(self, place: int, run: int, what: str) -> None:
        if run and (what != "new" or run != self.added.get(place)):
            self.doings[place][run].ties[what] += 1

    def data(self) -> Json:
        """Runs by their numbers here; of each node when it came, and what was done since.

        A doing is a run, what became of the node, what differs, and how many relationships are
        new, changed, gone or denied, the newest first.
        """
        known = {run.seq: run for run in self.told.runs}
        used = {seq for by_run in self.doings.values() for seq in by_run} | {*self.added.values()}
        shown = sorted(used & known.keys())
        number = {seq: place for place, seq in enumerate(shown)}
        steps: Json = {}
        left: Json = {}
        for place in sorted(self.doings):
            newest = sorted(self.doings[place].keys() & number.keys(), reverse=True)
            steps[str(place)] = [
                [number[seq], doing.what, doing.differences, *doing.ties.values()]
                for seq in newest[:MOST_RUNS]
                for doing in [self.doings[place][seq]]
            ]
            if len(newest) > MOST_RUNS:
                left[str(place)] = len(newest) - MOST_RUNS
        return {
            "runs": [self._run(known[seq]) for seq in shown],
            "added": [
                number.get(self.added.get(place, 0), -1) for place in range(len(self.graph.nodes))
            ],
            "steps": steps,
            "left": left,
        }

    def _run(self, run: ImportRun) -> Json:
        return {
            "source": self.privacy.text(run.source),
            "kind": run.kind,
            "day": (run.finished or run.started)[:_DAY],
        }
