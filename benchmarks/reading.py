"""Reading tables and event logs, beside a bare parse of the same file by the same library.

`python3 dev.py bench reading` takes 100,000 rows and events; a number as argument takes as many.
Reading a table is what every importer gets: rows of checked texts. Reading an event log is what
is followed then: events with a case, a model and a time that were checked. What it takes from the
file to the facts, every case followed, stands beside it.
"""

from __future__ import annotations

import csv
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from timing import print_table

ROWS = 100_000
HEADER = ("case", "activity", "time", "resource", "group", "lifecycle", "product")
ACTIVITIES = ("Ask", "Legal review", "Risk review", "Build", "Deploy", "Monitor")
START = datetime(2025, 1, 1, tzinfo=UTC)


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Events in the order of time: twenty a case, a hundred cases a model, eight persons each."""
    dice = random.Random(1)  # noqa: S311 -- the same every time
    cases = max(count // 20, 1)
    for number in range(count):
        case = dice.randrange(cases)
        model = case % max(cases // 100, 1)
        person = (model * 7 + dice.randrange(8)) % 300
        yield (
            f"case-{case:06}", dice.choice(ACTIVITIES),
            (START + timedelta(seconds=30 * number)).isoformat(),
            f"user{person}", f"team{person % 30}", "complete", f"model-{model}",
        )  # fmt: skip


def write_csv(path: Path, count: int) -> None:
    """The rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows(count)])


def write_xlsx(path: Path, count: int) -> None:
    """The rows as a workbook."""
    import xlsxwriter  # noqa: PLC0415 -- only where used

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, *rows(count)]):
            sheet.write_row(number, 0, row)


def write_parquet(path: Path, count: int) -> None:
    """The rows as Parquet."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    columns = zip(*rows(count), strict=True)
    parquet.write_table(
        pa.table({name: list(each) for name, each in zip(HEADER, columns, strict=True)}), path
    )


def write_jsonl(path: Path, count: int) -> None:
    """The rows as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows(count):
            file.write(json.dumps(dict(zip(HEADER, row, strict=True))) + "\n")


def write_xes(path: Path, count: int) -> None:
    """The events as XES, a trace a case."""
    keys = {"activity": "concept:name", "resource": "org:resource", "group": "org:group",
            "lifecycle": "lifecycle:transition"}  # fmt: skip
    by_case: dict[str, list[dict[str, str]]] = {}
    for row in rows(count):
        by_case.setdefault(row[0], []).append(dict(zip(HEADER, row, strict=True)))
    with path.open("w", encoding="utf-8") as file:
        file.write('<log xmlns="http://www.xes-standard.org/">\n')
        for case, events in by_case.items():
            file.write(f'<trace><string key="concept:name" value="{case}"/>')
            file.write(f'<string key="product" value="{events[0]["product"]}"/>\n')
            for each in events:
                file.write(f'<event><date key="time:timestamp" value="{each["time"]}"/>')
                said = ((key, each[name]) for name, key in keys.items())
                file.writelines(f'<string key="{key}" value="{value}"/>' for key, value in said)
                file.write("</event>\n")
            file.write("</trace>\n")
        file.write("</log>\n")


def objects(count: int) -> list[tuple[str, str]]:
    """The objects of an object-centric log: models, persons and teams."""
    kinds = (("product", 6), ("resource", 3), ("group", 4))
    every = list(rows(count))
    return sorted({(row[place], kind) for kind, place in kinds for row in every})


def write_jsonocel(path: Path, count: int) -> None:
    """The events as OCEL 2.0 in JSON."""
    with path.open("w", encoding="utf-8") as file:
        listed = [{"id": own_id, "type": kind} for own_id, kind in objects(count)]
        file.write('{"objects": ' + json.dumps(listed) + ',\n"events": [\n')
        for number, row in enumerate(rows(count)):
            ties = [{"objectId": row[place], "qualifier": "by"} for place in (6, 3, 4)]
            event = {"id": f"e{number}", "type": row[1], "time": row[2], "relationships": ties}
            file.write(("," if number else "") + json.dumps(event) + "\n")
        file.write("]}")


def write_sqlite(path: Path, count: int) -> None:
    """The events as OCEL 2.0 in SQLite."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);"
            "CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);"
            "CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);"
            "CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT);"
        )
        database.executemany("INSERT INTO object VALUES (?, ?)", objects(count))
        for each in ACTIVITIES:
            name = each.replace(" ", "")
            database.execute("INSERT INTO event_map_type VALUES (?, ?)", (each, name))
            database.execute(
                f"CREATE TABLE event_{name} (ocel_id TEXT PRIMARY KEY, ocel_time TEXT)"
            )
        for number, row in enumerate(rows(count)):
            own_id, name = f"e{number}", row[1].replace(" ", "")
            database.execute("INSERT INTO event VALUES (?, ?)", (own_id, row[1]))
            database.execute(f"INSERT INTO event_{name} VALUES (?, ?)", (own_id, row[2]))  # noqa: S608
            ties = [(own_id, row[place]) for place in (6, 3, 4)]
            database.executemany("INSERT INTO event_object VALUES (?, ?)", ties)
        database.execute("CREATE INDEX ties ON event_object (ocel_event_id)")
        database.commit()


def bare_csv(path: Path) -> Iterable[object]:
    """All rows by the csv module."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def bare_xlsx(path: Path) -> Iterable[object]:
    """All rows by python-calamine."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()


def bare_parquet(path: Path) -> Iterable[object]:
    """All rows by pyarrow, as Python's own values."""
    from pyarrow import parquet  # noqa: PLC0415

    for batch in parquet.ParquetFile(path).iter_batches(batch_size=8_192, use_threads=False):
        yield from batch.to_pylist()


