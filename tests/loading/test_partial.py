"""A source that says itself that it was not read whole."""

from ownership_graph.records import Node, Partial, Promise, node_key

TEAMS = tuple(Node("Team", f"t{number}", {}, "teams", number) for number in range(20))
CUT = Partial("20 persons were announced, and 3 came.", "people", 4)


def test_nothing_is_taken_for_gone_and_what_is_new_goes_in(bring, facts):
    bring(*TEAMS)

    summary = bring(TEAMS[0], Node("Team", "new"), CUT)

    assert (summary.added, summary.removed, summary.guard) == (1, 0, "")
    assert len(facts()) == len(TEAMS) + 1
    assert (summary.partial, summary.exit_code) == ((CUT,), 4)


def test_one_that_says_nothing_at_all_is_not_taken_for_empty(bring, facts):
    bring(*TEAMS)

    assert bring(CUT).exit_code == 4
    assert len(facts()) == len(TEAMS)


def test_who_is_not_in_the_part_that_was_read_has_not_left(bring, facts):
    bring(*TEAMS)

    bring(TEAMS[0], CUT, authoritative_for=("Team",))

    assert {fact.properties.get("status") for fact in facts().values()} == {None}


def test_the_promises_of_the_last_whole_reading_stand(bring, embedded_store):
    bring(TEAMS[0], Promise("Person"), CUT)
    assert embedded_store.runs()[-1].provides == ()
    bring(TEAMS[0], Promise("Team"))

    bring(TEAMS[0], Promise("Person"), CUT)

    assert embedded_store.runs()[-1].provides == ("OWNS", "Team")


def test_the_next_whole_reading_takes_away_what_went(bring, facts):
    bring(*TEAMS[:3], CUT)

    assert bring(*TEAMS[:2], source="hr").removed == 1
    assert set(facts()) == {node_key("Team", "t0"), node_key("Team", "t1")}


def test_the_run_remembers_why(bring, embedded_store):
    bring(*TEAMS, CUT)

    [run] = embedded_store.runs()
    assert (run.state, run.why) == ("done", CUT.why)
