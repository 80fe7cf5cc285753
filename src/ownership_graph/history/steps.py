"""What a fact was and what it came to: between two runs, and all along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from ownership_graph.plans.drafting import ends_of
from ownership_graph.plans.remembering import restored
from ownership_graph.records import NodeKey, kind_of, node_key, parse_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ownership_graph.history.past import Past
    from ownership_graph.records import Change, Fact, Key
    from ownership_graph.stores import Store

What: TypeAlias = Literal["new", "changed", "gone", "denied"]

SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Step:
    """One fact on its way from a state to another; None is nowhere. `seq` is the later run's."""

    key: Key
    before: Fact | None
    after: Fact | None
    seq: int

    @property
    def what(self) -> What:
        """What became of the fact on the graph."""
        there, stays = _on_graph(self.before), _on_graph(self.after)
        if not stays and self.after is not None and self.after.absent:
            return "denied"
        if there and stays:
            return "changed"
        return "new" if stays else "gone"

    def differences(self) -> Iterator[tuple[str, object, object]]:
        """Each property that differs, with its values before and after; then the sources."""
        old = self.before.properties if self.before else {}
        new = self.after.properties if self.after else {}
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield name, old.get(name), new.get(name)
        before = self.before.sources if self.before else ()
        after = self.after.sources if self.after else ()
        if before != after:
            yield SOURCES, list(before) or None, list(after) or None


def _on_graph(fact: Fact | None) -> bool:
    """Whether it is on the graph, as more than a stub."""
    return fact is not None and fact.described and not fact.absent


def steps_between(past: Past, start: int, end: int) -> list[Step]:
    """What differs after two runs, by kind and key; what nobody describes is not there."""
    before, after = past.at(start), past.at(end)
    steps = [Step(key, _said(before[key]), _said(fact), end) for key, fact in after.items()]
    found = [each for each in steps if _differs(each)]
    return sorted(found, key=lambda each: (kind_of(each.key), each.key))


def _said(fact: Fact | None) -> Fact | None:
    return fact if fact is not None and fact.described else None


def _differs(step: Step) -> bool:
    if step.before is None or step.after is None:
        return step.before is not step.after
    return step.before.absent != step.after.absent or any(step.differences())


def steps_of(key: Key, now: Fact | None, changes: Iterable[Change]) -> list[Step]:
    """All that is known to have become of a fact, oldest first; its changes come newest first."""
    steps: list[Step] = []
    after = now
    for change in changes:
        if after is not None and after.added_run > change.seq:
            steps.append(Step(key, None, after, after.added_run))
            after = None
        before = restored(key, change.before, after)
        steps.append(Step(key, before, after, change.seq))
        after = before
    if after is not None:
        steps.append(Step(key, None, after, after.added_run))
    return [each for each in reversed(steps) if _tells(each)]


def _tells(step: Step) -> bool:
    """Whether anything of it can be seen."""
    stub = step.after is not None and not step.after.described
    return not (step.before is None and stub) and (
        step.before is None or step.after is None or _differs(step)
    )


def names_of(store: Store, steps: Sequence[Step]) -> dict[Key, str]:
    """How the nodes that steps speak of are called, by their keys: now, or else when they went."""
    nodes = dict.fromkeys(node for step in steps for node in (ends_of(step.key) or (step.key,)))
    known = [fact for step in steps for fact in (step.after, step.before) if fact]
    now = store.facts(nodes) if nodes else ()
    return {
        fact.key: str(fact.properties["name"])
        for fact in (*known, *now)
        if fact.key in nodes and "name" in fact.properties
    }


def in_words(key: Key, names: Mapping[Key, str]) -> str:
    """A fact as people call it.

    >>> in_words('["OWNS","Team","t1","Model","m1","accountable"]', {'["Team","t1"]': "Risk"})
    'Team t1 (Risk) OWNS Model m1, accountable'
    """
    found = parse_key(key)
    if isinstance(found, NodeKey):
        return _node_in_words(found.label, found.id, names)
    start = _node_in_words(found.from_label, found.from_id, names)
    end = _node_in_words(found.to_label, found.to_id, names)
    return ", ".join([f"{start} {found.type} {end}", *filter(None, found.identity)])


def _node_in_words(label: str, own_id: str, names: Mapping[Key, str]) -> str:
    name = names.get(node_key(label, own_id), own_id)
    return f"{label} {own_id}" if name == own_id else f"{label} {own_id} ({name})"
