"""Jira: approvals and the way of issues over HTTP with recorded answers, and out of files."""

from __future__ import annotations

import json

import pytest
from servers.recorded_answers import Answer, cut_off, expired, too_many
from servers.refusing import fails, stays

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Partial, Promise, Rejected, Relationship
from ownership_graph.secret import Secret

JIRA = find_importer("jira")
SEARCH = "/rest/api/3/search/jql"
DAY = 20_513  # 2026-03-01
ANN = {"accountId": "a:1", "displayName": "Ann Ash", "emailAddress": "Ann@Example.org"}
BOB = {"accountId": "b:2", "displayName": "Bob Birch", "emailAddress": ""}
BOT = {"accountId": "r:3", "displayName": "Automation", "accountType": "app"}


def issue(key="AI-1", status="Done", histories=None, **fields):
    made = {
        "key": key,
        "fields": {
            "status": {"name": status},
            "labels": ["fraud"],
            "reporter": ANN,
            "created": "2026-03-01T23:30:00.000-0500",
            **fields,
        },
    }
    if histories is not None:
        made["changelog"] = {"total": len(histories), "histories": histories}
    return made


def step(day, before, after, who=BOB, field="status"):
    return {
        "author": who,
        "created": f"2026-03-{day:02}T10:00:00.000+0000",
        "items": [{"field": field, "fromString": before, "toString": after}],
    }


def approval(number, decision, *answers, **said):
    return {
        "id": str(number),
        "name": "Legal",
        "finalDecision": decision,
        "approvers": [{"approver": who, "approverDecision": answer} for who, answer in answers],
        "createdDate": {"iso8601": "2026-03-01T14:01:00+0700", "epochMillis": 1},
        **said,
    }


def read(server, **options):
    options = {"token": Secret(itself="s3cret"), "jql": "project = AI", **options}
    return list(JIRA.read(url=server.url, **options))


def saved(tmp_path, *issues, **options):
    (tmp_path / "i.json").write_text(json.dumps({"issues": list(issues)}))
    return list(JIRA.read(path=tmp_path / "i.json", **options))


def approvals(records):
    return {
        each.id: each.properties
        for each in records
        if isinstance(each, Node) and each.label == "Approval"
    }


def told(records):
    return [each.why for each in records if isinstance(each, Rejected)]


def deciders(records):
    return [
        (each.from_id, each.to_id)
        for each in records
        if isinstance(each, Relationship)
        and each.type == "DECIDED_BY"
        and not each.properties.get("absent")
    ]


def test_the_smallest_true_answer(server):
    done = {"completedDate": {"iso8601": "2026-03-03T10:00:00Z"}}
    server.on(SEARCH, {"issues": [issue(duedate="2026-03-09")], "isLast": True})
    server.on(
        "/rest/servicedeskapi/request/AI-1/approval",
        {
            "values": [approval(7, "approved", (ANN, "approved"), (BOB, "pending"), **done)],
            "isLastPage": True,
        },
    )
    said = read(server, user="jo@example.org", model_id="model:{model}")
    own = "jira:AI-1/approval/7"

    def tie(type_, *end, **properties):
        return Relationship(type_, "Approval", own, *end, properties, "jira", 1)

    assert said == [
        Promise("DECIDED_BY"),
        Node(
            "Approval",
            own,
            {
                "status": "approved",
                "name": "Legal: AI-1",
                "round": 1,
                "requested_day": DAY,
                "assigned_day": DAY,
                "due_day": DAY + 8,
                "decided_day": DAY + 2,
            },
            "jira",
            1,
        ),
        tie("CONCERNS", "Model", "model:fraud"),
        tie("AT", "Gate", "Legal"),
        tie("REQUESTED_BY", "Person", "ann@example.org"),
        tie("DECIDED_BY", "Person", "ann@example.org"),
        tie(
            "DECIDED_BY",
            "Person",
            "b:2",
            absent=True,
            why="the request was decided without an answer from here",
        ),
    ]
    assert server.requests[0].query["jql"] == "project = AI ORDER BY key ASC"
    assert "expand" not in server.requests[0].query
    assert {each.headers["authorization"][:6] for each in server.requests} == {"Basic "}


