"""Object-centric event logs, from their files to what they come to."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing

import pytest

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.readers.event_logs import ocel_json, ocel_sqlite
from ownership_graph.records import Node, Rejected, Relationship

IMPORTER = find_importer("event_log")
MEANING = '[gate.legal]\nrequested = "Ask legal"\napproved = "Legal ok"\n'
OBJECTS = [("m1", "Model"), ("m2", "Model"), ("ann", "Employee"), ("bo", "Employee"),
           ("data", "Team"), ("legal", "Team"), ("o1", "Order")]  # fmt: skip
EVENTS = [
    ("e1", "Build", "2026-03-02T09:00:00Z", {"resource": ""}, ["m1", "m2", "ann", "data", "bo"]),
    ("e2", "Ask legal", "2026-03-03T09:00:00Z", {}, ["m1", "ann", "data", "nobody"]),
    ("e3", "Legal ok", "2026-03-05T09:00:00Z", {"start time": "2026-03-04T09:00:00Z"},
     ["m1", "bo", "legal"]),
    ("e4", "Ship", "2026-03-06T09:00:00Z", {}, ["o1", "ann"]),
    ("e5", "Build", "2026-03-07T09:00:00Z", {"lifecycle": "start"}, ["m2", "ann"]),
    ("e6", "Build", "soon", {}, ["m2", "ann"]),
    ("e7", "Build", "2026-03-08T09:00:00Z", {"start time": "before"}, ["m2", "ann"]),
]  # fmt: skip
ROLES = '[columns]\nresource = "Employee"\n'


def as_json(objects=OBJECTS, events=EVENTS, *, events_first=False):
    parts = {
        "objects": [{"id": own_id, "type": kind} for own_id, kind in objects],
        "events": [
            {
                "id": own_id,
                "type": activity,
                "time": time,
                "attributes": [{"name": name, "value": value} for name, value in said.items()],
                "relationships": [{"objectId": each, "qualifier": "x"} for each in about],
            }
            for own_id, activity, time, said, about in events
        ],
    }
    return json.dumps(dict(reversed(parts.items())) if events_first else parts)


def as_sqlite(path, objects=OBJECTS, events=EVENTS):
    """Write the log as the standard has it: a table for each type of events."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);"
            "CREATE TABLE event (ocel_id TEXT, ocel_type TEXT);"
            "CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);"
            "CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT,"
            " ocel_qualifier TEXT);"
        )
        database.executemany("INSERT INTO object VALUES (?, ?)", objects)
        for kind in sorted({each[1] for each in events}):
            name = kind.replace(" ", "")
            database.execute("INSERT INTO event_map_type VALUES (?, ?)", (kind, name))
            database.execute(
                f'CREATE TABLE "event_{name}" (ocel_id TEXT, ocel_time TEXT, resource TEXT,'
                ' lifecycle TEXT, "start time" TEXT)'
            )
        for own_id, kind, time, said, about in events:
            database.execute("INSERT INTO event VALUES (?, ?)", (own_id, kind))
            values = [said.get(name) for name in ("resource", "lifecycle", "start time")]
            name = kind.replace(" ", "")
            database.execute(
                f'INSERT INTO "event_{name}" VALUES (?, ?, ?, ?, ?)',  # noqa: S608 -- our own names
                (own_id, time, *values),
            )
            ties = [(own_id, each, "x") for each in about]
            database.executemany("INSERT INTO event_object VALUES (?, ?, ?)", ties)
        database.commit()
    return path


def read(path, meaning=ROLES + MEANING, model="Model"):
    (path.parent / "meaning.toml").write_text(meaning, encoding="utf-8")
    return list(IMPORTER.read(path=path, model=model, meaning=path.parent / "meaning.toml"))


@pytest.fixture(params=["json", "json.gz", "events first", "sqlite"])
def log(request, tmp_path):
    """The same log in each format."""
    if request.param == "sqlite":
        return as_sqlite(tmp_path / "log.sqlite")
    path = tmp_path / "log.jsonocel"
    text = as_json(events_first=request.param == "events first").encode()
    path.write_bytes(gzip.compress(text) if request.param == "json.gz" else text)
    return path


