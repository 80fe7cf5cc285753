"""A changed alias file over the facts that are there, and the imports after it; on every store."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from ownership_graph.history import undo
from ownership_graph.identities import read_aliases
from ownership_graph.loading import Order, load
from ownership_graph.plans.remembering import all_of
from ownership_graph.records import (
    Change,
    Node,
    Plan,
    Relationship,
    node_key,
    relationship_key,
)

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
OCTO, HUB = node_key("Person", "octo"), node_key("Person", "gh:Octocat")
TEAM = node_key("Team", "risk")


def member(person):
    return Relationship("MEMBER_OF", "Person", person, "Team", "risk")


def owns(person, **properties):
    return Relationship("OWNS", "Person", person, "Model", "m1", properties)


HR = (Node("Person", "octo", {"name": "Octo Cat", "status": "active"}), member("octo"))
GITHUB = (Node("Person", "gh:Octocat", {"name": "octocat"}), member("gh:Octocat"))


@pytest.fixture
def aliases(tmp_path):
    """The aliases of these lines."""

    def aliases(*lines):
        file = tmp_path / "identities.csv"
        file.write_text("\n".join(["alias,label,id", *lines]) + "\n")
        return read_aliases(file)

    return aliases


@pytest.fixture
def bring(store, telling):
    importer, says = telling

    def bring(source, *records, aliases=None, **switches):
        says["now"] = records
        order = Order(source, importer, {"what": "now"}, mode=switches.pop("mode", None))
        return load(store, order, now=NOW, aliases=aliases, allow_removals=True, **switches)

    return bring


@pytest.fixture
def facts(store):
    return lambda: {fact.key: fact for fact in (*store.facts(), *store.held())}


def plain(facts):
    """The facts without what tells of runs."""
    return {
        key: (fact.properties, fact.sources, fact.claims, fact.disputed, fact.absent)
        for key, fact in facts.items()
    }


def tie(type_, person, to="Team", to_id="risk"):
    return relationship_key(type_, "Person", person, to, to_id)


def test_two_names_become_one_person_whom_both_sources_state(bring, facts, aliases, store):
    bring("hr", *HR)
    bring("github", *GITHUB)
    known = aliases("@GH:octocat,Person,octo")

    bring("hr", *HR, aliases=known)

    found = facts()
    assert found.keys() == {OCTO, TEAM, tie("MEMBER_OF", "octo")}
    assert found[OCTO].sources == ("github", "hr")
    assert found[OCTO].claims == {
        "hr": {"name": "Octo Cat", "status": "active"},
        "github": {"name": "octocat"},
    }
    assert found[OCTO].disputed == ("name",)
    assert found[OCTO].added_run == 1
    [run] = [each for each in store.runs() if each.kind == "identities"]
    assert (run.source, run.state, run.checksum) == ("identities", "done", known.checksum)
    assert {each.key for each in store.changes(run.seq - 1)} == {
        OCTO, HUB, tie("MEMBER_OF", "octo"), tie("MEMBER_OF", "gh:Octocat"),
    }  # fmt: skip


def test_aliases_before_the_imports_or_between_them_come_to_the_same(
    bring, facts, aliases, place, store
):
    known = aliases("gh:octocat,Person,octo")
    for source, records in (("hr", HR), ("github", GITHUB), ("hr", HR), ("github", GITHUB)):
        bring(source, *records, aliases=known)
    first = plain(facts())
    for source in ("hr", "github"):
        bring(source, aliases=known)
    assert facts() == {}

    bring("hr", *HR, aliases=aliases())
    bring("github", *GITHUB, aliases=aliases())
    bring("github", *GITHUB, aliases=aliases("gh:octocat,Person,octo"))
    bring("hr", *HR, aliases=known)

    assert plain(facts()) == first


def test_a_rename_is_no_death_and_birth(bring, facts, aliases):
    bring("hr", Node("Team", "risk", {"name": "Risk"}), *HR)

    summary = bring(
        "hr", Node("Team", "emea-risk", {"name": "Risk"}),
        HR[0], Relationship("MEMBER_OF", "Person", "octo", "Team", "emea-risk"),
        aliases=aliases("risk,Team,emea-risk"),
    )  # fmt: skip

    assert (summary.added, summary.changed, summary.removed) == (0, 0, 0)
    assert facts().keys() == {
        OCTO,
        node_key("Team", "emea-risk"),
        tie("MEMBER_OF", "octo", to_id="emea-risk"),
    }
    assert (
        facts()[node_key("Team", "emea-risk")].first_seen_day
        == (NOW - datetime(1970, 1, 1, tzinfo=UTC)).days
    )


def test_of_what_one_source_states_of_both_the_id_counts(bring, facts, aliases):
    both = (
        Node("Person", "cat", {"status": "left"}),
        Node("Person", "octo", {"status": "active"}),
    )
    bring("hr", *both)

    bring("other", Node("Team", "x"), aliases=aliases("cat,Person,octo"))
    assert facts()[OCTO].properties == {"status": "active"}

    for records in (both, both[::-1]):
        bring("hr", *records, aliases=aliases("cat,Person,octo"))
        assert facts()[OCTO].properties == {"status": "active"}


def test_a_stub_under_a_name_becomes_the_one_who_is_described(bring, facts, aliases):
    bring("hr", *HR)
    bring("log", owns("@octo", role="technical"))
    assert facts()[node_key("Person", "@octo")].described is False

    bring("other", aliases=aliases("octo,Person,octo"))

    assert facts().keys() == {
        OCTO, TEAM, node_key("Model", "m1"), tie("MEMBER_OF", "octo"),
        '["OWNS","Person","octo","Model","m1","technical"]',
    }  # fmt: skip
    assert facts()[OCTO].sources == ("hr",)


def test_a_stub_alone_goes_on_as_a_stub(bring, facts, aliases):
    bring("log", owns("@cat"))

    bring("other", aliases=aliases("cat,Person,octo"))

    assert facts()[OCTO].described is False
    assert node_key("Person", "@cat") not in facts()


def test_what_is_held_is_joined_as_well(bring, facts, aliases):
    bring("hr", *HR)
    bring("github", *GITHUB)
    bring("manual", Node("Person", "gh:Octocat", {"absent": True}))
    assert {key for key, fact in facts().items() if fact.absent} == {
        HUB,
        tie("MEMBER_OF", "gh:Octocat"),
    }

    bring("other", aliases=aliases("gh:octocat,Person,octo"))

    found = facts()
    assert {key for key, fact in found.items() if fact.absent} == {OCTO, tie("MEMBER_OF", "octo")}
    assert found[OCTO].sources == ("manual", "github", "hr")

    bring("manual", aliases=aliases("gh:octocat,Person,octo"))
    assert not any(fact.absent for fact in facts().values())


def test_who_confirmed_something_is_named_by_the_id(bring, facts, aliases):
    bring("cmdb", owns("octo", confirmed_by="@Cat"), Node("TradeOff", "t"))
    key = '["OWNS","Person","octo","Model","m1"]'

    known = aliases("cat,Person,octo")
    bring("other", aliases=known)
    assert facts()[key].properties == {"confirmed_by": "octo"}

    summary = bring(
        "cmdb", owns("octo", confirmed_by="@Cat"), Node("TradeOff", "t"), aliases=known
    )
    assert summary.unchanged == 2


def test_events_are_joined_though_their_source_no_longer_tells_of_them(bring, facts, aliases):
    decided = Relationship("DECIDED_BY", "Approval", "a1", "Person", "@cat")
    bring("log", decided)

    bring("log", aliases=aliases("cat,Person,octo"))

    assert '["DECIDED_BY","Approval","a1","Person","octo"]' in facts()


def test_a_line_that_is_taken_out_leaves_what_the_imports_state(bring, facts, aliases):
    known = aliases("gh:octocat,Person,octo")
    bring("hr", *HR, aliases=known)
    bring("github", *GITHUB, aliases=known)

    for source, records in (("hr", HR), ("github", GITHUB)):
        bring(source, *records, aliases=aliases())

    assert facts().keys() == {
        OCTO,
        HUB,
        TEAM,
        tie("MEMBER_OF", "octo"),
        tie("MEMBER_OF", "gh:Octocat"),
    }
    assert facts()[OCTO].sources == ("hr",)


def test_unchanged_aliases_make_no_run(bring, aliases, store):
    known = aliases("gh:octocat,Person,octo")
    for _ in range(3):
        bring("hr", *HR, aliases=known)

    assert [each.kind for each in store.runs()] == ["identities", "import", "import", "import"]
    assert [each.added for each in store.runs()] == [0, 2, 0, 0]


def test_without_a_file_there_is_never_a_run(bring, aliases, store):
    bring("hr", *HR)
    bring("hr", *HR, aliases=read_aliases(None))

    assert [each.kind for each in store.runs()] == ["import", "import"]


def test_a_dry_run_tells_what_would_be_and_writes_nothing(bring, facts, aliases, store):
    bring("hr", *HR)
    before = facts()

    summary = bring(
        "hr",
        Node("Person", "cat", {"name": "Octo Cat", "status": "active"}),
        member("cat"),
        aliases=aliases("octo,Person,cat"),
        dry_run=True,
    )

    assert (summary.added, summary.changed, summary.removed) == (0, 0, 0)
    assert facts() == before
    assert len(store.runs()) == 1


def test_a_rejected_row_under_a_name_keeps_what_was_stated(bring, facts, aliases):
    known = aliases("cat,Person,octo")
    bring("hr", Node("Person", "cat", {"status": "active"}), aliases=known)

    summary = bring("hr", Node("Person", "@cat", {"status": "gone"}), aliases=known)

    assert len(summary.rejected) == 1
    assert facts()[OCTO].properties == {"status": "active"}


def test_the_guard_does_not_take_a_join_for_a_leak(store, telling, aliases):
    importer, says = telling
    says["all"] = [Node("Person", f"p{number}") for number in range(40)]
    order = Order("hr", importer, {"what": "all"})
    load(store, order, now=NOW)
    known = aliases(*(f"p{number},Person,p0" for number in range(1, 30)))

    load(store, order, now=NOW, aliases=known)

    assert len(list(store.facts())) == 11


def test_a_join_can_be_taken_back(bring, facts, aliases, store):
    bring("hr", *HR)
    bring("github", *GITHUB)
    before = plain(facts())
    bring("hr", *HR, aliases=aliases("gh:octocat,Person,octo"))
    [run] = [each for each in store.runs() if each.kind == "identities"]

    undo(store, run.id, now=NOW)

    assert plain(facts()) == before


def test_a_join_that_was_cut_off_is_completed(bring, facts, aliases, store):
    known = aliases("gh:octocat,Person,octo")
    bring("hr", *HR)
    bring("github", *GITHUB)
    bring("log", Relationship("DECIDED_BY", "Approval", "a1", "Person", "gh:Octocat"))
    started = replace(store.runs()[-1], id="identities#9", seq=9, source="identities")
    started = replace(started, kind="identities", state="applying")
    was = {fact.key: fact for fact in store.facts()}
    gone = [key for key in was if "gh:Octocat" in key]
    changes = tuple(Change(9, key, all_of(was[key])) for key in gone)
    with store.lock():  # as if it had ended after what goes, before what comes
        store.apply(Plan(started, remove=tuple(gone), changes=changes))
        store.record(started)

    bring("other", aliases=known)

    assert facts().keys() == {
        OCTO, TEAM, tie("MEMBER_OF", "octo"), node_key("Approval", "a1"),
        '["DECIDED_BY","Approval","a1","Person","octo"]',
    }  # fmt: skip
    assert facts()[OCTO].sources == ("github", "hr")
    assert [each.state for each in store.runs()] == ["done"] * 5


def test_a_name_that_is_the_id_is_not_stated_after_the_join_either(bring, facts, aliases):
    bring("github", Node("Person", "cat", {"name": "octo"}))

    bring("other", aliases=aliases("cat,Person,octo"))

    assert facts()[OCTO].properties == {}
