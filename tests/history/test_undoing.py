import pytest
from days_of_imports import Days, bring, facts_of, model, owns, person, said_in, team
from msgspec.structs import replace

from ownership_graph.errors import HistoryError, UsageError
from ownership_graph.history import as_of, undo
from ownership_graph.identities import read_aliases
from ownership_graph.stores import Credentials
from ownership_graph.stores.neo4j import Neo4jStore


def states(store):
    return {run.id: run.state for run in store.runs()}


def test_an_import_is_taken_back_and_what_the_source_states_is_as_before(days):
    days.bring(team("t1", name="One"), team("t2"), model("m1"), owns("t1", "m1"))
    before, stated = said_in(days.store), days.store.stated("hr")
    days.bring(team("t1", name="Two"), team("t3"), model("m1"))

    undone = undo(days.store, "hr#2", now=days.now)

    assert said_in(days.store) == before
    assert days.store.stated("hr") == stated
    assert (undone.run.added, undone.run.changed, undone.run.removed) == (2, 1, 1)
    assert (undone.run.kind, undone.run.undoes, undone.run.source) == ("undo", "hr#2", "hr")
    assert states(days.store) == {"hr#1": "done", "hr#2": "undone", "hr#3": "done"}


def test_the_next_import_brings_back_what_the_source_states(days):
    days.bring(team("t1"))
    days.bring(team("t1"), team("t2"))
    after = days.store.stated("hr")
    undo(days.store, "hr", now=days.now)

    days.bring(team("t1"), team("t2"))

    assert days.store.stated("hr") == after


def test_an_undo_is_itself_seen_in_the_past_and_undone(days):
    days.bring(team("t1"), owns("t1", "m1"))
    days.bring(team("t1", name="Two"))
    redone = said_in(days.store)
    undo(days.store, "hr#2", now=days.now)
    between = facts_of(days.store)

    undo(days.store, "hr#3", now=days.now)

    assert said_in(days.store) == redone
    assert states(days.store) == {
        "hr#1": "done", "hr#2": "done", "hr#3": "undone", "hr#4": "done",
    }  # fmt: skip
    with as_of(days.store, 3) as past:
        assert facts_of(past) == between
        assert states(past) == {"hr#1": "done", "hr#2": "undone", "hr#3": "done"}
    undo(days.store, "hr#2", now=days.now)
    undo(days.store, "hr#1", now=days.now)
    assert said_in(days.store) == {}


def test_what_a_later_run_built_on_is_not_taken_back(days):
    days.bring(team("t1", name="One"), team("t2"))
    days.bring(team("t1", name="Other"), source="inventory")
    before = facts_of(days.store)

    with pytest.raises(HistoryError) as refused:
        undo(days.store, "hr#1", now=days.now)

    assert str(refused.value) == (
        "undoing hr#1: inventory#2 touched Team t1 after it. Undo inventory#2 first, or set right"
        " in the source what is wrong, and import. The graph stays as it was."
    )
    assert facts_of(days.store) == before
    undo(days.store, "inventory", now=days.now)
    undo(days.store, "hr", now=days.now)
    assert said_in(days.store) == {}


def test_the_run_that_stands_in_the_way_is_the_newest_that_stands(days):
    days.bring(team("t1", name="One"))
    days.bring(team("t1", name="Two"), source="inventory")
    undo(days.store, "inventory", now=days.now)
    days.bring(team("t1", name="Three"), source="inventory")

    with pytest.raises(HistoryError, match="inventory#4 touched Team t1 after it"):
        undo(days.store, "hr", now=days.now)
    undo(days.store, "inventory#4", now=days.now)
    undo(days.store, "hr", now=days.now)
    assert said_in(days.store) == {}


def test_what_others_describe_since_is_no_hindrance(days):
    days.bring(owns("t1", "m1"))
    days.bring(team("t1"), source="inventory")

    undo(days.store, "hr", now=days.now)

    assert list(facts_of(days.store)) == ['["Team","t1"]']


def test_a_node_that_others_point_at_becomes_a_stub(days):
    days.bring(team("t1"))
    days.bring(owns("t1", "m1"), source="inventory")

    undo(days.store, "hr", now=days.now)

    assert not facts_of(days.store)['["Team","t1"]'].described


def test_a_denial_is_taken_back_with_what_it_held_down_since(days):
    days.bring(team("t1"), model("m1"), owns("t1", "m1"))
    days.bring(team("t1", absent=True), source="manual")
    days.bring(owns("t1", "m1", role="accountable"), source="inventory")

    undo(days.store, "manual", now=days.now)

    assert [fact.key for fact in days.store.held()] == []
    assert '["OWNS","Team","t1","Model","m1","accountable"]' in facts_of(days.store)

    undo(days.store, "manual#4", now=days.now)

    assert len(list(days.store.held())) == 3


