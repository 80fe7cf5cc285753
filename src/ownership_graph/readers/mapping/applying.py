"""A mapping made into functions, and applied to the rows of a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.importing.checking import rejection
from ownership_graph.importing.quoting import shown
from ownership_graph.readers.mapping.columns import find_columns
from ownership_graph.readers.mapping.places import ROW
from ownership_graph.readers.mapping.templates import Hole, Template
from ownership_graph.readers.mapping.ways import NOTHING, turner
from ownership_graph.readers.patterns import fits
from ownership_graph.records import Node, Rejected, Relationship, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ownership_graph.importing.reading import Row
    from ownership_graph.readers.mapping.rules import End, Fact, Rules, Setting, Split, Tie, Way
    from ownership_graph.records import Properties, Record, Value, Written

_Values: TypeAlias = list[str]
"""A row's columns, its number, and what they were turned into; a fact's own names stand behind."""


class Bound:
    """A mapping bound to a table's header."""

    def __init__(self, rules: Rules, header: Sequence[str], file: str) -> None:
        """`file` is what the records say that they are from.

        Raises:
            SettingsError: the header has no such column, or several.
        """
        self._places = find_columns(rules, header)
        self._blank = fits(rules.blank) if rules.blank else None
        self._file = file
        names = [*(each.name for each in rules.columns), ROW]
        headers = {
            each.name: header[place]
            for each, place in zip(rules.columns, self._places, strict=True)
        }
        self._scope = _Scope(
            {Hole(name): slot for slot, name in enumerate(names)}, rules.ways, headers, file
        )
        self._scope.turn(hole for fact in rules.facts for hole in _holes(fact))
        facts = [(_FactMaker(each, self._scope, self._blank), each) for each in rules.facts]
        self._once = [fact for fact, rule in facts if _is_constant(rule)]
        self._each_row = [fact for fact, rule in facts if not _is_constant(rule)]

    def records(self, rows: Iterable[Row]) -> Iterator[Record]:
        """What the rows state.

        The row number counts all rows after the header, blank and rejected ones too, so that
        it stays the same when one is mended. What no row changes is stated with the first one.
        """
        once = self._once
        for number, (line, cells, why) in enumerate(rows, start=1):
            if why:
                yield Rejected(self._file, line, why)
            elif cells:
                values = self._values(cells, number)
                for make in (*once, *self._each_row):
                    yield from make.records(values, line)
                once = []

    def _values(self, cells: list[str], number: int) -> _Values:
        values = [cells[place].strip() for place in self._places]
        if self._blank:
            values = ["" if self._blank(each) else each for each in values]
        values.append(str(number))
        return self._scope.turned(values)


def _holes(fact: Fact) -> Iterator[Hole]:
    """The holes of a fact that are filled from the row itself."""
    for text, _ in (*fact.outer_texts(), *fact.inner_texts()):
        yield from (hole for hole in text.holes if hole.name not in fact.own_names)


def _is_constant(fact: Fact) -> bool:
    """Whether the fact is the same for every row."""
    tested = {each.name for each in fact.conditions} - set(fact.own_names)
    return not tested and not any(_holes(fact))


class _Scope:
    """The places of names among a row's values, and how they are turned."""

    def __init__(
        self,
        slots: dict[Hole, int],
        ways: Mapping[str, Way],
        headers: Mapping[str, str],
        file: str,
    ) -> None:
        self.slots, self.headers, self.file = slots, headers, file
        self._ways = ways
        self._turners: list[tuple[int, Callable[[str], str]]] = []

    def within(self, names: Iterable[str]) -> _Scope:
        """The scope of one fact, with its own names behind the row's values."""
        more = {Hole(name): slot for slot, name in enumerate(names, start=len(self.slots))}
        return _Scope({**self.slots, **more}, self._ways, self.headers, self.file)

    def turn(self, holes: Iterable[Hole]) -> None:
        """Give a place to each of the holes that has none: to those that turn a value."""
        for hole in holes:
            if hole not in self.slots:
                make = turner(hole.name, hole.way, self._ways.get(hole.way))
                self._turners.append((self.slots[Hole(hole.name)], make))
                self.slots[hole] = len(self.slots)

    def turned(self, values: _Values) -> _Values:
        """The values with what they are turned into behind them."""
        values += [make(values[slot]) for slot, make in self._turners]
        return values