def test_the_smallest_truth(log):
    said = read(log)
    worked = {
        (each.from_id, each.to_id): each.properties["events"]
        for each in said
        if isinstance(each, Relationship) and each.type == "WORKED_ON"
    }
    assert worked == {
        ("ann", "m1"): 2, ("ann", "m2"): 1, ("bo", "m1"): 1,
        ("team:data", "m1"): 2, ("team:data", "m2"): 1, ("team:legal", "m1"): 1,
    }  # fmt: skip
    passed = [each for each in said if getattr(each, "type", "") == "HANDED_OVER"]
    assert [(each.from_id, each.to_id, each.properties) for each in passed] == [
        ("team:data", "team:legal", {"count": 1, "median_days": 1.0})
    ]
    approvals = [each for each in said if isinstance(each, Node)]
    assert [(each.id, each.properties) for each in approvals] == [
        (
            "m1:legal:1",
            {"status": "approved", "round": 1, "requested_day": 20515, "decided_day": 20517},
        )
    ]
    assert sorted(each.why[:18] for each in said if isinstance(each, Rejected)) == [
        "the time 'before' ", "the time 'soon' is",
    ]  # fmt: skip


def test_the_type_of_the_models_must_be_named(log):
    with pytest.raises(
        UsageError, match=r"not named.*one of 'Employee', 'Model', 'Order', 'Team'"
    ):
        read(log, model="")
    with pytest.raises(UsageError, match=r"no object type 'Modle'. Did you mean 'Model'"):
        read(log, model="Modle")


@pytest.mark.parametrize(
    "text",
    [
        as_json()[:-200],
        "",
        "{",
        '{"events": [' + "[" * 100_000,
        '{"other": ' + '{"a [\\" [":' * 100_000,
        '{"objects": [{"id": "\udcff"}]}'.encode(errors="surrogateescape"),
        '{"objects": [{"id": "a\0b"}]}',
    ],
)
def test_hostile_json_is_told(tmp_path, text):
    path = tmp_path / "log.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(
        SourceError, match=r"damaged, or cut off|file is empty|no event ended"
    ) as told:
        read(path)
    assert "\\n" not in told.value.message  # what the parser draws is none of the sentence


def test_json_longer_than_what_is_read_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(ocel_json, "_BATCH", 100)
    many = [(f"e{n}", "Build", "2026-03-02T09:00:00Z", {"note": "x" * 9_000}, ["m1", "ann"])
            for n in range(400)]  # fmt: skip
    path = tmp_path / "log.json"
    for events_first in (False, True):
        path.write_text(as_json(events=many, events_first=events_first), encoding="utf-8")
        said = [each for each in read(path) if isinstance(each, Relationship)]
        assert [each.properties["events"] for each in said] == [400]


def test_json_with_many_objects_on_either_side_of_the_events(tmp_path):
    others = [(f"model {number:06}", "Model") for number in range(9_000)]
    events = [*EVENTS[:1], ("e9", "Build", "2026-03-09T09:00:00Z", {}, [others[-1][0], "ann"])]
    path = tmp_path / "log.json"
    for events_first in (False, True):
        text = as_json([*OBJECTS, *others], events, events_first=events_first)
        path.write_text(text, encoding="utf-8")
        said = {(each.from_id, each.to_id) for each in read(path) if hasattr(each, "to_id")}
        assert {("ann", "m1"), ("ann", "m2"), ("ann", others[-1][0])} <= said


def test_an_event_of_an_odd_shape_is_taken_as_far_as_it_goes(tmp_path):
    odd = {
        "type": 5,
        "time": "2026-03-09T09:00:00Z",
        "attributes": {"name": "lifecycle", "value": "complete"},
        "relationships": ["x", {}, {"objectId": 7}, {"objectId": "m1"}, {"objectId": "ann"}],
    }
    deep = {"type": "Build", "attributes": [{"name": "note", "value": 1}]}
    for _ in range(900):
        deep["attributes"][0]["value"] = [deep["attributes"][0]["value"]]
    path = tmp_path / "log.json"
    for others in ([odd], [None, odd, 7], [odd, deep]):
        log = json.loads(as_json())
        path.write_text(json.dumps({**log, "events": log["events"] + others}), encoding="utf-8")
        said = {
            (each.from_id, each.to_id): each.properties["events"]
            for each in read(path)
            if isinstance(each, Relationship) and each.type == "WORKED_ON"
        }
        assert said == {
            ("ann", "m1"): 3, ("ann", "m2"): 1, ("bo", "m1"): 1,
            ("team:data", "m1"): 2, ("team:data", "m2"): 1, ("team:legal", "m1"): 1,
        }  # fmt: skip


