"""A source's records held against the model: what can be taken, and why the rest cannot."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.statements import (
    Statement,
    node_row,
    relationship_row,
    statement_hash,
)
from ownership_graph.importing.values import (
    LONGEST_TEXT,
    Convert,
    RowError,
    clean_text,
    near,
    own_check,
    property_check,
)
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.records import (
    Node,
    NodeKey,
    Promise,
    Rejected,
    Relationship,
    RelationshipKey,
    node_key,
    relationship_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ownership_graph.model import Property
    from ownership_graph.records import Key, Properties, Record

LONGEST_ID = 600
"""Characters of an id: a relationship's key holds two, and stores index keys up to 8 kB."""

LONGEST_IDENTITY = 100
"""Characters of a text that belongs to a relationship's key."""

MOST_UNUSUAL = 1_000
"""How many different unusual values are told apart."""

UNREADABLE = "a row that could not be read"
_TABLE_NAME = re.compile(r"[A-Za-z_]\w{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a source states, and what was left out.

    `said` holds the last statement of each fact. `doubles` counts facts said again with other
    content, `repeated` those said again with the same. `reasons` counts the rejected rows by
    the sort of fault, `unusual` what was kept though the model does not know it. `nodes` and
    `ends` are the ids that were described, and those at which relationships start or end, by
    label.
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


class Checker:
    """Takes records one by one."""

    def __init__(self) -> None:
        """Nothing is taken yet."""
        self.rows_read = self.doubles = self.repeated = 0
        self.rejected: list[Rejected] = []
        self._said: dict[Key, Statement] = {}
        self._promises: set[str] = set()
        self._reasons: Counter[str] = Counter()
        self._unusual = _Unusual()
        self._ids = _Ids()
        self._labels = _Labels(self._unusual)
        self._relationships = _Relationships(self._unusual)
        self._nodes: dict[str, set[str]] = {label: set() for label in LABELS}
        self._ends: dict[str, set[str]] = {label: set() for label in LABELS}
        self._place: tuple[str, int] = ("", 0)

    def take_all(self, records: Iterable[Record]) -> None:
        """Take them all.

        Raises:
            SourceError: something that is no record is among them.
        """
        for record in records:
            self.take(record)

    def take(self, record: Record) -> None:
        """Take one record, or reject it.

        Raises:
            SourceError: it is no record.
        """
        found = type(record)
        if found is Promise:
            self._promises.add(record.need)  # type: ignore[union-attr]  # narrowed by `found`
            return
        if found not in _TAKEN:
            raise SourceError(
                f"checking what was read: the importer yielded a {found.__name__}, which is"
                " neither a Node, a Relationship, a Promise nor a Rejected."
            )
        self._count_row(record)  # type: ignore[arg-type]  # narrowed by `_TAKEN`
        try:
            if found is Node:
                self._node(record)  # type: ignore[arg-type]
            elif found is Relationship:
                self._relationship(record)  # type: ignore[arg-type]
            else:
                self._reject(record, UNREADABLE)  # type: ignore[arg-type]
        except RowError as error:
            self._reject(rejection(record, error.why), error.reason)  # type: ignore[arg-type]

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
        )

    def _count_row(self, record: Node | Relationship | Rejected) -> None:
        """Count the row that it came from; several facts can come from one row."""
        if record.line == 0 or record.line != self._place[1] or record.file != self._place[0]:
            self.rows_read += 1
            self._place = (record.file, record.line)

    def _reject(self, rejected: Rejected, reason: str) -> None:
        self.rejected.append(rejected)
        self._reasons[reason] += 1

    def _node(self, node: Node) -> None:
        checks = self._labels[node.label]
        own_id = self._id(node.id, "the id")
        properties = _stated(node.properties, checks)
        if properties.get("name") == own_id:
            del properties["name"]
        self._nodes[node.label].add(own_id)
        self._say(node_key(node.label, own_id), properties, node)

    def _relationship(self, record: Relationship) -> None:
        from_label, to_label = record.from_label, record.to_label
        kind = self._relationships[record.type, from_label, to_label]
        from_id = self._id(record.from_id, "the id where it starts")
        to_id = self._id(record.to_id, "the id where it ends")
        properties = _stated(record.properties, kind.checks)
        identity = kind.identity and tuple(
            _identity_text(name, properties) for name in kind.identity
        )
        if from_id == to_id and from_label == to_label:
            self._unusual.count(f"{record.type} from a {from_label} to itself")
        self._ends[from_label].add(from_id)
        self._ends[to_label].add(to_id)
        key = relationship_key(record.type, from_label, from_id, to_label, to_id, identity)
        self._say(key, properties, record)

    def _id(self, written: object, what: str) -> str:
        if type(written) is not str:
            raise RowError("an id that is no text", f"{what} is {shown(written)}, and no text.")
        try:
            return self._ids[written]
        except RowError as error:
            raise RowError(error.reason, f"{what} {error.why.strip()}") from error

    def _say(self, key: Key, properties: Properties, record: Node | Relationship) -> None:
        digest = statement_hash(properties)
        before = self._said.get(key)
        if before is not None:
            if before.hash == digest:
                self.repeated += 1
            else:
                self.doubles += 1
        self._said[key] = Statement(digest, properties, record.file, record.line)


