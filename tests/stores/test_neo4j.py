"""What only the Neo4j store promises: its database, and what else may be in there."""

from __future__ import annotations

import logging
from datetime import date

import pytest
from msgspec.structs import replace
from neo4j.exceptions import TransientError
from servers.neo4j_server import empty
from stores.plans import apply, by_key, keyed, node, one_of_everything, plan_of, run_of, stub, tie

from ownership_graph.errors import QueryError, StoreError, StoreRefusedError
from ownership_graph.records import Before, Change, node_key
from ownership_graph.stores import Credentials, open_store
from ownership_graph.stores.neo4j import AT_ONCE
from ownership_graph.stores.neo4j_connection import Connection

TEAM, MODEL = ("Team", "t1"), ("Model", "m1")
OWNS = tie("OWNS", TEAM, MODEL, "accountable", role="accountable")
FACTS = node(*TEAM), node(*MODEL), OWNS


@pytest.fixture
def store(neo4j_place):
    """An empty store on a server of each version."""
    with neo4j_place.fresh() as opened:
        yield opened


def told(driver, query):
    return [record.values() for record in driver.execute_query(query).records]


def test_nothing_is_touched_before_the_first_call():
    with open_store("neo4j://no.such.host.invalid", Credentials(password="x")) as store:  # noqa: S106 -- made up
        assert store.address == "neo4j://no.such.host.invalid"


def test_it_tells_version_edition_and_size(store):
    apply(store, plan_of(1, *FACTS))
    version, edition, nodes, relationships = store.about().removeprefix("Neo4j ").split(" ", 3)[:4]
    assert version[:5] in ("5.26.", "2026.")
    assert edition == "community,"
    assert (nodes, relationships) == ("2", "nodes, 1 relationships")


def test_facts_are_kept_unique_by_the_server(neo4j_place):
    empty(neo4j_place.driver, schema=True)
    with neo4j_place.again() as store:
        apply(store, plan_of(1, *FACTS))
        apply(store, plan_of(2, node("Team", "t2", run=2)))
    shown = told(neo4j_place.driver, "SHOW CONSTRAINTS YIELD labelsOrTypes, properties")
    assert sorted((names[0], properties[0]) for names, properties in shown) == [
        ("Change", "id"),
        ("HeldFact", "id"),
        ("ImportLock", "id"),
        ("ImportRun", "id"),
        ("Model", "id"),
        ("OWNS", "key"),
        ("Team", "id"),
    ]


def test_what_has_no_properties_any_more_is_passed_over(neo4j_place):
    with neo4j_place.fresh() as store:
        apply(store, plan_of(1, *FACTS))
        neo4j_place.driver.execute_query(
            "MATCH (t:Team)-[r:OWNS]->() CREATE (:Team), (t)-[:OWNS]->(t)"
        )
        assert len(list(store.facts())) == len(FACTS)


def test_what_is_not_ours_is_told_and_left_alone(neo4j_place, caplog):
    with neo4j_place.fresh() as store:
        neo4j_place.driver.execute_query("CREATE (:Invoice {id: 1})-[:OWNS]->(:`Odd `` one`)")
        apply(store, plan_of(1, *FACTS))
        assert "nodes of other labels too: Invoice (1), Odd ` one (1)" in caplog.text
        assert store.about().endswith("2 nodes, 2 relationships")
        caplog.clear()
        empty(neo4j_place.driver)
        apply(store, plan_of(1, *FACTS))
        assert "other labels" not in caplog.text


def test_a_node_that_something_of_others_hangs_on_becomes_a_stub(neo4j_place):
    with neo4j_place.fresh() as store:
        apply(store, plan_of(1, node(*TEAM)))
        neo4j_place.driver.execute_query("MATCH (t:Team) CREATE (:Invoice)-[:PAID_BY]->(t)")
        apply(store, plan_of(2, remove=[node_key(*TEAM)]))
        assert keyed(store.facts()) == keyed([stub(*TEAM, run=2)])
        assert told(neo4j_place.driver, "MATCH (:Invoice)-->(t) RETURN t.id") == [["t1"]]


