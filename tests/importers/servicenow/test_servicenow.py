"""ServiceNow's approvals: over HTTP with recorded answers, and from exports."""

from __future__ import annotations

import json

import pytest
from servers.recorded_answers import Answer, cut_off, expired, failed, too_many
from servers.refusing import fails, stays

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Partial, Promise, Rejected, Relationship
from ownership_graph.secret import Secret

SERVICENOW = find_importer("servicenow")
TABLE = "/api/now/table/sysapproval_approver"
DAY = 20_513  # 2026-03-01


def row(number, task="CHG1", state="approved", **said):
    """A row as the table API gives it with displayed values and values."""
    fields = {
        "sys_id": f"{number:032x}",
        "state": state,
        "sysapproval": ("c" * 32, task),
        "sysapproval.number": task,
        "sysapproval.cmdb_ci": ("d" * 32, "fraud"),
        "sysapproval.opened_by.user_name": "olga",
        "group": ("e" * 32, "group"),
        "group.assignment_group": ("f" * 32, "CAB"),
        "approver.user_name": f"user{number}",
        "sys_created_on": ("2026-03-01 23:30:00", "01-03-2026 15:30:00"),
        "sys_updated_on": f"2026-03-0{1 + number} 08:00:00",
        "due_date": "",
        **said,
    }
    pairs = {
        name: each if isinstance(each, tuple) else (each, each) for name, each in fields.items()
    }
    return {
        name: {"value": value, "display_value": shown} for name, (value, shown) in pairs.items()
    }


def page(*rows, total):
    return Answer({"result": list(rows)}, headers={"X-Total-Count": str(total)})


def read(server, **options):
    options = {"token": Secret(itself="s3cret"), "page_size": 2, **options}
    return list(SERVICENOW.read(url=server.url, **options))


def approvals(records):
    return {each.id: each.properties for each in records if isinstance(each, Node)}


def deciders(records):
    return [
        each.to_id
        for each in records
        if isinstance(each, Relationship)
        and each.type == "DECIDED_BY"
        and not each.properties.get("absent")
    ]


def why(records):
    return [(each.line, each.why) for each in records if isinstance(each, Rejected)]


def test_the_smallest_true_answer(server):
    server.on(TABLE, page(row(1), total=1))
    said = read(server, query="source_table=change_request")
    own = f"snow:CHG1/CAB/{'e' * 32}"

    def tie(type_, *end):
        return Relationship(type_, "Approval", own, *end, {}, "sysapproval_approver", 1)

    assert said == [
        Promise("DECIDED_BY"),
        Node(
            "Approval",
            own,
            {
                "status": "approved",
                "name": "CAB: CHG1",
                "round": 1,
                "requested_day": DAY,
                "assigned_day": DAY,
                "decided_day": DAY + 1,
            },
            "sysapproval_approver",
            1,
        ),
        tie("CONCERNS", "Model", "fraud"),
        tie("AT", "Gate", "CAB"),
        tie("REQUESTED_BY", "Person", "olga"),
        tie("DECIDED_BY", "Person", "user1"),
    ]
    (asked,) = server.requests
    assert asked.headers["authorization"] == "Bearer s3cret"
    assert asked.query["sysparm_query"] == "source_table=change_request^ORDERBYsys_id"
    assert {"approver.user_name", "sysapproval.cmdb_ci"} < set(
        asked.query["sysparm_fields"].split(",")
    )


def test_pages_are_read_until_the_count_is_reached_also_behind_one_that_is_empty(
    server, monkeypatch
):
    for wait in ("FIRST_WAIT", "JITTER"):
        monkeypatch.setattr(f"ownership_graph.readers.web.{wait}", 0.0)
    server.on(f"{TABLE}?sysparm_offset=0", page(row(1, "A"), row(2, "B"), total=5))
    server.on(f"{TABLE}?sysparm_offset=2", too_many(), failed(), page(total=5))
    server.on(f"{TABLE}?sysparm_offset=4", page(row(2, "B"), row(5, "E"), total=5))
    said = read(server, user="jo")
    assert [each["name"] for each in approvals(said).values()] == ["CAB: A", "CAB: B", "CAB: E"]
    (partial,) = [each for each in said if isinstance(each, Partial)]
    assert "it counts 5 rows and gave 3; access rules hide 2 from this user" in partial.why
    assert {each.headers["authorization"] for each in server.requests} == {"Basic am86czNjcmV0"}
    assert {each.query["sysparm_limit"] for each in server.requests} == {"2"}


