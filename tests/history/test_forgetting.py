from pathlib import Path

import pytest
from days_of_imports import facts_of, model, owns, person, team
from msgspec.structs import replace

from ownership_graph.errors import UsageError
from ownership_graph.history import forget, history_of, undo
from ownership_graph.records import FindingRecord, ImportRun, Relationship

ADA, NAME = "gh:ada-l", "Ada Lovelace"


def dump(store):
    """All that a store holds, as text."""
    kept = store.facts(), store.held(), store.changes(0), store.runs(), store.findings()
    return "\n".join(repr(each) for part in kept for each in part)


@pytest.fixture
def known(days):
    """A person in every place where a store can name one."""
    member = Relationship("MEMBER_OF", "Person", ADA, "Team", "t1")
    days.bring(
        person(ADA, name=NAME), person("gh:bob", name="Bob"), team("t1", name=f"Team of {NAME}"),
        model("m1", classified_by=ADA), member, owns("t1", "m1", confirmed_by=NAME),
    )  # fmt: skip
    days.bring(
        person(ADA, name="Ada"), team("t2"), model("m1", classified_by=ADA),
        model("m2", licence=f"ask {ADA}!", vendor=f"gh:bob; {NAME}"), source="inventory",
    )  # fmt: skip
    judged = Relationship("JUDGED_BY", "Model", "m2", "Criterion", "c1", {"agreed_by": [ADA, "b"]})
    days.bring(judged, source="board")
    days.bring(person(ADA, absent=True), source="manual")
    days.bring(team("t1", name="Other"), owns("t1", "m1"), model("m1", vendor=ADA), member)
    run = ImportRun("hr#6", 6, "hr", "t", "2026-11-05T00:00:00Z", state="failed")
    record = FindingRecord(f"OWN-01|{ADA}", "OWN-01", "open", 1, 1, 1, 1)
    with days.store.lock():
        days.store.record(replace(run, why=f"the row of {ADA} ({NAME}) is wrong"))
        days.store.record_findings([record, replace(record, id="OWN-01|m1")])
    return days


def test_nothing_in_the_store_names_who_was_forgotten(known, place):
    store = known.store
    assert ADA in dump(store)
    assert NAME in dump(store)

    done = forget(store, ADA, now=known.now)

    assert (done.facts, done.altered, done.findings) == (2, 3, 1)
    with place.again() as again:
        for held in (store, again):
            assert ADA not in dump(held)
            assert NAME not in dump(held)
    assert '["Person","gh:bob"]' not in facts_of(store)
    assert [each.id for each in store.findings()] == ["OWN-01|m1"]
    run = store.runs()[-1]
    assert (run.kind, run.removed, run.state) == ("forget", 2, "done")
    with pytest.raises(UsageError, match="no person of that id is known"):
        forget(store, ADA, now=known.now)
    if place.kind == "embedded":
        file = Path(store.address)
        for each in file.parent.glob(f"{file.name}*"):
            assert ADA.encode() not in each.read_bytes()
            assert NAME.encode() not in each.read_bytes()


def test_the_others_keep_their_past_and_the_sources_bring_the_person_back(known):
    forget(known.store, ADA, now=known.now)

    assert history_of(known.store, "t2")
    assert facts_of(known.store)['["Model","m2"]'].properties == {
        "licence": "ask [forgotten]!", "vendor": "gh:bob",
    }  # fmt: skip
    with pytest.raises(Exception, match="what was forgotten is not remembered"):
        undo(known.store, "forget#7", now=known.now)
    known.bring(person(ADA, name=NAME))
    assert '["Person","gh:ada-l"]' in facts_of(known.store)


def test_who_is_not_known_cannot_be_forgotten(known):
    for own_id, told in (("gh:ada", "Did you mean 'gh:ada-l'"), ("Ada", "The id is 'gh:ada-l'")):
        with pytest.raises(UsageError, match=told):
            forget(known.store, own_id, now=known.now)
