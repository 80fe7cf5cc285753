"""A graph in plain dictionaries, for the oracle: it shares no code with what it judges.

Nodes are told by label and id; a relationship is called a tie here. What is blank is not there.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

TELL_APART = {
    "OWNS": ("role", "scope"),
    "DELEGATES_TO": ("scope",),
    "DEPENDS_ON": ("kind",),
    "DECIDED_BY": ("role",),
    "NEEDS": ("role",),
}
"""What tells two relationships of one type between the same two nodes apart."""

WHOLE = {
    "risk_appetite", "quorum", "meets_every_days", "capacity_per_meeting", "risk_tier", "seq",
    "min_tier", "sla_days", "round", "days_with_requester", "priority", "events", "count",
}  # fmt: skip
BROKEN = {
    "fte", "experiments_per_month", "value", "threshold", "confidence", "share", "median_days",
    "observed", "weight",
}  # fmt: skip
YES_OR_NO = {"reported", "hard", "reconciled"}
LISTS = {"agreed_by"}


@dataclass(slots=True, eq=False)
class Node:
    """A node with the ties that start and end at it."""

    label: str
    id: str
    properties: dict
    described: bool = True
    said: tuple = ()
    """What each source says of it, as (source, properties), the most believed first."""

    starts: dict = field(default_factory=lambda: defaultdict(list))
    ends: dict = field(default_factory=lambda: defaultdict(list))

    def get(self, name, default=None):
        """The value of a property, or the default where nobody states it."""
        return self.properties.get(name, default)

    def out(self, type_, *labels):
        """The ties of the type that start here, and end at one of the labels (any, if none)."""
        ties = self.starts.get(type_, ())
        return [each for each in ties if not labels or each.end.label in labels]

    def into(self, type_, *labels):
        """The ties of the type that end here, and start at one of the labels (any, if none)."""
        ties = self.ends.get(type_, ())
        return [each for each in ties if not labels or each.start.label in labels]

    def is_idle_stub(self):
        """Whether nobody describes it, and nothing leads to it or from it."""
        return not (self.described or self.starts or self.ends)

    def after(self, type_, *labels):
        """The nodes to which ties of the type lead from here, each once, in the order of ids."""
        return once(each.end for each in self.out(type_, *labels))

    def before(self, type_, *labels):
        """The nodes from which ties of the type lead here, each once, in the order of ids."""
        return once(each.start for each in self.into(type_, *labels))


@dataclass(slots=True, eq=False)
class Tie:
    """A relationship between two nodes."""

    type: str
    start: Node
    end: Node
    properties: dict
    said: tuple = ()

    def get(self, name, default=None):
        """The value of a property, or the default where nobody states it."""
        return self.properties.get(name, default)


class Graph:
    """All nodes and ties. A node that only a tie names is there, and not described.

    What neither a source nor a tie speaks of is not there.
    """

    def __init__(self, facts=()):
        """Made of (label, id, properties) and (type, (label, id), (label, id), properties).

        Either may have one more at its end: what each source says. Of a fact stated twice the
        last statement counts. The property `described` of a node tells that it is a stub.
        """
        nodes, ties = {}, {}
        for fact in facts:
            if isinstance(fact[1], str):
                nodes[fact[:2]] = fact
            else:
                ties[_identity(fact)] = fact
        self._nodes = {}
        for label, own_id, properties, *said in nodes.values():
            known = stated(properties)
            described = known.pop("described", True)
            self._add(Node(label, own_id, known, described, *said))
        for type_, start, end, properties, *said in ties.values():
            tie = Tie(type_, self._end(*start), self._end(*end), stated(properties), *said)
            tie.start.starts[type_].append(tie)
            tie.end.ends[type_].append(tie)
        for those in self._nodes.values():
            for own_id in [key for key, node in those.items() if node.is_idle_stub()]:
                del those[own_id]

    def _add(self, node):
        self._nodes.setdefault(node.label, {})[node.id] = node
        return node

    def _end(self, label, own_id):
        known = self._nodes.get(label, {}).get(own_id)
        return known or self._add(Node(label, own_id, {}, described=False))

    def all(self, *labels):
        """All nodes of the labels."""
        return [node for label in labels for node in self._nodes.get(label, {}).values()]

    def node(self, label, own_id):
        """The node, or None."""
        return self._nodes.get(label, {}).get(own_id)


def once(nodes):
    """Each node once, in the order of ids."""
    found = {(each.id, each.label): each for each in nodes}
    return [found[key] for key in sorted(found)]


def stated(properties):
    """The properties that are not blank."""
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def _identity(fact):
    type_, start, end, properties, *_ = fact
    return type_, start, end, *(properties.get(each) or "" for each in TELL_APART.get(type_, ()))


def of_records(records):
    """The graph of objects with `label` and `id`, or `type` and two ends; others pass over."""
    return Graph(filter(None, map(_of_record, records)))


def _of_record(record):
    if hasattr(record, "type"):
        ends = (record.from_label, record.from_id), (record.to_label, record.to_id)
        return (record.type, *ends, record.properties)
    return (record.label, record.id, record.properties) if hasattr(record, "label") else None


def of_facts(facts, source=""):
    """The graph of objects with `key` (a JSON array), `properties`, `sources` and `claims`.

    A fact without sources is stated by `source`.
    """
    return Graph(_of_fact(fact, source) for fact in facts)


def _of_fact(fact, source):
    if len(fact.sources) > 1:
        said = tuple((each, fact.claims.get(each, {})) for each in fact.sources)
    else:
        said = tuple((each, fact.properties) for each in fact.sources or (source,))
    head, *rest = json.loads(fact.key)
    if len(rest) == 1:
        return head, rest[0], {**fact.properties, "described": fact.described}, said
    return head, (rest[0], rest[1]), (rest[2], rest[3]), fact.properties, said


def read_tables(folder):
    """The graph of the node and edge tables in the folder, gzipped or not."""
    return Graph(_rows(Path(folder)))


def read_sources(folders):
    """The graph of the tables of several sources, a folder each, the most believed first."""
    said = {}
    for source, folder in folders.items():
        for fact in _rows(Path(folder)):
            key = fact[:2] if isinstance(fact[1], str) else _identity(fact)
            said.setdefault(key, {})[source] = fact
    return Graph(map(_merged, said.values()))


def _merged(by_source):
    """One fact of what each source says of it: of each property, what is believed."""
    believed = {}
    for fact in reversed(by_source.values()):
        believed |= stated(fact[-1])
    said = tuple((source, stated(fact[-1])) for source, fact in by_source.items())
    return (*fact[:-1], believed, said)


def _rows(folder):
    for file in sorted(folder.glob("*.csv*")):
        kind, _, name = file.name.partition(".")[0].partition("_")
        open_ = gzip.open if file.suffix == ".gz" else open
        with open_(file, "rt", encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                cells = {column: cell.strip() for column, cell in row.items()}
                yield (_node if kind == "nodes" else _tie)(name, cells)


def _node(label, cells):
    own_id = cells.pop("id")
    cells.pop("entity", None)
    return label, own_id, _values(cells)


def _tie(type_, cells):
    start, end = ((cells.pop(f"{end}_label"), cells.pop(end)) for end in ("from", "to"))
    cells.pop("source", None)
    return type_, start, end, _values(cells)


def _values(cells):
    return {name: _value(name, cell) for name, cell in cells.items() if cell}


def _value(name, cell):
    if name.endswith("_day") or name == "day":
        return (date.fromisoformat(cell) - date(1970, 1, 1)).days if "-" in cell else int(cell)
    if name in WHOLE:
        return int(cell)
    if name in BROKEN:
        return float(cell)
    if name in YES_OR_NO:
        return cell.casefold() in {"true", "yes", "y", "1"}
    return cell.split(";") if name in LISTS else cell
