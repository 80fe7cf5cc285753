"""What every store must do, whatever runs behind it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from stores.plans import (
    apply,
    by_key,
    ends,
    keyed,
    node,
    one_of_everything,
    plan_of,
    run_of,
    stub,
    tie,
)

from ownership_graph.errors import QueryError, StoreError, StoreLockedError, StoreTimeoutError
from ownership_graph.records import (
    Before,
    Change,
    FindingRecord,
    node_key,
    parse_key,
    relationship_key,
)

TEAM, OTHER, MODEL = ("Team", "t1"), ("Team", "t2"), ("Model", "m1")
T1, T2, M1 = (node_key(*each) for each in (TEAM, OTHER, MODEL))
OWNS = tie("OWNS", TEAM, MODEL, "accountable", role="accountable")


def owned(run=1):
    return (node("Team", "t1", run=run, name="Risk"), node("Model", "m1", run=run), OWNS)


def test_a_new_store_holds_nothing(store):
    assert store.stated("hr") == {}
    assert list(store.facts()) == []
    assert list(store.facts([T1])) == []
    assert store.runs() == []
    assert list(store.changes(0)) == []


def test_everything_that_the_model_knows_comes_back_as_it_was_written(store):
    facts = one_of_everything()
    apply(store, plan_of(1, *facts))
    assert by_key(store) == keyed(facts)


def test_nodes_come_before_relationships(store):
    apply(store, plan_of(1, *one_of_everything()))
    kinds = [bool(ends(fact.key)) for fact in store.facts()]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize(
    "value",
    [
        "", " ", "'", '"', "`", "\\", "$x", "{}", "\r\n\t", "a`b``c", "null", "12", "x" * 200_000,
        "\\u0041", "\u202e\ufeff\u0301", "😀", 0, -1, 2**63 - 1, -(2**63), 2**53 + 1, 0.0, -0.0,
        1.0, 1e300, 5e-324, 0.1 + 0.2, True, False, [], ["x"], ["", "'", "`"], ["a"] * 1000,
    ],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_any_value_comes_back_as_it_is(store, value):
    kept = node("Team", "t1", own=value), tie("PART_OF", TEAM, TEAM, own=value)
    apply(store, plan_of(1, *kept))
    for fact in store.facts():
        found = fact.properties["own"]
        assert (found, type(found), repr(found)) == (value, type(value), repr(value))


@pytest.mark.parametrize(
    "own_id", ["'", '"', "`", "\\", "$x", "a\nb", "漢字", "1", " ", "x" * 1000]
)
def test_any_id_is_an_id(store, own_id):
    facts = [
        node("Team", own_id),
        node("Team", f"{own_id}."),
        tie("PART_OF", ("Team", own_id), ("Team", f"{own_id}.")),
    ]
    apply(store, plan_of(1, *facts))
    assert keyed(store.facts([fact.key for fact in facts])) == keyed(facts)
    [[found]] = store.read("MATCH (n:Team {id: $id}) RETURN n.id", {"id": own_id}).rows
    assert found == own_id
    apply(store, plan_of(2, remove=[fact.key for fact in facts]))
    assert list(store.facts()) == []


@pytest.mark.parametrize("name", ["a b", "a`b", "é", "set", "1st", "a.b", "$x", "count", "id2"])
def test_any_property_name_is_one(store, name):
    facts = [node("Team", "t1", **{name: 1}), tie("PART_OF", TEAM, TEAM, **{name: "x"})]
    apply(store, plan_of(1, *facts))
    assert by_key(store) == keyed(facts)


def test_a_name_that_nobody_states_is_the_id_and_comes_back_as_not_stated(store):
    apply(store, plan_of(1, node("Team", "t1"), node("Team", "t2", name="Risk")))
    found = store.read("MATCH (t:Team) RETURN t.name AS name ORDER BY name")
    assert found.rows == [("Risk",), ("t1",)]
    assert by_key(store)[T1].properties == {}


def test_several_sources_are_kept_each_with_its_own_statement(store):
    fact = replace(
        node("Team", "t1", kind="team", quorum=3),
        sources=("manual", "hr", "jira"),
        hashes=("h1", "h2", "h3"),
        claims={"manual": {"kind": "team"}, "hr": {"quorum": 3, "x": 1.5}, "jira": {"y": ["z"]}},
        disputed=("kind", "quorum"),
    )
    apply(store, plan_of(1, fact, node("Team", "t2", source="jira")))
    assert by_key(store)[T1] == fact
    assert store.stated("hr") == {T1: "h2"}
    assert store.stated("jira") == {T1: "h3", T2: "hash of t2"}
    assert store.stated("nobody") == {}
    alone = node("Team", "t1", run=2)
    apply(store, plan_of(2, alter=[alone]))
    assert by_key(store)[T1] == alone


def test_what_is_altered_is_as_it_is_stated_now(store):
    apply(store, plan_of(1, *owned()))
    facts = [
        node("Team", "t1", run=2, function="risk"),
        replace(OWNS, properties={"confidence": 0.5}, run=2),
    ]
    apply(store, plan_of(2, alter=facts))
    assert by_key(store) == {M1: node("Model", "m1"), **{fact.key: fact for fact in facts}}
    assert store.read("MATCH (t:Team) RETURN t.name, t.function").rows == [("t1", "risk")]


def test_what_is_removed_is_gone(store):
    apply(store, plan_of(1, *owned()), plan_of(2, remove=[OWNS.key]))
    assert set(by_key(store)) == {T1, M1}
    apply(store, plan_of(3, remove=[T1, M1]))
    assert list(store.facts()) == []


def test_what_is_not_there_is_removed_without_a_word(store):
    apply(store, plan_of(1, *owned()), plan_of(2, remove=[T2, node_key("Gate", "g"), T2]))
    gone = relationship_key("AT", "Approval", "a", "Gate", "g")
    apply(store, plan_of(3, remove=[gone]))
    assert set(by_key(store)) == {T1, M1, OWNS.key}


def test_a_node_that_others_point_at_becomes_a_stub_and_goes_with_the_last_of_them(store):
    apply(store, plan_of(1, *owned()), plan_of(2, remove=[M1]))
    assert by_key(store)[M1] == stub("Model", "m1", added=1, run=2)
    assert store.stated("hr").keys() == {T1, OWNS.key}
    assert store.read("MATCH (m:Model) RETURN m.name, m.described").rows == [("m1", False)]
    apply(store, plan_of(3, remove=[OWNS.key]))
    assert set(by_key(store)) == {T1}


def test_a_node_goes_with_its_relationships_when_all_are_removed(store):
    apply(store, plan_of(1, *owned()), plan_of(2, remove=[T1, M1, OWNS.key]))
    assert list(store.facts()) == []


def test_a_stub_is_kept_while_it_has_a_relationship(store):
    facts = node("Team", "t1"), stub("Model", "m1"), stub("Model", "m2"), OWNS
    apply(store, plan_of(1, *facts))
    assert set(by_key(store)) == {T1, M1, OWNS.key}
    described = node("Model", "m1", run=2, kind="agent")
    apply(store, plan_of(2, alter=[described]), plan_of(3, remove=[OWNS.key]))
    assert by_key(store) == {T1: facts[0], M1: described}


def test_a_team_can_hold_two_roles_and_a_node_a_relationship_to_itself(store):
    facts = [
        *owned(),
        tie("OWNS", TEAM, MODEL, "technical", role="technical"),
        tie("PART_OF", TEAM, TEAM),
    ]
    apply(store, plan_of(1, *facts))
    assert by_key(store) == keyed(facts)
    apply(store, plan_of(2, remove=[OWNS.key]))
    assert by_key(store) == keyed(each for each in facts if each is not OWNS)


def test_a_hub_of_five_thousand_is_written_altered_and_taken_away(store):
    models = [node("Model", f"m{count}") for count in range(5_000)]
    ties = [
        tie("OWNS", TEAM, ("Model", f"m{count}"), "risk", role="risk") for count in range(5_000)
    ]
    apply(store, plan_of(1, node("Team", "t1"), *models, *ties))
    altered = [
        replace(each, properties={"role": "risk", "confidence": 1.0}, run=2) for each in ties
    ]
    apply(store, plan_of(2, alter=altered))
    found = store.read("MATCH (:Team)-[o:OWNS]->(:Model) WHERE o.confidence = 1.0 RETURN count(*)")
    assert found.rows == [(5_000,)]
    assert keyed(store.facts([each.key for each in ties])) == keyed(altered)
    apply(store, plan_of(3, remove=[each.key for each in ties[:4_990]]))
    assert store.read("MATCH (:Team)-[o:OWNS]->(:Model) RETURN count(*)").rows == [(10,)]


def test_a_plan_applied_twice_is_refused_or_changes_nothing(store):
    change = Change(1, OWNS.key, Before(run=0))
    plan = plan_of(1, *owned(), changes=[change])
    apply(store, plan)
    before = by_key(store)
    try:
        apply(store, plan)
    except StoreError as error:
        assert "again" in str(error)  # noqa: PT017 -- either is right
    assert by_key(store) == before
    assert list(store.changes(0)) == [change]
    assert [run.state for run in store.runs()] == ["done"]
    assert store.read("MATCH ()-[r]->() RETURN count(r)").rows == [(1,)]


def test_a_run_comes_back_as_it_was_recorded(store):
    run = run_of(
        1, finished="2026-01-01T00:00:01Z", rows_read=7, rows_rejected=1, added=2, changed=3,
        removed=1, provides=("OWNS", "Model.stage"), checksum="abc", version="1.0",
    )  # fmt: skip
    with store.lock():
        done = store.apply(replace(plan_of(1, *owned()), run=run))
    assert done == replace(run, state="done")
    assert store.runs() == [done]


def test_a_run_alone_is_recorded_and_overwritten(store):
    failed = run_of(2, state="failed", why="it's cut off", finished="2026-01-01T00:00:01Z")
    with store.lock():
        store.record(failed)
    assert store.runs() == [failed]
    with store.lock():
        store.record(replace(failed, state="undone", why=""))
        store.record(run_of(1))
        store.record(run_of(10, kind="undo"))
    assert [(run.seq, run.state) for run in store.runs()] == [
        (1, "applying"), (2, "undone"), (10, "applying"),
    ]  # fmt: skip
    assert list(store.facts()) == []


def test_runs_recorded_alone_stay_through_plans_and_in_copies(store, place):
    apply(store, plan_of(1, *owned()))
    with store.lock():
        store.record(run_of(2, state="done"))
        store.record(run_of(3, state="failed", why="it's cut off"))
    before = store.runs()
    assert [run.seq for run in before] == [1, 2, 3]
    with place.again() as other:
        assert other.runs() == before
    assert store.copy_in_memory().runs() == before
    apply(store, plan_of(4, remove=[OWNS.key]))
    with place.again() as other:
        assert other.runs() == [*before, run_of(4, state="done")]


def test_changes_come_newest_first(store):
    gone = Before(
        gone=True, properties={"name": "x", "quorum": None, "l": ["a"], "f": 0.5, "b": False},
        sources=("hr",), hashes=("h",), claims={"hr": {"x": 1}}, disputed=("name",), added_run=0,
        run=1, first_seen_day=5, described=False,
    )  # fmt: skip
    changes = [
        Change(1, T1, gone),
        Change(1, OWNS.key, Before(run=0)),
        Change(2, T1, Before()),
        Change(3, M1, Before(properties={"name": "'\"\n"})),
    ]
    for seq in (1, 2, 3):
        apply(store, plan_of(seq, changes=[each for each in changes if each.seq == seq]))
    assert {(each.seq, each.key): each for each in store.changes(0)} == {
        (each.seq, each.key): each for each in changes
    }
    assert [each.seq for each in store.changes(0)] == [3, 2, 1, 1]
    assert list(store.changes(1)) == [changes[3], changes[2]]
    assert list(store.changes(3)) == []


def test_runs_and_changes_are_no_facts(store):
    apply(store, plan_of(1, *owned(), changes=[Change(1, T1, Before())]))
    assert set(by_key(store)) == {T1, M1, OWNS.key}
    assert re.search(r"\b2 nodes, 1 relationships\b", store.about())


def test_what_is_kept_of_findings_comes_back_and_is_overwritten(store):
    first = FindingRecord("OWN-01|m|1", "OWN-01", "new", 4, 20_000, 20_000, 20_000)
    other = FindingRecord("OWN-01", "OWN-01", "asked", 4, 20_000, 20_000, 20_000)
    assert store.findings() == []
    with store.lock():
        store.apply(plan_of(1, node("Team", "t1")))
        store.record_findings([first, other])
        store.record_findings([])
    later = replace(first, state="open", last_seen_day=20_001, times=2)
    with store.lock():
        store.record_findings([later])
    assert store.findings() == [other, later]
    assert len(list(store.facts())) == 1
    assert "1 nodes" in store.about()
    assert store.copy_in_memory().findings() == [other, later]


def test_findings_are_recorded_under_the_lock(store):
    with pytest.raises(StoreError, match="lock"):
        store.record_findings([FindingRecord("a", "a", "asked", 1, 1, 1, 1)])


def test_a_key_asked_for_twice_comes_once_and_an_unknown_one_not_at_all(store):
    apply(store, plan_of(1, *owned()))
    unknown = [
        T2,
        node_key("Gate", "g"),
        relationship_key("OWNS", "Team", "t1", "Model", "m1", ("risk",)),
        relationship_key("AT", "Approval", "a", "Gate", "g"),
    ]
    found = list(store.facts([T1, OWNS.key, T1, OWNS.key, *unknown]))
    assert sorted(fact.key for fact in found) == [OWNS.key, T1]
    assert list(store.facts([])) == []


def test_rows_are_columns_and_plain_values(store):
    apply(store, plan_of(1, *owned()))
    found = store.read(
        "MATCH (t:Team) RETURN t.id AS id, t.nothing AS nothing, $given AS given, 1 AS n,"
        " 1.5 AS x, true AS yes, [1, [2]] AS list, {a: {b: 1}} AS map",
        {"given": ["a", 1, None]},
    )
    assert found.columns == ("id", "nothing", "given", "n", "x", "yes", "list", "map")
    row = ("t1", None, ["a", 1, None], 1, 1.5, True, [1, [2]], {"a": {"b": 1}})
    assert found.rows == [row]
    assert [type(value) for value in found.rows[0]] == [type(value) for value in row]


def test_columns_are_told_where_there_are_no_rows(store):
    apply(store, plan_of(1, *owned()))
    found = store.read("MATCH (g:Gate) RETURN g.id AS gate, g.name AS name")
    assert (found.columns, found.rows, found.cut) == (("gate", "name"), [], False)


def test_nodes_relationships_and_paths_are_plain_too(store):
    apply(store, plan_of(1, *owned()))
    [[team, owns, path, listed, mapped]] = store.read(
        "MATCH p = (t:Team)-[o:OWNS]->(m:Model) RETURN t, o, p, [t, [o]] AS listed, {m: m} AS map"
    ).rows
    assert (team["id"], team["name"], team["sources"]) == ("t1", "Risk", ["hr"])
    assert team.keys() == {
        "id", "name", "key", "sources", "hashes", "added_run", "run", "first_seen_day",
    }  # fmt: skip
    assert (owns["role"], owns["key"]) == ("accountable", OWNS.key)
    assert path == [team, owns, mapped["m"]]
    assert listed == [team, [owns]]
    assert mapped["m"]["id"] == "m1"


def test_a_map_with_the_keys_of_a_node_or_a_path_stays_a_map(store):
    apply(store, plan_of(1, *owned()))
    [row] = store.read(
        "RETURN {nodes: 3} AS path, {properties: 'all'} AS tie,"
        " {id: 1, labels: 'x', properties: {type: 'y'}} AS node"
    ).rows
    assert row == (
        {"nodes": 3}, {"properties": "all"}, {"id": 1, "labels": "x", "properties": {"type": "y"}},
    )  # fmt: skip


def test_a_day_is_a_date_and_a_moment_its_text(store):
    apply(store, plan_of(1, *owned()))
    [[day, moment]] = store.read(
        "RETURN date('2026-11-23') AS day, datetime('2026-11-23T06:00:00Z') AS moment"
    ).rows
    assert (type(day), day) == (date, date(2026, 11, 23))
    assert str(moment).startswith("2026-11-23T06:00:00")


def test_a_limit_cuts_and_says_so(store):
    apply(store, plan_of(1, *(node("Team", f"t{count}") for count in range(5))))
    query = "MATCH (t:Team) RETURN t.id AS id ORDER BY id"
    cut = store.read(query, limit=2)
    assert (cut.rows, cut.cut) == ([("t0",), ("t1",)], True)
    whole = store.read(query, limit=5)
    assert (len(whole.rows), whole.cut) == (5, False)
    assert store.read(query).dicts()[4] == {"id": "t4"}


def test_a_query_that_takes_too_long_is_stopped(store):
    apply(store, plan_of(1, *owned()))
    endless = (
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b"
        " WITH a, b WHERE a * b = -1 RETURN count(*) AS n"
    )
    with pytest.raises(StoreTimeoutError, match="2 s"):
        store.read(endless, timeout=2)
    assert store.read("MATCH (t:Team) RETURN count(t)", timeout=30).rows == [(1,)]


@pytest.mark.parametrize(
    ("cypher", "parameters"),
    [
        ("MATCH (t:Team RETURN t", {}),
        ("MATCH (t:Team) RETURN", {}),
        ("MATCH (t:Team) RETURN u.id", {}),
        ("MATCH (t:Team) RETURN nothing_known(t)", {}),
        ("RETURN $missing AS x", {}),
        ("RETURN $x AS x", {"x": 2**70}),
        ("RETURN $x AS x", {"x": object()}),
        ("RETURN 1 / 0 AS x", {}),
    ],
)
def test_a_query_that_cannot_be_answered_is_told_in_one_line(store, cypher, parameters):
    apply(store, plan_of(1, *owned()))
    with pytest.raises(QueryError) as caught:
        store.read(cypher, parameters)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (t:Team) SET t.name = 'x' RETURN t.id",
        "CREATE (t:Team {id: 'x'}) RETURN t.id",
        "MATCH (t) DETACH DELETE t RETURN 1",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "CALL { CREATE (t:Team {id: 'x'}) RETURN t } RETURN t.id",
    ],
)
def test_a_query_that_could_write_is_refused(store, cypher):
    apply(store, plan_of(1, *owned()))
    before = by_key(store)
    with pytest.raises(QueryError, match="may only read"):
        store.read(cypher)
    assert by_key(store) == before


def test_a_copy_in_memory_goes_its_own_way(store):
    apply(store, plan_of(1, *owned()))
    copy = store.copy_in_memory()
    before = by_key(store)
    assert by_key(copy) == before
    assert copy.runs() == store.runs()
    apply(
        copy, plan_of(2, node("Team", "t2", run=2), remove=[M1], changes=[Change(2, M1, Before())])
    )
    assert by_key(copy)[M1] == stub("Model", "m1", run=2)
    assert (by_key(store), len(store.runs()), list(store.changes(0))) == (before, 1, [])
    again = copy.copy_in_memory()
    apply(store, plan_of(2, remove=[OWNS.key]))
    assert set(by_key(again)) == {T1, T2, M1, OWNS.key}
    assert copy.read("MATCH (t:Team) RETURN count(t)").rows == [(2,)]


def test_there_is_one_writer_at_a_time(store, place):
    with place.again() as other:
        with store.lock(), pytest.raises(StoreLockedError), other.lock():
            pytest.fail("both hold the lock")
        apply(other, plan_of(1, *owned()))
    assert set(by_key(store)) == {T1, M1, OWNS.key}


def test_the_lock_is_let_go_when_its_block_fails(store, place):
    apply(store, plan_of(1, *owned()))
    with pytest.raises(KeyError), store.lock():
        raise KeyError
    with place.again() as other:
        apply(other, plan_of(2, remove=[OWNS.key]))
    assert set(by_key(store)) == {T1, M1}


def test_a_reader_beside_a_writer_sees_the_graph_of_before_and_then_of_after(store, place):
    apply(store, plan_of(1, *owned()))
    with place.again() as reader:
        before = by_key(reader)
        with store.lock():
            assert by_key(reader) == by_key(store) == before
            store.apply(plan_of(2, remove=[OWNS.key]))
            assert set(by_key(reader)) == set(by_key(store)) == {T1, M1}
        assert len(reader.runs()) == 2


NODES = [("Team", "a"), ("Team", "b"), ("Person", "a"), ("Model", "a"), ("Model", "b")]
TIES = [
    ("MEMBER_OF", ("Person", "a"), ("Team", "a")),
    ("PART_OF", ("Team", "a"), ("Team", "b")),
    ("PART_OF", ("Team", "b"), ("Team", "b")),
    ("OWNS", ("Team", "a"), ("Model", "a"), "risk"),
    ("OWNS", ("Team", "a"), ("Model", "a"), "technical"),
    ("OWNS", ("Person", "a"), ("Model", "b"), "risk"),
    ("DEPENDS_ON", ("Model", "a"), ("Model", "b"), "calls"),
]
VALUES = st.dictionaries(
    st.sampled_from(["x", "y"]),
    st.one_of(st.integers(-3, 3), st.sampled_from(["", "v"])),
    max_size=2,
)
SAID = st.tuples(
    st.dictionaries(st.sampled_from(NODES), VALUES, max_size=5),
    st.dictionaries(st.sampled_from(TIES), VALUES, max_size=7),
)


def planned(seq, said, known):
    """The plan that makes of the facts in `known` what is said, with stubs for missing ends."""
    nodes, ties = said
    facts = [node(*each, run=seq, **values) for each, values in nodes.items()]
    facts += [tie(*each, run=seq, **values) for each, values in ties.items()]
    wanted = {fact.key: fact for fact in facts}
    needed = {end for key in wanted for end in ends(key)}
    create = [fact for key, fact in wanted.items() if key not in known]
    create += [stub_at(key, seq, seq) for key in sorted(needed - wanted.keys() - known.keys())]
    alter = [
        replace(fact, added_run=known[key].added_run)
        for key, fact in wanted.items()
        if key in known
    ]
    left = known.keys() - wanted.keys() - needed
    return plan_of(
        seq, *create, alter=alter, remove=[key for key in sorted(left) if known[key].described]
    )


def stub_at(key, added, run):
    at = parse_key(key)
    return stub(at.label, at.id, added=added, run=run)


def afterwards(plan, known):
    """What a store must hold when `plan` was applied to the facts in `known`."""
    facts = {key: fact for key, fact in known.items() if not (ends(key) and key in plan.remove)}
    held = {end for key in facts for end in ends(key)}
    for key in facts.keys() & set(plan.remove):
        if key in held:
            facts[key] = stub_at(key, known[key].added_run, plan.run.seq)
        else:
            del facts[key]
    facts |= {fact.key: fact for fact in plan.create + plan.alter}
    held = {end for key in facts for end in ends(key)}
    return {key: fact for key, fact in facts.items() if fact.described or key in held}


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # `fresh` is called each time
)
@given(st.lists(SAID, max_size=5))
def test_any_sequence_of_plans_leaves_the_facts_that_a_plain_dict_would(place, sayings):
    known = {}
    with place.fresh() as opened, opened.lock():
        for seq, said in enumerate(sayings, start=1):
            plan = planned(seq, said, known)
            opened.apply(plan)
            known = afterwards(plan, known)
            assert by_key(opened) == known
            stated = {key: "".join(fact.hashes) for key, fact in known.items() if fact.described}
            assert opened.stated("hr") == stated
