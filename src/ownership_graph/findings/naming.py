"""The names of the things that answers show."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from ownership_graph.tracing.words import approval_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ownership_graph.stores import Store

AT_ONCE = 10_000
"""Ids in one query."""


def names_of(
    store: Store, shown: Iterable[tuple[tuple[str, ...], str]]
) -> dict[tuple[str, str], str]:
    """The names by (label, id); `shown` are ids, each with the labels that it may have.

    What has none is called by its id; an approval by what it is about.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for labels, own_id in shown:
        for label in labels:
            wanted[label].add(own_id)
    names = {
        (label, str(own_id)): str(name)
        for label, ids in sorted(wanted.items())
        for own_id, name in _read(
            store,
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
            " RETURN n.id AS id, coalesce(n.name, n.id) AS name ORDER BY id",
            ids,
        )
    }
    nameless = {
        own_id for (label, own_id), name in names.items() if (label, name) == ("Approval", own_id)
    }
    return names | _approvals(store, nameless)


def _approvals(store: Store, ids: set[str]) -> dict[tuple[str, str], str]:
    """Approvals that have no name, in words, where it is known what they are about."""
    ends: dict[str, dict[str, set[str]]] = {"CONCERNS": defaultdict(set), "AT": defaultdict(set)}
    asked: dict[str, object] = {}
    for type_, names in ends.items():
        query = (
            f"UNWIND $ids AS id MATCH (a:Approval {{id: id}})-[:{type_}]->(n)"
            " RETURN a.id AS id, coalesce(n.name, n.id) AS name, a.requested_day AS day"
            " ORDER BY id, name"
        )
        for own_id, name, day in _read(store, query, ids):
            names[str(own_id)].add(str(name))
            asked[str(own_id)] = day
    return {
        ("Approval", own_id): approval_in_words(ends["CONCERNS"][own_id], ends["AT"][own_id], day)
        for own_id, day in asked.items()
    }


def _read(store: Store, query: str, ids: set[str]) -> Iterator[tuple[object, ...]]:
    rest = iter(sorted(ids))
    while some := list(islice(rest, AT_ONCE)):
        yield from store.read(query, {"ids": some}).rows
