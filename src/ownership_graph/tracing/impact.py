"""What relies on a thing: directly, or through others that stand on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.records import Rows
from ownership_graph.tracing.basis import Stated, stated_by, told
from ownership_graph.tracing.things import Owner, Thing, by_label, find_thing, owners_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.stores import Store

HOPS = 12
"""Steps that are gone at most."""
RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Reliance:
    """One way to rely on something: where it is found, and how it is told.

    `pattern` holds the thing as `n`, with the label and the id put in, what relies on it as `m`,
    and the relationship as `r`.
    """

    labels: tuple[str, ...]
    pattern: str
    how: str


RELIANCES = (
    Reliance(("Model", "Dataset", "Service"), "<-[r:DEPENDS_ON]-(m)", "stands on"),
    Reliance(("Model",), "-[r:SERVES]->(m)", "is served by"),
    Reliance(("Team",), "<-[r:SUPPLIED_BY]-(m)", "is supplied by"),
    Reliance(("Team", "Person"), "-[r:OWNS]->(m)", "is owned by"),
    Reliance(("Team", "Person"), "-[r:CAN_DECIDE]->(m)", "may be decided by"),
    Reliance(("Gate",), "<-[r:SUBJECT_TO]-(m)", "has to pass"),
)
"""All ways; people and teams own, decide or supply, and that is only ever the first step."""

_COVERED = """\
MATCH (m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' AND coalesce(m.described, true)
RETURN count(m) AS among,
  sum(CASE WHEN EXISTS { (m)-[:DEPENDS_ON]->() } THEN 1 ELSE 0 END) AS stated
"""
_SOURCES = """\
MATCH ()-[r:DEPENDS_ON]->() UNWIND r.sources AS source
RETURN source, count(r) AS n ORDER BY source
"""


@dataclass(frozen=True, slots=True)
class Relying:
    """What relies on the thing: in how many steps, how, and through which that comes before it.

    `tier` is the risk tier, `None` where nobody classified it; `stage` is blank where it has none.
    """

    thing: Thing
    distance: int
    how: str
    through: Thing
    stage: str
    tier: int | None
    owners: tuple[Owner, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the live models say what they stand on, and which sources say so."""

    stated: int
    among: int
    sources: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What relies on a thing, nearest first, and how much of that can be known.

    `retired` counts those that were passed over, since they run no more; `further` tells that
    there is more beyond the last step.
    """

    thing: Thing
    relying: tuple[Relying, ...]
    retired: int
    further: bool
    coverage: Coverage

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

    def statement(self) -> Iterator[str]:
        """How complete that is, a sentence a line."""
        direct = sum(each.distance == 1 for each in self.relying)
        if self.relying:
            yield (
                f"{len(self.relying):,} rely on {self.thing}: {direct:,} directly,"
                f" {len(self.relying) - direct:,} through others."
            )
        else:
            yield f"Nothing is known to rely on {self.thing}."
        known = self.coverage
        yield (
            f"{known.stated:,} of {known.among:,} live models have stated dependencies;"
            f" {known.among - known.stated:,} unknown."
        )
        if known.sources:
            yield f"Dependencies are stated by {told(known.sources)}."
        if self.thing.label == "Gate":
            yield "Models that have to pass the gate by their tier alone are not looked at."
        if self.retired:
            yield f"{self.retired:,} retired, passed over with what stands on them alone."
        if self.further:
            yield "There is more, beyond the last step that was gone."


def impact(store: Store, text: str, *, hops: int = HOPS) -> Impact:
    """What relies on the node of that id or name, in at most so many steps.

    Raises:
        UsageError: there is no such node, or nothing can rely on one of its label.
    """
    start = find_thing(store, text)
    able = sorted({label for each in RELIANCES for label in each.labels})
    if start.label not in able:
        raise UsageError(
            f"looking for what relies on '{start}': it is of the label {start.label}, and nothing"
            f" is known to rely on such. Name a node of {', '.join(able)}."
        )
    reached = _Reached({}, {_key(start)})
    frontier, distance = [start], 0
    while frontier and distance < hops:
        distance += 1
        frontier = reached.take(_next(store, frontier, distance, reached.known))
    beyond = _next(store, frontier, distance + 1, reached.known) if frontier else {}
    found = sorted(reached.relying.values(), key=_order)
    owners = owners_of(store, (each.thing for each in found))
    return Impact(
        start,
        tuple(replace(each, owners=owners.get(_key(each.thing), ())) for each in found),
        len(reached.known) - len(found) - 1,
        further=any(each.stage != RETIRED for each in beyond.values()),
        coverage=_coverage(store),
    )


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


def _key(thing: Thing) -> tuple[str, str]:
    return thing.label, thing.id


def _order(found: Relying) -> tuple[int, int, str, str]:
    return found.distance, -(found.tier or 0), found.thing.label, found.thing.id


def _next(
    store: Store, frontier: list[Thing], distance: int, known: set[tuple[str, str]]
) -> dict[tuple[str, str], Relying]:
    """What relies directly on one of those and is not known yet, through the first of them."""
    through = {_key(each): each for each in frontier}
    found: dict[tuple[str, str], Relying] = {}
    for label, ids in by_label(through):
        for reliance in (each for each in RELIANCES if label in each.labels):
            for own_id, thing, stage, tier in _read(store, label, ids, reliance):
                key = _key(thing)
                if key not in known and key not in found:
                    before = through[label, own_id]
                    found[key] = Relying(thing, distance, reliance.how, before, stage, tier)
    return found


def _read(
    store: Store, label: str, ids: list[str], reliance: Reliance
) -> Iterator[tuple[str, Thing, str, int | None]]:
    rows = store.read(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}){reliance.pattern}"
        " RETURN DISTINCT n.id AS id, labels(m)[0] AS label, m.id AS other, m.name AS name,"
        " coalesce(m.stage, '') AS stage, m.risk_tier AS tier ORDER BY id, label, other",
        {"ids": ids},
    )
    for own_id, kind, other, name, stage, tier in rows.rows:
        level = tier if isinstance(tier, int) else None
        yield str(own_id), Thing(str(kind), str(other), str(name)), str(stage), level


def _coverage(store: Store) -> Coverage:
    [(among, stated)] = store.read(_COVERED).rows
    counts = {str(source): int(str(n)) for source, n in store.read(_SOURCES).rows}
    return Coverage(int(str(stated)), int(str(among)), stated_by(store, counts, "DEPENDS_ON"))
