"""Events out of a table: a row each, its columns found by their usual names."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import MOST_SHOWN, Columns
from ownership_graph.model import nearest
from ownership_graph.readers.event_logs.events import DOING, Batch, Events, by_column
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeAlias

    from ownership_graph.importing.reading import Row, Table
    from ownership_graph.readers.event_logs.events import Clock, Told

    Block: TypeAlias = Columns | Sequence[Row]

USUAL: Mapping[str, tuple[str, ...]] = {
    "case": ("caseconceptname", "caseid", "case", "traceid", "ticketid", "ticket", "issuekey"),
    "activity": ("conceptname", "activity", "activityname", "event", "eventname", "action",
                 "step"),
    "time": ("timetimestamp", "timestamp", "completetimestamp", "endtimestamp", "time", "datetime",
             "eventtime", "date"),
    "start": ("starttimestamp", "starttime", "started"),
    "resource": ("orgresource", "resource", "user", "username", "performer", "actor", "person"),
    "group": ("orggroup", "group", "team", "department", "unit"),
    "lifecycle": ("lifecycletransition", "lifecycle", "transition"),
}  # fmt: skip
"""Usual names of columns, without case, blanks and signs; the first that is there is taken."""

_NEEDED = ("case", "activity", "time")
_OPTIONAL = ("resource", "group", "lifecycle", "start")
_NOWHERE = -1  # the place of a blank cell behind all others
_AT_ONCE = 1_000
_SIGNS = re.compile(r"[\W_]+")


def usual_name(name: str) -> str:
    """A name without what differs from log to log.

    >>> usual_name("case:concept:name"), usual_name("Start Timestamp")
    ('caseconceptname', 'starttimestamp')
    """
    return _SIGNS.sub("", name).casefold()


def columns_known(header: Sequence[str], named: Mapping[str, str]) -> int:
    """How many columns of a log a header has."""
    return len(_places(header, named))


def is_log(header: Sequence[str]) -> bool:
    """Whether a header has all columns without which there is no event.

    >>> is_log(["Case ID", "Activity", "Timestamp"]), is_log(["Case ID", "Name"])
    (True, False)
    """
    return set(_NEEDED) <= set(_places(header, {}))


def _places(header: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    """Where each column of a log is found; `named` are the names that were stated."""
    exact = {name: place for place, name in reversed(list(enumerate(header)))}
    usual = {usual_name(name): place for name, place in exact.items()}
    found = {}
    for column, names in USUAL.items():
        if column not in named:
            place = next((usual[each] for each in names if each in usual), None)
            if place is not None:
                found[column] = place
    for column, name in named.items():
        if name in exact:
            found[column] = exact[name]
    return found


def columns_of(table: Table, named: Mapping[str, str], file: str) -> dict[str, int]:
    """The place of each column that the log has.

    Raises:
        SourceError: one that was named, or without which there is no event, is missing.
    """
    found = _places(table.header, named)
    missing = [each for each in (*_NEEDED, *named) if each not in found]
    if missing:
        column = missing[0]
        wanted = named.get(column, column)
        names = ", ".join(shown(each) for each in table.header[:MOST_SHOWN])
        raise SourceError(
            f"{DOING}: no column is called {shown(wanted)}, or as the {column} of an event usually"
            f" is.{nearest(wanted, table.header)} The header names {names}. Name it in the file"
            f' that --meaning names: [columns] {column} = "..."',
            file=file,
            line=table.header_line,
        )
    return found


def events_of(
    table: Table, columns: Mapping[str, int], clock: Clock, file: str
) -> Iterator[Batch]:
    """The event of each row; without a column for the model the case is one."""
    places = {**dict.fromkeys(_OPTIONAL, _NOWHERE), "model": columns["case"], **columns}
    reader = _Reader(places, clock, file)
    for block in table.blocks or _blocks(table.rows):
        yield reader.all_at_once(block) or reader.one_by_one(block)


def _blocks(rows: Iterator[Row]) -> Iterator[Sequence[Row]]:
    while block := list(islice(rows, _AT_ONCE)):
        yield block


def _by_column(rows: Sequence[Row]) -> Columns | None:
    """Rows that are all sound, by column; nothing where one is not."""
    lines, cells, whys = zip(*rows, strict=True)
    return None if any(whys) or not all(cells) else Columns(lines, [*zip(*cells, strict=True)])


class _Reader:
    """Makes events of rows, by the place of each column; one that is nowhere is blank."""

    def __init__(self, places: Mapping[str, int], clock: Clock, file: str) -> None:
        self._places, self._clock, self._file = places, clock, file

    def all_at_once(self, block: Block) -> Batch | None:
        """The events of rows that are all sound; nothing where one is not."""
        columns = block if isinstance(block, Columns) else _by_column(block)
        if not columns:
            return None
        cells = [*columns.cells, ("",) * len(columns.lines)]
        told = {column: cells[place] for column, place in self._places.items()}
        cases = list(map(str.strip, told["case"]))
        models = cases if told["model"] is told["case"] else list(map(str.strip, told["model"]))
        times, starts = self._clock.read_all(told["time"]), told["start"]
        begun = self._clock.read_all(starts) if any(starts) else (None,) * len(cases)
        if not (times and begun and all(cases) and all(models)):
            return None
        return Batch(
            Events(
                cases, models, told["activity"], told["lifecycle"], times, begun,
                told["resource"], told["group"], columns.lines,
            )
        )  # fmt: skip

    def one_by_one(self, block: Block) -> Batch:
        """The events of rows, and why there is none of some."""
        events: list[Told] = []
        rejected: list[Rejected] = []
        for line, cells, why in block.rows() if isinstance(block, Columns) else block:
            if cells and not why:
                event = self._event(line, [*cells, ""])
                if isinstance(event, str):
                    rejected.append(Rejected(self._file, line, event))
                else:
                    events.append(event)
            elif why:
                rejected.append(Rejected(self._file, line, why))
        return Batch(by_column(events), rejected)

    def _event(self, line: int, cells: Sequence[str]) -> Told | str:
        """The event of a row, or why there is none."""
        told = {column: cells[place] for column, place in self._places.items()}
        case, model = told["case"].strip(), told["model"].strip()
        if not case:
            return "the case is blank: nobody can tell to what the event belongs. Fill it in."
        span = self._clock.span(told["time"], told["start"])
        if isinstance(span, str):
            return span
        if not model:
            return "the model is blank: nobody can tell on what the event was work. Fill it in."
        return (
            case, model, told["activity"], told["lifecycle"], *span,
            told["resource"], told["group"], line,
        )  # fmt: skip
