"""Facts, runs and changes as the rows that a store writes and reads.

How they lie in every store:

* A node fact is a node with its label, `id`, `name` (the id where nobody states one), its own
  properties, and the bookkeeping properties: `key`, `sources`, `hashes`, `added_run`, `run`,
  `first_seen_day` always; `claims` (JSON text) and `disputed` where there are any; `described`
  only where it is false.
* A relationship fact is a relationship with the same properties, less `id`, `name` and
  `described`.
* A run is a node `:ImportRun`, a change a node `:Change`; both have an `id`.
* What is kept of a finding is a node `:FindingRecord`; its `id` is the finding's identity.
* An absent fact is a node `:HeldFact`: its `id` is the fact's key, and the text `fact` holds all
  of it as JSON; `sources`, `hashes` and `added_run` stand beside it, to be asked for.

How a store's `read` hands out what is not a plain value: a node or a relationship is a dict of
its properties, a path a list of them in turn, a date a `datetime.date`, a time its ISO text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from ownership_graph.errors import StoreError
from ownership_graph.model import BOOKKEEPING, MADE_UP_BY_ENGINE
from ownership_graph.records import (
    Before,
    Change,
    Fact,
    FindingRecord,
    ImportRun,
    NodeKey,
    Properties,
    parse_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ownership_graph.records import Key

Row: TypeAlias = dict[str, object]
Ends: TypeAlias = tuple[str, str, str]
"""A relationship's type, and the labels of its start and its end."""

RUN_LABEL = "ImportRun"
CHANGE_LABEL = "Change"
HELD_LABEL = "HeldFact"
FINDING_LABEL = "FindingRecord"

_NOT_OWN = BOOKKEEPING | MADE_UP_BY_ENGINE
_encode = msgspec.json.Encoder().encode
_decode_claims = msgspec.json.Decoder(dict[str, Properties]).decode
_decode_before = msgspec.json.Decoder(Before).decode
_decode_fact = msgspec.json.Decoder(Fact).decode
_decode_counts = msgspec.json.Decoder(dict[str, int]).decode


class Grouped(msgspec.Struct, frozen=True):
    """Rows, nodes by their label and relationships by their type and the labels of both ends."""

    nodes: dict[str, list[Row]]
    relationships: dict[Ends, list[Row]]


def node_row(fact: Fact, own_id: str) -> Row:
    """A node fact to write: `id`, and `properties` with everything but the id."""
    properties = _properties(fact)
    properties.setdefault("name", own_id)
    if not fact.described:
        properties["described"] = False
    return {"id": own_id, "properties": properties}


def relationship_row(fact: Fact, from_id: str, to_id: str) -> Row:
    """A relationship fact to write: `from_id`, `to_id`, `key`, and all `properties`."""
    properties = _properties(fact)
    return {"from_id": from_id, "to_id": to_id, "key": fact.key, "properties": properties}


def _properties(fact: Fact) -> Row:
    properties: Row = {
        **fact.properties,
        "key": fact.key,
        "sources": fact.sources,
        "hashes": fact.hashes,
        "added_run": fact.added_run,
        "run": fact.run,
        "first_seen_day": fact.first_seen_day,
    }
    if fact.claims:
        properties["claims"] = _encode(fact.claims).decode()
    if fact.disputed:
        properties["disputed"] = fact.disputed
    return properties


def stub_row(own_id: str, key: Key, *, added_run: int, run: int, first_seen_day: int) -> Row:
    """A node to write that no source describes any more, but others still point at."""
    stub = Fact(key, added_run=added_run, run=run, first_seen_day=first_seen_day, described=False)
    return node_row(stub, own_id)


def quoted(name: str) -> str:
    """A label or a relationship's type as it stands in Cypher.

    >>> quoted("Team")
    '`Team`'
    """
    return "`" + name.replace("`", "``") + "`"


def grouped(facts: Iterable[Fact]) -> Grouped:
    """The rows of `facts`, as `node_row` and `relationship_row` make them."""
    rows = Grouped({}, {})
    for fact in facts:
        key = parse_key(fact.key)
        if isinstance(key, NodeKey):
            rows.nodes.setdefault(key.label, []).append(node_row(fact, key.id))
        else:
            ends = key.type, key.from_label, key.to_label
            row = relationship_row(fact, key.from_id, key.to_id)
            rows.relationships.setdefault(ends, []).append(row)
    return rows


