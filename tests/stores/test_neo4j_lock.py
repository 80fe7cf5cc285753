"""One writer at a time on Neo4j, and what becomes of a lock whose holder is gone."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from stores.plans import apply, by_key, keyed, node, plan_of, run_of

from ownership_graph.errors import StoreError, StoreLockedError
from ownership_graph.stores import Credentials
from ownership_graph.stores.neo4j import Neo4jStore

HOLDER = Path(__file__).with_name("neo4j_holder.py")
TEAM = node("Team", "t1")
BEAT = 0.4


@pytest.fixture
def opened(neo4j_place):
    """A function that opens the store, whose lock beats quickly."""
    neo4j_place.fresh()
    server, stores = neo4j_place.server, []

    def open_one():
        stores.append(Neo4jStore(server.uri, Credentials(server.user, server.password), beat=BEAT))
        return stores[-1]

    yield open_one
    for store in stores:
        with store:
            pass


@contextmanager
def another_holder(server):
    """Another process that holds the lock, and is killed with the block."""
    with subprocess.Popen(
        [sys.executable, HOLDER, server.uri, str(BEAT)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        process.stdin.write(f"{server.user}\n{server.password}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def told(place, query):
    return [record.values() for record in place.driver.execute_query(query).records]


def test_a_second_writer_is_told_who_the_first_is(opened, neo4j_place):
    with another_holder(neo4j_place.server) as holder:
        time.sleep(4 * BEAT)  # the holder goes on giving signs of life
        with (
            pytest.raises(StoreLockedError, match=f"process {holder.pid} on") as caught,
            opened().lock(),
        ):
            pass
    assert socket.gethostname() in str(caught.value)
    assert "last heard of" in str(caught.value)


def test_a_reader_is_never_kept_waiting(opened, neo4j_place):
    apply(opened(), plan_of(1, TEAM))
    with another_holder(neo4j_place.server):
        assert by_key(opened()) == keyed([TEAM])


def test_the_place_of_a_writer_that_was_killed_is_taken(opened, neo4j_place, caplog):
    with another_holder(neo4j_place.server) as holder:
        pass
    store, deadline = opened(), time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            apply(store, plan_of(1, TEAM))
            break
        except StoreLockedError:
            time.sleep(BEAT / 2)
    assert by_key(store) == keyed([TEAM])
    assert f"process {holder.pid} on" in caplog.text
    assert "was not heard of again" in caplog.text


def test_nothing_of_the_lock_is_left_even_after_an_error(opened, neo4j_place):
    store = opened()
    with pytest.raises(ZeroDivisionError), store.lock():
        raise ZeroDivisionError
    assert told(neo4j_place, "MATCH (l:ImportLock) RETURN l") == []
    apply(opened(), plan_of(1, TEAM))


def test_a_writer_whose_lock_was_taken_over_writes_nothing_more(opened, neo4j_place):
    store = opened()
    with store.lock():
        told(neo4j_place, "MATCH (l:ImportLock) SET l.token = 'of another'")
        time.sleep(2 * BEAT)  # its heart finds out too, and stops
        with pytest.raises(StoreLockedError, match="another took over"):
            store.apply(plan_of(1, TEAM))
        with pytest.raises(StoreLockedError, match="another took over"):
            store.record(run_of(1))
    assert list(store.facts()) == []
    assert told(neo4j_place, "MATCH (l:ImportLock) RETURN l.token") == [["of another"]]


def test_a_writer_in_the_middle_of_a_transaction_is_not_overtaken(opened, neo4j_place):
    first, second = opened(), opened()
    with first.lock(), neo4j_place.driver.session() as session:
        with session.begin_transaction() as middle:
            middle.run("MATCH (l:ImportLock) SET l.beat = 0").consume()
            middle.commit()
        with session.begin_transaction() as middle:
            middle.run("MATCH (l:ImportLock) SET l.beat = 0, l.token = l.token").consume()
            time.sleep(0.1)
            with pytest.raises(StoreLockedError), second.lock():
                pass


def test_nothing_is_written_without_the_lock(opened):
    store = opened()
    for attempt in (lambda: store.apply(plan_of(1, TEAM)), lambda: store.record(run_of(1))):
        with pytest.raises(StoreError, match=r"Take lock\(\) first"):
            attempt()
