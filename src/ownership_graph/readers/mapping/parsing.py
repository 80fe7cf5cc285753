"""Mapping files read: their columns, values and facts, each checked for its form."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.mapping.facts import parse_fact
from ownership_graph.readers.mapping.meaning import check_meaning
from ownership_graph.readers.mapping.places import Place, check_name
from ownership_graph.readers.mapping.rules import Column, Rules, Way
from ownership_graph.readers.mapping.ways import BUILT_IN
from ownership_graph.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.toml_file import TomlFile

_PARTS = ("blank", "own", "columns", "values", "dates", "fact")
_COLUMN = 'title = "Use Case Name"'
_RESULT = 'production = ["In use", "Live*"]'
_DATE = 'us = "%m/%d/%Y"'
_FACT = '[[fact]], and under it: Model = "uc{row}"'
_ANY_DAY = datetime(2001, 12, 30)  # noqa: DTZ001 -- only its date counts


def read_mapping(path: Path) -> Rules:
    """The mapping in the TOML file at `path`, checked whole but for the table's columns.

    Raises:
        SettingsError: the file cannot be read, or says something that makes no sense.
    """
    return parse_mapping(read_toml(path, doing="reading the mapping"))


def parse_mapping(toml: TomlFile) -> Rules:
    """The same for a file that is already read."""
    whole = Place(toml, (), toml.data)
    parts = dict(whole.items(_FACT))
    for name, place in parts.items():
        if name not in _PARTS:
            raise place.unknown("part of a mapping called", name, _PARTS)
    columns = tuple(_columns(parts["columns"])) if "columns" in parts else ()
    ways = dict(_ways(parts))
    if "fact" not in parts:
        raise whole.fault(f"it states no fact. Write: {_FACT}")
    rules = Rules(
        columns,
        ways,
        tuple(parse_fact(each) for each in parts["fact"].entries(_FACT)),
        parts["blank"].texts('blank = ["n/a", "tbd"]') if "blank" in parts else (),
        parts["own"].texts('own = ["cost_centre"]') if "own" in parts else (),
        whole,
    )
    check_meaning(rules)
    return rules


def _columns(place: Place) -> Iterator[Column]:
    for name, each in place.items(f"[columns] {_COLUMN}"):
        check_name(name, each)
        header = " ".join(each.text(_COLUMN).split())
        if not header.strip("~ "):
            raise each.fault('a part of the name must stand after ~. Write: impact = "~impacting"')
        yield Column(name, header, each)


def _ways(parts: dict[str, Place]) -> Iterator[tuple[str, Way]]:
    taken = {*BUILT_IN}
    for kind, parse in (("values", _results), ("dates", _dates)):
        if kind not in parts:
            continue
        example = f"[values.stage] {_RESULT}" if kind == "values" else f"[dates] {_DATE}"
        for name, each in parts[kind].items(example):
            check_name(name, each)
            if name in taken:
                raise each.fault(f"the name '{name}' is taken. Take another one.")
            taken.add(name)
            yield name, parse(each)


def _results(place: Place) -> Way:
    results = tuple((name, each.texts(_RESULT)) for name, each in place.items(_RESULT))
    if not results:
        raise place.fault(f"it lists no result. Write: {_RESULT}")
    return Way(place, results=results)


def _dates(place: Place) -> Way:
    written = place.texts(_DATE)
    for each in written:
        if not _says_a_day(each):
            raise place.fault(
                f"{shown(each)} does not say how a day is written: it needs the day (%d), the"
                f" month (%m or %b) and the year (%Y). Write: {_DATE}"
            )
    return Way(place, dates=written)


def _says_a_day(written: str) -> bool:
    try:
        return datetime.strptime(_ANY_DAY.strftime(written), written) == _ANY_DAY  # noqa: DTZ007 -- only its date counts
    except ValueError:
        return False