def test_pages_of_issues_and_of_approvals_in_the_cloud(server):
    server.on(SEARCH, {"issues": [issue("AI-1")], "nextPageToken": "t2"})
    server.on(
        f"{SEARCH}?nextPageToken=t2", too_many(), {"issues": [issue("AI-2")], "isLast": True}
    )
    first, second = (
        "/rest/servicedeskapi/request/AI-1/approval",
        "/rest/servicedeskapi/request/AI-2/approval",
    )
    server.on(first, {"values": [], "isLastPage": True})
    server.on(second, {"values": [approval(1, "pending", (BOB, "pending"))], "isLastPage": False})
    server.on(f"{second}?start=1", {"values": [approval(2, "declined", (BOB, "declined"))]})
    said = read(server)
    assert {own: each["status"] for own, each in approvals(said).items()} == {
        "jira:AI-2/approval/1": "pending",
        "jira:AI-2/approval/2": "rejected",
    }
    assert told(said) == []


def test_issues_that_are_no_service_requests_are_counted(server):
    server.on(SEARCH, {"issues": [issue("AI-1"), issue("AI-2")]})
    server.on("/rest/servicedeskapi/request/AI-1/approval", Answer({}, 404))
    server.on("/rest/servicedeskapi/request/AI-2/approval", {"values": [approval(1, "pending")]})
    said = read(server)
    assert list(approvals(said)) == ["jira:AI-2/approval/1"]
    assert told(said)[0].startswith("1 of 2 issues are no requests of Jira Service Management")


def test_pages_of_a_server_are_compared_with_its_total(server):
    way = [step(2, "Legal", "Approved")]
    server.on("/rest/api/2/search", {"issues": [issue(histories=way)], "total": 3})
    server.on(
        "/rest/api/2/search?startAt=1", {"issues": [issue("AI-2", histories=way)], "total": 3}
    )
    server.on("/rest/api/2/search?startAt=2", {"issues": [], "total": 3})
    said = read(server, api="server", gates=("Legal",), jql="project = AI order by created")
    assert len(approvals(said)) == 2
    (partial,) = [each for each in said if isinstance(each, Partial)]
    assert "it counts 3 issues and gave 2" in partial.why
    assert server.requests[0].query["jql"] == "project = AI order by created"
    assert server.requests[0].query["expand"] == "changelog"


def test_a_server_that_gives_what_it_counts_is_read_whole(server):
    server.on("/rest/api/2/search", {"issues": [issue(histories=[])], "total": 1})
    assert read(server, api="server", gates=("Legal",)) == [Promise("DECIDED_BY")]


def test_changes_that_did_not_all_come_with_an_issue_are_read_page_by_page(server):
    short = issue(histories=[step(2, "Legal", "Approved")])
    short["changelog"]["total"] = 2
    server.on(SEARCH, {"issues": [short]})
    changes = "/rest/api/3/issue/AI-1/changelog"
    server.on(changes, {"values": [step(2, "Legal", "Open")], "total": 2})
    server.on(f"{changes}?startAt=1", {"values": [step(3, "Open", "Legal")], "total": 2})
    assert [each["status"] for each in approvals(read(server, gates=("Legal",))).values()] == [
        "rejected",
        "pending",
    ]


def test_the_same_page_again_and_again_fails_the_source(server):
    server.on(SEARCH, {"issues": [], "nextPageToken": "t"})
    with pytest.raises(SourceError, match="the same page again and again"):
        read(server)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (expired(), "it answered 401"),
        (cut_off({"issues": []}), "the line broke"),
        (Answer({"errorMessages": ["no"]}, 400), "it answered 400"),
        (Answer({"values": []}), "there is no list of issues in the answer"),
        (Answer({"issues": [issue("../../admin")]}), "'../../admin' is no key of an issue"),
    ],
    ids=["expired", "cut off", "refused", "other", "key"],
)
def test_what_is_no_answer_fails_the_source_and_tells_no_secret(server, answer, said, monkeypatch):
    monkeypatch.setattr("ownership_graph.readers.web.TRIES", 1)
    server.on(SEARCH, answer)
    fails(lambda: read(server), said)


def test_the_token_goes_nowhere_else(server, elsewhere):
    stays(lambda: read(server), SEARCH, server, elsewhere)