def test_json_of_another_kind(tmp_path, monkeypatch):
    path = tmp_path / "log.json"
    path.write_text('{"objects": [1, {}, null], "events": [7, []]}', encoding="utf-8")
    with pytest.raises(UsageError, match="no object type 'Model'"):
        read(path)
    path.write_text('{"objects": [{"type": "Model"}], "events": [7, []]}', encoding="utf-8")
    assert not [each for each in read(path) if isinstance(each, Relationship)]
    monkeypatch.setattr(ocel_json, "LONGEST_SILENCE", 1_000)
    path.write_text(json.dumps({"objects": [{"id": "x" * 2_000}]}), encoding="utf-8")
    with pytest.raises(UsageError):
        read(path)
    path.write_text(json.dumps({"other": ["x"] * 2_000}), encoding="utf-8")
    with pytest.raises(SourceError, match="no object and no event ended"):
        read(path)


def changed(path, *statements):
    with closing(sqlite3.connect(as_sqlite(path))) as database:
        for each in statements:
            database.execute(each)
        database.commit()
    return path


def test_a_database_that_is_no_log_is_told(tmp_path):
    path = tmp_path / "log.sqlite"
    with pytest.raises(SourceError, match="could not be read"):
        read(path)
    path.write_bytes(b"no database")
    with pytest.raises(SourceError, match="this is no SQLite database"):
        read(path)
    path.unlink()
    with pytest.raises(SourceError, match="no table 'event_object'"):
        read(changed(path, "DROP TABLE event_object"))
    path.unlink()
    endless = (
        "CREATE VIEW event AS WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n FROM x)"
        " SELECT n AS ocel_id, n AS ocel_type FROM x"
    )
    with pytest.raises(SourceError, match="no table 'event'"):
        read(changed(path, "DROP TABLE event", endless))
    path.unlink()
    with pytest.raises(SourceError, match="no table 'event_map_type'"):
        read(changed(path, "DROP TABLE event_map_type",
                     "CREATE VIRTUAL TABLE event_map_type USING fts5(ocel_type_map)"))  # fmt: skip
    path.unlink()
    with pytest.raises(SourceError, match=r"no table 'event_.* x'"):
        read(changed(path, "INSERT INTO event_map_type VALUES ('a', '\" x')"))
    path.unlink()
    with pytest.raises(SourceError, match="damaged, or no log"):
        read(changed(path, "ALTER TABLE object RENAME COLUMN ocel_id TO other"))


def test_ids_of_any_kind_and_events_about_very_many_objects(tmp_path):
    path = changed(
        tmp_path / "log.sqlite",
        "INSERT INTO object VALUES (7, 'Model'), (x'41ff', 'Model'), ('a\n\"b', 'Model')",
        "INSERT INTO event_object VALUES ('e2', NULL, ''), ('e2', 7, ''), ('e2', x'41ff', ''),"
        " ('e2', 'a\n\"b', ''), ('e4', NULL, '')",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
        " INSERT INTO event_object SELECT 'e3', 'another object ' || i, '' FROM n",
    )
    asked = [each.id for each in read(path) if isinstance(each, Node)]
    assert sorted(asked) == ["7:legal:1", "A\ufffd:legal:1", 'a\n"b:legal:1', "m1:legal:1"]


@pytest.mark.parametrize("table", ["event", "object", "event_Build"])
def test_ids_that_stand_twice_would_multiply_everything(tmp_path, table):
    path = changed(tmp_path / "log.sqlite", f"INSERT INTO {table} SELECT * FROM {table}")  # noqa: S608
    with pytest.raises(SourceError, match=f"stands twice in the table '{table}'"):
        read(path)


def test_a_database_with_more_types_than_can_be_put_together(tmp_path, monkeypatch):
    path = tmp_path / "log.sqlite"
    monkeypatch.setattr(ocel_sqlite, "MOST_TYPES", 1)
    with pytest.raises(SourceError, match="has 4 types of events"):
        read(as_sqlite(path))
