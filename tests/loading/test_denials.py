"""What people state and deny, against whatever the imports go on stating; on every store."""

from datetime import UTC, datetime

import pytest

from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.records import Node, Relationship, node_key, relationship_key
from ownership_graph.stores import open_store

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MANUAL = find_importer("manual")
OWNS = ("OWNS", "Team", "risk", "Model", "m1")
MODEL, TEAM = node_key("Model", "m1"), node_key("Team", "risk")
STATED = (
    Node("Model", "m1", {"name": "Triage", "stage": "pilot"}),
    Node("Team", "risk", {"name": "Risk"}),
    Relationship(*OWNS, {"role": "accountable"}),
    Relationship(*OWNS, {"role": "technical"}),
)
NO_MODEL = "[Model.m1]\nabsent = true\n"
NO_OWNER = '[[OWNS]]\nfrom = "Team risk"\nto = "Model m1"\nabsent = true\n'
NO_ACCOUNTABLE = NO_OWNER + 'role = "accountable"\n'


@pytest.fixture
def bring(store, telling):
    """Import these records as a source."""
    importer, says = telling

    def bring(*records, source="hr", **switches):
        says["now"] = records
        return load(store, Order(source, importer, {"what": "now"}), now=NOW, **switches)

    return bring


@pytest.fixture
def state(store, tmp_path):
    """Import this text as what people state."""

    def state(text):
        file = tmp_path / "manual.toml"
        file.write_text(text)
        order = Order("manual", MANUAL, {"path": file})
        return load(store, order, now=NOW, allow_removals=True)

    return state


@pytest.fixture
def keys(store):
    """The keys on the graph, and of the held facts."""
    return lambda: (
        {fact.key for fact in store.facts()},
        {fact.key for fact in store.held()},
    )


def owns(role=""):
    return relationship_key(*OWNS, (role,))


WHOLE = {MODEL, TEAM, owns("accountable"), owns("technical")}
DENIALS = pytest.mark.parametrize(
    ("denial", "held"),
    [
        (NO_MODEL, {MODEL, owns("accountable"), owns("technical")}),
        (NO_OWNER, {owns(), owns("accountable"), owns("technical")}),
        (NO_ACCOUNTABLE, {owns("accountable")}),
    ],
)


@DENIALS
def test_what_a_person_denies_is_off_the_graph_whichever_comes_first(
    bring, state, keys, denial, held
):
    bring(*STATED)
    state(denial)
    assert keys() == (WHOLE - held, held)

    bring(*STATED, Node("Team", "other"))
    assert keys() == (WHOLE - held | {node_key("Team", "other")}, held)


@DENIALS
def test_a_denial_that_comes_first_holds_what_comes_later(bring, state, keys, denial, held):
    state(denial)
    bring(*STATED)

    assert keys() == (WHOLE - held, held)


@DENIALS
def test_a_dry_run_takes_a_store_that_is_not_there_for_empty(tmp_path, denial, held):
    file = tmp_path / "manual.toml"
    file.write_text(denial)
    order = Order("manual", MANUAL, {"path": file})

    with open_store(str(tmp_path / "new.kgl")) as store:
        would = load(store, order, now=NOW, dry_run=True)
        assert list(tmp_path.glob("new.kgl*")) == []
        done = load(store, order, now=NOW)

    assert would.held == done.held == 1


@DENIALS
def test_a_denial_that_is_taken_back_sets_free_what_is_still_stated(
    bring, state, keys, store, denial, held
):
    bring(*STATED)
    before = {fact.key: fact.properties for fact in store.facts()}
    summary = state(denial)
    assert summary.held == len(held)

    state("")

    assert keys() == (WHOLE, set())
    assert {fact.key: fact.properties for fact in store.facts()} == before


def test_what_is_no_longer_stated_does_not_come_back_with_the_denial_gone(bring, state, keys):
    bring(*STATED)
    state(NO_OWNER)
    bring(*STATED[:2], allow_removals=True)
    assert keys() == ({MODEL, TEAM}, {owns()})

    state("")

    assert keys() == ({MODEL, TEAM}, set())


