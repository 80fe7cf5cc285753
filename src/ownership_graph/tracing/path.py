"""How two things are tied: all shortest ways, found the same on every store."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.errors import UsageError
from ownership_graph.records import Rows
from ownership_graph.tracing.basis import Dependencies, Stated, dependencies, stated_by, told
from ownership_graph.tracing.reading import TIMEOUT, Timed
from ownership_graph.tracing.things import (
    OWNED,
    Owner,
    Owners,
    Thing,
    answering,
    by_label,
    find_thing,
    owners_of,
)
from ownership_graph.tracing.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ownership_graph.stores import Store
    from ownership_graph.tracing.reading import Readable

STEPS = 6
"""Steps that are gone at most."""
SHOWN = 5
"""Ways that are told at most."""

_Key: TypeAlias = tuple[str, str]
_Before: TypeAlias = dict[_Key, set[_Key]]
"""For each node of a level, those of the level before it that it is tied to."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way: the thing that is reached, who owns it, and how it is tied to the last.

    `how` is told from the thing before, and blank for the first; several ways to be tied at once
    are told together. `relationships` are their types.
    """

    thing: Thing
    how: str = ""
    relationships: tuple[str, ...] = ()
    owners: tuple[Owner, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """The shortest ways from one thing to another; `count` is how many there are in all.

    Those that go one way, as from what stands to what it stands on, are told first. `unowned`
    counts the things on them that nobody who is here owns.
    """

    start: Thing
    end: Thing
    ways: tuple[tuple[Step, ...], ...]
    count: int
    steps: int
    sources: tuple[Stated, ...]
    unowned: int
    dependencies: Dependencies

    def rows(self) -> Rows:
        """A row a step of each way."""
        return Rows(
            ("way", "step", "how", "label", "id", "name", "owners"),
            [
                (
                    number, place, each.how, each.thing.label, each.thing.id, each.thing.name,
                    [str(owner) for owner in each.owners],
                )
                for number, way in enumerate(self.ways, 1)
                for place, each in enumerate(way)
            ],
        )  # fmt: skip

    def headline(self) -> str:
        """What was found."""
        both = f"{self.start} and {self.end}"
        if not self.ways:
            return (
                f"None known within {_steps(self.steps)}: no chain of so many stated"
                f" relationships ties {both}."
            )
        many = "1 way" if self.count == 1 else f"{self.count:,} ways"
        shown = f", {len(self.ways)} told" if self.count > len(self.ways) else ""
        return f"{many} of {_steps(len(self.ways[0]) - 1)} between {both}{shown}; none is shorter."

    def statement(self) -> Iterator[str]:
        """How complete that is, a sentence a line."""
        if self.ways:
            yield f"The steps above are stated by {told(self.sources)}."
        if self.unowned:
            yield f"{self.unowned:,} above without a known owner who is still here."
        yield "All relationships were looked at, from both ends; what nobody stated is not there."
        yield from self.dependencies.statement()


def ways_between(
    present: Store,
    start: str,
    end: str,
    *,
    steps: int = STEPS,
    shown: int = SHOWN,
    timeout: float = TIMEOUT,
) -> Ways:
    """The shortest ways between the nodes of those ids or names, of at most so many steps.

    `timeout` is in seconds, for each query.

    Raises:
        UsageError: there is no such node, or the two are one.
        StoreTimeoutError: a query did not end in time.
    """
    store = Timed(present, timeout)
    first, last = find_thing(store, start), find_thing(store, end)
    if first.key == last.key:
        raise UsageError(
            f"looking for a way: '{start}' and '{end}' are one and the same, {first}."
        )
    before, reached = _search(store, first.key, last.key, steps)
    if not reached:
        return Ways(first, last, (), 0, steps, (), 0, dependencies(store))
    total = _count(last.key, first.key, before, {})
    # More are looked at than are told, so that those that go one way are among them.
    some = list(islice(_walks(last.key, first.key, before), max(shown * 20, 100)))
    ties = _ties(store, {(a, b) for walk in some for a, b in pairwise(walk)})
    some.sort(key=lambda walk: (_turns(walk, ties), walk))
    some = some[:shown]
    things = _things(store, {key for walk in some for key in walk})
    owners = owners_of(store, things.values())
    ways = tuple(_way(walk, ties, things, owners) for walk in some)
    sources = Counter(
        source
        for walk in some
        for pair in pairwise(walk)
        for tie in ties[pair]
        for source in tie.sources
    )
    unowned = sum(key[0] in OWNED and not answering(owners.get(key, ())) for key in things)
    return Ways(
        first, last, ways, total, steps, stated_by(store, sources), unowned, dependencies(store)
    )


def _steps(number: int) -> str:
    return "1 step" if number == 1 else f"{number} steps"


def _search(store: Readable, start: _Key, end: _Key, steps: int) -> tuple[_Before, bool]:
    """For each node on a shortest way, those before it; searched from both ends at once."""
    levels: list[list[set[_Key]]] = [[{start}], [{end}]]
    seen = [{start}, {end}]
    edges: list[_Before] = [defaultdict(set), defaultdict(set)]
    for _ in range(steps):
        side = 0 if len(levels[0][-1]) <= len(levels[1][-1]) else 1
        found: _Before = edges[side]
        level: set[_Key] = set()
        for here, there in _neighbours(store, levels[side][-1]):
            if there not in seen[side]:
                found[there].add(here)
                level.add(there)
        if not level:
            return {}, False
        levels[side].append(level)
        seen[side] |= level
        met = level & seen[1 - side]
        if met:
            return _joined(met, edges), True
    return {}, False


def _joined(met: set[_Key], edges: list[_Before]) -> _Before:
    """The nodes on ways through those where the two searches met, each with those before it."""
    before: _Before = defaultdict(set)
    rest = set(met)
    while rest:  # back to the start
        following = set()
        for node in rest:
            before[node] |= edges[0].get(node, set())
            following |= edges[0].get(node, set())
        rest = following
    rest = set(met)
    while rest:  # on to the end
        following = set()
        for node in rest:
            for after in edges[1].get(node, set()):
                before[after].add(node)
                following.add(after)
        rest = following
    return before


def _neighbours(store: Readable, level: set[_Key]) -> Iterator[tuple[_Key, _Key]]:
    """Each node of the level with each that it is tied to, whichever way."""
    for label, ids in by_label(level):
        for arrow in ("-[]->", "<-[]-"):
            rows = store.read(
                f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}){arrow}(m)"
                " RETURN DISTINCT n.id AS id, labels(m)[0] AS label, m.id AS other",
                {"ids": ids},
            )
            for own_id, other_label, other in rows.rows:
                yield (label, str(own_id)), (str(other_label), str(other))


def _count(node: _Key, start: _Key, before: _Before, counts: dict[_Key, int]) -> int:
    """How many shortest ways lead from the start to the node."""
    if node == start:
        return 1
    if node not in counts:
        counts[node] = sum(_count(each, start, before, counts) for each in before[node])
    return counts[node]


def _walks(node: _Key, start: _Key, before: _Before) -> Iterator[tuple[_Key, ...]]:
    """The shortest ways to the node, in the order of the labels and ids from its end."""
    if node == start:
        yield (node,)
        return
    for each in sorted(before[node]):
        for walk in _walks(each, start, before):
            yield (*walk, node)


@dataclass(frozen=True, slots=True, order=True)
class _Tie:
    """A relationship between two neighbours, told from the first."""

    type: str
    forward: bool
    role: str
    sources: tuple[str, ...]


def _ties(
    store: Readable, pairs: Iterable[tuple[_Key, _Key]]
) -> dict[tuple[_Key, _Key], list[_Tie]]:
    """All relationships between the two of each pair, in order."""
    wanted = set(pairs)
    found: dict[tuple[_Key, _Key], set[_Tie]] = defaultdict(set)
    for label, ids in by_label(a for a, _ in wanted):
        others = sorted({b[1] for a, b in wanted if a[0] == label})
        for arrow, forward in (("-[r]->", True), ("<-[r]-", False)):
            rows = store.read(
                f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}){arrow}(m) WHERE m.id IN $others"
                " RETURN n.id AS id, labels(m)[0] AS label, m.id AS other, type(r) AS type,"
                " coalesce(r.role, '') AS role, r.sources AS sources",
                {"ids": ids, "others": others},
            )
            for own_id, other_label, other, type_, role, sources in rows.rows:
                pair = (label, str(own_id)), (str(other_label), str(other))
                if pair in wanted and isinstance(sources, list):
                    named = tuple(str(each) for each in sources)
                    found[pair].add(_Tie(str(type_), forward, str(role), named))
    return {pair: sorted(ties) for pair, ties in found.items()}


def _turns(walk: tuple[_Key, ...], ties: Mapping[tuple[_Key, _Key], list[_Tie]]) -> int:
    """How often the way turns round: from the start of a relationship to its end, and back."""
    ways = [{tie.forward for tie in ties[pair]} for pair in pairwise(walk)]
    return sum(len(a | b) > 1 and not a & b for a, b in pairwise(ways))


def _things(store: Readable, keys: Iterable[_Key]) -> dict[_Key, Thing]:
    found = {}
    for label, ids in by_label(keys):
        rows = store.read(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id, n.name AS name",
            {"ids": ids},
        )
        for own_id, name in rows.rows:
            found[label, str(own_id)] = Thing(label, str(own_id), str(name))
    return found


def _way(
    walk: tuple[_Key, ...],
    ties: Mapping[tuple[_Key, _Key], list[_Tie]],
    things: Mapping[_Key, Thing],
    owners: Owners,
) -> tuple[Step, ...]:
    steps = [Step(things[walk[0]], owners=owners.get(walk[0], ()))]
    for here, there in pairwise(walk):
        between = ties[here, there]
        how = dict.fromkeys(in_words(t.type, forward=t.forward, role=t.role) for t in between)
        types = tuple(dict.fromkeys(tie.type for tie in between))
        steps.append(Step(things[there], " and ".join(how), types, owners.get(there, ())))
    return tuple(steps)
