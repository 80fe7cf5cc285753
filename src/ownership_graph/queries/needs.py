"""Needs: the facts without which silence means nothing, and whether a store holds them."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError
from ownership_graph.model import LABELS, RELATIONSHIPS, Property, nearest
from ownership_graph.plans.merging import MANUAL
from ownership_graph.queries.question import OR, Need

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ownership_graph.stores import Store

RIGHT = "`Model`, `Model.stage_day`, `OWNS from Team role accountable` or `OWNS.since_day`"
SLIP = 0.8
"""From this likeness on, a property that the model does not know is a slip of the pen."""

_AT_ONCE = 50
"""Needs in one query."""

_SHAPE = re.compile(
    r"(?P<name>\w+)"
    r"(?:\.(?P<property>\w+)"
    r"|(?: from (?P<start>\w+))?(?: to (?P<end>\w+))?(?: (?P<by>\w+) (?P<value>[\w-]+))?"
    r"(?: (?P<stated>by|beside) \$(?P<parameter>\w+))?)"
)


def parse_need(text: str) -> Need:
    """One need, or several parted by `or` of which one is enough, checked against the model.

    `Model by $of_record` asks for a model that the source states which the parameter names;
    `Model beside $of_record` for one that another system states, alone or as well. A property
    that the model does not know, nor has one like it, is taken for the user's own.
    Errors: QueryError, without file and line.

    >>> parse_need("OWNS  from Team role accountable").value
    ('role', 'accountable')
    >>> [each.text for each in parse_need("CAN_DECIDE or OWNS.since_day").any_of()]
    ['CAN_DECIDE', 'OWNS.since_day']
    """
    spelt = " ".join(text.split())
    return _either([_parse_one(each) for each in spelt.split(OR)])


def _parse_one(spelt: str) -> Need:
    found = _SHAPE.fullmatch(spelt)
    if found is None:
        raise _wrong(spelt, f"a need is like {RIGHT}")
    part = {name: value or "" for name, value in found.groupdict().items()}
    if part["name"] in LABELS:
        if part["start"] or part["end"] or part["by"]:
            raise _wrong(
                spelt, "a label takes neither from, to nor a value; only OWNS and the like do"
            )
        _check_property(spelt, part["property"], LABELS[part["name"]].properties)
    else:
        _check_relationship(spelt, part)
    return Need(
        text=spelt,
        name=part["name"],
        property=part["property"],
        from_label=part["start"],
        to_label=part["end"],
        value=(part["by"], part["value"]) if part["by"] else None,
        parameter=part["parameter"],
        beside=part["stated"] == "beside",
    )


def bound(needs: Iterable[Need], values: Mapping[str, object]) -> tuple[Need, ...]:
    """The needs, with the source that is meant where a parameter names it.

    >>> [need] = bound([parse_need("Model by $of_record")], {"of_record": "cmdb"})
    >>> need.text
    "Model by 'cmdb'"
    >>> [need] = bound([parse_need("Model by $of_record")], {"of_record": ""})
    >>> need.text
    'of_record (not set)'
    """
    return tuple(_either([_bound(each, values) for each in need.any_of()]) for need in needs)


def _bound(need: Need, values: Mapping[str, object]) -> Need:
    if not need.parameter:
        return need
    source = str(values[need.parameter])
    named = need.text.replace(f"${need.parameter}", f"'{source}'")
    return replace(need, text=named if source else f"{need.parameter} (not set)", source=source)


def _either(needs: Sequence[Need]) -> Need:
    """One need that any of those meets."""
    first, *others = needs
    text = OR.join(each.text for each in needs)
    return replace(first, text=text, others=tuple(others)) if others else first


def missing(
    store: Store,
    needs: Iterable[Need],
    promises: Collection[str],
    *,
    timeout: float | None = None,
) -> tuple[Need, ...]:
    """The needs that nothing meets: neither one such fact, nor a promise of the same text.

    A wide promise does not meet a narrow need. A node that no source describes is no fact, and
    a value that is blank or "unknown" is none. Where one of several is enough, any of them that
    is met will do. All are asked for in one read, since a server that has just started takes
    longer to plan many small queries than to answer them.
    """
    asked = [each for each in dict.fromkeys(needs) if promised_as(each).isdisjoint(promises)]
    met = _met(store, dict.fromkeys(one for need in asked for one in need.any_of()), timeout)
    return tuple(need for need in asked if met.isdisjoint(need.any_of()))


def promised_as(need: Need) -> frozenset[str]:
    """The texts of which a source's promise of one meets the need."""
    return frozenset({need.text, *(each.text for each in need.any_of())})


def stating(
    store: Store, need: Need, among: Collection[str], *, timeout: float | None = None
) -> set[str] | None:
    """The sources that state the facts that meet the need, if all are `among` those.

    `None` where another source states such a fact; empty where no fact meets the need.
    """
    found: set[str] = set()
    for each in need.any_of():
        sources = _stating(store, each, among, timeout)
        if sources is None:
            return None
        found |= sources
    return found