def test_the_way_of_an_issue_through_gates(tmp_path):
    way = [
        step(9, "Security", "Approved"),
        step(2, "Open", "Legal", ANN),
        {
            "author": BOB,
            "created": "2026-03-03T00:00:00.000+0000",
            "items": [],
            "comment": "approved",
        },
        step(3, "", "fine by me", field="Comment"),
        step(4, "Legal", "Waiting for  Customer"),
        step(5, "Waiting for customer", "legal", ANN),
        step(6, "Legal", "Security", BOT),
    ]
    said = saved(tmp_path, issue(histories=way), gates=("Legal", "Security"))
    facts = {
        own: (
            each["status"],
            each["round"],
            each["requested_day"] - DAY,
            each["decided_day"] - DAY,
        )
        for own, each in approvals(said).items()
    }
    assert facts == {
        "jira:AI-1/Legal/1": ("rejected", 1, 1, 3),
        "jira:AI-1/Legal/2": ("approved", 2, 4, 5),
        "jira:AI-1/Security/1": ("approved", 1, 5, 8),
    }
    assert deciders(said) == [
        ("jira:AI-1/Legal/1", "b:2"),
        ("jira:AI-1/Legal/2", "r:3"),
        ("jira:AI-1/Security/1", "b:2"),
    ]
    services = [each for each in said if isinstance(each, Node) and each.label == "Person"]
    assert services == [
        Node("Person", "r:3", {"kind": "service", "name": "Automation"}, "i.json", 1)
    ]


@pytest.mark.parametrize(
    ("after", "status", "decided", "who"),
    [
        ("Rejected", "rejected", 3, ["b:2"]),
        ("Cancelled", "withdrawn", 3, []),
        ("Waiting for customer", "returned", None, ["b:2"]),
        ("Legal", "pending", None, ["ann@example.org"]),
    ],
)
def test_where_an_issue_stands_at_last(tmp_path, after, status, decided, who):
    way = [step(4, "Security", after)]
    found = saved(
        tmp_path,
        issue(histories=way, assignee=ANN, duedate="2026-03-31"),
        gates=("Legal", "Security"),
    )
    if after == "Legal":  # back to an earlier gate: sent back there, and asked again here
        assert [each["status"] for each in approvals(found).values()] == ["rejected", "pending"]
        return
    (own,) = approvals(found)
    assert approvals(found)[own]["status"] == status
    assert approvals(found)[own].get("decided_day") == (decided and DAY + decided)
    assert [person for _, person in deciders(found)] == who


def test_an_issue_that_waits_and_never_moved(tmp_path):
    found = saved(
        tmp_path,
        issue(status="legal", histories=[], assignee=ANN, duedate="2026-03-31"),
        gates=("Legal",),
    )
    assert approvals(found)["jira:AI-1/Legal/1"] == {
        "status": "pending",
        "name": "Legal: AI-1",
        "round": 1,
        "requested_day": DAY + 1,
        "due_day": DAY + 30,
    }
    assert deciders(found) == [("jira:AI-1/Legal/1", "ann@example.org")]


def test_a_status_that_nothing_explains_is_told_and_not_guessed(tmp_path):
    way = [step(2, "Legal", "On hold"), step(3, "On hold", "Legal"), step(4, "Legal", "Done")]
    said = saved(tmp_path, issue(histories=way), gates=("Legal",))
    assert list(approvals(said)) == ["jira:AI-1/Legal/2"]
    (why,) = told(said)
    assert why.startswith("AI-1: from 'Legal' it went to 'On hold', and nothing says what that")


def test_what_names_no_model_is_counted(tmp_path):
    way = [step(2, "Legal", "Done")]
    said = saved(
        tmp_path,
        issue("AI-1", histories=way, model=[{"value": "fraud"}, None]),
        issue("AI-2", histories=way),
        issue("AI-3", status="Open", histories=[]),
        gates=("Legal",),
        model_field="model",
    )
    assert list(approvals(said)) == ["jira:AI-1/Legal/1"]
    assert told(said)[0].startswith("1 of 2 requests name no model in 'model'")


def test_changes_that_are_not_all_in_a_file_are_told(tmp_path):
    short = issue(histories=[step(2, "Legal", "Done")])
    short["changelog"]["total"] = "9"
    said = saved(tmp_path, short, gates=("Legal",))
    (partial,) = [each for each in said if isinstance(each, Partial)]
    assert "not all changes of 'AI-1' are in the file" in partial.why


def test_approvals_that_were_saved_beside_an_issue_or_in_its_field(tmp_path):
    open_ = approval(1, "pending", (BOT, "pending"), name="", createdDate="01/Mar/26 9:15 PM")
    beside = {**issue("AI-1"), "approvals": {"values": [open_]}}
    listed = {**issue("AI-2"), "approvals": [open_]}
    inside = issue("AI-3", resolutiondate="2026-03-08T00:00:00.000+0000", customfield_1=[open_])
    bad = issue("AI-4", approvals=[approval(1, "perhaps")])
    said = saved(tmp_path, beside, listed, inside, bad)
    assert {own: each["status"] for own, each in approvals(said).items()} == {
        "jira:AI-1/approval/1": "pending",
        "jira:AI-2/approval/1": "pending",
        "jira:AI-3/approval/1": "withdrawn",
    }
    assert approvals(said)["jira:AI-3/approval/1"]["decided_day"] == DAY + 7
    assert told(said)[0].startswith("the status 'perhaps' is not one of")
    assert ("jira:AI-1/approval/1", "r:3") in deciders(said)