def test_the_newest_run_of_a_source_is_taken_back_first(days):
    days.bring(team("t1"))
    days.bring(team("t1"), team("t2"))

    with pytest.raises(HistoryError, match=r"hr#2 is a later run of the same source.*Undo hr#2"):
        undo(days.store, "hr#1", now=days.now)


def test_a_later_run_that_changed_nothing_is_no_hindrance(days):
    days.bring(team("t1"))
    days.bring(team("t1"))

    undo(days.store, "hr#1", now=days.now)

    assert said_in(days.store) == {}


def test_a_source_stands_for_its_newest_run_that_was_not_taken_back(days):
    days.bring(team("t1"))
    days.bring(team("t1"), team("t2"))

    backs = [undo(days.store, "hr", now=days.now).took_back.id for _ in range(2)]

    assert backs == ["hr#2", "hr#1"]
    with pytest.raises(UsageError, match="there is none of that name"):
        undo(days.store, "hr", now=days.now)


def test_a_source_stands_for_a_run_that_changed_something(days):
    days.bring(team("t1"))
    days.bring(team("t1"))

    assert undo(days.store, "hr", now=days.now).took_back.id == "hr#1"


def test_a_run_that_failed_changed_nothing(days):
    run = days.bring(team("t1"))
    with days.store.lock():
        days.store.record(replace(run, id="hr#2", seq=2, state="failed", why="it was empty"))

    with pytest.raises(HistoryError, match="undoing hr#2: it failed, and changed nothing"):
        undo(days.store, "hr#2", now=days.now)


def test_a_run_is_taken_back_once(days):
    days.bring(team("t1"))
    undo(days.store, "hr#1", now=days.now)

    with pytest.raises(HistoryError, match=r"hr#2 took it back already.*undo hr#2"):
        undo(days.store, "hr#1", now=days.now)


def test_an_unknown_run_is_told_with_the_nearest(days):
    with pytest.raises(UsageError, match="None was recorded yet"):
        undo(days.store, "hr#1", now=days.now)
    days.bring(person("p1"))
    with pytest.raises(UsageError, match="Did you mean 'hr#1'"):
        undo(days.store, "hr1", now=days.now)
    with pytest.raises(UsageError, match="The newest is hr#1"):
        undo(days.store, "zzz", now=days.now)
    assert undo(days.store, "1", now=days.now).took_back.id == "hr#1"
    assert undo(days.store, "#2", now=days.now).took_back.id == "hr#2"


def test_a_joining_of_names_is_taken_back_and_seen_as_of_before(days, tmp_path):
    file = tmp_path / "identities.csv"
    days.bring(person("octo", name="Octo"))
    days.bring(person("gh:cat", kind="human"), source="inventory")
    apart = facts_of(days.store)
    file.write_text("alias,label,id\ngh:cat,Person,octo\n")
    bring(days.store, person("gh:cat", kind="human"), source="inventory", now=days.now,
          aliases=read_aliases(file))  # fmt: skip
    joined = said_in(days.store)
    assert list(joined) == ['["Person","octo"]']

    with as_of(days.store, 2) as past:
        assert facts_of(past) == apart
    undone = undo(days.store, "identities", now=days.now)

    assert said_in(days.store).keys() == apart.keys()
    undo(days.store, undone.run.id, now=days.now)
    assert said_in(days.store) == joined


class CutOff(Neo4jStore):
    """A store in which each statement is a transaction, and that is left after so many."""

    def __init__(self, server, transactions):
        super().__init__(server.uri, Credentials(server.user, server.password), at_once=0)
        self._left = iter(range(transactions))

    def _write(self, whole):
        if next(self._left, None) is None:
            raise KeyboardInterrupt
        super()._write(whole)


@pytest.mark.parametrize("transactions", range(1, 9))
def test_an_undo_that_was_cut_off_goes_on(neo4j_place, transactions):
    with neo4j_place.fresh() as store:
        days = Days(store)
        days.bring(team("t1", name="One"), team("t2"), model("m1"), owns("t1", "m1"))
        days.bring(team("t1", absent=True), team("t2"), source="manual")
        before = said_in(store)
        days.bring(team("t1", name="Two"), team("t3"), model("m1"), owns("t3", "m2"))
        with CutOff(neo4j_place.server, transactions) as other, pytest.raises(KeyboardInterrupt):
            undo(other, "hr#3", now=days.now)

        undone = undo(store, "hr#3" if transactions % 2 else "hr", now=days.now)

        assert undone.run.state == "done"
        assert said_in(store) == before
        assert states(store)["hr#3"] == "undone"
