"""What a source's *no* holds down: the fact itself, and what cannot be without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.plans.drafting import ends_of
from ownership_graph.records import ABSENT, NodeKey, parse_key, relationship_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from ownership_graph.plans.drafting import Draft
    from ownership_graph.records import Fact, Key


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the store holds besides the facts that a run speaks of.

    `denied` are the keys of the facts that a source's *no* holds down. `around` gives the
    relationships that the denial of such keys would hold down, on the graph or held; `facts`
    the facts of some keys.
    """

    denied: frozenset[Key]
    around: Callable[[Collection[Key]], Iterable[Fact]]
    facts: Callable[[Collection[Key]], Mapping[Key, Fact]]


def move_all(
    draft: Draft,
    ends: Mapping[Key, Fact | None],
    known: Mapping[Key, Fact],
    surroundings: Surroundings | None,
    day: int,
) -> None:
    """Move each fact to what becomes of it, with what is held down or set free by that.

    `known` are those of the facts that the store has. Without `surroundings` nothing is denied
    in it.
    """
    denied, turned = _denied(ends, surroundings)
    for key, new in ends.items():
        draft.move(known.get(key), held_down(new, denied))
    if surroundings is None:
        return
    for old in surroundings.around(turned) if turned else ():
        new = held_down(replace(old, absent=denies(old)), denied)
        if old.key not in ends and new is not None and new.absent != old.absent:
            draft.move(old, replace(new, run=draft.run.seq))
    back = [key for key in draft.release if key in draft.create]
    draft.complete(back, surroundings.facts, day)


def _denied(
    ends: Mapping[Key, Fact | None], surroundings: Surroundings | None
) -> tuple[frozenset[Key], frozenset[Key]]:
    """What is denied after this run, and what was not before it or is no longer."""
    before = surroundings.denied if surroundings else frozenset()
    now = {key for key, new in ends.items() if new is not None and denies(new)}
    after = (before - ends.keys()) | now
    return after, before ^ after


def held_down(fact: Fact | None, denied: frozenset[Key]) -> Fact | None:
    """The same fact, absent where something is denied that it cannot be without."""
    if not denied or fact is None or fact.absent or denied.isdisjoint(covers(fact.key)):
        return fact
    return replace(fact, absent=True)


def denies(fact: Fact) -> bool:
    """Whether the source that is believed first says that this fact is not so."""
    if not fact.sources:
        return False
    return ABSENT in (fact.claims[fact.sources[0]] if fact.claims else fact.properties)


def covers(key: Key) -> tuple[Key, ...]:
    """The facts whose denial holds this relationship down; none for a node.

    They are the nodes at its ends, and the relationship between them whatever its role.

    >>> covers('["OWNS","Team","t1","Model","m1","accountable"]')[2]
    '["OWNS","Team","t1","Model","m1"]'
    """
    found = parse_key(key)
    if isinstance(found, NodeKey):
        return ()
    bare = relationship_key(
        found.type, found.from_label, found.from_id, found.to_label, found.to_id
    )
    return (*ends_of(key), bare)
