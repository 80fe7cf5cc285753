import pytest

from ownership_graph.importing.planning import rivals
from ownership_graph.records import Before, Node, Rejected, Relationship, node_key

T1, T2, M1 = node_key("Team", "t1"), node_key("Team", "t2"), node_key("Model", "m1")
OWNS = '["OWNS","Team","t1","Model","m1","accountable"]'
MEMBER = '["MEMBER_OF","Person","p1","Team","t1"]'


def team(own_id="t1", **properties):
    return Node("Team", own_id, properties)


def model(**properties):
    return Node("Model", "m1", properties)


def owns(from_id="t1", **properties):
    return Relationship(
        "OWNS", "Team", from_id, "Model", "m1", {"role": "accountable", **properties}
    )


def test_what_is_new_is_created_with_its_run_and_day(graph):
    planned = graph.load("hr", [team(name="Risk"), model(), owns()], day=20_500)

    fact = graph.facts[T1]
    assert fact.properties == {"name": "Risk"}
    assert (fact.sources, len(fact.hashes), fact.claims) == (("hr",), 1, {})
    assert (fact.added_run, fact.run, fact.first_seen_day) == (1, 1, 20_500)
    assert planned.plan.changes == ()
    assert (planned.plan.run.added, planned.stubs) == (3, 0)


def test_what_is_unchanged_is_not_touched(graph):
    records = [team(name="Risk"), model(), owns()]
    graph.load("hr", records)

    planned = graph.load("hr", records, day=20_600)

    assert (planned.plan.create, planned.plan.alter, planned.plan.remove) == ((), (), ())
    assert graph.difference.unchanged == 3
    assert graph.facts[T1].run == 1


def test_what_is_altered_keeps_when_it_came_and_remembers_only_what_differs(graph):
    graph.load("hr", [team(name="Risk", status="active", quorum=3)], day=20_500)
    old = graph.facts[T1]

    planned = graph.load("hr", [team(name="Risk", kind="committee", quorum=4)], day=20_600)

    fact = graph.facts[T1]
    assert fact.properties == {"name": "Risk", "kind": "committee", "quorum": 4}
    assert (fact.added_run, fact.run, fact.first_seen_day) == (1, 2, 20_500)
    [change] = planned.plan.changes
    assert (change.seq, change.key) == (2, T1)
    assert change.before == Before(
        properties={"status": "active", "kind": None, "quorum": 3}, hashes=old.hashes, run=1
    )


def test_what_is_gone_is_removed_and_remembered_whole(graph):
    graph.load("hr", [team(name="Risk"), team("t2")], day=20_500)
    old = graph.facts[T1]

    planned = graph.load("hr", [team("t2")])

    assert T1 not in graph.facts
    [change] = planned.plan.changes
    assert change.before == Before(
        gone=True,
        properties={"name": "Risk"},
        sources=("hr",),
        hashes=old.hashes,
        claims={},
        disputed=(),
        added_run=1,
        run=1,
        first_seen_day=20_500,
        described=True,
    )
    assert planned.plan.run.removed == 1


@pytest.mark.parametrize("mode", ["delta", "events"])
def test_absence_means_nothing_in_the_modes_delta_and_events(graph, mode):
    graph.load("hr", [team(name="Risk"), team("t2")])

    graph.load("hr", [team(name="Risk and more")], mode=mode)

    assert graph.facts[T1].properties == {"name": "Risk and more"}
    assert T2 in graph.facts


def test_absence_never_means_anything_for_events(graph):
    approval = Node("Approval", "a1")
    concerns = Relationship("CONCERNS", "Approval", "a1", "Model", "m1")
    graph.load("desk", [approval, concerns, model(), team()])

    graph.load("desk", [team("t2")])

    assert set(graph.facts) == {
        node_key("Approval", "a1"),
        '["CONCERNS","Approval","a1","Model","m1"]',
        M1,
        T2,
    }
    assert not graph.facts[M1].described


def test_an_event_can_still_be_altered(graph):
    graph.load("desk", [Node("Approval", "a1", {"status": "pending"})])

    graph.load("desk", [Node("Approval", "a1", {"status": "approved"})])

    assert graph.facts[node_key("Approval", "a1")].properties == {"status": "approved"}


def test_a_fact_whose_row_was_rejected_stays_as_it_was(graph):
    member = Relationship("MEMBER_OF", "Person", "p1", "Team", "t1", {"role": "lead"})
    graph.load("hr", [team(status="active"), team("t2"), owns(), member])

    graph.load(
        "hr",
        [
            team(status="actve"),
            owns(role="boss"),
            Rejected("x.csv", 3, "cut off", "rels_MEMBER_OF",
                     {"from_label": "Person", "from": "p1 ", "to_label": "Team", "to": "t1"}),
            Rejected("x.csv", 4, "cut off"),
        ],
    )  # fmt: skip

    assert {T1, OWNS, MEMBER} <= set(graph.facts)
    assert T2 not in graph.facts


def test_a_second_source_joins_a_fact_and_the_one_believed_first_wins(graph):
    graph.load("hr", [team(name="Risk", kind="team")])

    planned = graph.load(
        "cmdb", [team(name="Risk EMEA", function="risk", kind="team")], precedence=["cmdb", "hr"]
    )

    fact = graph.facts[T1]
    assert fact.properties == {"name": "Risk EMEA", "kind": "team", "function": "risk"}
    assert fact.sources == ("cmdb", "hr")
    assert fact.claims == {
        "hr": {"name": "Risk", "kind": "team"},
        "cmdb": {"name": "Risk EMEA", "function": "risk", "kind": "team"},
    }
    assert fact.disputed == ("name",)
    assert planned.disputed == 1
    assert planned.plan.run.changed == 1
    [change] = planned.plan.changes
    assert change.before == Before(
        properties={"name": "Risk", "function": None},
        sources=("hr",),
        hashes=(fact.hashes[1],),
        claims={},
        disputed=(),
        run=1,
    )


