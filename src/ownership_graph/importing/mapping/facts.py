"""Applies a mapping to the rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import SettingsError
from ownership_graph.importing.mapping.language import DOING, ROW
from ownership_graph.importing.mapping.templates import NoValueError
from ownership_graph.importing.delimited import BadRow
from ownership_graph.model import nearest
from ownership_graph.records import Node, Promise, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.importing.mapping.rules import End, FactRule, MappingFile
    from ownership_graph.importing.delimited import Table
    from ownership_graph.records import Properties, Record


class _RowError(ValueError):
    """A fact that this row cannot make; the message is a sentence."""


def facts(mapping: MappingFile, table: Table) -> Iterator[Record]:
    """The facts that the rows make, each once, and a promise for what the mapping can make.

    `{row}` counts the rows after the header from 1, those that are cut off included, so that
    a row that is mended keeps its number. A fact that a row cannot make is rejected; the row's
    other facts go on.

    Raises:
        SettingsError: a column of the mapping is not in the table.
    """
    places = _places(mapping, table)
    for name in dict.fromkeys(name for fact in mapping.facts for name in _makes(fact)):
        yield Promise(name)
    seen: dict[tuple[str, ...], Properties] = {}
    for number, row in enumerate(table.rows(), start=1):
        if isinstance(row, BadRow):
            yield Rejected(table.file, row.line, f"the row {row.why}")
            continue
        values = {name: row.cells[at].strip() for name, at in places}
        values[ROW] = str(number)
        for rule in mapping.facts:
            for record in _made(rule, values, mapping, table.file, row.line):
                if isinstance(record, Rejected) or _is_news(record, seen):
                    yield record


def _places(mapping: MappingFile, table: Table) -> list[tuple[str, int]]:
    found = []
    for column in mapping.columns:
        fitting = [
            at
            for name, at in table.columns
            if (column.text.casefold() in name.casefold() if column.part else name == column.text)
        ]
        if len(fitting) != 1:
            headers = [name for name, _ in table.columns]
            hint = nearest(column.text, headers)
            known = f" Found are {', '.join(repr(name[:60]) for name in headers[:30])}."
            what = "several headers" if fitting else "no header"
            raise SettingsError(
                f"{DOING}: the column '{column.name}' stands for '{column.text}', and {what} of"
                f" {table.file} {'contains' if column.part else 'is'} that.{hint or known}",
                file=mapping.file,
                line=column.line,
            )
        found.append((column.name, fitting[0]))
    return found


def _makes(fact: FactRule) -> Iterator[str]:
    yield fact.name
    yield from (each.type for each in fact.links)


def _is_news(record: Node | Relationship, seen: dict[tuple[str, ...], Properties]) -> bool:
    """Whether no earlier row made the very same: a constant is no double in every row."""
    match record:
        case Node(label, own_id):
            key: tuple[str, ...] = (label, own_id)
        case tie:
            identity = tuple(f"{name}={value}" for name, value in tie.properties.items())
            key = (tie.type, tie.from_label, tie.from_id, tie.to_label, tie.to_id, *identity)
    if seen.get(key) == record.properties:
        return False
    seen[key] = record.properties
    return True


def _made(
    rule: FactRule, row: Mapping[str, str], mapping: MappingFile, file: str, line: int
) -> Iterator[Node | Relationship | Rejected]:
    for entry in rule.each:
        try:
            values = {**row, **{name: text.filled(row, mapping.values) for name, text in entry}}
            if _holds(rule, values):
                yield from list(_records(rule, values, mapping, file, line))
        except (NoValueError, _RowError) as error:
            yield Rejected(file, line, f"{rule.name} of {mapping.file}:{rule.line}: {error}")


def _holds(rule: FactRule, values: Mapping[str, str]) -> bool:
    return all(each.fitting.fit(values[each.name]) for each in rule.where) and not any(
        each.fitting.fit(values[each.name]) for each in rule.unless
    )


def _records(
    rule: FactRule, values: Mapping[str, str], mapping: MappingFile, file: str, line: int
) -> Iterator[Node | Relationship]:
    said: Properties = {
        name: value
        for name, text in rule.properties
        if (value := text.filled(values, mapping.values))
    }
    start = _id(rule.start, values, mapping)
    if rule.end:
        end = _id(rule.end, values, mapping)
        yield Relationship(
            rule.name, rule.start.label, start, rule.end.label, end, said, file, line
        )
        return
    ends = [(each, _id(each.end, values, mapping)) for each in rule.links]
    yield Node(rule.name, start, said, file, line)
    for link, own_id in ends:
        yield Relationship(link.type, rule.name, start, link.end.label, own_id, {}, file, line)


def _id(end: End, values: Mapping[str, str], mapping: MappingFile) -> str:
    blank = end.id.blank_hole(values)
    if blank:
        raise _RowError(
            f"the id '{end.id.text}' of a {end.label} needs '{blank}', which is blank in this"
            f' row. Leave such rows out: where = {{ {blank} = "?*" }}.'
        )
    return end.id.filled(values, mapping.values)
