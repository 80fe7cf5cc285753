"""Event logs (tables, XES, OCEL): who worked on which model, who handed over to whom, what waited.

A row or an event says what was done when, in which case, by whom. Counted are the events of
each person and team on each model, and how often work passed from one team to another and how
many days that took. A file that says what the activities mean makes requests at gates and stages
of models out of them. The language of that file is described in docs/importers/event_log.md.

Events of systems are nobody's work; what they asked for or decided still has its day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ownership_graph.importing.reading import open_table
from ownership_graph.importing.recognising import Found
from ownership_graph.readers.event_logs.events import DOING, clock_in
from ownership_graph.readers.event_logs.following import Log, Names, follow
from ownership_graph.readers.event_logs.meaning import read_meaning
from ownership_graph.readers.event_logs.ocel_sqlite import events_in_ocel_sqlite
from ownership_graph.readers.event_logs.stating import facts
from ownership_graph.readers.event_logs.tabular import (
    columns_known,
    columns_of,
    events_of,
    is_log,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.event_logs.events import Batch, Clock
    from ownership_graph.records import Record

PROVIDES: tuple[str, ...] = ()
MODE = "events"

_XML = (".xes", ".xes.gz", ".xml")
_JSON = (".json", ".jsonocel", ".json.gz", ".jsonocel.gz")
_OCEL = re.compile(r'\s*\{\s*"(?:objectTypes|eventTypes)"\s*:\s*\[.*?"attributes"', re.DOTALL)
"""How a log in OCEL 2.0 begins, whatever it is called: public ones end in .json."""

_DATABASE = (".sqlite", ".sqlite3", ".db", ".sqliteocel")


def inputs(path: Path, *, meaning: Path | None = None, **_: object) -> list[Path]:
    """The files that are all that `read` looks at."""
    return [path, meaning] if meaning else [path]


def read(  # noqa: PLR0913 -- an option is an argument
    path: Path,
    *,
    meaning: Path | None = None,
    model: str = "",
    zone: str = "UTC",
    system_users: tuple[str, ...] = ("system", "*[bot]"),
    unknown: tuple[str, ...] = ("missing", "undefined"),
    encoding: str = "auto",
    delimiter: str = ",",
    sheet: str = "",
) -> Iterator[Record]:
    """What the events come to.

    Args:
        path: The log: a table (CSV, Excel, Parquet, JSON Lines), XES, or OCEL 2.0 (JSON, SQLite).
        meaning: The TOML file that says what its columns and activities mean.
        model: The column, or the attribute of an event or its trace, that names the model; a
            case is one without it. In OCEL the type of objects that are models.
        zone: The time zone of times without an offset, and of the days that are counted.
        system_users: Patterns of resources and groups that are systems. May be given again.
        unknown: More patterns of what stands there where nobody is known. May be given again.
        encoding: Of a CSV file, such as utf-8 or cp1252; auto tells UTF-8, UTF-16 and cp1252.
        delimiter: What parts its columns: one character, or comma, semicolon, tab, pipe.
        sheet: The sheet of a workbook; else the one with most of a log's columns.
    """
    meant = read_meaning(meaning)
    if model:
        meant = replace(meant, columns={**meant.columns, "model": model})
    clock = clock_in(zone, meant.times)
    events = _events(path, meant.columns, clock, (encoding, delimiter, sheet))
    log = follow(events, lambda: Log(meant, clock, Names(meant, unknown, system_users)))
    yield from log.rejected
    yield from facts(log, meant, clock, path.name)


def _events(
    path: Path, named: Mapping[str, str], clock: Clock, written: tuple[str, str, str]
) -> Callable[[], Iterator[Batch]]:
    """What begins to read the log, by the module of its format, which may need an extra."""
    name = path.name.casefold()
    if name.endswith(_XML):
        from ownership_graph.readers.event_logs.xes import events_in_xes  # noqa: PLC0415

        return partial(events_in_xes, path, named, clock)
    if name.endswith(_JSON):
        from ownership_graph.readers.event_logs.ocel_json import events_in_ocel_json  # noqa: PLC0415

        return partial(events_in_ocel_json, path, named, clock)
    if name.endswith(_DATABASE):
        return partial(events_in_ocel_sqlite, path, named, clock)
    return partial(_events_in_table, path, named, clock, written)


def found(surroundings: Surroundings) -> Iterator[Found]:
    """XES, and tables with the columns of a log; a person must say what a model is in them."""
    case = 'A case is taken for a model. Where a column names the model, add model = "COLUMN".'
    for file in surroundings.named("*.xes", "*.xes.gz"):
        yield Found(file, "an event log in XES", ask=case)
    named = surroundings.named("*.jsonocel", "*.sqliteocel")
    others = surroundings.named("*.json")
    for file in (*named, *(each for each in others if _OCEL.match(surroundings.start(each)))):
        ask = 'Say which objects are the models: add model = "TYPE".'
        yield Found(file, "an event log in OCEL 2.0", ask=ask)
    for file in surroundings.tables():
        header = surroundings.header(file)
        if is_log(header.columns):
            yield Found(file, "an event log in a table", header.options, ask=case)


def _events_in_table(
    path: Path, named: Mapping[str, str], clock: Clock, written: tuple[str, str, str]
) -> Iterator[Batch]:
    encoding, delimiter, sheet = written
    with open_table(
        path,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        known=partial(columns_known, named=named),
        doing=DOING,
    ) as table:
        columns = columns_of(table, named, str(path))
        yield from events_of(table, columns, clock, path.name)
