"""Events out of a table: a row each, its columns found by their usual names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import MOST_SHOWN
from ownership_graph.model import nearest
from ownership_graph.readers.event_logs.events import DOING, Event
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.importing.reading import Table
    from ownership_graph.readers.event_logs.events import Clock

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
) -> Iterator[Event | Rejected]:
    """The event of each row; without a column for the model the case is one."""
    case, activity, time = (columns[each] for each in _NEEDED)
    model = columns.get("model", case)
    # A row has no cell behind the last: a blank one is put there for columns that are not.
    person, team, transition, start = (
        columns.get(each, len(table.header))
        for each in ("resource", "group", "lifecycle", "start")
    )
    for line, cells, why in table.rows:
        if why:
            yield Rejected(file, line, why)
        elif cells:
            at = clock.read(cells[time])
            cells.append("")
            own, about, begin = cells[case].strip(), cells[model].strip(), cells[start]
            begun = clock.read(begin) if begin else None
            if at is None or not own or not about or (begin and begun is None):
                yield Rejected(file, line, _why_not(clock, cells, (time, start), own))
            else:
                yield Event(
                    own, about, cells[activity], cells[transition].lower(), at, begun,
                    cells[person], cells[team], line,
                )  # fmt: skip


def _why_not(clock: Clock, cells: Sequence[str], times: tuple[int, int], case: str) -> str:
    """Why a row is no event."""
    if not case:
        return "the case is blank: nobody can tell to what the event belongs. Fill it in."
    for place in times:
        if (
            place < len(cells)
            and clock.read(cells[place]) is None
            and (cells[place] or place == times[0])
        ):
            return clock.why_not(cells[place])
    return "the model is blank: nobody can tell on what the event was work. Fill it in."