def test_without_a_count_the_first_empty_page_is_the_end(server):
    server.on(TABLE, {"result": []})
    server.on(f"{TABLE}?sysparm_offset=0", {"result": [row(1)]})
    said = read(server)
    assert len(approvals(said)) == 1
    assert not [each for each in said if isinstance(each, Partial)]
    assert len(server.requests) == 2


def test_a_server_that_gives_the_same_page_again_and_again_comes_to_an_end(server):
    server.on(TABLE, {"result": [row(1)]})
    assert len(approvals(read(server))) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (expired(), "it answered 401"),
        (cut_off({"result": []}), "the line broke"),
        (Answer({"error": {"message": "Transaction cancelled: time"}, "result": []}), "cancelled"),
        (Answer({"error": "no such table"}), "'no such table'"),
        (Answer({"records": []}), "there is no list of rows in the answer"),
        (Answer("<html>"), "no JSON"),
        (Answer({"result": [{"state": {"value": "approved"}}]}), "rows without sys_id"),
    ],
    ids=["expired", "cut off", "cancelled", "error", "other", "html", "sys_id"],
)
def test_what_is_no_answer_fails_the_source_and_tells_no_secret(server, answer, said, monkeypatch):
    monkeypatch.setattr("ownership_graph.readers.web.TRIES", 1)
    server.on(TABLE, answer)
    fails(lambda: read(server), said)


def test_a_count_that_nobody_can_have_counts_as_none(server):
    server.on(TABLE, page(row(1), total="9" * 5_000))

    assert len(approvals(read(server))) == 1
    assert len(server.asked) == 2


def test_the_token_goes_nowhere_else(server, elsewhere):
    stays(lambda: read(server), TABLE, server, elsewhere)


def test_answers_of_a_group_are_one_request_and_who_is_released_decides_nothing(server):
    rows = [
        row(1),
        row(2, state="not_required"),
        row(3, state="not requested"),
        row(4, "CHG2", state="requested", group="g2"),
        row(5, "CHG2", state="approved", group="g2"),
        row(
            6,
            "CHG3",
            state="rejected",
            group="",
            **{"group.assignment_group": ("", "")},
            source_table="change_request",
        ),
        row(7, "CHG4", state="cancelled"),
        row(8, "CHG5", state="more_info_required"),
        row(9, "CHG6", state="not requested"),
    ]
    server.on(TABLE, page(*rows, total=9))
    said = read(server, page_size=100)
    assert {each["name"]: each["status"] for each in approvals(said).values()} == {
        "CAB: CHG1": "approved",
        "CAB: CHG2": "pending",
        "change_request: CHG3": "rejected",
        "CAB: CHG4": "withdrawn",
        "CAB: CHG5": "returned",
    }
    assert deciders(said) == ["user1", "user4", "user6", "user7", "user8"]
    assert "snow:CHG3/change_request/20513" in approvals(said)


def test_asked_again_after_a_no_is_the_next_round(server):
    later = ("2026-03-09 08:00:00", "")
    rows = [row(1, state="rejected", group="g1"), row(2, sys_created_on=later, group="g2")]
    server.on(TABLE, page(*rows, total=2))
    assert [each["round"] for each in approvals(read(server)).values()] == [1, 2]


