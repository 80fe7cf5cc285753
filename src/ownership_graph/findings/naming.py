"""The names of the things that answers show."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ownership_graph.stores import Store

AT_ONCE = 10_000
"""Ids in one query."""


def names_of(
    store: Store, shown: Iterable[tuple[tuple[str, ...], str]]
) -> dict[tuple[str, str], str]:
    """The names by (label, id); `shown` are ids, each with the labels that it may have."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for labels, own_id in shown:
        for label in labels:
            wanted[label].add(own_id)
    return {
        (label, own_id): name
        for label, ids in sorted(wanted.items())
        for own_id, name in _read(store, label, ids)
    }


def _read(store: Store, label: str, ids: set[str]) -> Iterator[tuple[str, str]]:
    rest = iter(sorted(ids))
    while some := list(islice(rest, AT_ONCE)):
        rows = store.read(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
            " RETURN n.id AS id, coalesce(n.name, n.id) AS name ORDER BY id",
            {"ids": some},
        )
        yield from ((str(own_id), str(name)) for own_id, name in rows.rows)
