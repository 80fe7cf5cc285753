"""One id under two labels that can stand at the same end: who owns it could not be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from ownership_graph.importing.checking import Checked, rejected_fact
from ownership_graph.importing.quoting import shown
from ownership_graph.model import LABELS, sharing_an_end
from ownership_graph.records import NodeKey, parse_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ownership_graph.records import Key, Rejected, RelationshipKey

REASON = "an id under two labels"


def without_clashes(checked: Checked) -> Checked:
    """The same without the nodes and relationships that use an id of another label.

    Among nodes the first keeps its id; a node keeps it before the end of a relationship.
    """
    ids = {
        label: checked.nodes[label] | checked.ends[label]
        for label in checked.nodes
        if checked.nodes[label] or checked.ends[label]
    }
    both = {
        each
        for label, own in ids.items()
        for other in sharing_an_end(label)
        if other in ids
        for each in own & ids[other]
    }
    return _rejecting(checked, checked.said, dict.fromkeys(both, ())) if both else checked


def without_clashes_in_store(
    checked: Checked, new: Collection[Key], held: Mapping[str, tuple[str, ...]]
) -> Checked:
    """The same without the facts of `new` that use an id of another label in the store.

    `held` are the labels that each such id has there.
    """
    return _rejecting(checked, new, held) if held else checked


def _rejecting(
    checked: Checked, among: Collection[Key], held: Mapping[str, tuple[str, ...]]
) -> Checked:
    """Reject the facts of `among` that clash over one of the ids of `held`."""
    taken: dict[str, set[str]] = {each: set(labels) for each, labels in held.items()}
    said, rejected = dict(checked.said), list(checked.rejected)
    parsed = [(key, parse_key(key)) for key in among]
    nodes = [each for each in parsed if isinstance(each[1], NodeKey)]
    ties = [each for each in parsed if not isinstance(each[1], NodeKey)]
    for key, found in chain(nodes, ties):
        clash = next(_clashes(found, taken), None)
        if clash is None:
            for end in _ends(found):
                if end.id in taken:
                    taken[end.id].add(end.label)
            continue
        rejected.append(_rejection(checked, key, found, clash))
        del said[key]
    reasons = Counter(checked.reasons)
    reasons[REASON] += len(rejected) - len(checked.rejected)
    left_nodes, left_ends = _ids_of(said)
    return replace(
        checked,
        said=said,
        rejected=tuple(rejected),
        reasons=+reasons,
        nodes=left_nodes,
        ends=left_ends,
    )


def _ids_of(said: Iterable[Key]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The ids of nodes, and of the ends of relationships, by label."""
    nodes: dict[str, set[str]] = {label: set() for label in LABELS}
    ends: dict[str, set[str]] = {label: set() for label in LABELS}
    for found in map(parse_key, said):
        held = nodes if isinstance(found, NodeKey) else ends
        for each in _ends(found):
            held[each.label].add(each.id)
    return nodes, ends


def _ends(found: NodeKey | RelationshipKey) -> tuple[NodeKey, ...]:
    if isinstance(found, NodeKey):
        return (found,)
    return NodeKey(found.from_label, found.from_id), NodeKey(found.to_label, found.to_id)


def _clashes(
    found: NodeKey | RelationshipKey, taken: Mapping[str, set[str]]
) -> Iterator[tuple[NodeKey, str]]:
    """The ends whose id another label has, with that label."""
    for end in _ends(found):
        for other in sorted(taken.get(end.id, set()) & sharing_an_end(end.label)):
            yield end, other


def _rejection(
    checked: Checked,
    key: Key,
    found: NodeKey | RelationshipKey,
    clash: tuple[NodeKey, str],
) -> Rejected:
    end, other = clash
    statement = checked.said[key]
    why = (
        f"the id {shown(end.id)} is that of a {end.label} here and of a {other} elsewhere, and"
        " both can stand at one end of a relationship. Give one of them another id, for example"
        f" '{end.label.casefold()}:…'."
    )
    return rejected_fact(found, statement.properties, statement.file, statement.line, why)
