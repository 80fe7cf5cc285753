"""What a source's *no* holds down: the fact itself, and what cannot be without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.plans.drafting import ends_of
from ownership_graph.records import ABSENT, NodeKey, parse_key, relationship_key

if TYPE_CHECKING:
    from ownership_graph.records import Fact, Key


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
