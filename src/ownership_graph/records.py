"""The values that pass between importers, plans, stores and findings.

An importer says `Node`, `Relationship`, `Promise`, `Rejected` and `Partial`. A store keeps a
`Fact` for each node or relationship, an `ImportRun` for each source and import, and a `Change`
for each fact removed or altered. A `Plan` is what one run will write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping


class Unreadable(msgspec.Struct, frozen=True, gc=False):
    """What an importer gives in place of a value that it cannot read: the text, and why.

    The fact goes in without that property where it says the same without it; else it is rejected.
    `why` is blank where another value of the fact says it.
    """

    text: str
    why: str

    def __str__(self) -> str:
        """The text as it was written, as it stands among rejected rows."""
        return self.text


Value: TypeAlias = str | int | float | bool | list[str]
"""What a property may hold."""

Properties: TypeAlias = dict[str, Value]
Written: TypeAlias = "Mapping[str, Value | Unreadable]"
"""Properties as a source writes them."""

ABSENT = "absent"
"""The property with which a source says *no*: true where the fact is not so."""

Key: TypeAlias = str
"""A fact's identity: a JSON array as text, see `node_key` and `relationship_key`."""


class Node(msgspec.Struct, frozen=True, gc=False):
    """A node that a source states. `properties` hold neither id nor blanks.

    `columns` says in which columns they stand, where those are called otherwise.
    """

    label: str
    id: str
    properties: Written = {}
    file: str = ""
    line: int = 0
    columns: Mapping[str, str] | None = None


class Relationship(msgspec.Struct, frozen=True, gc=False):
    """A relationship that a source states; `columns` as in a `Node`."""

    type: str
    from_label: str
    from_id: str
    to_label: str
    to_id: str
    properties: Written = {}
    file: str = ""
    line: int = 0
    columns: Mapping[str, str] | None = None


class Promise(msgspec.Struct, frozen=True, gc=False):
    """A source's word that it says all it knows of `need`, a text as in a query's `needs`."""

    need: str


class Rejected(msgspec.Struct, frozen=True, gc=False):
    """A row that could not be taken: where it stands, why, and what it held.

    `table` and `row` let it be written to a file that can be mended and imported again:
    `table` is the name of a node or edge table without its ending (`nodes_Model`).
    """

    file: str
    line: int
    why: str
    table: str = ""
    row: dict[str, str] = {}


class Partial(msgspec.Struct, frozen=True, gc=False):
    """A source's word that what was read is not the whole, and why: a page that was cut off.

    Of such a source nothing is removed, and no promise is taken.
    """

    why: str
    file: str = ""
    line: int = 0


Record: TypeAlias = Node | Relationship | Promise | Rejected | Partial


class NodeKey(msgspec.Struct, frozen=True, gc=False):
    """A node's key taken apart."""

    label: str
    id: str


class RelationshipKey(msgspec.Struct, frozen=True, gc=False):
    """A relationship's key taken apart; `identity` holds the values of its identity properties."""

    type: str
    from_label: str
    from_id: str
    to_label: str
    to_id: str
    identity: tuple[str, ...] = ()


_NODE_PARTS = 2
_END_PARTS = 5
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(list[str]).decode


def node_key(label: str, own_id: str) -> Key:
    """The key of a node.

    >>> node_key("Team", "t1")
    '["Team","t1"]'
    """
    return _encode((label, own_id)).decode()


def relationship_key(
    type_: str,
    from_label: str,
    from_id: str,
    to_label: str,
    to_id: str,
    identity: tuple[str, ...] = (),
) -> Key:
    """The key of a relationship; blanks at the end of `identity` are left out.

    >>> relationship_key("OWNS", "Team", "t1", "Model", "m1", ("accountable", ""))
    '["OWNS","Team","t1","Model","m1","accountable"]'
    """
    parts = [type_, from_label, from_id, to_label, to_id, *identity]
    while len(parts) > _END_PARTS and not parts[-1]:
        parts.pop()
    return _encode(parts).decode()


def parse_key(key: Key) -> NodeKey | RelationshipKey:
    """A key taken apart.

    >>> parse_key('["Team","t1"]')
    NodeKey(label='Team', id='t1')
    """
    parts = _decode(key)
    if len(parts) == _NODE_PARTS:
        return NodeKey(*parts)
    type_, from_label, from_id, to_label, to_id, *identity = parts
    return RelationshipKey(type_, from_label, from_id, to_label, to_id, tuple(identity))


def kind_of(key: Key) -> str:
    """The label or relationship of a key.

    >>> kind_of('["Team","t1"]')
    'Team'
    """
    return key[2 : key.index('"', 2)]


