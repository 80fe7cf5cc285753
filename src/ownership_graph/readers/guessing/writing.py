"""The guesses put together as a mapping in TOML, with what a person must look at beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import brief
from ownership_graph.importing.reading import MOST_SHOWN
from ownership_graph.model import LABELS
from ownership_graph.readers.guessing.columns import columns_of, without_totals
from ownership_graph.readers.guessing.words import (
    IDS,
    NAMES,
    TEAMS,
    has_list,
    is_unsure_who,
    names_persons,
    property_of,
    role_of,
    says,
    sort_of,
    stands_on,
)
from ownership_graph.toml_file import toml_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.readers.guessing.columns import Column

_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 24
_UNKNOWN = "unknown"


def guessed_mapping(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A mapping for a table with this header, of which these are the first rows.

    Each row is taken for a model. What is not sure is a comment beside it; the columns that are
    not used are listed at the end.
    """
    kept, totals = without_totals(header, rows)
    return "\n".join(_Guess(columns_of(header, kept), totals).lines()) + "\n"


class _Guess:
    """What each column is taken for, in the order in which that is decided."""

    def __init__(self, columns: Sequence[Column], totals: Mapping[str, list[str]]) -> None:
        self._names: dict[str, Column] = {}
        self._left = [each for each in columns if each.header]
        twice = [each.header for each in self._left]
        self._left = [each for each in self._left if twice.count(each.header) == 1]
        self._all = list(self._left)
        self._id = self._take(_id_of(self._left), "id")
        self._name = self._take(_name_of(self._left), "name")
        self._properties = dict(self._find_properties())
        self._owners = list(self._find_owners())
        self._bases = [
            (self._take(each, stands_on(each)[0].lower()), *stands_on(each))
            for each in list(self._left)
            if stands_on(each)[0] and each.values
        ]
        self._totals = [(self._called(header), each) for header, each in totals.items()]

    def _called(self, header: str) -> str:
        """The short name of the column with that header; blank where it can have none."""
        known = (name for name, each in self._names.items() if each.header == header)
        left = next((each for each in self._left if each.header == header), None)
        return next(known, "") or self._take(left)

    def _take(self, column: Column | None, wanted: str = "") -> str:
        """The short name of the column, which is used from now on; blank for none."""
        if column is None:
            return ""
        self._left.remove(column)
        own = _NAME.sub("_", column.header.casefold()).strip("_")[:_LONGEST_NAME]
        plain = wanted if wanted and wanted not in self._names else own
        name = plain if plain and plain != "row" and not plain[0].isdigit() else f"column_{plain}"
        while name in self._names:
            name += "_"
        self._names[name] = column
        return name

    def _find_properties(self) -> Iterator[tuple[str, str]]:
        """Each property that a column seems to hold, with the column's short name."""
        for name in LABELS["Model"].properties:
            found = next((each for each in self._left if property_of(each) == name), None)
            if found and not role_of(found):
                yield name, self._take(found, name)

    def _find_owners(self) -> Iterator[tuple[str, str]]:
        """The columns that name an owner, each with the role; else one that names a team."""
        owners = [each for each in self._left if role_of(each) and each.values]
        for each in owners:
            yield self._take(each), role_of(each)
        if not owners:
            teams = [each for each in self._left if says(each, *TEAMS) and each.values]
            if teams:
                narrow = max(teams, key=lambda each: len(each.different))
                yield self._take(narrow), "accountable"

    def lines(self) -> Iterator[str]:
        """The mapping, line by line."""
        fillers = sorted(set().union(*(each.fillers for each in self._names.values())))
        if fillers:
            yield f"blank = {toml_value(fillers)}"
            yield ""
        yield "[columns]"
        width = max(map(len, self._names), default=0)
        for name, column in self._names.items():
            yield f"{name:{width}} = {toml_value(column.header)}"
        yield from self._lists()
        yield from self._model()
        for name, role in self._owners:
            yield from self._owner(name, role)
        for name, label, kind in self._bases:
            yield from self._base(name, label, kind)
        unused = [toml_value(brief(each.header)) for each in self._left]
        if unused:
            more = f" and {len(unused) - MOST_SHOWN} more" if len(unused) > MOST_SHOWN else ""
            yield ""
            yield f"# Not used: {', '.join(unused[:MOST_SHOWN])}{more}."

    def _lists(self) -> Iterator[str]:
        dates = [
            (self._names[name], name)
            for prop, name in self._properties.items()
            if LABELS["Model"].properties[prop].kind == "day" and self._names[name].date_formats
        ]
        if dates:
            yield ""
            yield "[dates]"
        for column, name in dates:
            first, *others = column.date_formats or [""]
            sure = f"  # or is it {' or '.join(others)}?" if others else ""
            yield f"{name}_written = {toml_value(first)}{sure}"
        for prop, name in self._properties.items():
            if has_list(prop):
                yield ""
                yield from _sorted(prop, name, self._names[name])

    def _model(self) -> Iterator[str]:
        yield ""
        yield "[[fact]]"
        own_id = f"{{{self._id}}}" if self._id else "model:{row}"
        sure = (
            "" if self._id else "  # no column tells rows apart: a row put in between renames all"
        )
        yield f"Model = {toml_value(own_id)}{sure}"
        yield from self._without_totals("  # it sums the others up, and is no model")
        if any(not name for name, _ in self._totals):
            yield "# A row sums the others up, in a column without a name: take it out."
        if self._name or self._id:
            yield f'set.name = "{{{self._name or self._id}}}"'
        for prop, name in self._properties.items():
            yield f'set.{prop} = "{{{name}{self._way(prop, name)}}}"'

    def _without_totals(self, why: str = "") -> Iterator[str]:
        """The condition that keeps out rows with sums; nothing where there are none."""
        said = {name: list(dict.fromkeys(each)) for name, each in self._totals if name}
        if said:
            each = ", ".join(f"{name} = {toml_value(values)}" for name, values in said.items())
            yield f"except = {{ {each} }}{why}"

    def _way(self, prop: str, name: str) -> str:
        if has_list(prop):
            return f":{name}_values"
        is_day = LABELS["Model"].properties[prop].kind == "day"
        return f":{name}_written" if is_day and self._names[name].date_formats else ""

    def _owner(self, name: str, role: str) -> Iterator[str]:
        column = self._names[name]
        by = column.delimiter_of_names
        yield ""
        yield "[[fact]]"
        each = f"{name}_each" if by else name
        model = f"Model {{{self._id}}}" if self._id else "Model model:{row}"
        if names_persons(column):
            own_id = f"{{{each}:lower}}" if column.holds_addresses else f"{{{each}}}"
            sure = "  # or are some of them teams?" if is_unsure_who(column) else ""
            yield f"OWNS  = {toml_value([f'Person {own_id}', model])}{sure}"
            yield from self._each(name, each, by)
            yield f'set   = {{ role = "{role}" }}'
            return
        sure = "  # or are some of them persons?" if is_unsure_who(column) else ""
        yield f'Team  = "team:{{{each}:slug}}"{sure}'
        yield from self._each(name, each, by)
        yield f'set   = {{ name = "{{{each}}}" }}'
        yield f'link.OWNS = {{ to = {toml_value(model)}, set = {{ role = "{role}" }} }}'

    def _base(self, name: str, label: str, kind: str) -> Iterator[str]:
        column = self._names[name]
        yield ""
        yield "[[fact]]"
        each = f"{name}_each" if column.delimiter else name
        model = f"Model {{{self._id}}}" if self._id else "Model model:{row}"
        yield f'{label} = "{{{each}:lower}}"'
        yield from self._each(name, each, column.delimiter)
        yield f'set   = {{ name = "{{{each}}}" }}'
        yield f'link.DEPENDS_ON = {{ from = {toml_value(model)}, set = {{ kind = "{kind}" }} }}'

    def _each(self, name: str, each: str, by: str) -> Iterator[str]:
        """Only where the column is filled; once for each part, where it holds several."""
        yield f'where = {{ {each} = "?*" }}'
        yield from self._without_totals()
        if by:
            yield f'split = {{ {each} = "{{{name}}}", by = {toml_value(by)} }}'