def test_what_only_one_of_two_sources_states_is_not_disputed(graph):
    graph.load("a", [team(name="Risk")])
    graph.load("b", [team(kind="team")])

    assert graph.facts[T1].disputed == ()
    assert graph.facts[T1].properties == {"name": "Risk", "kind": "team"}


def test_people_are_believed_before_any_source_whatever_the_settings_say(graph):
    graph.load("manual", [team(name="What we call it")])
    graph.load("hr", [team(name="Risk")], precedence=["hr", "manual"])

    assert graph.facts[T1].properties["name"] == "What we call it"
    assert graph.facts[T1].sources == ("manual", "hr")


def test_sources_that_the_settings_do_not_name_are_believed_last_by_name(graph):
    for source in ("zz", "aa", "hr"):
        graph.load(source, [team(name=source)], precedence=["hr"])

    assert graph.facts[T1].sources == ("hr", "aa", "zz")


def test_when_one_of_two_sources_stops_the_other_ones_statement_stands_alone(graph):
    graph.load("a", [team(name="Risk"), team("t2")])
    graph.load("b", [team(kind="team")])

    planned = graph.load("a", [team("t2")])

    fact = graph.facts[T1]
    assert (fact.properties, fact.sources, fact.claims) == ({"kind": "team"}, ("b",), {})
    assert (planned.plan.run.changed, planned.plan.run.removed) == (1, 0)


def test_of_three_sources_each_keeps_its_own_statement(graph):
    graph.load("a", [team(name="A")])
    graph.load("b", [team(name="B")])
    graph.load("c", [team(name="C")])

    graph.load("b", [team(name="B2")])
    assert graph.facts[T1].claims == {"a": {"name": "A"}, "b": {"name": "B2"}, "c": {"name": "C"}}

    graph.load("a", [])
    assert graph.facts[T1].properties == {"name": "B2"}
    assert graph.facts[T1].disputed == ("name",)


def test_an_end_that_nobody_describes_becomes_a_stub(graph):
    planned = graph.load("owners", [owns(), owns(role="technical")])

    fact = graph.facts[T1]
    assert (fact.properties, fact.sources, fact.hashes) == ({}, (), ())
    assert (fact.described, fact.added_run, fact.first_seen_day) == (False, 1, 20_000)
    assert (planned.stubs, planned.plan.run.added) == (2, 2)


def test_an_end_that_another_source_describes_is_no_stub(graph):
    graph.load("hr", [team(name="Risk")])

    planned = graph.load("owners", [owns()])

    assert planned.stubs == 1
    assert graph.facts[T1].properties == {"name": "Risk"}


def test_a_stub_that_gets_described_is_altered_not_made_again(graph):
    graph.load("owners", [owns()], day=20_100)

    planned = graph.load("hr", [team(name="Risk")], day=20_200)

    fact = graph.facts[T1]
    assert (fact.described, fact.added_run, fact.first_seen_day) == (True, 1, 20_100)
    assert (fact.properties, fact.sources) == ({"name": "Risk"}, ("hr",))
    [change] = planned.plan.changes
    assert change.before == Before(
        properties={"name": None}, sources=(), hashes=(), run=1, described=False
    )


def test_a_node_that_is_no_longer_described_stays_as_a_stub_while_others_point_at_it(graph):
    graph.load("hr", [team(name="Risk"), team("t2")])
    graph.load("owners", [owns()])

    graph.load("hr", [team("t2")])

    assert not graph.facts[T1].described


def test_the_end_of_a_new_relationship_stays_as_a_stub_though_its_description_goes(graph):
    graph.load("hr", [team(name="Risk"), team("t2")])

    planned = graph.load("hr", [team("t2"), owns()])

    fact = graph.facts[T1]
    assert (fact.described, fact.properties, fact.sources) == (False, {}, ())
    assert planned.plan.remove == ()
    assert planned.stubs == 2
    assert planned.plan.changes[0].before.described is True


def test_the_end_of_a_new_relationship_that_another_source_describes_is_left_to_it(graph):
    graph.load("cmdb", [team(kind="team")])
    graph.load("hr", [team(name="Risk"), team("t2")])

    planned = graph.load("hr", [team("t2"), owns()])

    assert graph.facts[T1].sources == ("cmdb",)
    assert planned.stubs == 1


def test_a_stub_goes_with_its_last_relationship(graph):
    graph.load("owners", [owns(), team("t2")])

    graph.load("owners", [team("t2")])

    assert set(graph.facts) == {T2}


def test_a_changed_identity_is_another_relationship(graph):
    graph.load("owners", [owns()])

    graph.load("owners", [owns(role="technical")])

    assert OWNS not in graph.facts
    assert '["OWNS","Team","t1","Model","m1","technical"]' in graph.facts


def test_the_ids_of_nodes_are_looked_for_under_labels_that_stand_in_their_place():
    found = rivals([T1, OWNS, M1])

    assert found[node_key("Person", "t1")] == "t1"
    assert found[node_key("Dataset", "m1")] == "m1"
    assert not {T1, M1, OWNS} & found.keys()