def _stating(
    store: Store, need: Need, among: Collection[str], timeout: float | None
) -> set[str] | None:
    if need.source and not need.beside:
        return {need.source} if need.source in among else None
    pattern, where, parameters = _pattern(need)
    others = [*where, "any(source IN x.sources WHERE NOT source IN $among)"]
    probe = f"MATCH {pattern} WHERE {' AND '.join(others)} RETURN 1 AS found LIMIT 1"
    if store.read(probe, parameters | {"among": [*among]}, limit=1, timeout=timeout).rows:
        return None
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    listing = f"MATCH {pattern}{condition} UNWIND x.sources AS source RETURN DISTINCT source"
    return {str(row[0]) for row in store.read(listing, parameters, timeout=timeout).rows}


def _met(store: Store, needs: Iterable[Need], timeout: float | None) -> set[Need]:
    """Those of the needs that a fact meets."""
    met: set[Need] = set()
    rest = iter(needs)
    while some := list(islice(rest, _AT_ONCE)):
        cypher, parameters = _probe(some)
        rows = store.read(cypher, parameters, timeout=timeout).rows
        met.update(some[number] for (number,) in rows if isinstance(number, int))
    return met


def _probe(needs: Sequence[Need]) -> tuple[str, dict[str, object]]:
    """The query that finds the numbers of the needs that one such fact meets; its parameters."""
    told: list[str] = []
    parameters: dict[str, object] = {}
    for number, need in enumerate(needs):
        pattern, where, given = _pattern(need, number)
        condition = f" WHERE {' AND '.join(where)}" if where else ""
        told.append(f"MATCH {pattern}{condition} RETURN {number} AS met LIMIT 1")
        parameters |= given
    return "\nUNION ALL\n".join(told), parameters


def _pattern(need: Need, number: int = 0) -> tuple[str, list[str], dict[str, object]]:
    """What matches such a fact as `x`, the conditions on it, and their parameters.

    The names of the parameters end with that number.
    """
    if need.name in LABELS:
        where = ["coalesce(x.described, true)"]
        pattern, properties = f"(x:{need.name})", LABELS[need.name].properties
    else:
        where = []
        start, end = (f":{each}" if each else "" for each in (need.from_label, need.to_label))
        pattern = f"({start})-[x:{need.name}]->({end})"
        properties = RELATIONSHIPS[need.name].properties
    parameters: dict[str, object] = {}
    if need.value:
        where.append(f"x.{need.value[0]} = $value{number}")
        parameters[f"value{number}"] = need.value[1]
    if need.property:
        where.append(f"x.{need.property} IS NOT NULL")
    if need.property and _is_text(need.property, properties):
        where.append(f"NOT toLower(trim(x.{need.property})) IN ['', 'unknown']")
    if need.parameter:
        source = f"source{number}"
        where.append(
            f"any(source IN x.sources WHERE NOT source IN [${source}, '{MANUAL}'])"
            if need.beside
            else f"${source} IN x.sources"
        )
        parameters[source] = need.source
    return pattern, where, parameters


def _is_text(name: str, properties: Mapping[str, Property]) -> bool:
    return name in properties and properties[name].kind == "text"


def _check_relationship(spelt: str, part: Mapping[str, str]) -> None:
    name = part["name"]
    if name not in RELATIONSHIPS:
        known = nearest(name, [*LABELS, *RELATIONSHIPS])
        raise _wrong(spelt, f"'{name}' is neither a label nor a relationship.{known}")
    known_as = RELATIONSHIPS[name]
    for word, ends in (("start", known_as.starts), ("end", known_as.ends)):
        if part[word] and part[word] not in ends:
            way = "from" if word == "start" else "to"
            raise _wrong(spelt, f"{name} goes {way} {' or '.join(ends)}, not {part[word]}")
    _check_property(spelt, part["property"], known_as.properties)
    if part["by"]:
        _check_value(spelt, part["by"], part["value"], known_as.properties)


def _check_value(spelt: str, by: str, value: str, properties: Mapping[str, Property]) -> None:
    known = properties.get(by)
    if known is None or known.kind != "text":
        names = [each.name for each in properties.values() if each.kind == "text"]
        offered = f"; {', '.join(names)} would do" if names else ""
        raise _wrong(spelt, f"'{by}' is no property with such values{offered}")
    if known.closed and value not in known.values:
        raise _wrong(
            spelt, f"{by} is one of {', '.join(known.values)}.{nearest(value, known.values)}"
        )


def _check_property(spelt: str, name: str, properties: Mapping[str, Property]) -> None:
    if not name or name in properties:
        return
    near = difflib.get_close_matches(name, properties, n=1, cutoff=SLIP)
    if near:
        raise _wrong(spelt, f"'{name}' is no property of it. Did you mean '{near[0]}'?")


def _wrong(spelt: str, why: str) -> QueryError:
    return QueryError(f"the need '{spelt}': {why}")
