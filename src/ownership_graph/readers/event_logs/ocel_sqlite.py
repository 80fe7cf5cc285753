"""Events out of OCEL 2.0 in SQLite."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import msgspec

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief, shown
from ownership_graph.importing.reading import LONGEST_ROW
from ownership_graph.importing.text_files import open_chunks
from ownership_graph.readers.event_logs.events import DOING
from ownership_graph.readers.event_logs.ocel import Reader, Roles, require_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.readers.event_logs.events import Batch, Clock

MOST_TYPES = 400
"""Types of events: SQLite puts at most 500 tables together."""

_TABLES = ("event", "object", "event_object", "event_map_type")
_MAGIC = b"SQLite format 3\0"
_ATTRIBUTES = ("resource", "group", "lifecycle", "start")
_OWN = frozenset({"ocel_id", "ocel_time"})
_AT_ONCE = 1_000
_decode = msgspec.json.Decoder(list[str]).decode


def events_in_ocel_sqlite(path: Path, named: Mapping[str, str], clock: Clock) -> Iterator[Batch]:
    """The events of each object of the model's type, in the order of time, which has no lines.

    In memory are the objects of the types that matter.

    Raises:
        SourceError: it is no database, damaged, or no log in OCEL 2.0.
        UsageError: no object type of the log is the model.
    """
    roles = Roles(named)
    with _opened(path) as database:
        kinds = [kind for (kind,) in database.execute("SELECT DISTINCT ocel_type FROM object")]
        require_model(named, map(str, kinds))
        query = _query(database, roles, str(path))
        reader = Reader(_objects(database, roles, kinds), clock, path.name)
        happened = database.execute(query)
        while rows := happened.fetchmany(_AT_ONCE):
            for _, activity, time, *attributes, about in rows:
                said = {
                    role: str(value)
                    for role, value in zip(_ATTRIBUTES, attributes, strict=True)
                    if value
                }
                reader.take_all(str(activity), str(time or ""), 0, said, _decode(about))
            yield reader.batch()


def _objects(
    database: sqlite3.Connection, roles: Roles, kinds: Sequence[object]
) -> dict[str, str]:
    """What the objects of the types that matter are."""
    wanted = [kind for kind in kinds if roles[str(kind)]]
    marks = ", ".join("?" * len(wanted))
    query = f"SELECT CAST(ocel_id AS TEXT), ocel_type FROM object WHERE ocel_type IN ({marks})"  # noqa: S608 -- nothing but marks
    return {own_id: roles[str(kind)] for own_id, kind in database.execute(query, wanted)}


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, to be read only, with nothing in it that runs by itself."""
    with open_chunks(path, doing=DOING) as chunks:
        if not next(chunks, b"").startswith(_MAGIC):
            raise SourceError(f"{DOING}: this is no SQLite database.", file=str(path))
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_ROW)
            database.executescript(
                "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA temp_store = FILE;"
            )
            database.text_factory = lambda raw: raw.decode(errors="replace")
            _check_tables(database, _TABLES, str(path))
            yield database
    except sqlite3.Error as error:
        raise SourceError(
            f"{DOING}: the database is damaged, or no log in OCEL 2.0: {brief(error)}.",
            file=str(path),
        ) from error


def _check_tables(database: sqlite3.Connection, names: tuple[str, ...], file: str) -> None:
    """Check that these are tables: a view could ask for anything."""
    for name in names:
        found = database.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)
        ).fetchone()
        if not found or "VIRTUAL" in str(found[0]).upper().split("(", maxsplit=1)[0]:
            raise SourceError(
                f"{DOING}: the database has no table {shown(name)}, so it is no log in OCEL 2.0."
                " Was it exported as one?",
                file=file,
            )


def _check_unique(database: sqlite3.Connection, name: str, file: str) -> None:
    """Check that no id stands twice: what is about it would be told once for each."""
    twice = database.execute(
        f"SELECT ocel_id FROM {_quoted(name)} GROUP BY ocel_id HAVING count(*) > 1 LIMIT 1"  # noqa: S608 -- the name is quoted
    ).fetchone()
    if twice:
        raise SourceError(
            f"{DOING}: the id {shown(str(twice[0]))} stands twice in the table {shown(name)}. Each"
            " event and object stands there once. Was the log exported twice into one file?",
            file=file,
        )


def _query(database: sqlite3.Connection, roles: Roles, file: str) -> str:
    """The query for all events, each with a JSON list of the objects that it is about."""
    maps = database.execute("SELECT DISTINCT ocel_type_map FROM event_map_type").fetchall()
    if not 0 < len(maps) <= MOST_TYPES:
        raise SourceError(
            f"{DOING}: the log has {len(maps):,} types of events. It can have 1 to {MOST_TYPES}.",
            file=file,
        )
    for name in ("event", "object"):
        _check_unique(database, name, file)
    parts = " UNION ALL ".join(_part(database, str(each), roles, file) for (each,) in maps)
    return (
        f"WITH happened AS ({parts}), about AS ("  # noqa: S608 -- names are quoted
        " SELECT ocel_event_id AS id, json_group_array(CAST(ocel_object_id AS TEXT)) AS objects"
        " FROM event_object WHERE ocel_object_id IS NOT NULL GROUP BY ocel_event_id)"
        " SELECT happened.*, about.objects FROM happened JOIN about ON about.id = happened.id"
        " ORDER BY happened.time, happened.id"
    )


def _part(database: sqlite3.Connection, kind: str, roles: Roles, file: str) -> str:
    """The query for the events of one type."""
    table = f"event_{kind}"
    _check_tables(database, (table,), file)
    _check_unique(database, table, file)
    columns = [str(row[1]) for row in database.execute(f"PRAGMA table_info({_quoted(table)})")]
    by_role = {roles[each]: each for each in reversed(columns) if each not in _OWN}
    picked = ", ".join(
        f"own.{_quoted(by_role[role])}" if role in by_role else "NULL" for role in _ATTRIBUTES
    )
    return (
        "SELECT own.ocel_id AS id, event.ocel_type AS activity, own.ocel_time AS time,"  # noqa: S608 -- names are quoted
        f" {picked} FROM {_quoted(table)} AS own JOIN event ON event.ocel_id = own.ocel_id"
    )


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
