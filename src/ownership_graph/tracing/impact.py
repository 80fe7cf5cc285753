"""What relies on a thing: directly, or through others that stand on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.records import Rows
from ownership_graph.tracing.basis import Dependencies, dependencies
from ownership_graph.tracing.reading import TIMEOUT, Timed
from ownership_graph.tracing.things import (
    OWNED,
    Owner,
    Thing,
    answering,
    by_label,
    find_thing,
    owners_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ownership_graph.stores import Store
    from ownership_graph.tracing.reading import Readable

HOPS = 12
"""Steps that are gone at most."""
RETIRED, RUNNING = "retired", "production"
HIGH = 3
"""The highest risk tier."""


@dataclass(frozen=True, slots=True)
class Reliance:
    """One way to rely on something: where it is found, and how it is told.

    `pattern` goes on from the thing, which is `n`, to what relies on it, which is `m`.
    """

    labels: tuple[str, ...]
    pattern: str
    how: str


RELIANCES = (
    Reliance(("Model", "Dataset", "Service"), "<-[:DEPENDS_ON]-(m)", "stands on"),
    Reliance(("Model",), "-[:SERVES]->(m)", "is served by"),
    Reliance(("Team",), "<-[:SUPPLIED_BY]-(m)", "is supplied by"),
    Reliance(("Team", "Person"), "-[:OWNS]->(m)", "is owned by"),
    Reliance(("Team", "Person"), "-[:CAN_DECIDE]->(m)", "may be decided by"),
    Reliance(("Gate",), "<-[:SUBJECT_TO]-(m)", "has to pass"),
    Reliance(
        ("Gate",),
        "<-[:AT]-(a:Approval)-[:CONCERNS]->(m) WHERE a.status IN ['pending', 'returned']",
        "waits at",
    ),
)
"""All ways; people and teams own, decide or supply, and that is only ever the first step."""


_BY_TIER = """\
MATCH (g:Gate {id: $gate}) WHERE g.min_tier IS NOT NULL AND g.applies_when IS NULL
OPTIONAL MATCH (m:Model)
WHERE m.risk_tier >= g.min_tier AND coalesce(m.stage, 'unknown') <> 'retired'
RETURN g.min_tier AS tier, count(m) AS n
"""


@dataclass(frozen=True, slots=True)
class Relying:
    """What relies on the thing: in how many steps, how, and through which that comes before it.

    `tier` is the risk tier, `None` where nobody classified it; `stage` is blank where it has none.
    Nothing but its name is known of what is not `described`.
    """

    thing: Thing
    distance: int
    how: str
    through: Thing
    stage: str
    tier: int | None
    described: bool
    owners: tuple[Owner, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Who must be told: of how many things, how many in production, of which tier at most."""

    label: str
    id: str
    name: str
    things: int
    in_production: int
    tier: int | None


@dataclass(frozen=True, slots=True)
class Impact:
    """What relies on a thing, nearest first, who must be told, and how much of it can be known.

    `unowned` counts what nobody who is here owns, `undescribed` what no source describes;
    `retired` are passed over, since they run no more; `further` says that there is more beyond
    the last step. A gate has a rule, `by_tier`: from which tier on it has to be passed, and how
    many live models are of it; they are not among those that rely on it.
    """

    thing: Thing
    owners: tuple[Owner, ...]
    relying: tuple[Relying, ...]
    to_tell: tuple[Told, ...]
    unowned: int
    undescribed: int
    retired: int
    further: bool
    dependencies: Dependencies
    by_tier: tuple[int, int] | None = None

    def rows(self) -> Rows:
        """A row for each that relies on it."""
        return Rows(
            ("distance", "label", "id", "name", "how", "through", "stage", "tier", "owners"),
            [
                (
                    each.distance, each.thing.label, each.thing.id, each.thing.name, each.how,
                    str(each.through), each.stage, each.tier,
                    [str(owner) for owner in each.owners],
                )
                for each in self.relying
            ],
        )  # fmt: skip

    def headline(self) -> str:
        """How many there are."""
        if not self.relying:
            return f"Nothing is known to rely on {self.thing}."
        direct = sum(each.distance == 1 for each in self.relying)
        running = [each for each in self.relying if each.stage == RUNNING]
        high = sum(each.tier == HIGH for each in running)
        many = f"{len(self.relying):,} rely on {self.thing}"
        if len(self.relying) == 1:
            many = f"1 relies on {self.thing}"
        live = f"{len(running):,} in production" if running else "none in production"
        return (
            f"{many}: {direct:,} directly, {len(self.relying) - direct:,} through others; {live}"
            f"{f', {high:,} of tier {HIGH}' if high else ''}."
        )

    def statement(self) -> Iterator[str]:
        """How complete that is, a sentence a line."""
        yield from self.dependencies.statement()
        if self.unowned:
            yield f"{self.unowned:,} above without a known owner who is still here."
        if self.undescribed:
            yield f"{self.undescribed:,} above named by others, and described by no source."
        if self.by_tier:
            tier, many = self.by_tier
            yield (
                f"By their tier ({tier} or higher) {many:,} live models have to pass it or had to;"
                " only those that wait there, or are named for it, are above."
            )
        elif self.thing.label == "Gate":
            yield "Which models have to pass it is not written down as a tier alone."
        if self.retired:
            yield f"{self.retired:,} retired, passed over with what stands on them alone."
        if self.further:
            yield "There is more, beyond the last step that was gone."