def bare_jsonl(path: Path) -> Iterable[object]:
    """All objects by msgspec."""
    import msgspec  # noqa: PLC0415

    with path.open("rb") as file:
        yield from map(msgspec.json.decode, file)


def bare_xes(path: Path) -> Iterable[object]:
    """All events by lxml, each with its attributes as a dict."""
    from lxml import etree  # noqa: PLC0415

    for _, element in etree.iterparse(path, events=("end",), tag="{*}event"):
        yield {each.get("key"): each.get("value") for each in element}
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def bare_jsonocel(path: Path) -> Iterable[object]:
    """All events by ijson."""
    import ijson  # noqa: PLC0415

    with path.open("rb") as file:
        yield from ijson.items(file, "events.item", use_float=True)


def bare_sqlite(path: Path) -> Iterable[object]:
    """All events with their objects, in the order of time."""
    times = " UNION ALL ".join(
        f"SELECT * FROM event_{each.replace(' ', '')}"  # noqa: S608
        for each in ACTIVITIES
    )
    query = (
        f"SELECT * FROM ({times}) AS own JOIN event_object"  # noqa: S608 -- our own names
        " ON event_object.ocel_event_id = own.ocel_id ORDER BY own.ocel_time"
    )
    with closing(sqlite3.connect(path)) as database:
        yield from database.execute(query)


def table(path: Path) -> Iterable[object]:
    """All rows as an importer gets them."""
    from ownership_graph.importing.reading import open_table  # noqa: PLC0415

    with open_table(path) as opened:
        yield from opened.rows


def log_events(path: Path) -> Iterable[object]:
    """All events of a log, checked, batch by batch."""
    from ownership_graph.importing.reading import open_table  # noqa: PLC0415
    from ownership_graph.readers.event_logs import (  # noqa: PLC0415
        ocel_json,
        ocel_sqlite,
        tabular,
        xes,
    )
    from ownership_graph.readers.event_logs.events import clock_in  # noqa: PLC0415

    named, clock = {"model": "product"}, clock_in("UTC")
    if path.suffix == ".csv":
        with open_table(path) as opened:
            columns = tabular.columns_of(opened, named, str(path))
            yield from tabular.events_of(opened, columns, clock, path.name)
        return
    events_in = {
        ".xes": xes.events_in_xes,
        ".jsonocel": ocel_json.events_in_ocel_json,
        ".sqlite": ocel_sqlite.events_in_ocel_sqlite,
    }
    yield from events_in[path.suffix](path, named, clock)


def event_log(path: Path) -> Iterable[object]:
    """All that the importer of event logs says."""
    from ownership_graph.importing.importers import find_importer  # noqa: PLC0415

    yield from find_importer("event_log").read(path=path, model="product")


Read = Callable[[Path], Iterable[object]]
FORMATS: dict[str, tuple[Callable[[Path, int], None], Read]] = {
    "csv": (write_csv, bare_csv),
    "xlsx": (write_xlsx, bare_xlsx),
    "parquet": (write_parquet, bare_parquet),
    "jsonl": (write_jsonl, bare_jsonl),
    "xes": (write_xes, bare_xes),
    "jsonocel": (write_jsonocel, bare_jsonocel),
    "sqlite": (write_sqlite, bare_sqlite),
}
TABLES, LOGS = ("csv", "xlsx", "parquet", "jsonl"), ("csv", "xes", "jsonocel", "sqlite")


def measure(how: str, path: Path) -> None:
    """Print the processor's seconds and the memory of reading the file one way."""
    ways = {"table": table, "log": log_events, "facts": event_log}
    read = ways.get(how, FORMATS[path.suffix[1:]][1])
    small = path.with_stem("small")
    if small.exists():
        deque(read(small), maxlen=0)  # so that everything is imported
    before = most_memory()
    began = time.process_time()
    deque(read(path), maxlen=0)
    taken = time.process_time() - began
    print(taken, most_memory() - before)


def most_memory() -> float:
    """The most memory that this process has had, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(each.split()[1]) / 1024 for each in lines if each.startswith("VmHWM")), 0.0)


def measured(how: str, path: Path) -> tuple[float, float]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--one", how, str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(said[0]), float(said[1])


def main(arguments: list[str]) -> None:
    """Print a row for each format of tables and of event logs."""
    if arguments[:1] == ["--one"]:
        measure(arguments[1], Path(arguments[2]))
        return
    count = int(arguments[0]) if arguments else ROWS
    lines: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        for how, formats in (("table", TABLES), ("log", LOGS)):
            for each in formats:
                path = Path(folder) / f"file.{each}"
                if not path.exists():
                    FORMATS[each][0](path, count)
                    FORMATS[each][0](path.with_stem("small"), 10)
                bare, _ = measured("bare", path)
                ours, memory = measured(how, path)
                row = (f"{how}, {each}", count, bare, ours, ours / bare)
                if how == "table":
                    lines.append((*row, "", "", memory))
                else:
                    facts, memory = measured("facts", path)
                    lines.append((*row, facts, facts / bare, memory))
    columns = ("what", "rows", "bare s", "read s", "ratio", "facts s", "ratio", "more memory MB")
    print_table(columns, lines)


if __name__ == "__main__":
    main(sys.argv[1:])