def test_a_query_that_would_write_is_refused_twice(neo4j_place):
    server = neo4j_place.server
    for query in ("CREATE (:Team {id: 't1'})", "MATCH (n) DETACH DELETE n"):
        with neo4j_place.fresh() as store, pytest.raises(QueryError, match="may only read"):
            store.read(query)
        behind = Connection(server.uri, Credentials(server.user, server.password))
        with pytest.raises(StoreRefusedError, match="read-only"):
            behind.read("reading the store", lambda sent, query=query: sent.run(query).consume())
        behind.close()


@pytest.mark.parametrize(
    "query",
    [
        "LOAD CSV FROM 'http://127.0.0.1/' AS row RETURN row",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "SHOW SETTINGS",
        "SHOW TRANSACTIONS YIELD transactionId RETURN transactionId",
        "TERMINATE TRANSACTIONS 'x'",
        "CALL dbms.listConfig()",
    ],
)
def test_a_query_that_would_leak_is_refused(store, query):
    with pytest.raises(QueryError):
        store.read(query)


def test_every_kind_of_value_becomes_a_plain_one(store):
    apply(store, plan_of(1, node(*TEAM, name="Risk"), node(*MODEL), OWNS))
    found = store.read(
        "MATCH p = (t:Team)-[r]->(m) RETURN date('2026-03-01') AS day,"
        " datetime('2026-03-01T10:00:00Z') AS at, localtime('10:00') AS hour,"
        " duration('P1DT2H') AS span, point({x: 1.0, y: 2.0}) AS spot,"
        " t.name AS name, r AS tie, [n IN nodes(p) | n.id] AS ids, p AS path, [t] AS teams"
    ).dicts()[0]
    assert found.pop("day") == date(2026, 3, 1)
    assert found.pop("at") == "2026-03-01T10:00:00+00:00"
    assert found.pop("hour") == "10:00:00"
    assert found.pop("span") == "P1DT2H"
    assert found.pop("spot") == [1.0, 2.0]
    assert found.pop("name") == "Risk"
    assert found["tie"]["role"] == "accountable"
    assert found["path"][1] == found["tie"]
    assert [found["path"][0]] == found["teams"]
    assert [each["id"] for each in found["path"][::2]] == found["ids"] == ["t1", "m1"]


def test_what_has_no_plain_shape_is_text(neo4j_place):
    with neo4j_place.fresh() as store:
        neo4j_place.driver.execute_query("CREATE (:Other {own: $own})", own=b"abc")
        assert store.read("MATCH (n:Other) RETURN n.own").rows == [("b'abc'",)]


def test_a_limit_stops_a_query_without_end(store):
    found = store.read("UNWIND range(1, 1000000000) AS n RETURN n", limit=3, timeout=20)
    assert (found.rows, found.cut) == ([(1,), (2,), (3,)], True)
    assert store.read("RETURN 1 AS n", limit=0).rows == []
    assert not store.read("RETURN 1 AS n", limit=1).cut


def test_a_plan_applied_twice_is_applied_once(store):
    facts = one_of_everything()
    gone, altered = facts[-1], replace(facts[0], properties={"name": "another"}, run=2)
    apply(store, plan_of(1, *facts))
    second = plan_of(
        2,
        alter=[altered],
        remove=[gone.key],
        changes=[Change(2, facts[0].key, Before(properties={"name": None}))],
    )
    for plan in (plan_of(1, *facts), second, second):
        apply(store, plan)
    assert by_key(store) == keyed([altered, *facts[1:-1]])
    assert [run.seq for run in store.runs()] == [1, 2]
    assert len(list(store.changes(0))) == 1


@pytest.mark.parametrize(
    "stale", [plan_of(2, *FACTS), plan_of(2, node("Team", "t9"), *FACTS[::2])]
)
def test_a_plan_made_for_another_state_leaves_the_graph_as_it_was(store, stale):
    apply(store, plan_of(1, *FACTS))
    with pytest.raises(StoreError, match=r"already exists.*another state of the store"):
        apply(store, stale)
    assert by_key(store) == keyed(FACTS)
    assert [run.seq for run in store.runs()] == [1]


