from datetime import UTC, datetime
from pathlib import Path

import pytest

from ownership_graph.errors import GuardError, SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.records import (
    ImportRun,
    Node,
    Plan,
    Promise,
    Rejected,
    Relationship,
    node_key,
)
from ownership_graph.stores import open_store

T1, M1 = node_key("Team", "t1"), node_key("Model", "m1")
OWNS = '["OWNS","Team","t1","Model","m1","accountable"]'
DAY = (datetime(2026, 11, 23, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days


def team(own_id="t1", **properties):
    return Node("Team", own_id, properties, "teams.csv", 1 + int(own_id[1:] or 1))


def owns(from_label="Team", from_id="t1", to_id="m1", **properties):
    return Relationship(
        "OWNS", from_label, from_id, "Model", to_id, {"role": "accountable", **properties}
    )


def persons(count, **properties):
    return [Node("Person", f"p{n}", properties, "p.csv", n + 2) for n in range(count)]


WHOLE = (team(name="Risk"), Node("Model", "m1", {"stage": "pilot"}), owns())


def test_a_first_import_writes_facts_and_its_run(bring, facts, embedded_store):
    summary = bring(*WHOLE, Promise("Team"))

    found = facts()
    assert set(found) == {T1, M1, OWNS}
    assert found[T1].properties == {"name": "Risk"}
    assert (found[T1].sources, found[T1].added_run, found[T1].first_seen_day) == (("hr",), 1, DAY)
    [run] = embedded_store.runs()
    assert run == summary.run
    assert (run.seq, run.source, run.importer, run.state) == (1, "hr", "telling", "done")
    assert run.started == "2026-11-23T06:00:00Z"
    assert run.finished >= run.started
    assert run.provides == ("OWNS", "Team")
    assert (run.rows_read, run.rows_rejected) == (3, 0)
    assert (run.added, run.changed, run.removed) == (3, 0, 0)
    assert run.version
    assert (summary.nodes_new, summary.relationships_new, summary.added) == (2, 1, 3)
    assert (summary.changed, summary.removed, summary.unchanged) == (0, 0, 0)
    assert summary.seconds > 0


def test_an_unchanged_import_is_a_run_and_nothing_else(bring, facts, embedded_store):
    first = bring(*WHOLE)
    before = facts()

    second = bring(*reversed(WHOLE))

    assert facts() == before
    assert [each.state for each in embedded_store.runs()] == ["done", "done"]
    assert second.run.seq == 2
    assert second.run.checksum == first.run.checksum
    assert second.unchanged == 3
    assert (second.added, second.changed, second.removed) == (0, 0, 0)


def test_what_somebody_took_out_of_the_store_comes_back_with_the_next_import(
    bring, facts, embedded_store
):
    bring(*WHOLE, team("t2"))
    with embedded_store.lock():
        embedded_store.apply(Plan(ImportRun("x", 2, "x", "by hand", ""), remove=(OWNS,)))

    summary = bring(*WHOLE, team("t2"))

    assert OWNS in facts()
    assert (summary.added, summary.unchanged) == (1, 3)


def test_the_same_rows_in_another_mode_are_compared_anew(bring, facts):
    bring(*WHOLE)
    bring(*WHOLE[:2], mode="delta")

    assert bring(*WHOLE[:2]).removed == 1
    assert OWNS not in facts()


def test_a_fact_kept_for_its_rejected_row_goes_when_the_row_goes(bring, facts):
    bring(*WHOLE)
    bring(*WHOLE[1:], team(status="actve"))

    bring(*WHOLE[1:])

    assert not facts()[T1].described


def test_what_changed_is_altered_removed_and_remembered(bring, facts, embedded_store):
    bring(*WHOLE)

    summary = bring(team(name="Risk EMEA"), team("t2"), Node("Model", "m1", {"stage": "pilot"}))

    assert set(facts()) == {T1, M1, node_key("Team", "t2")}
    assert facts()[T1].properties == {"name": "Risk EMEA"}
    assert (summary.nodes_new, summary.nodes_changed, summary.nodes_removed) == (1, 1, 0)
    assert (summary.relationships_new, summary.relationships_changed) == (0, 0)
    assert (summary.relationships_removed, summary.unchanged) == (1, 1)
    assert summary.gone_by_kind == {"OWNS": 1}
    assert (summary.run.added, summary.run.changed, summary.run.removed) == (1, 1, 1)
    assert {each.key for each in embedded_store.changes(1)} == {T1, OWNS}
    assert summary.run.checksum != embedded_store.runs()[0].checksum


def test_two_sources_are_merged_as_the_precedence_says(bring, facts):
    bring(team(name="Risk"))

    summary = bring(team(name="Risk EMEA"), source="cmdb", precedence=["cmdb"])

    assert facts()[T1].properties == {"name": "Risk EMEA"}
    assert facts()[T1].disputed == ("name",)
    assert facts()[T1].claims == {"cmdb": {"name": "Risk EMEA"}, "hr": {"name": "Risk"}}
    assert (summary.disputed, summary.changed) == (1, 1)


def test_a_changed_precedence_reaches_facts_of_which_no_source_changed(bring, facts):
    for source, stage in (("hr", "idea"), ("cmdb", "pilot"), ("audit", "retired")):
        bring(Node("Model", "m1", {"stage": stage}), team(), source=source, precedence=["hr"])
    assert facts()[M1].properties["stage"] == "idea"

    summary = bring(Node("Model", "x"), source="other", precedence=["cmdb"])
    assert facts()[M1].properties["stage"] == "pilot"
    assert facts()[M1].sources == ("cmdb", "audit", "hr")
    assert summary.changed == 2

    again = bring(Node("Model", "x"), source="other", precedence=["cmdb"])
    assert again.changed == 0


def test_a_changed_precedence_decides_anew_who_may_say_no(bring, facts):
    bring(Node("Model", "m1"), owns(), source="hr", precedence=["hr"])
    bring(Node("Model", "m1", {"absent": True}), source="audit", precedence=["hr"])
    assert M1 in facts()

    bring(team("x"), source="other", precedence=["audit"])
    assert facts().keys() == {node_key("Team", "x")}

    bring(team("x"), source="other", precedence=["hr"])
    assert len(facts()) == 4


def test_a_stub_is_made_described_and_made_again(bring, facts):
    assert bring(owns()).stubs == 2
    assert not facts()[T1].described

    assert bring(*WHOLE[:2], source="cmdb").changed == 2
    assert facts()[T1].described
    assert facts()[T1].properties == {"name": "Risk"}

    bring(Node("Model", "m1"), source="cmdb")
    assert not facts()[T1].described
    assert facts()[T1].properties == {}

    bring(Node("Model", "m1"))
    assert T1 not in facts()


def test_an_unchanged_relationship_does_not_lose_an_end_that_is_no_longer_described(bring, facts):
    bring(*WHOLE)

    bring(*WHOLE[1:])

    assert not facts()[T1].described
    assert OWNS in facts()


def test_a_new_relationship_does_not_lose_an_end_that_is_no_longer_described(bring, facts):
    bring(team(name="Risk"), team("t2"))

    summary = bring(team("t2"), owns())

    assert not facts()[T1].described
    assert summary.stubs == 2
    assert OWNS in facts()


@pytest.mark.parametrize("mode", ["delta", "events"])
def test_the_orders_mode_decides_what_absence_means(bring, facts, mode):
    bring(*WHOLE)

    bring(team("t2"), mode=mode)

    assert {T1, M1, OWNS} < set(facts())


def test_the_importers_own_mode_holds_where_the_order_says_nothing(tmp_path, embedded_store):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "log.py").write_text(
        "from ownership_graph.records import Node\nPROVIDES = ()\nMODE = 'events'\n"
        "def read(*, own_id: str):\n    yield Node('Team', own_id)"
    )
    importer = find_importer("log", [folder])
    now = datetime(2026, 1, 1, tzinfo=UTC)

    for own_id in ("t1", "t2"):
        load(embedded_store, Order("log", importer, {"own_id": own_id}), now=now)

    assert len(list(embedded_store.facts())) == 2


def test_rejected_rows_are_left_out_and_told(bring, facts, embedded_store):
    summary = bring(team(absent="perhaps"), Node("Model", "m1"), Rejected("x.csv", 3, "cut off"))

    assert set(facts()) == {M1}
    assert [each.line for each in summary.rejected] == [2, 3]
    assert summary.rejected_by_reason == {
        "a absent that is not true or false": 1,
        "a row that could not be read": 1,
    }
    assert embedded_store.runs()[0].rows_rejected == 2
    assert summary.rejects_file is None


def test_a_fact_stays_while_its_row_is_rejected(bring, facts):
    bring(*WHOLE)

    summary = bring(team(absent="perhaps"), *WHOLE[1:])

    assert facts()[T1].properties == {"name": "Risk"}
    assert (summary.removed, summary.unchanged) == (0, 2)


def test_a_value_that_cannot_be_read_stays_as_it_was_and_the_rest_of_its_row_goes_in(
    bring, facts, embedded_store
):
    bring(team(name="Risk", status="active", function="risk"), owns(since_day="2026-01-01"))

    summary = bring(team(name="Risks", status="actve"), owns(since_day="soon"))

    assert facts()[T1].properties == {"name": "Risks", "status": "active"}
    assert (summary.changed, summary.unchanged, len(summary.rejected)) == (1, 1, 2)
    assert embedded_store.runs()[-1].counts["Team.status"] == 1
    assert bring(team(name="Risks"), owns()).changed == 2
    assert facts()[T1].properties == {"name": "Risks"}


def test_what_was_never_stated_is_unknown_where_it_cannot_be_read(bring, facts):
    bring(team(name="Risk"))

    assert bring(team(name="Risk", status="actve"), source="hr2").added == 0
    assert bring(team(name="Risk", status="actve")).unchanged == 1
    assert facts()[T1].properties == {"name": "Risk"}


def test_strictly_one_rejected_row_fails_the_import(bring, facts, embedded_store, tmp_path):
    bring(*WHOLE)

    with pytest.raises(
        SourceError,
        match=r"teams\.csv:2: importing 'hr' strictly: 1 of 2 rows were rejected, so nothing was"
        r" imported\. The first: the status 'actve' is not one of",
    ):
        bring(team(status="actve"), team("t2"), strict=True, rejects=tmp_path / "rejects")

    assert set(facts()) == {T1, M1, OWNS}
    run = embedded_store.runs()[-1]
    assert (run.state, run.rows_read, run.rows_rejected, run.provides) == ("failed", 2, 1, ())
    assert (tmp_path / "rejects" / "not-imported" / "nodes_Team.csv").is_file()


@pytest.mark.parametrize("stopped", ["strict", "guard"])
def test_what_is_being_mended_stays_when_the_next_import_does_not_go_through(
    bring, tmp_path, stopped
):
    folder = tmp_path / "rejects"
    bring(*persons(40), team(status="actve"), rejects=folder)
    table, beside = folder / "nodes_Team.csv", folder / "not-imported"
    half_mended = table.read_text(encoding="utf-8").replace("actve", "active")
    table.write_text(half_mended, encoding="utf-8")

    if stopped == "strict":
        with pytest.raises(SourceError) as error:
            bring(*persons(40), Node("Model", ""), strict=True, rejects=folder)
        assert error.value.__notes__ == [f"All of them: {beside}"]
        assert [each.name for each in beside.iterdir()] == ["nodes_Model.csv"]
    else:
        with pytest.raises(GuardError):
            bring(Node("Model", ""), rejects=folder)
        assert not beside.exists()

    assert table.read_text(encoding="utf-8") == half_mended
    bring(*persons(40), rejects=folder)
    assert not folder.exists()


def test_strictly_without_a_folder_for_them_rejected_rows_are_not_written(bring):
    with pytest.raises(SourceError) as error:
        bring(team(status="actve"), strict=True)

    assert not hasattr(error.value, "__notes__")


def test_strictly_nothing_is_wrong_with_a_clean_source(bring, facts):
    bring(*WHOLE, strict=True)

    assert len(facts()) == 3


def test_a_source_that_fails_half_way_changes_nothing_and_is_recorded(
    bring, facts, embedded_store
):
    bring(*WHOLE)
    before = facts()

    with pytest.raises(SourceError, match=r"^a\.csv:9: cut\udc80 off$"):
        bring(team("t9"), SourceError("cut\udc80 off", file="a.csv", line=9))

    assert facts() == before
    run = embedded_store.runs()[-1]
    assert (run.seq, run.state, run.rows_read) == (2, "failed", 1)
    assert run.why == r"a.csv:9: cut\udc80 off"
    assert run.finished
    assert bring(*WHOLE).run.seq == 3


def test_a_source_that_fails_first_is_recorded_in_a_new_store(bring, embedded_store):
    with pytest.raises(SourceError):
        bring(SourceError("no such file"))

    assert [each.state for each in embedded_store.runs()] == ["failed"]
    assert list(embedded_store.facts()) == []


def test_a_wrong_option_touches_nothing(tmp_path, telling):
    importer, _ = telling
    with (
        open_store(str(tmp_path / "new.kgl")) as store,
        pytest.raises(UsageError, match="no option 'wat'"),
    ):
        load(store, Order("hr", importer, {"wat": "x"}), now=datetime(2026, 1, 1, tzinfo=UTC))

    assert list(tmp_path.glob("new.kgl*")) == []


def test_the_guard_stops_a_source_that_lost_too_much(bring, facts, embedded_store):
    bring(*persons(40))

    assert bring(*persons(30)).removed == 10
    with pytest.raises(GuardError, match=r"11 of 30 Person facts \(37%\) would go, more than 25%"):
        bring(*persons(19))

    assert len(facts()) == 30
    run = embedded_store.runs()[-1]
    assert run.state == "failed"
    assert "--allow-removals" in run.why
    assert bring(*persons(19), allow_removals=True).removed == 11


def test_the_guards_share_can_be_set_for_a_source(bring):
    bring(*persons(40))

    assert bring(*persons(20), guard=0.5).removed == 20


def test_the_guard_stops_a_source_whose_values_went_blank(bring):
    bring(*persons(40, function="risk"))

    with pytest.raises(GuardError, match=r"40 of 40 values of Person\.function \(100%\) would go"):
        bring(*persons(40))


def test_a_source_that_says_nothing_is_stopped_only_if_it_ever_said_something(bring, facts):
    assert bring(Promise("Team")).run.state == "done"
    bring(*WHOLE)

    with pytest.raises(GuardError, match="it says nothing now, and stated 3 facts before"):
        bring(Promise("Team"))

    bring(Promise("Team"), allow_removals=True)
    assert facts() == {}


def test_a_dry_run_tells_what_would_change_and_writes_nothing(
    bring, facts, embedded_store, tmp_path
):
    bring(*WHOLE)
    before = facts()

    summary = bring(team(status="actve"), team("t2"), dry_run=True, rejects=tmp_path / "rejects")

    assert summary.dry_run
    assert (summary.added, summary.removed, len(summary.rejected)) == (1, 2, 1)
    assert facts() == before
    assert len(embedded_store.runs()) == 1
    assert not (tmp_path / "rejects").exists()


def test_a_dry_run_tells_that_the_guard_would_stop_the_import(bring):
    bring(*persons(40))

    assert "20 of 40 Person facts" in bring(*persons(20), dry_run=True).guard
    assert bring(*persons(20), dry_run=True, allow_removals=True).guard == ""


def test_a_dry_run_that_fails_is_not_recorded(bring, embedded_store):
    with pytest.raises(SourceError):
        bring(SourceError("no such file"), dry_run=True)

    assert embedded_store.runs() == []


def test_a_dry_run_leaves_a_missing_store_missing(bring, tmp_path):
    with open_store(str(tmp_path / "new.kgl")) as store:
        summary = bring(*WHOLE, store=store, dry_run=True)

    assert summary.added == 3
    assert list(tmp_path.glob("new.kgl*")) == []


def test_an_import_that_was_cut_off_while_writing_goes_on_as_the_same_run(bring, embedded_store):
    bring(*WHOLE)
    cut_off = ImportRun("hr#2", 2, "hr", "telling", "2026-11-23T07:00:00Z")
    with embedded_store.lock():
        embedded_store.record(cut_off)

    summary = bring(team("t2"), *WHOLE)

    assert (summary.run.id, summary.run.seq) == ("hr#2", 2)
    assert summary.run.started == "2026-11-23T07:00:00Z"
    assert [each.state for each in embedded_store.runs()] == ["done", "done"]


def test_an_id_of_another_label_in_the_store_is_rejected(bring, facts):
    bring(team("x"), Node("Model", "m1"))

    summary = bring(
        Node("Person", "x", {"status": "active"}, "p.csv", 4),
        owns("Person", "x"),
        owns("Person", "p2"),
        source="cmdb",
    )

    assert [(each.file, each.line, each.table) for each in summary.rejected] == [
        ("p.csv", 4, "nodes_Person"),
        ("", 0, "rels_OWNS"),
    ]
    assert "of a Person here and of a Team elsewhere" in summary.rejected[0].why
    assert node_key("Person", "x") not in facts()
    assert (summary.added, summary.stubs) == (1, 1)


def test_a_node_may_change_its_label_where_only_this_source_knows_it(bring, facts):
    bring(team("x"), Node("Model", "m1"), owns(from_id="x"))

    summary = bring(Node("Person", "x"), Node("Model", "m1"), owns("Person", "x"))

    assert summary.rejected == ()
    assert node_key("Person", "x") in facts()
    assert node_key("Team", "x") not in facts()


def test_a_node_keeps_its_label_while_another_source_points_at_it(bring, facts):
    bring(team("x"))
    bring(owns(from_id="x"), source="owners")

    summary = bring(Node("Person", "x"), team("t2"))

    assert [each.table for each in summary.rejected] == ["nodes_Person"]
    assert node_key("Person", "x") not in facts()


def test_a_stub_made_by_a_wrong_label_does_not_stand_in_the_way_of_the_right_one(bring, facts):
    bring(owns("Person", "t1"), Node("Model", "m1"))

    summary = bring(team(), owns(), Node("Model", "m1"))

    assert summary.rejected == ()
    assert set(facts()) == {T1, M1, OWNS}


def test_two_labels_of_one_id_come_out_the_same_with_and_without_a_past(bring, facts):
    bring(owns("Person", "x"), Node("Model", "m1"))

    summary = bring(owns("Person", "x"), Node("Model", "m1"), team("x"))

    assert [each.table for each in summary.rejected] == ["rels_OWNS"]
    assert set(facts()) == {M1, node_key("Team", "x")}


def test_unusual_values_and_doubles_are_counted(bring):
    summary = bring(team(kind="squad"), team(kind="squad"), team(kind="tribe"))

    assert (summary.doubles, summary.repeated) == (1, 1)
    assert summary.unusual == {"Team.kind 'squad'": 2, "Team.kind 'tribe'": 1}


def test_progress_is_told_by_stage_and_not_too_often(bring):
    told = []

    bring(*persons(5_000), progress=lambda stage, count: told.append((stage, count)))

    assert ("reading", 5_000) in told
    assert told[-2:] == [("comparing", 5_000), ("writing", 5_000)]
    assert len(told) < 100


def test_each_store_holds_what_was_loaded(store, telling):
    importer, says = telling
    says["all"] = [*WHOLE, *persons(20)]
    says["fewer"] = [*WHOLE[:2], *persons(15, status="left")]

    for what in ("all", "fewer", "fewer"):
        load(store, Order("hr", importer, {"what": what}), now=datetime(2026, 1, 1, tzinfo=UTC))

    facts = {fact.key: fact for fact in store.facts()}
    assert len(facts) == 17
    assert facts[node_key("Person", "p3")].properties == {"status": "left"}
    assert [each.changed for each in store.runs()] == [0, 15, 0]
    assert [each.removed for each in store.runs()] == [0, 6, 0]


def test_on_each_store_a_label_can_change_and_another_sources_cannot_be_taken(store, telling):
    importer, says = telling
    says["team"] = [team("x"), Node("Model", "m1"), owns(from_id="x")]
    says["person"] = [Node("Person", "x"), Node("Model", "m1"), owns("Person", "x")]
    now = datetime(2026, 1, 1, tzinfo=UTC)

    load(store, Order("hr", importer, {"what": "team"}), now=now)
    changed = load(store, Order("hr", importer, {"what": "person"}), now=now)
    refused = load(store, Order("cmdb", importer, {"what": "team"}), now=now)

    assert changed.rejected == ()
    assert [each.table for each in refused.rejected] == ["nodes_Team", "rels_OWNS"]
    assert {fact.key for fact in store.facts()} == {
        node_key("Person", "x"),
        M1,
        '["OWNS","Person","x","Model","m1","accountable"]',
    }


@pytest.mark.parametrize("name", ["identities", "forget"])
def test_a_source_cannot_be_called_as_runs_of_the_programs_own_are(telling, name):
    with pytest.raises(UsageError, match=f"'{name}' stands for runs of this program's own"):
        Order(name, telling[0], {})


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\udc80"])
def test_a_source_needs_a_name_that_can_be_shown(telling, name):
    with pytest.raises(UsageError, match="cannot be its name"):
        Order(name, telling[0], {})


def test_a_source_may_be_called_as_people_write(telling):
    assert Order("tables:/home/\N{WOMAN}\N{ZERO WIDTH JOINER}\xa0x", telling[0], {}).source


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_guard_is_a_share(telling, share):
    with pytest.raises(UsageError, match="not between 0 and 1"):
        Order("hr", telling[0], {}, removal_guard=share)


def test_the_real_tables_go_in_without_a_rejected_row(data_folder, embedded_store):
    tables = find_importer("tables")
    for name in ("fed-ai-2024", "python-peps", "ethereum-eips"):
        order = Order(name, tables, {"path": Path(data_folder) / name / "canonical"})

        first = load(embedded_store, order, now=datetime(2026, 1, 1, tzinfo=UTC))
        second = load(embedded_store, order, now=datetime(2026, 1, 2, tzinfo=UTC))

        assert first.rejected == ()
        assert (first.doubles, first.changed, first.removed) == (0, 0, 0)
        assert second.unchanged == first.added
        assert (second.added, second.changed, second.removed) == (0, 0, 0)


def test_rejected_rows_go_to_tables_that_can_be_mended_and_imported_again(
    bring, facts, tmp_path, embedded_store
):
    folder = tmp_path / "rejects"
    summary = bring(team(status="actve", name="Größe; =1+1"), owns(role="boss"), rejects=folder)
    assert summary.rejects_file == folder
    assert {each.name for each in folder.iterdir()} == {"nodes_Team.csv", "rels_OWNS.csv"}
    assert (folder / "nodes_Team.csv").stat().st_mode & 0o777 == 0o600

    table = folder / "nodes_Team.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("actve", "active"), "utf-8")
    order = Order("mended", find_importer("tables"), {"path": folder})
    again = load(embedded_store, order, now=datetime(2026, 1, 1, tzinfo=UTC))

    assert (again.added, again.changed) == (0, 1)
    assert facts()[T1].properties == {"status": "active", "name": "Größe; =1+1"}
    assert [each.table for each in again.rejected] == ["rels_OWNS"]


def test_what_a_source_denied_and_states_now_comes_with_its_ends(bring, facts):
    tie = ("OWNS", "Team", "t1", "Model", "m1")
    bring(Relationship(*tie, {"absent": True}), source="manual")
    bring(Relationship(*tie), source="manual")

    assert len(facts()) == 3


def test_a_change_tells_all_of_what_becomes_a_stub(bring, facts, embedded_store):
    bring(Node("Team", "t1", {"name": "One"}))
    bring(Relationship("OWNS", "Team", "t1", "Model", "m1"), guard=1, allow_removals=True)

    assert not facts()['["Team","t1"]'].described
    [change] = embedded_store.changes(0)
    assert (change.before.gone, change.before.added_run) == (True, 1)
