"""What only the embedded store promises: its file, its lock, its failures."""

from __future__ import annotations

import logging
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import kglite
import pytest
from stores.plans import apply, by_key, keyed, node, plan_of, run_of, tie

from ownership_graph.errors import (
    QueryError,
    StoreError,
    StoreLockedError,
    StoreMissingError,
    StoreRefusedError,
    StoreVersionError,
    UsageError,
)
from ownership_graph.records import Before, Change, node_key
from ownership_graph.stores import Credentials, open_store

WRITER = Path(__file__).with_name("writer.py")
TEAM, MODEL = ("Team", "t1"), ("Model", "m1")
OWNS = tie("OWNS", TEAM, MODEL, "accountable", role="accountable")
FACTS = node(*TEAM), node(*MODEL), OWNS
COUNT = "MATCH (n:Team) RETURN count(n)"


@pytest.fixture
def file(tmp_path):
    """The file of a store that holds three facts."""
    path = tmp_path / "graph.kgl"
    apply(open_store(str(path)), plan_of(1, *FACTS))
    return path


@contextmanager
def full_disk():
    """No file of this process may grow beyond 20 kB, the one it prints to included."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def dice(seed):
    return random.Random(seed)


def started(*arguments):
    return subprocess.Popen(
        [sys.executable, WRITER, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def big_plan(seq, size=5_000):
    draw = dice(seq)
    return plan_of(seq, *(node("Team", f"x{count}", own=draw.random()) for count in range(size)))


def test_nothing_is_touched_before_the_first_call(tmp_path):
    with open_store(str(tmp_path / "graph.kgl"), Credentials(user="x")) as store:
        store.runs()
        list(store.facts())
        store.stated("hr")
        list(store.changes(0))
        assert store.about() == f"kglite {kglite.__version__}, no store yet"
        assert list(by_key(store.copy_in_memory())) == []
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_not_there_says_how_to_make_one(embedded_store):
    with pytest.raises(StoreMissingError, match=r"there is none.*ownership-graph import.*demo"):
        embedded_store.read(COUNT)


@pytest.mark.parametrize("address", ["", "a\0b"])
def test_an_address_that_is_no_path_is_refused(address):
    with pytest.raises(UsageError, match="that is no path"):
        open_store(address)


def test_a_home_folder_is_found(tmp_path, monkeypatch, file):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert open_store("~/graph.kgl").read(COUNT).rows == [(1,)]
    assert file.exists()


def test_a_device_is_no_store():
    with pytest.raises(StoreError, match=r"'/dev/null': it is no file"):
        open_store("/dev/null").read(COUNT)


def test_a_folder_is_no_store(tmp_path):
    store = open_store(str(tmp_path))
    for attempt in (lambda: store.read(COUNT), store.runs, store.lock().__enter__):
        with pytest.raises(StoreError, match=r"it is a folder.*ownership\.kgl"):
            attempt()


def test_a_missing_folder_is_not_made(tmp_path):
    store = open_store(str(tmp_path / "nowhere" / "graph.kgl"))
    with pytest.raises(StoreRefusedError, match=r"there is no folder '.*nowhere'"), store.lock():
        pytest.fail("locked")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_may_not_be_written_to_is_refused(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):
        folder = Path("/proc")  # root may write to any folder, but not there
        if not folder.is_mount():
            pytest.skip("root may write to any folder, and /proc is not mounted")
    store = open_store(str(folder / "graph.kgl"))
    with pytest.raises(StoreRefusedError, match="rights"), store.lock():
        pytest.fail("locked")


@pytest.mark.parametrize("content", [b"", b"garbage" * 100, b"RGF"])
def test_a_file_that_is_no_store_says_so(tmp_path, content):
    path = tmp_path / "graph.kgl"
    path.write_bytes(content)
    store = open_store(str(path))
    for attempt in (lambda: store.read(COUNT), store.lock().__enter__):
        with pytest.raises(StoreError, match=r"build it anew: ownership-graph import") as caught:
            attempt()
        assert type(caught.value) is StoreError
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_store_that_was_cut_off_or_altered_is_never_read_as_if_it_were_whole(file):
    whole = file.read_bytes()
    draw = dice(1)
    for _ in range(60):
        at = draw.randrange(len(whole))
        broken = whole[:at] if draw.random() < 0.5 else (
            whole[:at] + bytes([whole[at] ^ 1 << draw.randrange(8)]) + whole[at + 1 :]
        )  # fmt: skip
        file.write_bytes(broken)
        with pytest.raises(StoreError):
            list(open_store(str(file)).facts())


def test_a_store_of_a_newer_version_says_so(file):
    content = bytearray(file.read_bytes())
    content[5] = 0xEE  # the version of the core data
    file.write_bytes(content)
    store = open_store(str(file))
    for attempt in (lambda: store.read(COUNT), store.lock().__enter__):
        with pytest.raises(StoreVersionError, match="a newer version wrote it"):
            attempt()


def test_a_full_disk_is_told_and_leaves_the_graph_of_before(embedded_store):
    apply(embedded_store, plan_of(1, *FACTS))
    with embedded_store.lock():
        full = pytest.raises(StoreRefusedError, match=r"room on its disk; the store stays")
        with full, full_disk():
            embedded_store.apply(big_plan(2))
        assert by_key(embedded_store) == keyed(FACTS)
        with pytest.raises(StoreError, match="anew after a save that failed"):
            embedded_store.record(run_of(2, state="failed"))
    assert by_key(embedded_store) == keyed(FACTS)
    apply(embedded_store, plan_of(2, remove=[OWNS.key]))
    assert by_key(embedded_store) == keyed(FACTS[:2])


def test_nothing_is_written_without_the_lock(embedded_store):
    with pytest.raises(StoreError, match=r"Take lock\(\) first"):
        embedded_store.apply(plan_of(1, *FACTS))
    with pytest.raises(StoreError, match=r"Take lock\(\) first"):
        embedded_store.record(run_of(1))


@pytest.mark.parametrize(
    "facts",
    [
        [node("Team", "t2"), tie("OWNS", ("Team", "t2"), ("Model", "nowhere"), "risk")],
        [node("Team", "t2"), node("Team", "t1")],
        [node("Team", "t2"), node("Team", "t2")],
        [OWNS],
        [tie("PART_OF", TEAM, TEAM), tie("PART_OF", TEAM, TEAM)],
        [node("Team", "t2", own=2**70)],
        [node("Team", "t2", own=object())],
        [node("Team", "t2", own="\ud800")],
    ],
    ids=[
        "an end",
        "a node",
        "a node twice",
        "a tie",
        "a tie twice",
        "a number",
        "an object",
        "half a character",
    ],
)
def test_a_plan_that_fails_leaves_nothing_behind(file, facts):
    store = open_store(str(file))
    with store.lock():
        with pytest.raises(StoreError, match="writing"):
            store.apply(plan_of(2, *facts, remove=[node_key(*MODEL)]))
        assert by_key(store) == keyed(FACTS)
        store.record(run_of(2, state="failed"))
    assert by_key(open_store(str(file))) == keyed(FACTS)
    assert [run.state for run in store.runs()] == ["done", "failed"]


@pytest.mark.parametrize("lost", [node("Team", "t9"), tie("OWNS", TEAM, MODEL, "risk")])
def test_what_is_to_be_altered_must_be_there(file, lost):
    store = open_store(str(file))
    with pytest.raises(StoreError, match="made for another state of the store"):
        apply(store, plan_of(2, alter=[lost]))


def test_nodes_of_one_label_may_each_have_properties_of_their_own(embedded_store):
    facts = [node("Team", f"t{count}", **{f"p{count % 7}": count}) for count in range(50)]
    apply(embedded_store, plan_of(1, *facts), plan_of(2, node("Team", "bare")))
    assert by_key(embedded_store) == keyed([*facts, node("Team", "bare")])


def test_a_block_that_fails_saves_nothing_more(file):
    store = open_store(str(file))
    applied = plan_of(2, remove=[OWNS.key])
    with suppress(KeyboardInterrupt), store.lock():
        store.apply(applied)
        raise KeyboardInterrupt
    assert by_key(store) == keyed(FACTS[:2])


def test_a_lock_under_which_nothing_was_written_leaves_the_file_alone(file):
    before = file.stat()
    with open_store(str(file)).lock():
        pass
    after = file.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_reader_never_writes(file):
    before, beside = file.stat(), set(file.parent.iterdir())
    with open_store(str(file)) as store:
        store.read(COUNT)
        copy = store.copy_in_memory()
        apply(copy, plan_of(2, remove=[OWNS.key]))
        del copy
    assert (file.stat().st_mtime_ns, set(file.parent.iterdir())) == (before.st_mtime_ns, beside)


def test_a_copy_of_a_new_store_can_be_written_to(embedded_store):
    copy = embedded_store.copy_in_memory()
    apply(copy, plan_of(1, *FACTS, changes=[Change(1, OWNS.key, Before())]))
    copy.apply(plan_of(2, remove=[OWNS.key]))
    assert (copy.address, by_key(copy)) == ("memory", keyed(FACTS[:2]))
    assert by_key(embedded_store) == {}


def test_another_process_that_writes_is_named_and_readers_go_on(file):
    holder = started(file, "hold")
    assert holder.stdout.readline() == "held\n"
    store = open_store(str(file))
    told = rf"open for writing by pid {holder.pid} .*\. Wait"
    with pytest.raises(StoreLockedError, match=told), store.lock():
        pytest.fail("both hold the lock")
    assert store.read(COUNT).rows == [(1,)]
    holder.communicate("")
    apply(store, plan_of(2, remove=[OWNS.key]))


def test_a_process_that_is_killed_leaves_the_graph_of_before_or_of_after(tmp_path):
    path = tmp_path / "graph.kgl"
    draw = dice(7)
    known = 0
    for _ in range(10):
        writer = started(path)
        known = int(writer.stdout.readline())
        time.sleep(draw.random() * 0.4)
        writer.kill()
        said = writer.communicate()[0].split()
        known = int(said[-1]) if said else known
        store = open_store(str(path))
        seq = store.runs()[-1].seq
        assert seq in (known, known + 1)
        facts = by_key(store)
        assert len(facts) == 4_001
        assert {fact.run for fact in facts.values()} == {seq}
    assert known >= 10
    with open_store(str(path)).lock():
        pass  # what a save that was killed left beside the file goes when the next writer comes
    assert {each.suffix for each in tmp_path.iterdir()} <= {
        ".kgl", ".runs", ".lock", ".lock-owner",
    }  # fmt: skip


def test_what_another_program_left_unsaved_is_told_and_taken_up(file, caplog):
    code = (
        f"import kglite, os; graph = kglite.open({str(file)!r}, durable='full');"
        " graph.cypher(\"MATCH (n:Team) SET n.name = 'Risk'\"); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    name = "MATCH (t:Team) RETURN t.name"
    store = open_store(str(file))
    with caplog.at_level(logging.WARNING, "ownership_graph"):
        assert store.read(name).rows == [("t1",)]
    assert "a program ended while it wrote" in caplog.text
    caplog.clear()
    with caplog.at_level(logging.WARNING, "ownership_graph"), store.lock():
        assert store.read(name).rows == [("Risk",)]
    assert "its work is taken up" in caplog.text
    caplog.clear()
    assert store.read(name).rows == [("Risk",)]
    assert caplog.text == ""


def test_nothing_of_the_engine_reaches_the_screen(file, capfd):
    store = open_store(str(file))
    store.read("MATCH (n:Unknown)-[:NEVER]->(m) WHERE n.nothing = 1 RETURN n.neither")
    apply(
        store, plan_of(2, *(node("Model", f"x{count}", own=f"{count}") for count in range(70_000)))
    )
    assert store.read("MATCH (n) RETURN n.id", limit=2).cut
    assert capfd.readouterr() == ("", "")


def test_nothing_of_a_graph_in_memory_reaches_the_screen(tmp_path):
    code = (
        "from ownership_graph.stores import open_store;"
        f" copy = open_store({str(tmp_path / 'graph.kgl')!r}).copy_in_memory();"
        " copy.stated('hr'); copy.read('MATCH (n:Unknown) RETURN n.id')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_half_a_mixed_column_is_saved_without_a_word(file):
    store = open_store(str(file))
    facts = [
        node("Model", f"x{count}", own=count if count % 2 else f"{count}")
        for count in range(70_000)
    ]
    apply(store, plan_of(2, *facts))
    assert keyed(open_store(str(file)).facts([each.key for each in facts])) == keyed(facts)


def test_a_query_that_is_wrong_names_its_line(file):
    with pytest.raises(QueryError) as caught:
        open_store(str(file)).read("MATCH (t:Team)\nRETURN t.id AS a,, t.name")
    assert caught.value.line == 2
    assert str(caught.value).startswith("2:18: the store cannot answer the query: ")


def test_a_store_that_something_else_altered_is_told(file):
    graph = kglite.open(str(file), durable="off")
    graph.cypher("MATCH (n:Team) SET n.sources = 7")
    graph.close()
    with pytest.raises(StoreError, match=r"reading the fact \[\"Team\",\"t1\"\].*altered"):
        list(open_store(str(file)).facts())


def test_a_large_store_is_copied_and_moved_like_any_file(file, tmp_path):
    moved = tmp_path / "moved.kgl"
    shutil.copy(file, moved)
    file.unlink()
    assert by_key(open_store(str(moved))) == keyed(FACTS)