def test_a_large_plan_is_written_in_parts(store):
    facts = [node("Team", f"t{number}") for number in range(AT_ONCE + 1)]
    apply(store, plan_of(1, *facts))
    assert len(store.stated("hr")) == len(facts)
    assert store.runs() == [run_of(1, state="done")]
    with pytest.raises(StoreError, match="1 of them, or their ends, are not there"):
        apply(store, plan_of(2, alter=[*facts, node("Team", "nobody")]))
    assert [run.state for run in store.runs()] == ["done", "applying"]


def test_a_value_that_no_server_takes_is_told(store):
    with pytest.raises(StoreError, match="a value cannot be sent"):
        apply(store, plan_of(1, node(*TEAM, own=2**64)))
    for value in (2**64, "\ud800", object()):
        with pytest.raises(QueryError, match="a value cannot be sent"):
            store.read("RETURN $given", {"given": value})


def test_a_copy_in_memory_knows_everything_and_is_apart(store):
    assert by_key(store.copy_in_memory()) == {}
    apply(store, plan_of(1, *FACTS))
    apply(store, plan_of(2, changes=[Change(2, node_key(*TEAM), Before(run=1))]))
    with store.lock():
        store.record(run_of(3, state="failed"))
    copy = store.copy_in_memory()
    assert by_key(copy) == by_key(store)
    assert copy.runs() == store.runs()
    assert list(copy.changes(0)) == list(store.changes(0))
    apply(copy, plan_of(4, remove=[OWNS.key]))
    assert by_key(store) == keyed(FACTS)


def test_the_server_has_no_remark_on_what_is_sent(store, caplog):
    caplog.set_level(logging.DEBUG, "neo4j.notifications")
    facts = one_of_everything()
    apply(store, plan_of(1, *facts))
    apply(store, plan_of(1, *facts))
    store.stated("hr")
    list(store.facts([fact.key for fact in facts]))
    list(store.changes(0))
    store.runs()
    store.about()
    apply(store, plan_of(2, alter=facts[::2], remove=[fact.key for fact in facts[1::2]]))
    remarks = [each.getMessage() for each in caplog.records if "neo4j" in each.name]
    # What no node has yet is unknown to the server: that tells nothing.
    assert [each for each in remarks if "UNRECOGNIZED" not in each] == []


def test_no_password_is_shown(store, neo4j_place, caplog):
    caplog.set_level(logging.DEBUG, "ownership_graph")
    password = neo4j_place.server.password
    apply(store, plan_of(1, *FACTS))
    with pytest.raises(QueryError) as caught:
        store.read("RETURN nothing")
    shown = [repr(store), str(vars(store)), store.about(), caplog.text, repr(caught.value)]
    assert password not in "".join(shown)


def test_what_is_transient_is_tried_again(neo4j_place):
    server, tries = neo4j_place.server, []

    def work(transaction):
        tries.append(transaction)
        if len(tries) == 1:
            raise TransientError
        return transaction.run("RETURN 1 AS n").single()["n"]

    connection = Connection(server.uri, Credentials(server.user, server.password))
    assert connection.write("writing to the store", work) == 1
    assert len(tries) == 2
    connection.close()


def test_the_index_of_a_constraint_that_a_killed_server_left_is_no_hindrance(neo4j_place):
    from servers.neo4j_server import empty  # noqa: PLC0415 -- loads the driver

    driver = neo4j_place.driver
    empty(driver, schema=True)
    driver.execute_query("CREATE INDEX constraint_1a FOR (n:Gate) ON (n.id)")
    driver.execute_query("CREATE INDEX constraint_1b FOR (n:Invoice) ON (n.id)")
    driver.execute_query("CREATE INDEX of_theirs FOR (n:Gate) ON (n.name)")
    try:
        with neo4j_place.again() as store:
            apply(store, plan_of(1, node("Gate", "g1")))
            assert set(by_key(store)) == {node("Gate", "g1").key}
        names = "SHOW INDEXES YIELD name, owningConstraint WHERE owningConstraint IS NULL"
        left = {row["name"] for row in driver.execute_query(names).records}
        assert {"constraint_1b", "of_theirs"} <= left
        assert "constraint_1a" not in left
    finally:
        driver.execute_query("DROP INDEX constraint_1b IF EXISTS")
        driver.execute_query("DROP INDEX of_theirs IF EXISTS")
