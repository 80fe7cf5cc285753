"""Files that are the very ones of the last import are not read again."""

import os
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from ownership_graph.errors import SourceError
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.loading.inputs import fingerprint

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

IMPORTER = '''
"""Counts how often it is read."""

from pathlib import Path

from ownership_graph.records import Node, Promise

PROVIDES = ("OWNS",)
READ = []
MEANWHILE = []


def inputs(path: Path, **_):
    if path.name == "broken":
        raise KeyError(path.name)
    return [path]


def read(path: Path, *, label: str = "Team"):
    READ.append(path)
    yield Promise("Team")
    for line in path.read_text().split():
        yield Node(label, line)
    for each in MEANWHILE:
        path.write_text(each)
'''


class Source:
    """A file of ids, and the importer that counts how often it is read."""

    def __init__(self, folder, store):
        (folder / "importers").mkdir()
        (folder / "importers" / "counting.py").write_text(IMPORTER)
        self.importer = find_importer("counting", [folder / "importers"])
        self.store, self.file = store, folder / "ids"
        self.meanwhile = self.importer.function.__globals__["MEANWHILE"]
        self._read = self.importer.function.__globals__["READ"]

    def order(self, *, source="hr", mode=None, **options):
        return Order(source, self.importer, {"path": self.file, **options}, mode=mode)

    def load(self, **told):
        """Import it; what the import tells, and whether the file was read."""
        order = self.order(**told)
        before = len(self._read)
        summary = load(self.store, order, now=NOW, allow_removals=True)
        return summary, len(self._read) > before


@pytest.fixture
def source(tmp_path, embedded_store):
    found = Source(tmp_path, embedded_store)
    found.file.write_text("t1 t2")
    return found


def test_files_that_are_alike_are_not_read_again(source):
    first, _ = source.load()

    for _ in range(2):
        again, was_read = source.load()
        assert not was_read
        assert (again.rows_read, again.unchanged, again.added) == (first.rows_read, 2, 0)
        ours = {"id": "", "seq": 0, "started": "", "finished": "", "added": 0}
        assert replace(again.run, **ours) == replace(first.run, **ours)


@pytest.mark.parametrize("told", [{"label": "Model"}, {"mode": "delta"}, {"source": "other"}])
def test_files_that_are_read_in_another_way_are_read(source, told):
    source.load()
    assert source.load(**told)[1]


def test_a_file_that_is_altered_is_read(source):
    source.load()
    source.file.write_text("t1 t2 t3")
    assert source.load()[0].added == 1


def test_a_file_that_comes_back_is_read(source):
    source.load()
    source.file.write_text("t1")
    source.load()
    source.file.write_text("t1 t2")
    assert source.load()[0].added == 1


def test_a_file_that_was_altered_while_it_was_read_is_read_again(source):
    source.meanwhile.append("t1 t2 t3")
    source.load()
    source.meanwhile.clear()
    summary, was_read = source.load()
    assert was_read
    assert summary.added == 1


@pytest.mark.parametrize("ids", ["t1 t1", "t1 " + "x" * 700])
def test_what_was_strange_in_a_file_is_told_again(source, ids):
    source.file.write_text(ids)
    source.load()
    assert source.load()[1]


def test_a_source_of_which_the_store_holds_another_number_is_read(source, embedded_store):
    source.load()
    with embedded_store.lock():
        embedded_store.record(replace(embedded_store.runs()[-1], stated=3))
    assert source.load()[1]


def test_a_file_that_is_gone_is_told_by_reading_it(source):
    source.load()
    source.file.unlink()
    with pytest.raises(SourceError, match="ids"):
        source.load()


def test_a_fault_in_naming_the_files_is_the_importers(source, tmp_path):
    source.file = tmp_path / "broken"
    with pytest.raises(SourceError, match="its own code failed with KeyError"):
        source.load()


def test_a_pipe_is_not_waited_for(source, tmp_path):
    source.file = tmp_path / "pipe"
    os.mkfifo(source.file)
    assert fingerprint(source.order()) == ""
