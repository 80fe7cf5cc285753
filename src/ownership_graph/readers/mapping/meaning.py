"""A mapping checked for its meaning: every name is known and used, and the model has its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.importing.values import DENIAL, RowError, own_check, property_check
from ownership_graph.model import LABELS, RELATIONSHIPS, nearest
from ownership_graph.readers.mapping.places import ROW
from ownership_graph.readers.mapping.templates import Template
from ownership_graph.readers.mapping.ways import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from ownership_graph.model import Property
    from ownership_graph.readers.mapping.places import Place
    from ownership_graph.readers.mapping.rules import Fact, Rules, Setting, Tie


def check_meaning(rules: Rules) -> None:
    """Check the names and the words of the model in all facts.

    Raises:
        SettingsError: a name is unknown, unused or taken, or the model does not allow a fact.
    """
    names, words = _Names(rules), _Words(rules)
    for fact in rules.facts:
        names.check(fact)
        words.check(fact)
    names.check_all_used()
    words.check_all_used()


class _Names:
    """The names of a mapping, and which of them were used."""

    def __init__(self, rules: Rules) -> None:
        self._columns = {each.name: each.place for each in rules.columns}
        self._ways = {name: each.place for name, each in rules.ways.items()}
        self._used: set[str] = set()
        self._used_ways: set[str] = set()

    def check(self, fact: Fact) -> None:
        """Check the names in one fact."""
        outer = {ROW, *self._columns}
        for name, place in fact.own_places:
            if name in outer:
                raise place.fault(f"the name '{name}' is a column's. Take another one.")
        for text, place in fact.outer_texts():
            self._check_text(text, outer, place)
        inner = {*outer, *fact.own_names}
        for text, place in fact.inner_texts():
            self._check_text(text, inner, place)
        for condition in fact.conditions:
            self._check_name(condition.name, inner, condition.place)

    def _check_text(self, text: Template, scope: Collection[str], place: Place) -> None:
        for hole in text.holes:
            self._check_name(hole.name, scope, place)
            if hole.way and hole.way not in BUILT_IN and hole.way not in self._ways:
                raise place.unknown("list of values or date called", hole.way, self._ways)
            self._used_ways.add(hole.way)

    def _check_name(self, name: str, scope: Collection[str], place: Place) -> None:
        if name not in scope:
            raise place.unknown("column called", name, scope)
        self._used.add(name)

    def check_all_used(self) -> None:
        """Check that every column, list of values and date was used."""
        for places, used, example in (
            (self._columns, self._used, "{{{}}}"),
            (self._ways, self._used_ways, "{{column:{}}}"),
        ):
            for name, place in places.items():
                if name not in used:
                    raise place.fault(
                        f"no fact uses '{name}'. Use it, as {example.format(name)}, or take it"
                        " out."
                    )


class _Words:
    """The model's words in a mapping, and the properties of the user's own."""

    def __init__(self, rules: Rules) -> None:
        self._ways = rules.ways
        self._own, self._place = rules.own, rules.place
        self._unused = set(rules.own)

    def check(self, fact: Fact) -> None:
        """Check the relationships and properties of one fact."""
        if fact.node:
            label = fact.node.label
            self._check_all(label, LABELS[label].properties, fact.settings, fact)
        for tie in fact.ties:
            _check_ends(tie)
            self._check_all(tie.type, RELATIONSHIPS[tie.type].properties, tie.settings, fact)

    def _check_all(
        self,
        kind: str,
        properties: Mapping[str, Property],
        settings: tuple[Setting, ...],
        fact: Fact,
    ) -> None:
        known = {name: each for name, each in properties.items() if name != "id"}
        known[DENIAL.name] = DENIAL
        for setting in settings:
            check = self._check_of(setting, kind, known)
            for value, place in self._constants(setting, fact):
                try:
                    check(value)
                except RowError as error:
                    raise place.fault(error.why) from error

    def _check_of(
        self, setting: Setting, kind: str, known: Mapping[str, Property]
    ) -> Callable[[object], object]:
        """The check of the values of a property."""
        name = setting.name
        if name in known:
            return property_check(known[name], kind, _any_is_fine)
        try:
            check = own_check(name, kind)
        except RowError as error:
            raise setting.place.fault(error.why) from error
        if name not in self._own:
            raise setting.place.fault(
                f"{kind} has no property {shown(name)}.{nearest(name, known)}"
                f' If it is one of your own, say so at the top: own = ["{name}"]'
            )
        self._unused.discard(name)
        return check

    def _constants(self, setting: Setting, fact: Fact) -> Iterator[tuple[object, Place]]:
        """What the property can be set to, as far as the mapping alone tells."""
        if not isinstance(setting.value, Template):
            yield setting.value, setting.place
            return
        yield from self._results(setting.value, setting.place)
        hole = setting.value.only
        for entry in fact.each:
            if hole and not hole.way and hole.name in entry.texts:
                yield from self._results(*entry.texts[hole.name])

    def _results(self, text: Template, place: Place) -> Iterator[tuple[object, Place]]:
        if text.constant is not None:
            yield text.constant, place
        elif text.only and text.only.way in self._ways:
            way = self._ways[text.only.way]
            for result, _ in way.results:
                yield result, way.place.under(result, None)

    def check_all_used(self) -> None:
        """Check that every property of the user's own is set somewhere."""
        for name in sorted(self._unused):
            raise self._place.under("own", None).fault(
                f"no fact sets {shown(name)}, or the model knows it. Take it out."
            )


def _any_is_fine(_value: str) -> None:
    """Values that an open list does not know are kept."""


def _check_ends(tie: Tie) -> None:
    model = RELATIONSHIPS[tie.type]
    for end, allowed, where in ((tie.start, model.starts, "start"), (tie.end, model.ends, "end")):
        if end.label not in allowed:
            raise tie.place.fault(
                f"{tie.type} cannot {where} at a {end.label}, only at {' or '.join(allowed)}."
                f"{nearest(end.label, allowed)}"
            )
