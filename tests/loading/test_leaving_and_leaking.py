"""Who a source lists no longer has left; what goes little by little trips the guard."""

from datetime import UTC, datetime, timedelta

import pytest

from ownership_graph.errors import GuardError, StoreLockedError
from ownership_graph.loading import Order, load
from ownership_graph.records import Node, Relationship, node_key

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TODAY = (NOW - datetime(1970, 1, 1, tzinfo=UTC)).days


def persons(count, **properties):
    return [Node("Person", f"p{number}", properties) for number in range(count)]


@pytest.fixture
def bring(store, telling):
    importer, says = telling

    def bring(*records, day=0, labels=(), **switches):
        says["now"] = records
        order = Order("hr", importer, {"what": "now"}, authoritative_for=labels)
        return load(store, order, now=NOW + timedelta(days=day), **switches)

    return bring


@pytest.fixture
def properties(store):
    return lambda: {fact.key: fact.properties for fact in store.facts()}


def test_who_is_no_longer_listed_has_left_and_can_come_back(bring, properties):
    ann, team = Node("Person", "ann", {"name": "Ann"}), Node("Team", "t", {"name": "T"})
    member = Relationship("MEMBER_OF", "Person", "ann", "Team", "t")
    labels = ("Person", "Team")
    bring(ann, team, member, labels=labels)

    gone = bring(Node("Model", "m"), day=1, labels=labels)
    assert (gone.departed, gone.removed) == (2, 1)
    left = {"name": "Ann", "status": "left", "left_day": TODAY + 1}
    assert properties()[node_key("Person", "ann")] == left
    assert properties()[node_key("Team", "t")] == {"name": "T", "status": "archived"}

    again = bring(Node("Model", "m"), day=9, labels=labels)
    assert (again.departed, again.changed) == (0, 0)
    assert properties()[node_key("Person", "ann")] == left

    bring(ann, team, member, day=10, labels=labels)
    assert properties()[node_key("Person", "ann")] == {"name": "Ann"}
    assert properties()[node_key("Team", "t")] == {"name": "T"}


def test_only_nodes_of_those_labels_are_kept(bring, properties):
    bring(Node("Person", "ann"), Node("Team", "t"), labels=("Person",))

    bring(Node("Model", "m"), labels=("Person",))

    assert properties().keys() == {node_key("Person", "ann"), node_key("Model", "m")}


def test_the_guard_counts_those_who_leave(bring):
    bring(*persons(40), labels=("Person",))

    with pytest.raises(GuardError, match="15 of 40 Person facts"):
        bring(*persons(25), labels=("Person",))


def test_a_slow_leak_is_stopped_and_begins_anew_once_it_is_allowed(bring):
    for day, count in enumerate((100, 90, 80)):
        bring(*persons(count), day=day)

    with pytest.raises(GuardError, match="30 of the 100 Person facts of 2026-11-23"):
        bring(*persons(70), day=3)

    bring(*persons(70), day=4, allow_removals=True)
    bring(*persons(60), day=5)
    with pytest.raises(GuardError, match="of the 70 Person facts"):
        bring(*persons(50), day=6)


def test_a_leak_of_a_month_ago_is_forgotten(bring):
    bring(*persons(100))
    bring(*persons(80), day=1)

    bring(*persons(65), day=40)


def test_a_column_that_empties_little_by_little_is_stopped(bring):
    def filled(count):
        return [*persons(count, function="legal"), *persons(60)[count:]]

    bring(*filled(60))
    bring(*filled(50), day=1)

    with pytest.raises(GuardError, match=r"20 of the 60 values of Person\.function"):
        bring(*filled(40), day=2)


def test_rows_that_were_rejected_are_no_leak(bring):
    bring(*persons(40))

    summary = bring(*persons(20), *persons(40, status="gone")[20:], day=1)

    assert len(summary.rejected) == 20
    assert summary.removed == 0


def test_whoever_writes_may_take_the_lock_again_and_others_wait(store, place):
    with (
        store.lock(),
        store.lock(wait=1.0),
        place.again() as other,
        pytest.raises(StoreLockedError),
        other.lock(wait=0.1),
    ):
        pass
    with store.lock(wait=0.1):
        pass
