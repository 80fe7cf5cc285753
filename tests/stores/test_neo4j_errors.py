"""What goes wrong with a Neo4j store, and what is said of it."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager

import pytest
from stores.plans import apply, by_key, keyed, node, plan_of

from ownership_graph.errors import (
    QueryError,
    StoreAwayError,
    StoreError,
    StoreMissingError,
    StoreRefusedError,
    StoreTimeoutError,
    StoreVersionError,
    UsageError,
)
from ownership_graph.stores import Credentials, open_store
from ownership_graph.stores.neo4j import AT_ONCE, Neo4jStore

SECRET = "the-one-secret"  # noqa: S105 -- made up
TEAM = node("Team", "t1")


@contextmanager
def answering(*answers):
    """A port where each connection is sent those bytes, one after each message; then silence."""

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            for answer in answers:
                connection.recv(4096)
                connection.sendall(answer)
            open_connections.append(connection)

    open_connections = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()
    for connection in open_connections:
        connection.close()


def asked(address, **credentials):
    """What is raised where that store is asked something, and after how many seconds."""
    started = time.monotonic()
    with (
        open_store(address, Credentials(**{"password": SECRET, **credentials})) as store,
        pytest.raises(StoreError) as caught,
    ):
        store.runs()
    assert SECRET not in str(caught.value)
    return caught.value, time.monotonic() - started


@pytest.fixture
def store(neo4j_place):
    """An empty store on a server of each version."""
    with neo4j_place.fresh() as opened:
        yield opened


@pytest.fixture
def known(neo4j_place):
    """A function that makes a user, known to the server for as long as a test lasts."""
    driver, names = neo4j_place.driver, []

    def make(name, change="NOT REQUIRED"):
        driver.execute_query(
            f"CREATE USER {name} SET PASSWORD $password CHANGE {change}",
            password=SECRET, database_="system",
        )  # fmt: skip
        names.append(name)
        return name

    yield make
    for name in names:
        driver.execute_query(f"DROP USER {name}", database_="system")


@pytest.mark.parametrize("scheme", ["neo4j", "bolt", "neo4j+s", "bolt+ssc"])
def test_no_server_at_the_port(scheme):
    error, seconds = asked(f"{scheme}://127.0.0.1:1")
    assert type(error) is StoreAwayError
    assert f"reading the store '{scheme}://127.0.0.1:1': the server does not answer" in str(error)
    assert "refused" in str(error)
    assert seconds < 5


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_no_such_host(scheme):
    error, _ = asked(f"{scheme}://no.such.host.invalid")
    assert type(error) is StoreAwayError
    assert "no.such.host.invalid" in str(error)


def test_a_server_that_says_nothing_is_not_waited_for_long():
    with answering() as at:
        error, seconds = asked(f"bolt://{at}")
    assert type(error) is StoreAwayError
    assert seconds < 20


@pytest.mark.parametrize(
    "answer", [b"\0\0\0\0", b"HTTP/1.1 400 Bad Request\r\n\r\n"], ids=["too old", "a web server"]
)
def test_what_answers_does_not_speak_bolt(answer):
    with answering(answer) as at:
        error, _ = asked(f"bolt://{at}")
    assert type(error) is StoreVersionError
    assert "7687" in str(error)


def test_a_server_that_is_too_old_is_named():
    """What Neo4j 4.4 sends: its Bolt version, and who it is; recorded, since none is to be had."""
    hello = b"\xb1\x70\xa2\x86server\x8cNeo4j/4.4.41\x8dconnection_id\x86bolt-1"
    with answering(b"\x00\x00\x04\x04", len(hello).to_bytes(2, "big") + hello + b"\0\0") as at:
        error, _ = asked(f"bolt://{at}")
    assert type(error) is StoreVersionError
    assert "the server is Neo4j/4.4.41, and Neo4j 5 or newer is needed" in str(error)


def test_a_wrong_password_and_then_too_many(neo4j_place, known):
    user, uri = known("forgetful"), neo4j_place.server.uri
    seen = [asked(uri, user=user, password="wrong")[0] for _ in range(4)]  # noqa: S106 -- it is
    assert {type(each) for each in seen} == {StoreRefusedError}
    assert "the user or the password is wrong" in str(seen[0])
    assert "too many times in a row" in str(seen[-1])


def test_a_password_that_must_be_changed_first(neo4j_place, known):
    error, _ = asked(neo4j_place.server.uri, user=known("newcomer", change="REQUIRED"))
    assert type(error) is StoreRefusedError
    assert "must be changed before its first use" in str(error)


def test_a_database_that_is_not_there(neo4j_place):
    server = neo4j_place.server
    error, _ = asked(server.uri, user=server.user, password=server.password, database="nowhere")
    assert type(error) is StoreMissingError
    assert "no database of that name. Set store.database" in str(error)


@pytest.mark.parametrize(
    ("query", "line", "column", "said"),
    [
        ("MATCH (n)\nRETRUN n", 2, 1, "Invalid input 'RETRUN'"),
        ("MATCH (n) RETURN m.id", 1, 18, "Variable `m` not defined."),
        ("RETURN nosuch(1)", 1, 8, "Unknown function 'nosuch'."),
        ("RETURN $given AS x", 0, 0, "Expected parameter(s): given."),
        ("RETURN 1 / 0 AS x", 0, 0, "/ by zero."),
    ],
)
def test_a_query_that_is_wrong_is_told_with_its_place(store, query, line, column, said):
    with pytest.raises(QueryError) as caught:
        store.read(query)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert f"the store cannot answer the query: {said}" in str(caught.value)
    assert len(str(caught.value)) < 500
    assert "(line" not in str(caught.value)


def test_a_query_without_end_is_ended(store):
    endless = "UNWIND range(1, 1000000000) AS a WITH a % 7 AS b RETURN b, count(*)"
    started = time.monotonic()
    with pytest.raises(StoreTimeoutError, match=r"no answer within 0\.5 s"):
        store.read(endless, timeout=0.5)
    assert time.monotonic() - started < 30
    with pytest.raises(StoreTimeoutError):
        store.read(endless, timeout=0)


def test_a_query_that_takes_too_much_memory_is_not_tried_again(store, caplog):
    with pytest.raises(StoreError, match="more memory than the server allows"):
        store.read("UNWIND range(1, 100000000) AS n WITH collect(n) AS everything RETURN 1 AS x")
    assert "retried" not in caplog.text


def test_nodes_of_others_that_stand_in_the_way(neo4j_place):
    from servers.neo4j_server import empty  # noqa: PLC0415 -- the driver

    driver = neo4j_place.driver
    empty(driver, schema=True)
    driver.execute_query("UNWIND [1, 2] AS n CREATE (:Team {id: 't1'})")
    with neo4j_place.again() as store, pytest.raises(StoreError, match="Team"):
        apply(store, plan_of(1, TEAM))
    empty(driver)


@pytest.mark.parametrize(
    "rest",
    [
        f"neo4j:{SECRET}@host", f"{SECRET}@host", f"a:{SECRET}/x@host", f"host:{SECRET}",
        f"host/{SECRET}", f"host?password={SECRET}", f"host#{SECRET}", f"h\u00f6st-{SECRET}",
        f"ho st-{SECRET}", f"[{SECRET}", "", ":7687", "host:0", "host:99999",
    ],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["neo4j", "bolt+s"])
def test_an_address_that_holds_more_than_a_place_is_refused_and_not_repeated(scheme, rest):
    with pytest.raises(UsageError) as caught:
        open_store(f"{scheme}://{rest}", Credentials())
    assert SECRET not in str(caught.value)
    assert f"opening a store at {scheme}://:" in str(caught.value)


def test_an_address_of_another_kind_is_not_repeated_either():
    with pytest.raises(UsageError) as caught:
        open_store(f"https://me:{SECRET}@host")
    assert SECRET not in str(caught.value)
    assert "neo4j+s://" in str(caught.value)


@pytest.mark.parametrize("address", ["neo4j://[::1]:7687", "bolt://10.0.0.1", "neo4j+s://a.b-c.d"])
def test_an_address_is_a_host_and_maybe_a_port(address):
    assert open_store(address).address == address


def test_certificates_are_named_where_they_are_checked(tmp_path):
    no_certificate = tmp_path / "no.crt"
    no_certificate.write_text("nothing")
    for address, file, said in (
        ("neo4j://host", "x", r"Write neo4j\+s://host"),
        ("bolt+ssc://host", "x", r"Write bolt\+s://host"),
        ("bolt+s://127.0.0.1:1", str(tmp_path / "missing"), "cannot be used"),
        ("bolt+s://127.0.0.1:1", str(no_certificate), "cannot be used"),
    ):
        with (
            open_store(address, Credentials(ca_file=file)) as store,
            pytest.raises(UsageError, match=said),
        ):
            store.runs()


@pytest.mark.neo4j
def test_a_certificate_is_checked_unless_told_otherwise(own_neo4j, certificate):
    at = f"127.0.0.1:{own_neo4j.port}"
    trusted = Credentials(password=own_neo4j.password, ca_file=str(certificate / "public.crt"))
    for scheme in ("bolt+s", "neo4j+s"):
        error, _ = asked(f"{scheme}://{at}", password=own_neo4j.password)
        assert type(error) is StoreRefusedError
        assert "the server's certificate is not trusted: self-signed" in str(error)
        assert "store.ca_file" in str(error)
        with open_store(f"{scheme}://{at}", trusted) as store:
            assert store.read("RETURN 1 AS n").rows == [(1,)]
        with open_store(f"{scheme}sc://{at}", Credentials(password=own_neo4j.password)) as store:
            assert store.read("RETURN 1 AS n").rows == [(1,)]


def test_a_server_that_does_not_encrypt(neo4j_place):
    at = neo4j_place.server.uri.partition("://")[2]
    for scheme in ("bolt+s", "neo4j+ssc"):
        error, _ = asked(f"{scheme}://{at}")
        assert type(error) is StoreRefusedError
        assert "leave out +s or +ssc" in str(error)


def facts(number):
    return [node("Team", f"t{count}", own="x" * 50) for count in range(number)]


@pytest.fixture
def mortal(own_neo4j):
    """A store on a server of its own, empty, whose lock is out of date soon after a death."""
    from servers.neo4j_server import Server, empty  # noqa: PLC0415 -- the driver

    with Server(own_neo4j.uri, own_neo4j.password).driver() as driver:
        empty(driver)
    with Neo4jStore(own_neo4j.uri, Credentials(password=own_neo4j.password), beat=0.5) as store:
        yield store


def killed_while_applying(process, store, plan, begun):
    """Kill the server as soon as that query is true, and start it again."""

    def kill():
        with open_store(process.uri, Credentials(password=process.password)) as watcher:
            while not watcher.read(begun).rows[0][0]:
                time.sleep(0.01)
        process.kill()

    killer = threading.Thread(target=kill)
    with store.lock():
        killer.start()
        with pytest.raises(StoreAwayError, match="the server does not answer"):
            store.apply(plan)
    killer.join()
    process.start()


@pytest.mark.neo4j
def test_a_large_plan_whose_server_dies_is_completed_by_applying_it_again(
    own_neo4j, mortal, caplog
):
    plan = plan_of(1, *facts(3 * AT_ONCE))
    killed_while_applying(own_neo4j, mortal, plan, "MATCH (t:Team) RETURN count(t) > 3000")
    assert "opens by itself" in caplog.text
    assert [run.state for run in mortal.runs()] == ["applying"]
    assert 0 < len(mortal.stated("hr")) < len(plan.create)
    apply(mortal, plan)
    assert [run.state for run in mortal.runs()] == ["done"]
    assert by_key(mortal) == keyed(plan.create)


@pytest.mark.neo4j
def test_a_plan_whose_server_dies_leaves_the_graph_as_it_was(own_neo4j, mortal):
    apply(mortal, plan_of(1, TEAM))
    apply(mortal, plan_of(2, node("Model", "m1", run=2)))
    plan = plan_of(3, *(node("Gate", f"g{count}", run=3) for count in range(AT_ONCE)))
    slow = "UNWIND range(1, 200000) AS n WITH max(n) AS n MATCH (l:ImportLock) RETURN n > 0"
    killed_while_applying(own_neo4j, mortal, plan, slow)
    assert len(by_key(mortal)) == 2
    assert [run.seq for run in mortal.runs()] == [1, 2]
    apply(mortal, plan)
    assert len(by_key(mortal)) == AT_ONCE + 2


@pytest.mark.neo4j
def test_a_database_that_can_only_be_read(own_neo4j, mortal):
    apply(mortal, plan_of(1, TEAM))
    own_neo4j.kill()
    own_neo4j.start({"server.databases.default_to_read_only": "true"})
    with pytest.raises(StoreRefusedError, match="the database is read-only"):
        apply(mortal, plan_of(2, node("Model", "m1")))
    assert by_key(mortal) == keyed([TEAM])
    own_neo4j.kill()
    own_neo4j.start()