CSV = """Summary,Issue key,Status,Labels,Labels,Comment,Comment,{0},{0},Assignee,Reporter,Created,\
Resolved,Due date
a,AI-1,Waiting for approval,,model-fraud,approved!,,Ann@Example.org,bob,,olga,01/Mar/26 9:15 PM,,
b,AI-2,Approved,model-triage,,,,ann@example.org,,,olga,01/Mar/26 9:15 AM,05/Mar/26 1:00 PM,
c,AI-3,Declined,model-triage,,,,ann,bob,,,01/Mar/26 9:15 AM,05/Mar/26 1:00 PM,
d,AI-4,In progress,model-triage,,,,,,,,,,
e,AI-5,waiting  for approval,other,,,,,,,,,,
f,AI-6,Waiting for approval,model-x,,,,,,carla,,soon,,
,,,,,,,,,,,,,
"g
"""


def test_an_export_as_csv_repeats_columns(tmp_path):
    (tmp_path / "i.csv").write_text(CSV.format("Custom field (Approvers)"))
    gates = {"gates": ("Waiting for approval",), "model_pattern": "model-{model}"}
    said = list(JIRA.read(path=tmp_path / "i.csv", **gates))
    assert {
        own: (each["status"], each.get("decided_day")) for own, each in approvals(said).items()
    } == {
        "jira:AI-1/Waiting for approval/1": ("pending", None),
        "jira:AI-2/Waiting for approval/1": ("approved", DAY + 4),
        "jira:AI-3/Waiting for approval/1": ("rejected", DAY + 4),
    }
    assert [(own[5:9], who) for own, who in deciders(said)] == [
        ("AI-1", "ann@example.org"),
        ("AI-1", "bob"),
        ("AI-2", "ann@example.org"),
    ]
    assert [each[:38] for each in told(said)] == [
        "a quote is opened here and never close",
        "1 of 5 requests name no model in 'labe",
        "the requested_day 'soon' is no day. Wr",
    ]


def test_an_export_is_recognised_and_read_with_its_delimiter(tmp_path):
    (tmp_path / "i.csv").write_text("Issue key;Status;Labels\nAI-1;Legal;m\n")
    (found,) = JIRA.recognise(look_round(tmp_path))
    assert found.options == {"delimiter": ";"}
    assert len(approvals(JIRA.read(path=found.path, gates=("Legal",), delimiter=";"))) == 1


def test_a_csv_with_several_gates_does_not_say_which_one_was_passed(tmp_path):
    (tmp_path / "i.csv").write_text("Issue key,Status,Labels\nAI-1,Done,m\nAI-2,Legal,m\n")
    said = list(JIRA.read(path=tmp_path / "i.csv", gates=("Legal", "Security")))
    assert list(approvals(said)) == ["jira:AI-2/Legal/1"]
    assert told(said)[0].startswith("1 decided issues do not say at which of 2 gates")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "i.csv",
            "Issue key,Status,Lables\n",
            "column 'labels' is missing. Did you mean 'Lables'",
        ),
        ("i.csv", "Issue key;Status;Labels\n", "parted by ';'"),
        ("i.json", "{}", "there is no list of issues"),
        ("i.json", '{"issues": [', "no JSON"),
    ],
)
def test_a_file_at_fault_fails_the_source(tmp_path, name, text, said):
    (tmp_path / name).write_text(text)
    with pytest.raises(SourceError, match=said):
        list(JIRA.read(path=tmp_path / name, gates=("Legal",)))


def test_options_that_cannot_be(tmp_path, server):
    for wrong in ({}, {"url": "https://x.example"}):
        with pytest.raises(UsageError, match="either a file, or --url and --jql"):
            list(JIRA.read(**wrong))
    with pytest.raises(UsageError, match=r"can be cloud or server\. Did you mean 'cloud'"):
        read(server, api="clod")
    with pytest.raises(UsageError, match="a table holds no approvals"):
        list(JIRA.read(path=tmp_path / "i.csv"))
