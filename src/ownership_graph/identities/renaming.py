"""Records and statements under the ids that their names stand for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec.structs import replace

from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.records import Node, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ownership_graph.identities.aliases import Aliases
    from ownership_graph.records import Record

Said = TypeVar("Said", bound="Mapping[str, object]")
"""Properties, as a source writes them or as they are held."""

WHO = ("Person", "Team")
"""The labels of those whose ids stand in properties such as confirmed_by."""


@cache
def naming(kind: str) -> tuple[str, ...]:
    """The properties of a label or relationship that hold the ids of who did something.

    >>> naming("OWNS"), naming("Team")
    (('confirmed_by',), ())
    """
    model = (LABELS[kind] if kind in LABELS else RELATIONSHIPS[kind]).properties
    return tuple(name for name in model if name.endswith("_by"))


def renamed(records: Iterable[Record], aliases: Aliases) -> Iterable[Record]:
    """The same records, under the ids that their names stand for.

    Of two nodes that come to the same id the one that bears it counts. Without aliases nothing
    is done.
    """
    return _Renaming(aliases).all_of(records) if aliases else records


class _Renaming:
    def __init__(self, aliases: Aliases) -> None:
        self._aliases = aliases
        self._seen: set[tuple[str, str]] = set()

    def all_of(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            match record:
                case Node():
                    node = self._node(record)
                    if node is not None:
                        yield node
                case Relationship():
                    yield self._relationship(record)
                case Rejected() if record.row:
                    yield self._rejected(record)
                case _:
                    yield record

    def _node(self, node: Node) -> Node | None:
        own_id = self._id(node.label, node.id)
        properties = restated(node.label, node.properties, self._aliases)
        if own_id != node.id:
            if (node.label, own_id) in self._seen:
                return None
        elif node.label in self._aliases.names:
            self._seen.add((node.label, own_id))
        if own_id == node.id and properties is node.properties:
            return node
        return replace(node, id=own_id, properties=properties)

    def _relationship(self, tie: Relationship) -> Relationship:
        from_id = self._id(tie.from_label, tie.from_id)
        to_id = self._id(tie.to_label, tie.to_id)
        properties = restated(tie.type, tie.properties, self._aliases)
        if from_id == tie.from_id and to_id == tie.to_id and properties is tie.properties:
            return tie
        return replace(tie, from_id=from_id, to_id=to_id, properties=properties)

    def _rejected(self, rejected: Rejected) -> Rejected:
        """The row under the ids by which it is looked for among what was stated before."""
        row = dict(rejected.row)
        label = rejected.table.removeprefix("nodes_")
        ends = (("id", label),) if label in LABELS else (
            ("from", row.get("from_label", "")), ("to", row.get("to_label", "")),
        )  # fmt: skip
        for name, of in ends:
            if name in row:
                row[name] = self._id(of.strip(), row[name])
        return replace(rejected, row=row)

    def _id(self, label: str, written: str) -> str:
        if label not in self._aliases.names or not isinstance(written, str):
            return written  # what is wrong with it is told where rows are checked
        return self._aliases.id_of(label, written.strip())


def restated(kind: str, properties: Said, aliases: Aliases) -> Said:
    """The properties with the ids of who did something; the same dict where none differs."""
    if kind not in LABELS and kind not in RELATIONSHIPS:
        return properties
    found: dict[str, object] = {}
    for name in naming(kind):
        if name in properties:
            new = _who(properties[name], aliases)
            if new != properties[name]:
                found[name] = new
    return cast("Said", {**properties, **found}) if found else properties


def _who(value: object, aliases: Aliases) -> object:
    if isinstance(value, list | tuple):
        return [_who(each, aliases) for each in value]
    if not isinstance(value, str):
        return value
    if ";" in value:
        return ";".join(str(_who(each, aliases)) for each in value.split(";"))
    for label in WHO:
        own_id = aliases.id_of(label, value.strip())
        if own_id != value.strip():
            return own_id
    return value