class Fact(msgspec.Struct, frozen=True, gc=False):
    """A node or relationship as the store keeps it.

    `properties` are the statements merged by precedence, `name` included, `id` not. `sources`
    and `hashes` run in the same order. `claims` hold each source's own statement, and
    `disputed` the properties on which they differ, where two or more sources state the fact;
    with one source both are empty. `added_run` is the sequence number of the run in which the
    fact last appeared, `run` the one that last changed it. A node that no source describes is
    a stub: `described` is false, `sources` are empty.

    An `absent` fact is held: it is kept, and not on the graph, because the source that is
    believed first says that it is not so (its statement holds `ABSENT`), or says so of
    something that the relationship needs, as one of its ends.
    """

    key: Key
    properties: Properties = {}
    sources: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    claims: dict[str, Properties] = {}
    disputed: tuple[str, ...] = ()
    added_run: int = 0
    run: int = 0
    first_seen_day: int = 0
    described: bool = True
    absent: bool = False


class Before(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What a fact held before a change: only what differs, `None` where there was no value.

    For a fact that was removed, all of it (`gone` is true).
    """

    gone: bool = False
    properties: dict[str, Value | None] = {}
    sources: tuple[str, ...] | None = None
    hashes: tuple[str, ...] | None = None
    claims: dict[str, Properties] | None = None
    disputed: tuple[str, ...] | None = None
    added_run: int | None = None
    run: int | None = None
    first_seen_day: int | None = None
    described: bool | None = None
    absent: bool | None = None


class Change(msgspec.Struct, frozen=True, gc=False):
    """One fact removed or altered in the run `seq`; kept in the store as `before` in JSON."""

    seq: int
    key: Key
    before: Before

    @property
    def id(self) -> str:
        """What the store keeps it under: there is one for each run and fact."""
        return f"{self.seq} {self.key}"


RunKind: TypeAlias = Literal["import", "undo", "identities", "forget"]
RunState: TypeAlias = Literal["applying", "done", "failed", "undone"]


class ImportRun(msgspec.Struct, frozen=True, gc=False):
    """One import of one source; written even when it fails.

    `seq` is one order for the whole store. `started` and `finished` are ISO 8601 in UTC.
    `provides` are the needs that the source promised. `checksum` is a hash of what was read,
    and of the mode; `inputs` one of the files that it was read from, where nothing in them was
    wrong or strange. `stated` is how many facts the source states since then; `counts` tells
    them by label and relationship, and the values among them as "Label.property". `allowed` is
    true where the removal guard was let pass, `precedence` that by which sources were merged. An
    undo names in `undoes` the run that it took back. `why` tells why a run failed, or why a source
    was not read whole. `pruned` is true where what the run altered
    and removed is no longer remembered.
    """

    id: str
    seq: int
    source: str
    importer: str
    started: str
    kind: RunKind = "import"
    finished: str = ""
    state: RunState = "applying"
    rows_read: int = 0
    rows_rejected: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    stated: int = 0
    provides: tuple[str, ...] = ()
    checksum: str = ""
    inputs: str = ""
    precedence: tuple[str, ...] = ()
    version: str = ""
    why: str = ""
    counts: dict[str, int] = {}
    allowed: bool = False
    undoes: str = ""
    pruned: bool = False


class Plan(msgspec.Struct, frozen=True, gc=False):
    """What one run will write. Nothing in it depends on which store writes it.

    `create` are facts that are not in the store, stubs for ends that nobody describes
    included; `alter` are facts that are there, in their new state; `remove` are keys. A node
    in `remove` that other relationships still point at becomes a stub. `hold` are absent facts,
    in their new state, and `release` the keys of those that are held no longer. `changes` tells
    for each altered or removed fact what it was. `runs` are other runs that are written with
    this one; `drop_changes`, `drop_runs` and `drop_findings` are the ids of what is forgotten.
    """

    run: ImportRun
    create: tuple[Fact, ...] = ()
    alter: tuple[Fact, ...] = ()
    remove: tuple[Key, ...] = ()
    changes: tuple[Change, ...] = ()
    hold: tuple[Fact, ...] = ()
    release: tuple[Key, ...] = ()
    runs: tuple[ImportRun, ...] = ()
    drop_changes: tuple[str, ...] = ()
    drop_runs: tuple[str, ...] = ()
    drop_findings: tuple[str, ...] = ()

    @property
    def facts(self) -> int:
        """How many facts it writes or takes."""
        return sum(map(len, (self.create, self.alter, self.remove, self.hold, self.release)))


FindingState: TypeAlias = Literal["asked", "new", "open", "resolved", "came back"]


class FindingRecord(msgspec.Struct, frozen=True, gc=False):
    """What is kept of one finding over all checks that were recorded; `id` is its identity.

    It is in its state since `since_day`. `times` is how often it appeared: once, and again
    each time that it came back. Each question that was asked has a record, too, of state
    "asked": `id` is its code, `times` how often that was, `last_seen_day` the last time and
    `since_day` the day on which it was asked before that.
    """

    id: str
    code: str
    state: FindingState
    severity: int
    first_seen_day: int
    last_seen_day: int
    since_day: int
    times: int = 1


class Rows(msgspec.Struct, frozen=True):
    """The answer to a query: column names, rows of plain values, and whether a limit cut it."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    cut: bool = False

    def dicts(self) -> list[dict[str, object]]:
        """The rows, each as column name to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]