def test_what_names_no_model_is_counted_once_and_left_out(server):
    named = {"sysapproval.short_description": "Release fraud to production"}
    rows = [row(1, "A", **named), *(row(n, f"T{n}") for n in range(2, 7))]
    server.on(TABLE, page(*rows, total=6))
    said = read(
        server,
        page_size=100,
        model_field="sysapproval.short_description",
        model_pattern="release {model} to*",
        model_id="model:{model}",
    )
    assert len(approvals(said)) == 1
    assert next(each.to_id for each in said if isinstance(each, Relationship)) == "model:fraud"
    ((line, text),) = why(said)
    assert line == 0
    assert text.startswith(
        "5 of 6 requests name no model in 'sysapproval.short_description' (as 'release {model}"
        " to*'), such as T2, T3, T4. They were left out."
    )


def test_rows_at_fault_are_rejected(server):
    blank = {"sysapproval": "", "sysapproval.number": ""}
    rows = [
        row(1, "A", state="perhaps\x1b[2J"),
        row(2, "B", **{"group.assignment_group": "", "group": ""}),
        row(3, **blank),
        row(4, "D", sys_created_on="soon"),
        row(5, "E", **{"approver.user_name": ""}, approver=("a" * 32, "a" * 32)),
    ]
    server.on(TABLE, page(*rows, total=5))
    said = read(server, page_size=100)
    assert deciders(said) == ["a" * 32]
    told = [text for _, text in why(said)]
    assert told[0].startswith(r"'A': the state 'perhaps\x1b[2J' is not one of approved, canceled")
    assert told[1] == "'B': no field names the gate. Say with --gate-field which does."
    assert told[2].startswith("no field says what is to be approved")
    assert told[3].startswith("the requested_day 'soon' is no day.")
    assert told[4].startswith(
        f"1 of 2 approvers are told by their sys_id alone, such as {'a' * 32}"
    )


CSV = """"Approval for","State","Approver","Group","Created","Updated","CI"
"CHG1","Approved","Ann Ash","CAB","2026-03-01 10:00:00","2026-03-02 10:00:00","fraud"
"CHG1","No Longer Required","Bob Birch","CAB","2026-03-01 10:00:00","2026-03-02 10:00:00","fraud"

"CHG2","Requested","Cut
"""


LABELS = """"Approval for","State","Approver","Assignment group","Configuration item","Our gate"
"CHG1","Approved","Ann Ash","CAB","fraud","Legal"
"""


@pytest.mark.parametrize("model", ["Configuration item", "configuration_item", "", " OUR gate"])
@pytest.mark.parametrize("gate", ["Assignment group", "assignment_group", ""])
def test_fields_are_named_as_the_columns_are_or_by_their_fields(tmp_path, model, gate):
    (tmp_path / "a.csv").write_text(LABELS)
    options = {"model_field": model} if model else {}
    options |= {"gate_field": (gate,)} if gate else {}
    said = list(SERVICENOW.read(path=tmp_path / "a.csv", **options))
    assert why(said) == []
    assert [each["name"] for each in approvals(said).values()] == ["CAB: CHG1"]
    ends = [each.to_id for each in said if isinstance(each, Relationship)]
    assert ends[0] == ("Legal" if "OUR" in model else "fraud")


def test_columns_are_told_as_the_header_writes_them(tmp_path):
    (tmp_path / "a.csv").write_text(LABELS)
    with pytest.raises(SourceError, match="Did you mean 'Configuration item'") as caught:
        list(SERVICENOW.read(path=tmp_path / "a.csv", model_field="Configuration itm"))
    assert "The columns are 'Approval for', 'State', 'Approver'" in str(caught.value)


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
@pytest.mark.parametrize(
    ("option", "wanted", "near"),
    [
        ("model_field", "modl", "Did you mean 'model'?"),
        ("gate_field", ("grup", "elsewhere"), "Did you mean 'group'?"),
        ("person_field", ("nobody",), "The columns are 'state', 'approver'"),
    ],
)
def test_a_field_that_no_row_has_is_said_to_be_missing(tmp_path, name, option, wanted, near):
    row = {"state": "approved", "approver": "ann", "group": "CAB", "model": "fraud"} | {
        f"more{number}": "x" for number in range(30)
    }
    text = json.dumps([row]) if name == "a.json" else f"{','.join(row)}\n{','.join(row.values())}"
    (tmp_path / name).write_text(text)
    with pytest.raises(SourceError, match="there is no such column as") as caught:
        list(SERVICENOW.read(path=tmp_path / name, **{"model_field": "model", option: wanted}))
    assert near in str(caught.value)
    assert f'Say which it is: {option} = "…".' in str(caught.value)


