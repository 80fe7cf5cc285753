"""Several sources' statements of one fact, merged into what stands on the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.records import ABSENT, Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ownership_graph.records import Key, Properties

MANUAL = "manual"
"""The source of what people state themselves: always believed first."""

Rank: TypeAlias = "Callable[[str], tuple[int, str]]"
"""A sort key that puts the sources that are believed first, first."""

Stated: TypeAlias = dict[str, tuple[str, "Properties"]]
"""The hash and the properties of what each source states of one fact."""


def rank_by(precedence: Sequence[str]) -> Rank:
    """`manual`, then the sources of `precedence` in their order, then all others by name."""
    order = {name: place for place, name in reversed(list(enumerate(precedence, start=1)))}
    order[MANUAL] = 0
    last = len(precedence) + 1
    return lambda source: (order.get(source, last), source)


def stated_by(fact: Fact) -> Stated:
    """What each source states of a fact that the store keeps."""
    if len(fact.sources) == 1:
        return {fact.sources[0]: (fact.hashes[0], fact.properties)}
    return {
        source: (digest, fact.claims.get(source, {}))
        for source, digest in zip(fact.sources, fact.hashes, strict=True)
    }


def merged(key: Key, stated: Stated, rank: Rank, *, run: int, day: int) -> Fact:
    """The fact that these statements make, as one that appears in this run, on this day.

    Where two sources differ on a property, the one believed first wins, and the property is
    disputed; a source that does not state it does not differ. Where the one believed first
    says that the fact is not so, it is absent, whatever the others state.
    """
    if len(stated) == 1:
        [(source, (digest, properties))] = stated.items()
        return Fact(
            key, properties, (source,), (digest,), added_run=run, run=run, first_seen_day=day,
            absent=ABSENT in properties,
        )  # fmt: skip
    sources = tuple(sorted(stated, key=rank))
    claims = {source: stated[source][1] for source in sources}
    together: Properties = {}
    for source in reversed(sources):
        if ABSENT not in claims[source]:
            together.update(claims[source])
    return Fact(
        key,
        together,
        sources,
        tuple(stated[source][0] for source in sources),
        claims,
        _disputed(claims, together),
        added_run=run,
        run=run,
        first_seen_day=day,
        described=bool(stated),
        absent=bool(sources) and ABSENT in claims[sources[0]],
    )


def _disputed(claims: Mapping[str, Properties], together: Properties) -> tuple[str, ...]:
    """The properties on which those differ who say that it is so, and whether it is so."""
    said = [each for each in claims.values() if ABSENT not in each]
    differing = {
        name
        for name, value in together.items()
        if any(each.get(name, value) != value for each in said)
    }
    if 0 < len(said) < len(claims):
        differing.add(ABSENT)
    return tuple(sorted(differing))