def impact(present: Store, text: str, *, hops: int = HOPS, timeout: float = TIMEOUT) -> Impact:
    """What relies on the node of that id or name, in at most so many steps.

    `timeout` is in seconds, for each query.

    Raises:
        UsageError: there is no such node, or nothing can rely on one of its label.
        StoreTimeoutError: a query did not end in time.
    """
    store = Timed(present, timeout)
    start = find_thing(store, text)
    able = sorted({label for each in RELIANCES for label in each.labels})
    if start.label not in able:
        raise UsageError(
            f"looking for what relies on '{start}': it is of the label {start.label}, and nothing"
            f" is known to rely on such. Name a node of {', '.join(able)}."
        )
    reached = _Reached({}, {start.key})
    frontier, distance = [start], 0
    while frontier and distance < hops:
        distance += 1
        frontier = reached.take(_next(store, frontier, distance, reached.known))
    beyond = _next(store, frontier, distance + 1, reached.known) if frontier else {}
    owners = owners_of(store, (start, *(each.thing for each in reached.relying.values())))
    found = tuple(
        replace(each, owners=owners.get(each.thing.key, ()))
        for each in sorted(reached.relying.values(), key=_order)
    )
    return Impact(
        start,
        owners.get(start.key, ()),
        found,
        tuple(_to_tell(start, found)),
        unowned=sum(not answering(each.owners) for each in found if each.thing.label in OWNED),
        undescribed=sum(not each.described for each in found),
        retired=len(reached.known) - len(found) - 1,
        further=any(each.stage != RETIRED for each in beyond.values()),
        dependencies=dependencies(store),
        by_tier=_by_tier(store, start) if start.label == "Gate" else None,
    )


def _by_tier(store: Readable, gate: Thing) -> tuple[int, int] | None:
    """From which tier on a gate has to be passed, and how many live models are of it."""
    rows = store.read(_BY_TIER, {"gate": gate.id}).rows
    return next(((int(str(tier)), int(str(n))) for tier, n in rows), None)


def _to_tell(start: Thing, found: Iterable[Relying]) -> Iterator[Told]:
    """Those who answer for what relies on it, but the thing itself; the most at stake first."""
    theirs: dict[tuple[str, str, str], list[Relying]] = defaultdict(list)
    for each in found:
        for who in {(one.label, one.id, one.name) for one in answering(each.owners)}:
            if who[:2] != start.key:
                theirs[who].append(each)
    told = [
        Told(
            *who,
            len(things),
            sum(each.stage == RUNNING for each in things),
            max((each.tier for each in things if each.tier is not None), default=None),
        )
        for who, things in theirs.items()
    ]
    yield from sorted(
        told,
        key=lambda each: (
            -each.in_production, -(each.tier or 0), -each.things, each.label, each.id,
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reached:
    """What was reached so far; `known` holds the start and the retired ones as well."""

    relying: dict[tuple[str, str], Relying]
    known: set[tuple[str, str]]

    def take(self, fresh: Mapping[tuple[str, str], Relying]) -> list[Thing]:
        """Take what is new; what is left of it to go on from."""
        live = {key: each for key, each in fresh.items() if each.stage != RETIRED}
        self.relying.update(live)
        self.known.update(fresh)
        return [each.thing for each in live.values()]


def _order(found: Relying) -> tuple[int, bool, int, str, str]:
    """The nearest first, of those what is in production, then what is of the highest tier."""
    live = found.stage == RUNNING
    return found.distance, not live, -(found.tier or 0), found.thing.label, found.thing.id


def _next(
    store: Readable, frontier: list[Thing], distance: int, known: set[tuple[str, str]]
) -> dict[tuple[str, str], Relying]:
    """What relies directly on one of those and is not known yet, through the first of them."""
    through = {each.key: each for each in frontier}
    found: dict[tuple[str, str], Relying] = {}
    for label, ids in by_label(through):
        for reliance in (each for each in RELIANCES if label in each.labels):
            for own_id, thing, stage, tier, described in _read(store, label, ids, reliance):
                if thing.key not in known and thing.key not in found:
                    found[thing.key] = Relying(
                        thing, distance, reliance.how, through[label, own_id],
                        stage, tier, described,
                    )  # fmt: skip
    return found


def _read(
    store: Readable, label: str, ids: list[str], reliance: Reliance
) -> Iterator[tuple[str, Thing, str, int | None, bool]]:
    rows = store.read(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}){reliance.pattern}"
        " RETURN DISTINCT n.id AS id, labels(m)[0] AS label, m.id AS other, m.name AS name,"
        " coalesce(m.stage, '') AS stage, m.risk_tier AS tier,"
        " coalesce(m.described, true) AS described ORDER BY id, label, other",
        {"ids": ids},
    )
    for own_id, kind, other, name, stage, tier, described in rows.rows:
        thing = Thing(str(kind), str(other), str(name))
        level = tier if isinstance(tier, int) else None
        yield str(own_id), thing, str(stage), level, described is True