def test_an_export_as_csv_has_labels_or_names_and_displayed_values(tmp_path):
    (tmp_path / "a.csv").write_text(CSV)
    said = list(SERVICENOW.read(path=tmp_path / "a.csv", model_field="ci"))
    ((own, found),) = approvals(said).items()
    assert (own, found["status"], found["decided_day"]) == (
        "snow:CHG1/CAB/CAB",
        "approved",
        DAY + 1,
    )
    assert deciders(said) == ["Ann Ash"]
    ((line, text),) = why(said)
    assert (line, text[:35]) == (5, "a quote is opened here and never cl")


@pytest.mark.parametrize(
    "shape", [lambda rows: {"result": rows}, lambda rows: {"records": rows}, list]
)
def test_an_export_as_json(tmp_path, shape):
    plain = {
        "sys_id": "1", "state": "approved", "sysapproval": "CHG1", "group": "CAB",
        "approver": {"display_value": "Ann Ash", "link": "https://elsewhere.example/x"},
        "cmdb_ci": "fraud", "sys_created_on": "01/03/2026 10:00",
        "sys_updated_on": "02/03/2026 10:00",
    }  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(shape([plain])))
    said = list(
        SERVICENOW.read(path=tmp_path / "a.json", model_field="cmdb_ci", dates=("%d/%m/%Y %H:%M",))
    )
    assert [each["requested_day"] for each in approvals(said).values()] == [DAY]
    assert deciders(said) == ["Ann Ash"]


def test_an_export_is_recognised_and_read_with_its_delimiter(tmp_path):
    (tmp_path / "a.csv").write_text(CSV.replace(",", ";").replace("fraud", "caf\xe9"), "cp1252")
    (found,) = SERVICENOW.recognise(look_round(tmp_path))
    assert found.path.name == "a.csv"
    assert found.options == {"delimiter": ";"}
    said = list(SERVICENOW.read(path=found.path, delimiter=";", model_field="ci"))
    assert next(each.to_id for each in said if isinstance(each, Relationship)) == "caf\xe9"


def test_an_export_with_as_many_rows_as_servicenow_gives_at_most_is_read_in_part(tmp_path):
    (tmp_path / "a.csv").write_text("state,approver,group,ci\n" + "requested,a,g,\n" * 10_000)
    said = list(SERVICENOW.read(path=tmp_path / "a.csv", model_field="ci"))
    (partial,) = [each for each in said if isinstance(each, Partial)]
    assert "the export holds 10,000 rows, which is where ServiceNow cuts them off" in partial.why
    assert len(why(said)) == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "{}", "no list of rows under 'result' or 'records'"),
        ("a.json", "[" * 100_000, "this is no JSON|hundreds deep"),
        ("a.csv", "State,Who\n", "column 'approver' is missing"),
        ("a.csv", "State;Approver\n", "parted by ';'"),
        ("a.csv", "", "empty"),
    ],
)
def test_a_file_at_fault_fails_the_source(tmp_path, name, text, said):
    (tmp_path / name).write_text(text)
    with pytest.raises(SourceError, match=said):
        list(SERVICENOW.read(path=tmp_path / name))


def test_options_that_cannot_be(tmp_path, server):
    with pytest.raises(UsageError, match="either an export, or --url"):
        list(SERVICENOW.read())
    with pytest.raises(UsageError, match="either an export, or --url"):
        read(server, path=tmp_path)
    for wrong in ({"model_pattern": "x"}, {"model_id": "{model}{model}"}):
        with pytest.raises(UsageError, match="there, once"):
            read(server, **wrong)
    with pytest.raises(UsageError, match="more than 3 stars"):
        read(server, model_pattern="*{model}****")