def test_a_denial_of_an_event_can_be_taken_back_too(bring, state, keys):
    approval = node_key("Approval", "a1")
    bring(Node("Approval", "a1", {"status": "pending"}))
    state("[Approval.a1]\nabsent = true\n")
    assert keys() == (set(), {approval})

    state("")

    assert keys() == ({approval}, set())


def test_an_end_that_nobody_describes_comes_back_when_its_own_source_changes_its_mind(bring, keys):
    bring(Node("Model", "m1"), Relationship(*OWNS, {"absent": True}), source="audit")
    assert keys() == ({MODEL}, {owns()})

    bring(Relationship(*OWNS), source="audit")

    assert keys() == ({MODEL, TEAM, owns()}, set())


def test_two_denials_hold_what_one_of_them_would(bring, state, keys):
    bring(*STATED)
    state(NO_MODEL + NO_OWNER)
    assert keys() == ({TEAM}, {MODEL, owns(), owns("accountable"), owns("technical")})

    state(NO_OWNER)
    assert keys() == ({MODEL, TEAM}, {owns(), owns("accountable"), owns("technical")})

    state(NO_MODEL)
    assert keys() == ({TEAM}, {MODEL, owns("accountable"), owns("technical")})


def test_an_end_that_only_a_held_relationship_needs_is_no_stub_of_the_graph(bring, state, keys):
    bring(Relationship(*OWNS, {"role": "accountable"}))
    assert keys() == ({MODEL, TEAM, owns("accountable")}, set())

    state(NO_OWNER)
    assert keys() == (set(), {owns(), owns("accountable")})

    state("")
    assert keys() == ({MODEL, TEAM, owns("accountable")}, set())


def test_a_held_node_is_no_end_of_a_new_relationship(bring, state, keys):
    state(NO_MODEL)
    bring(*STATED[1:])
    assert keys() == ({TEAM}, {MODEL, owns("accountable"), owns("technical")})

    state("")
    assert keys() == ({MODEL, TEAM, owns("accountable"), owns("technical")}, set())


def test_the_other_end_of_what_is_held_stays_or_goes_by_itself(bring, state, keys):
    bring(Node("Model", "m1"), *STATED[2:])
    state(NO_MODEL)
    assert keys() == (set(), {MODEL, owns("accountable"), owns("technical")})

    bring(Node("Model", "m1"), Node("Team", "risk"), *STATED[2:])
    assert keys() == ({TEAM}, {MODEL, owns("accountable"), owns("technical")})


@pytest.mark.parametrize("first", ["person", "import"])
def test_no_import_changes_what_a_person_stated(bring, state, store, first):
    text = '[Model.m1]\nstage = "retired"\n'
    if first == "person":
        state(text)
    bring(*STATED)
    if first == "import":
        state(text)

    for records in (STATED, (Node("Model", "m1", {"stage": "idea"}),), ()):
        bring(*records, allow_removals=True)
        [model] = store.facts([MODEL])
        assert model.properties["stage"] == "retired"
        assert model.sources[0] == "manual"


def test_what_a_person_states_keeps_what_the_import_drops(bring, state, keys):
    bring(*STATED)
    state('[Model.m1]\n[[OWNS]]\nfrom="Team risk"\nto="Model m1"\nrole="accountable"\n')

    bring(allow_removals=True)

    assert keys() == ({MODEL, TEAM, owns("accountable")}, set())


def test_another_source_may_deny_and_the_one_believed_first_decides(bring, keys):
    bring(*STATED)
    no = Node("Model", "m1", {"absent": True})

    bring(no, source="audit", precedence=["hr"])
    assert MODEL in keys()[0]

    bring(no, Node("Team", "x"), source="audit2", precedence=["audit2", "hr"])
    assert MODEL in keys()[1]