def ids(names: Iterable[str]) -> list[Row]:
    """Rows of ids alone."""
    return [{"id": name} for name in names]


def grouped_keys(keys: Iterable[Key]) -> Grouped:
    """Rows that say where each fact is: `key` and `id`, or `key`, `from_id` and `to_id`."""
    rows = Grouped({}, {})
    for each in keys:
        key = parse_key(each)
        if isinstance(key, NodeKey):
            rows.nodes.setdefault(key.label, []).append({"key": each, "id": key.id})
        else:
            ends = key.type, key.from_label, key.to_label
            row: Row = {"key": each, "from_id": key.from_id, "to_id": key.to_id}
            rows.relationships.setdefault(ends, []).append(row)
    return rows


def fact_from_row(properties: Mapping[str, object], own_id: str | None = None) -> Fact:
    """The fact that a store keeps with these properties; `own_id` is a node's id.

    A node's name that is its id comes back as not stated. A fact that something else than
    this package has altered past reading raises StoreError.
    """
    own, kept = dict(properties), {}
    for name in _NOT_OWN & own.keys():
        kept[name] = own.pop(name)
    if own_id is not None:
        own.pop("id", None)
        if own.get("name") == own_id:
            del own["name"]
    kept["properties"] = own
    try:
        if "claims" in kept:
            kept["claims"] = _decode_claims(str(kept["claims"]))
        return msgspec.convert(kept, Fact)
    except msgspec.MsgspecError as error:
        raise _altered("fact", properties, error) from error


def held_row(fact: Fact) -> Row:
    """An absent fact to write: `id`, and `properties` with everything."""
    properties: Row = {
        "sources": fact.sources,
        "hashes": fact.hashes,
        "added_run": fact.added_run,
        "fact": _encode(fact).decode(),
    }
    return {"id": fact.key, "properties": properties}


def held_from_row(properties: Mapping[str, object]) -> Fact:
    """The absent fact that a store keeps with these properties; errors as for a fact."""
    try:
        return _decode_fact(str(properties.get("fact")))
    except msgspec.MsgspecError as error:
        raise _altered("held fact", properties, error) from error


def run_row(run: ImportRun) -> Row:
    """A run to write: `id`, and `properties` with everything but the id."""
    properties: Row = msgspec.structs.asdict(run)
    properties["provides"] = list(run.provides)
    properties["precedence"] = list(run.precedence)
    properties["counts"] = _encode(run.counts).decode()
    return {"id": properties.pop("id"), "properties": properties}


def run_from_row(properties: Mapping[str, object]) -> ImportRun:
    """The run that a store keeps with these properties, id included; errors as for a fact."""
    try:
        counts = _decode_counts(str(properties.get("counts", "{}")))
        return msgspec.convert({**properties, "counts": counts}, ImportRun)
    except msgspec.MsgspecError as error:
        raise _altered("run", properties, error) from error


def finding_row(record: FindingRecord) -> Row:
    """What is kept of a finding, to write: `id`, and `properties` with everything but the id."""
    properties: Row = msgspec.structs.asdict(record)
    return {"id": properties.pop("id"), "properties": properties}


def finding_from_row(properties: Mapping[str, object]) -> FindingRecord:
    """What a store keeps of a finding with these properties; errors as for a fact."""
    try:
        return msgspec.convert(properties, FindingRecord)
    except msgspec.ValidationError as error:
        raise _altered("finding", properties, error) from error


def change_row(change: Change) -> Row:
    """A change to write: `id`, and `properties`: `seq`, `key`, and `before` as JSON text."""
    before = _encode(change.before).decode()
    return {
        "id": change.id,
        "properties": {"seq": change.seq, "key": change.key, "before": before},
    }


def change_from_row(properties: Mapping[str, object]) -> Change:
    """The change that a store keeps with these properties; errors as for a fact."""
    try:
        before = _decode_before(str(properties.get("before")))
        return msgspec.convert({**properties, "before": before}, Change)
    except msgspec.MsgspecError as error:
        raise _altered("change", properties, error) from error


def _altered(what: str, properties: Mapping[str, object], error: Exception) -> StoreError:
    named = properties.get("key") or properties.get("id")
    return StoreError(
        f"reading the {what} {named} from the store: {error}. Something else has altered it;"
        " set it right there, or build the store anew from its sources."
    )