def _id_of(columns: Sequence[Column]) -> Column | None:
    """The column that tells rows apart, and is called so."""
    unique = [each for each in columns if each.tells_rows_apart and each.words]
    return next((each for each in unique if says(each, *IDS)), None)


def _name_of(columns: Sequence[Column]) -> Column | None:
    """The column with the names: the first of the usual words that one holds in its header."""
    named = [
        each for each in columns if each.values and not role_of(each) and not says(each, *TEAMS)
    ]
    exact = (each for wanted in NAMES for each in named if " ".join(each.words) == wanted)
    some = (each for wanted in NAMES for each in named if says(each, wanted))
    return next(exact, None) or next(
        (each for each in some if not each.is_list_of_words or each.tells_rows_apart), None
    )


def _sorted(prop: str, name: str, column: Column) -> Iterator[str]:
    """The list of values of a column, each with what it seems to mean."""
    results: dict[str, list[str]] = {}
    for value in column.different:
        results.setdefault(sort_of(prop, value), []).append(value)
    unsure = results.pop("", [])
    yield f"[values.{name}_values]"
    for result, values in results.items():
        yield f"{result} = {toml_value(values)}"
    has_unknown = _UNKNOWN in LABELS["Model"].properties[prop].values
    if has_unknown:
        yield f'{_UNKNOWN} = "*"'
    if unsure and has_unknown:
        yield f"# What do these mean? {', '.join(map(toml_value, map(brief, unsure)))}"
    elif unsure:
        yield f'"" = {toml_value(unsure)}  # these say nothing so far: what do they mean?'
