"""The runs that stand beside the graph file: theirs alone, never lost, never in the way."""

from __future__ import annotations

import resource
import shutil
import stat
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from msgspec.structs import replace
from stores.plans import apply, by_key, keyed, node, plan_of, run_of

from ownership_graph.errors import StoreRefusedError
from ownership_graph.stores import embedded_journal as journal
from ownership_graph.stores import open_store

T1, T2 = node("Team", "t1"), node("Team", "t2")


def record(store, *runs):
    with store.lock():
        for run in runs:
            store.record(run)


def seqs(store):
    return [run.seq for run in store.runs()]


@dataclass
class Kept:
    """A store whose graph file holds run 1, with run 2 beside it."""

    file: object

    @property
    def store(self):
        return open_store(str(self.file))

    @property
    def journal(self):
        return self.file.with_name("graph.kgl.runs")


@pytest.fixture
def kept(tmp_path):
    found = Kept(tmp_path / "graph.kgl")
    apply(found.store, plan_of(1, T1))
    record(found.store, run_of(2, state="done"))
    return found


@contextmanager
def room_for(size):
    """No file of this process may grow beyond so many bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_run_alone_leaves_the_graph_file_as_it_is(kept):
    before = kept.file.stat()
    record(kept.store, run_of(3, state="failed", why="it's cut off\n"))
    assert kept.store.runs() == [
        run_of(1, state="done"), run_of(2, state="done"),
        run_of(3, state="failed", why="it's cut off\n"),
    ]  # fmt: skip
    after = kept.file.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert stat.S_IMODE(kept.journal.stat().st_mode) == 0o600


def test_a_run_recorded_again_is_the_later_one(kept):
    record(kept.store, run_of(2, state="undone"), run_of(1, state="undone"))
    assert [(run.seq, run.state) for run in kept.store.runs()] == [(1, "undone"), (2, "undone")]
    apply(kept.store, plan_of(3))
    assert [run.state for run in kept.store.runs()] == ["undone", "undone", "done"]


def test_the_first_run_of_a_store_makes_the_store(tmp_path):
    kept = Kept(tmp_path / "graph.kgl")
    record(kept.store, run_of(1, state="failed"), run_of(2, state="failed"))
    assert kept.file.exists()
    assert seqs(kept.store) == [1, 2]
    assert len(kept.journal.read_bytes().splitlines()) == 2


def test_the_next_plan_takes_the_runs_into_the_graph(kept):
    apply(kept.store, plan_of(3, T2))
    assert not kept.journal.exists()
    assert seqs(kept.store) == [1, 2, 3]
    assert by_key(kept.store) == keyed([T1, T2])


def test_a_plan_that_fails_leaves_them_beside_it(kept):
    with pytest.raises(Exception, match="writing to the store"):
        apply(kept.store, plan_of(3, T1))
    assert seqs(kept.store) == [1, 2]
    assert kept.journal.exists()


def test_a_crash_before_the_journal_goes_is_harmless(kept):
    beside = kept.journal.read_bytes()
    apply(kept.store, plan_of(3, T2))
    kept.journal.write_bytes(beside)
    assert seqs(kept.store) == [1, 2, 3]
    assert seqs(kept.store.copy_in_memory()) == [1, 2, 3]
    record(kept.store, run_of(4))
    assert seqs(kept.store) == [1, 2, 3, 4]
    assert len(kept.journal.read_bytes().splitlines()) == 2


def test_the_journal_of_another_store_is_passed_over(kept, tmp_path):
    other = Kept(tmp_path / "other" / "graph.kgl")
    other.file.parent.mkdir()
    apply(other.store, replace(plan_of(1), run=run_of(1, checksum="other")))
    shutil.copy(kept.journal, other.journal)
    assert seqs(other.store) == [1]
    kept.file.unlink()
    assert kept.store.runs() == []
    apply(kept.store, replace(plan_of(1), run=run_of(1, checksum="anew")))
    assert seqs(kept.store) == [1]


def test_a_store_is_copied_with_its_journal_or_without(kept, tmp_path):
    copied = Kept(tmp_path / "copied" / "graph.kgl")
    copied.file.parent.mkdir()
    shutil.copy(kept.file, copied.file)
    assert seqs(copied.store) == [1]
    shutil.copy(kept.journal, copied.journal)
    assert seqs(copied.store) == [1, 2]


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_line_that_was_cut_off_is_passed_over_and_written_over(kept, cut):
    record(kept.store, run_of(3))
    kept.journal.write_bytes(kept.journal.read_bytes()[:-cut])
    assert seqs(kept.store) == [1, 2]
    record(kept.store, run_of(4))
    assert seqs(kept.store) == [1, 2, 4]
    assert len(kept.journal.read_bytes().splitlines()) == 3


@pytest.mark.parametrize("content", [b"", b"\n", b"{", b"\xff\n{}\n", b"[1]\n[2]\n"])
def test_a_journal_that_is_none_is_passed_over(kept, content):
    kept.journal.write_bytes(content)
    assert seqs(kept.store) == [1]
    record(kept.store, run_of(5))
    assert seqs(kept.store) == [1, 5]


def test_every_moment_of_a_kill_leaves_the_runs_of_before(kept):
    whole = kept.journal.read_bytes()
    for end in range(len(whole)):
        kept.journal.write_bytes(whole[:end])
        assert seqs(kept.store) == [1]


def test_a_full_journal_goes_into_the_graph(kept, monkeypatch):
    monkeypatch.setattr(journal, "FULL", 3)
    record(kept.store, run_of(3), run_of(4))
    assert kept.journal.exists()
    record(kept.store, run_of(5))
    assert not kept.journal.exists()
    assert seqs(kept.store) == [1, 2, 3, 4, 5]


def test_a_full_disk_is_one_sentence_and_the_runs_are_those_of_before(kept):
    before = kept.journal.read_bytes()
    told = pytest.raises(StoreRefusedError, match=r"writing the store's runs in .* room on its")
    store = kept.store
    with store.lock(), told, room_for(len(before) + 40):
        store.record(run_of(3))
    assert kept.journal.read_bytes() == before
    assert seqs(kept.store) == [1, 2]


def test_a_journal_that_cannot_be_read_is_one_sentence(kept):
    kept.journal.unlink()
    kept.journal.mkdir()
    with pytest.raises(StoreRefusedError, match=r"reading the store's runs in '.*kgl\.runs'"):
        kept.store.runs()


def test_a_copy_in_memory_holds_them_and_writes_beside_nothing(kept):
    copy = kept.store.copy_in_memory()
    assert copy.runs() == kept.store.runs()
    copy.record(run_of(3))
    assert seqs(copy.copy_in_memory()) == seqs(copy) == [1, 2, 3]
    assert seqs(kept.store) == [1, 2]


def test_another_process_sees_them(kept):
    code = (
        "from ownership_graph.stores import open_store;"
        f" print([run.seq for run in open_store({str(kept.file)!r}).runs()])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"[1, 2]\n"


def test_a_reader_that_began_before_a_plan_misses_no_run(kept):
    with kept.store as reader:
        held = journal.kept(kept.file)  # as the reader does first
        apply(kept.store, plan_of(3, T2))
        assert [run.seq for run in held.laid_over(reader.runs())] == [1, 2, 3]