_TAKEN = frozenset({Node, Relationship, Rejected})


def _stated(written: Properties, checks: _Checks) -> Properties:
    properties: Properties = {}
    for name, value in written.items():
        kept = checks[name](value)
        if kept is not None:
            properties[name] = kept
    return properties


def _identity_text(name: str, properties: Properties) -> str:
    text = str(properties.get(name, ""))
    if len(text) > LONGEST_IDENTITY:
        clean_text(text, f"the {name}", LONGEST_IDENTITY)
    return text


class _Unusual(Counter[str]):
    """What was kept though the model does not know it; only so many sorts are told apart."""

    def count(self, what: str) -> None:
        """Count it once more."""
        known = what in self or len(self) < MOST_UNUSUAL
        self[what if known else "other unusual values"] += 1


class _Ids(dict[str, str]):
    """Ids as they were written, to what they are; one that cannot be raises a RowError."""

    def __missing__(self, written: str) -> str:
        clean = clean_text(written, "", LONGEST_ID)
        if not clean:
            raise RowError("a blank id", "is blank. Fill it in.")
        self[written] = clean
        return clean


class _Checks(dict[str, Convert]):
    """The checks of the properties of one label or relationship, made when first met."""

    def __init__(self, kind: str, known: Mapping[str, Property], unusual: _Unusual) -> None:
        super().__init__()
        self._kind, self._unusual = kind, unusual
        self._known = {name: each for name, each in known.items() if name != "id"}

    def __missing__(self, name: str) -> Convert:
        if name in self._known:
            check = property_check(self._known[name], self._kind, self._unusual.count)
        else:
            check = self._own(name)
        self[name] = check
        return check

    def _own(self, name: str) -> Convert:
        own = own_check(name, self._kind)
        hint = near(name, self._known)
        if not hint:
            return own

        def misspelt(value: object) -> object:
            kept = own(value)
            if kept is not None:
                self._unusual.count(f"{self._kind}.{name} is not in the model.{hint}")
            return kept

        return misspelt  # type: ignore[return-value]  # what `own` gives


class _Labels(dict[str, _Checks]):
    """The checks of each label, made when first met."""

    def __init__(self, unusual: _Unusual) -> None:
        super().__init__()
        self._unusual = unusual

    def __missing__(self, label: str) -> _Checks:
        if label not in LABELS:
            raise RowError(
                "an unknown label",
                f"the label {shown(label)} is not in the model.{near(label, LABELS)}",
            )
        self[label] = _Checks(label, LABELS[label].properties, self._unusual)
        return self[label]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a relationship is checked."""

    checks: _Checks
    identity: tuple[str, ...]


class _Relationships(dict[tuple[str, str, str], _Kind]):
    """The checks of a relationship between two labels, made when first met."""

    def __init__(self, unusual: _Unusual) -> None:
        super().__init__()
        self._unusual = unusual

    def __missing__(self, wanted: tuple[str, str, str]) -> _Kind:
        type_, from_label, to_label = wanted
        if type_ not in RELATIONSHIPS:
            raise RowError(
                "an unknown relationship",
                f"the relationship {shown(type_)} is not in the model."
                f"{near(type_, RELATIONSHIPS)}",
            )
        model = RELATIONSHIPS[type_]
        for label, allowed, where in (
            (from_label, model.starts, "start"),
            (to_label, model.ends, "end"),
        ):
            if label not in allowed:
                raise RowError(
                    "a relationship between labels that it cannot tie",
                    f"{type_} cannot {where} at {shown(label)}, only at"
                    f" {' or '.join(allowed)}.{near(label, allowed)}",
                )
        self[wanted] = _Kind(_Checks(type_, model.properties, self._unusual), model.identity)
        return self[wanted]


def rejection(record: Node | Relationship, why: str) -> Rejected:
    """A record as a rejected row; one that is longer than any text may be is not kept."""
    properties = record.properties
    if isinstance(record, Node):
        table = f"nodes_{record.label}"
        row = node_row(NodeKey(record.label, record.id), properties)
    else:
        table = f"rels_{record.type}"
        row = relationship_row(
            RelationshipKey(
                record.type, record.from_label, record.from_id, record.to_label, record.to_id
            ),
            properties,
        )
    return rejected_row(record.file, record.line, why, table, row)


def rejected_row(file: str, line: int, why: str, table: str, row: dict[str, str]) -> Rejected:
    """The rejected row, without its content where no table can hold it."""
    kept = _TABLE_NAME.fullmatch(table) and sum(map(len, row.values())) <= LONGEST_TEXT
    return Rejected(file, line, why, table, row) if kept else Rejected(file, line, why)
