"""A source's records held against the model: what can be taken, and why the rest cannot."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from ownership_graph.errors import SourceError
from ownership_graph.importing.kinds import Labels, Relationships, Unusual, state, state_in_part
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.statements import (
    Hashes,
    Place,
    Statement,
    node_row,
    place_of_row,
    relationship_row,
    said_twice,
)
from ownership_graph.importing.values import (
    DENIAL,
    LONGEST_TEXT,
    RowError,
    clean_text,
    property_check,
)
from ownership_graph.model import LABELS
from ownership_graph.records import (
    Node,
    NodeKey,
    Partial,
    Promise,
    Rejected,
    Relationship,
    RelationshipKey,
    node_key,
    relationship_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ownership_graph.importing.kinds import Checks
    from ownership_graph.records import Key, Properties, Record

LONGEST_ID = 600
"""Characters of an id: a relationship's key holds two, and stores index keys up to 8 kB."""

MOST_NAMED = 5
"""How many facts that are said twice are named."""

MOST_UNUSUAL = 1_000
"""How many different unusual values are told apart."""

UNREADABLE = "a row that could not be read"
_SAYS_NO = property_check(DENIAL, "", lambda _: None)
_TABLE_NAME = re.compile(r"[A-Za-z_]\w{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a source states, and what was left out.

    `said` holds the last statement of each fact. `doubles` counts facts said again with other
    content, of which `doubled` names the first, `repeated` those said again with the same.
    `reasons` counts the rejected rows by the sort of fault, `unusual` what was kept though the
    model does not know it. `nodes` and `ends` are the ids that were described, and those at
    which relationships start or end, by label. `faulty` are the places of the rows that were
    rejected for what they hold. `partial` tells why this is not the whole, where it is not.
    `unread` are the facts that went in without some of their properties, which could not be read.
    """

    said: Mapping[Key, Statement]
    promises: tuple[str, ...]
    rejected: tuple[Rejected, ...]
    reasons: Mapping[str, int]
    unusual: Mapping[str, int]
    rows_read: int
    doubles: int
    repeated: int
    nodes: Mapping[str, set[str]]
    ends: Mapping[str, set[str]]
    faulty: frozenset[Place]
    partial: tuple[Partial, ...] = ()
    doubled: tuple[str, ...] = ()
    unread: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)


class Checker:
    """Takes the records of one source."""

    def __init__(self) -> None:
        """Nothing is taken yet."""
        self.rows_read = self.doubles = self.repeated = 0
        self.rejected: list[Rejected] = []
        self._partial: list[Partial] = []
        self._doubled: list[str] = []
        self._said: dict[Key, Statement] = {}
        self._promises: set[str] = set()
        self._reasons: Counter[str] = Counter()
        self._unusual = Unusual()
        self._ids = _Ids("the id", {})
        self._from_ids = _Ids("the id where it starts", self._ids)
        self._to_ids = _Ids("the id where it ends", self._ids)
        self._labels = Labels(self._unusual)
        self._relationships = Relationships(self._unusual)
        self._nodes: dict[str, set[str]] = {label: set() for label in LABELS}
        self._ends: dict[str, set[str]] = {label: set() for label in LABELS}
        self._file, self._line = "", 0
        self._hashes = Hashes()
        self._missing: dict[Key, tuple[str, ...]] = {}
        self._by_type: dict[type, Callable[[Any], None]] = {
            Node: self._node,
            Relationship: self._relationship,
            Rejected: self._unread,
            Promise: self._promise,
            Partial: self._partial.append,
        }

    def take_all(self, records: Iterable[Record]) -> None:
        """Take each record, or reject it.

        Raises:
            SourceError: something that is no record is among them.
        """
        take = self._by_type
        for record in records:
            try:
                take.get(type(record), self._refuse)(record)
            except RowError as error:
                self._reject(rejection(record, error.why), error.reason)  # type: ignore[arg-type]  # only nodes and relationships raise it

    def checked(self) -> Checked:
        """All that was taken so far."""
        return Checked(
            self._said,
            tuple(sorted(self._promises)),
            tuple(self.rejected),
            self._reasons,
            self._unusual,
            self.rows_read,
            self.doubles,
            self.repeated,
            self._nodes,
            self._ends,
            frozenset(map(place_of_row, self.rejected)),
            tuple(self._partial),
            tuple(self._doubled),
            {key: names for key, names in self._missing.items() if names},
        )

    def _count_row(self, record: Node | Relationship | Rejected) -> None:
        """Count the row that it came from; several facts can come from one row."""
        line = record.line
        if line == 0 or line != self._line or record.file != self._file:
            self.rows_read += 1
            self._file, self._line = record.file, line

    def _reject(self, rejected: Rejected, reason: str) -> None:
        self.rejected.append(rejected)
        self._reasons[reason] += 1

    def _unread(self, rejected: Rejected) -> None:
        self._count_row(rejected)
        self._reject(rejected, UNREADABLE)

    def _promise(self, promise: Promise) -> None:
        self._promises.add(promise.need)

    def _refuse(self, found: object) -> NoReturn:
        raise SourceError(
            f"checking what was read: the importer yielded a {type(found).__name__}, which is"
            " neither a Node, a Relationship, a Promise, a Rejected nor a Partial."
        )

    def _node(self, node: Node) -> None:
        self._count_row(node)
        checks = self._labels[node.label]
        own_id = self._ids.of(node.id)
        properties, unread = self._read(node, checks)
        if properties.get("name") == own_id:
            del properties["name"]
        self._nodes[node.label].add(own_id)
        self._say(node_key(node.label, own_id), properties, node, unread)

    def _relationship(self, record: Relationship) -> None:
        self._count_row(record)
        from_label, to_label = record.from_label, record.to_label
        kind = self._relationships[record.type, from_label, to_label]
        from_id, to_id = self._from_ids.of(record.from_id), self._to_ids.of(record.to_id)
        properties, unread = self._read(record, kind.checks)
        identity: tuple[str, ...] = tuple(map(properties.get, kind.identity, kind.blanks))  # type: ignore[arg-type]  # all of them are texts
        if from_id == to_id and from_label == to_label:
            self._unusual.count(f"{record.type} from a {from_label} to itself")
        self._ends[from_label].add(from_id)
        self._ends[to_label].add(to_id)
        key = relationship_key(record.type, from_label, from_id, to_label, to_id, identity)
        self._say(key, properties, record, unread)

    def _read(
        self, record: Node | Relationship, checks: Checks
    ) -> tuple[Properties, tuple[str, ...]]:
        """What the record states, and which of its properties cannot be read."""
        properties: Properties = {}
        try:
            state(properties, record.properties, checks)
        except RowError:
            unread, fault = state_in_part(properties, record, checks)
            self._reject(rejection(record, fault.why), fault.reason)
            return properties, unread
        return properties, ()

    def _say(
        self,
        key: Key,
        properties: Properties,
        record: Node | Relationship,
        unread: tuple[str, ...],
    ) -> None:
        before = self._said.get(key)
        if unread or self._missing:
            self._missing[key] = unread
            known = before.properties if before else {}
            properties |= {name: known[name] for name in unread if name in known}
        digest, held = self._hashes.of(properties)
        self._said[key] = now = Statement(digest, held, record.file, record.line)
        if before is None:
            return
        if before.hash == digest:
            self.repeated += 1
            return
        self.doubles += 1
        if len(self._doubled) < MOST_NAMED:
            self._doubled.append(said_twice(key, before, now))


class _Ids(dict[str, str]):
    """Ids as they were written, to what they are; `known` ones need no second look."""

    def __init__(self, what: str, known: Mapping[str, str]) -> None:
        super().__init__()
        self._what, self._known = what, known

    def of(self, written: object) -> str:
        """The id; one that cannot be raises a RowError."""
        try:
            return self[written]  # type: ignore[index]  # another type ends in one of the errors
        except TypeError as error:
            raise self._no_text(written) from error

    def __missing__(self, written: object) -> str:
        if not isinstance(written, str):
            raise self._no_text(written)
        clean = self._known.get(written) or self._clean(written)
        self[written] = clean
        return clean

    def _clean(self, written: str) -> str:
        clean = clean_text(written, self._what, LONGEST_ID)
        if not clean:
            raise RowError("a blank id", f"{self._what} is blank. Fill it in.")
        return self._known.get(clean, clean)

    def _no_text(self, written: object) -> RowError:
        return RowError("an id that is no text", f"{self._what} is {shown(written)}, and no text.")


def rejection(record: Node | Relationship, why: str) -> Rejected:
    """A record as a rejected row; one that is longer than any text may be is not kept."""
    found = (
        NodeKey(record.label, record.id)
        if isinstance(record, Node)
        else RelationshipKey(
            record.type, record.from_label, record.from_id, record.to_label, record.to_id
        )
    )
    return rejected_fact(found, record.properties, record.file, record.line, why)


def rejected_fact(
    found: NodeKey | RelationshipKey,
    properties: Mapping[str, object],
    file: str,
    line: int,
    why: str,
) -> Rejected:
    """A fact as a rejected row, as `rejection`."""
    if isinstance(found, NodeKey):
        return rejected_row(file, line, why, f"nodes_{found.label}", node_row(found, properties))
    row = relationship_row(found, properties)
    return rejected_row(file, line, why, f"rels_{found.type}", row)


def rejected_row(file: str, line: int, why: str, table: str, row: dict[str, str]) -> Rejected:
    """The rejected row, without its content where no table can hold it."""
    kept = _TABLE_NAME.fullmatch(table) and sum(map(len, row.values())) <= LONGEST_TEXT
    return Rejected(file, line, why, table, row) if kept else Rejected(file, line, why)