class _FactMaker:
    """Makes the records of one fact."""

    def __init__(self, fact: Fact, row: _Scope, blank: Callable[[str], bool] | None) -> None:
        self._scope = row
        if fact.own_names:
            self._scope = row.within(fact.own_names)
            self._scope.turn(hole for text, _ in fact.inner_texts() for hole in text.holes)
        self._entries = [
            [entry.texts[name][0].filler(row.slots) for name in fact.own_names]
            for entry in fact.each
        ]
        self._parts = _parts(fact.split, row, blank) if fact.split else None
        self._conditions = [
            (self._scope.slots[Hole(each.name)], fits(each.patterns), each.wanted)
            for each in fact.conditions
        ]
        self._node = _NodeMaker(fact.node, fact.settings, self._scope) if fact.node else None
        self._ties = [_TieMaker(each, self._scope) for each in fact.ties]

    def records(self, values: _Values, line: int) -> Iterator[Record]:
        """What the row states; where a node cannot be, its relationships are not either."""
        for each in self._variants(values):
            if all(fit(each[slot]) is wanted for slot, fit, wanted in self._conditions):
                node = self._node.record(each, line) if self._node else None
                if node:
                    yield node
                if not isinstance(node, Rejected):
                    for tie in self._ties:
                        yield tie.record(each, line)

    def _variants(self, values: _Values) -> Iterable[_Values]:
        if self._parts:
            return [self._scope.turned([*values, part]) for part in self._parts(values)]
        if self._entries:
            return [
                self._scope.turned([*values, *(fill(values) for fill in entry)])
                for entry in self._entries
            ]
        return (values,)


def _parts(
    split: Split, row: _Scope, blank: Callable[[str], bool] | None
) -> Callable[[_Values], Iterable[str]]:
    """What parts a text: each part once, blank ones left out."""
    fill = split.text.filler(row.slots)
    delimiter = re.compile("|".join(map(re.escape, split.by)))

    def parts(values: _Values) -> Iterable[str]:
        found = dict.fromkeys(each.strip() for each in delimiter.split(fill(values)))
        return [each for each in found if each and not (blank and blank(each))]

    return parts


class _EndMaker:
    """Makes a node's id."""

    def __init__(self, end: End, scope: _Scope) -> None:
        self.label = end.label
        self.fill = end.id.filler(scope.slots)
        self._headers = scope.headers
        self._needed = [(scope.slots[each], each.name) for each in end.id.holes]

    def why_not(self, values: _Values) -> str:
        """Why the row gives no id, or an empty text."""
        for slot, name in self._needed:
            if not values[slot]:
                made = f"the column '{self._headers[name]}'" if name in self._headers else name
                return (
                    f"the id of the {self.label} is made from {made}, which is blank here. Fill it"
                    f' in, or leave such rows out in the mapping: where = {{ {name} = "?*" }}'
                )
        return _cannot_be(self.fill(values))


def _cannot_be(text: str) -> str:
    """Why a value in the text could not be turned, or an empty text."""
    return text.split(NOTHING)[2] if NOTHING in text else ""


class _PropertiesMaker:
    """Makes the properties, blank ones left out; `columns` says where they stand."""

    def __init__(self, settings: Sequence[Setting], scope: _Scope) -> None:
        self._fixed: Properties = {}
        self._filled = []
        self.columns: dict[str, str] = {}
        for each in settings:
            if isinstance(each.value, Template):
                self._filled.append((each.name, each.value.filler(scope.slots)))
                self.columns |= _where(each.name, each.value, scope.headers)
            else:
                self._fixed[each.name] = each.value

    def properties(self, values: _Values) -> Written:
        """The properties that the row states, and what stands for those that cannot be."""
        stated: dict[str, Value | Unreadable] = {**self._fixed}
        for name, fill in self._filled:
            text = fill(values)
            if NOTHING in text:
                stated[name] = Unreadable(*text.split(NOTHING)[1:3])
            elif text:
                stated[name] = text
        return stated


def _where(name: str, text: Template, headers: Mapping[str, str]) -> dict[str, str]:
    """The column or columns in which a property stands; empty where the mapping alone says it."""
    found = dict.fromkeys(headers[each.name] for each in text.holes if each.name in headers)
    columns = " and ".join(map(shown, found))
    return {name: f"the column{'s'[: len(found) - 1]} {columns}"} if found else {}


class _NodeMaker:
    """Makes a node."""

    def __init__(self, node: End, settings: Sequence[Setting], scope: _Scope) -> None:
        self._end, self._file = _EndMaker(node, scope), scope.file
        self._properties = _PropertiesMaker(settings, scope)

    def record(self, values: _Values, line: int) -> Node | Rejected:
        """The node, or why there is none."""
        end, made = self._end, self._properties
        no_id = end.why_not(values)
        own_id = "" if no_id else end.fill(values)
        properties = made.properties(values)
        node = Node(end.label, own_id, properties, self._file, line, made.columns or None)
        return rejection(node, no_id) if no_id else node


class _TieMaker:
    """Makes a relationship."""

    def __init__(self, tie: Tie, scope: _Scope) -> None:
        self._type, self._file = tie.type, scope.file
        self._start, self._end = _EndMaker(tie.start, scope), _EndMaker(tie.end, scope)
        self._properties = _PropertiesMaker(tie.settings, scope)

    def record(self, values: _Values, line: int) -> Relationship | Rejected:
        """The relationship, or why there is none."""
        start, end, made = self._start, self._end, self._properties
        no_start, no_end = start.why_not(values), end.why_not(values)
        tie = Relationship(
            self._type,
            start.label,
            "" if no_start else start.fill(values),
            end.label,
            "" if no_end else end.fill(values),
            made.properties(values),
            self._file,
            line,
            made.columns or None,
        )
        why = no_start or no_end
        return rejection(tie, why) if why else tie
