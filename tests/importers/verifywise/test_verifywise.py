"""VerifyWise: saved answers of its API, in the shapes that its own description gives them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownership_graph.errors import SourceError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Promise, Rejected, Relationship

VERIFYWISE = find_importer("verifywise")
FILE = "export"


def answer(data):
    return {"message": "OK", "data": data}


def user(number, name, **said):
    email = f"{name.title()}@corp.example"
    return {
        "id": number,
        "name": name.title(),
        "surname": "Lee",
        "email": email,
        "role_id": 1,
        **said,
    }


def model(**said):
    return {
        "id": 4,
        "provider": "OpenAI",
        "model": "GPT-4",
        "version": "turbo",
        "approver": 2,
        "capabilities": ["Reasoning"],
        "security_assessment": False,
        "status": "Restricted",
        "status_date": "2026-04-15T10:30:00.000Z",
        "hosting_provider": "Azure",
        "is_demo": False,
        "projects": [7],
        "frameworks": [],
        **said,
    }


def use_case(**said):
    return {
        "id": 7,
        "uc_id": "UC-7",
        "project_title": "Support chatbot",
        "owner": 1,
        "start_date": "2026-01-15T00:00:00.000Z",
        "ai_risk_classification": "High risk",
        "goal": "Answer",
        "status": "In progress",
        "is_organizational": False,
        "is_demo": False,
        "approval_workflow_id": 3,
        "members": [2],
        **said,
    }


def workflow_step(number, name, *approvers, together=False, hours=None):
    return {
        "id": number,
        "workflow_id": 3,
        "step_number": number,
        "step_name": name,
        "requires_all_approvers": together,
        "sla_hours": hours,
        "approvers": [{"workflow_step_id": number, "approver_id": each} for each in approvers],
    }


def workflow(*steps, **said):
    return {
        "id": 3,
        "workflow_title": "Go live",
        "entity_type": "use_case",
        "auto_approve_max_risk": None,
        "is_active": True,
        "steps": list(steps),
        **said,
    }


def request_step(number, name, status, *approvals, **said):
    return {
        "id": number,
        "request_id": 9,
        "step_number": number,
        "step_name": name,
        "status": status,
        "date_assigned": "2026-05-01T08:00:00.000Z",
        "approvals": [
            {"approver_id": who, "approval_result": result, "approved_at": day}
            for who, result, day in approvals
        ],
        **said,
    }


def request(*steps, **said):
    return {
        "id": 9,
        "request_name": "Chatbot",
        "workflow_id": 3,
        "entity_id": 7,
        "entity_type": "use_case",
        "status": "Pending",
        "requested_by": 1,
        "current_step": 2,
        "auto_approved_at": None,
        "created_at": "2026-05-01T08:00:00.000Z",
        "steps": list(steps),
        **said,
    }


LEGAL = workflow_step(1, "Legal", 2, hours=36)
RISK = workflow_step(2, "Risk", 2, 3, together=True)
DONE = request_step(
    1, "Legal", "Completed", (2, "Approved", "2026-05-04T09:00:00Z"),
    date_completed="2026-05-04T09:00:00Z", due_at="2026-05-02T20:00:00Z",
)  # fmt: skip
OPEN = request_step(
    2, "Risk", "Pending", (2, "Approved", "2026-05-05T09:00:00Z"), (3, "Pending", None)
)
LATER = request_step(3, "Release", "Pending", (3, "Pending", None))
ALL = [
    answer([user(1, "ann"), user(2, "bob"), user(3, "cho")]),
    answer([use_case()]),
    answer([model()]),
    answer([workflow(LEGAL, RISK), workflow(LEGAL, entity_type="policy", id=5)]),
    answer(request(DONE, OPEN, LATER)),
]
CHATBOT, GPT = ("Model", "vw:use-case/7"), ("Model", "vw:model/4")
FIRST, SECOND, SHELF = (
    ("Gate", "vw:gate/3/1"),
    ("Gate", "vw:gate/3/2"),
    ("Gate", "vw:gate/model-inventory"),
)
ONE, TWO, ENTRY = (
    ("Approval", "vw:approval/9/1"), ("Approval", "vw:approval/9/2"),
    ("Approval", "vw:approval/model/4/turbo"),
)  # fmt: skip
ANN, BOB, CHO = (("Person", f"{each}@corp.example") for each in ("ann", "bob", "cho"))


WAITS = "the request waits for others, who have yet to answer"


def node(end, **said):
    return Node(*end, said, FILE)


def tie(type_, start, end, **said):
    return Relationship(type_, *start, *end, said, FILE)


SAID = [
    node(GPT, name="GPT-4", version="turbo", vendor="OpenAI", environment="Azure"),
    node(("Team", "OpenAI"), kind="vendor"),
    tie("SUPPLIED_BY", GPT, ("Team", "OpenAI")),
    tie("DEPENDS_ON", CHATBOT, GPT, kind="requires"),
    node(
        CHATBOT, name="Support chatbot", kind="use_case", risk_tier=3,
        classification="High risk", project_status="In progress",
    ),
    tie("OWNS", ANN, CHATBOT, role="accountable"),
    tie("SUBJECT_TO", CHATBOT, FIRST, basis="Go live"),
    tie("SUBJECT_TO", CHATBOT, SECOND, basis="Go live"),
    node(ANN, name="Ann Lee"),
    node(BOB, name="Bob Lee"),
    node(CHO, name="Cho Lee"),
    node(FIRST, name="Go live: Legal", seq="1", sla_days=2, quorum=1),
    tie("CAN_DECIDE", BOB, FIRST),
    node(SECOND, name="Go live: Risk", seq="2", quorum=2),
    tie("CAN_DECIDE", BOB, SECOND),
    tie("CAN_DECIDE", CHO, SECOND),
    node(SHELF, name="Model inventory"),
    tie("CAN_DECIDE", BOB, SHELF),
    node(
        ONE, status="approved", name="Chatbot: Legal", round=1, requested_day=20574,
        assigned_day=20574, due_day=20575, decided_day=20577,
    ),
    tie("CONCERNS", ONE, CHATBOT),
    tie("AT", ONE, FIRST),
    tie("REQUESTED_BY", ONE, ANN),
    tie("DECIDED_BY", ONE, BOB),
    node(
        TWO, status="pending", name="Chatbot: Risk", round=1, requested_day=20577,
        assigned_day=20577,
    ),
    tie("CONCERNS", TWO, CHATBOT),
    tie("AT", TWO, SECOND),
    tie("REQUESTED_BY", TWO, ANN),
    tie("AFTER", TWO, ONE),
    tie("DECIDED_BY", TWO, BOB, absent=True, why=WAITS),
    tie("DECIDED_BY", TWO, CHO),
    node(
        ENTRY, status="conditional", name="Model inventory: GPT-4 turbo", version="turbo",
        round=1, decided_day=20558,
    ),
    tie("CONCERNS", ENTRY, GPT),
    tie("AT", ENTRY, SHELF),
    tie("DECIDED_BY", ENTRY, BOB),
    Promise("OWNS"),
    Promise("CAN_DECIDE"),
]  # fmt: skip


def read(folder, *documents):
    place = folder / FILE
    place.mkdir(exist_ok=True)
    for number, each in enumerate(documents):
        text = each if isinstance(each, str) else json.dumps(each)
        (place / f"{number}.json").write_text(text, encoding="utf-8")
    return list(VERIFYWISE.read(path=place))


def of(found, label):
    return [each for each in found if isinstance(each, Node) and each.label == label]


def test_the_smallest_true_export(tmp_path):
    assert read(tmp_path, *ALL) == SAID


def test_what_is_made_up_or_no_use_case_is_left_out(tmp_path):
    found = read(
        tmp_path,
        [use_case(is_demo=True), use_case(is_organizational=True), model(is_demo=True)],
        [request(DONE, entity_type="policy"), request(DONE, entity_id=None)],
    )
    assert found == [Promise("OWNS")]


@pytest.mark.parametrize(
    ("risk", "tier"),
    [("Minimal risk", 1), ("Limited risk", 2), ("Prohibited", 3), ("GPAI", None), (None, None)],
)
def test_tiers(tmp_path, risk, tier):
    found = read(tmp_path, [use_case(ai_risk_classification=risk, owner=None)])
    assert of(found, "Model")[0].properties.get("risk_tier") == tier


@pytest.mark.parametrize(
    ("status", "last", "said"),
    [
        ("Withdrawn", "Pending", "withdrawn"),
        ("Rejected", "Rejected", "rejected"),
        ("Pending", "Odd", "Odd"),
    ],
)
def test_where_a_request_stands(tmp_path, status, last, said):
    step = request_step(1, "Legal", last, (2, "Odd" if last == "Odd" else "Pending", None))
    found = read(tmp_path, request(step, LATER, status=status))
    if last == "Odd":
        assert "the status 'Odd' is not one of" in next(
            each.why for each in found if isinstance(each, Rejected)
        )
    else:
        assert [each.properties["status"] for each in of(found, "Approval")] == [said]


def test_what_was_approved_by_itself_was_decided_by_nobody(tmp_path):
    step = request_step(1, "Legal", "Completed", (2, "Approved", "2026-05-01"))
    found = read(
        tmp_path, request(step, auto_approved_at="2026-05-01T08:00:00Z", requested_by=None)
    )
    assert of(found, "Approval")[0].properties["status"] == "waived"
    assert [each.type for each in found if isinstance(each, Relationship)] == ["CONCERNS", "AT"]


def test_a_list_of_requests_holds_no_steps(tmp_path):
    [rejected] = read(tmp_path, [request()])
    assert "the request 'Chatbot' has no steps" in rejected.why


def test_entries_of_the_inventory_without_a_verdict(tmp_path):
    assert not of(read(tmp_path, model(status="", provider="")), "Approval")
    found = read(tmp_path, model(status="Pending", approver=None, projects=None))
    assert of(found, "Approval")[0].properties == {
        "status": "pending",
        "name": "Model inventory: GPT-4 turbo",
        "version": "turbo",
        "round": 1,
    }


def test_roles_on_models(tmp_path):
    roles = [
        {"id": n, "model_inventory_id": 4, "role": role, "user_id": who}
        for n, (role, who) in enumerate(
            [("owner", 8), ("developer", 8), ("validator", 8), ("approver", 8), ("owner", None)]
        )
    ]
    ties = [each for each in read(tmp_path, roles) if isinstance(each, Relationship)]
    assert [(each.from_id, each.properties["role"]) for each in ties] == [
        ("vw:user/8", "accountable"),
        ("vw:user/8", "technical"),
        ("vw:user/8", "oversight"),
    ]


@pytest.mark.parametrize(
    ("said", "bar"),
    [
        ({"op": "gt", "value_num": 0.25}, ("psi: at most 0.25", "min", 0.25)),
        ({"op": "gte", "value_num": 1, "segment": "young"}, ("psi of young: below 1", "min", 1.0)),
        ({"op": "lt", "value_num": 0.7}, ("psi: at least 0.7", "max", 0.7)),
        ({"op": "outside", "value_lo": 0.2, "value_hi": 0.8}, ("psi: 0.2 to 0.8", None, None)),
        ({"op": "lte", "value_num": 0.7, "active": False}, None),
        ({"op": "gt", "value_num": None}, ""),
        ({"op": "outside", "value_lo": 1}, ""),
    ],
)
def test_thresholds_say_what_a_breach_is(tmp_path, said, bar):
    found = read(
        tmp_path, {"id": 1, "model_inventory_id": 4, "metric": "psi", "active": True, **said}
    )
    if not bar:
        assert [each.why for each in found] == (
            [] if bar is None else ["the threshold of 'psi' has no value. Set one."]
        )
        return
    criterion, judged = found
    kept = criterion.properties
    assert (kept["name"], kept.get("direction"), kept.get("threshold")) == bar
    assert (judged.type, judged.from_id) == ("JUDGED_BY", "vw:model/4")


def test_files_in_which_nothing_is_known(tmp_path):
    found = read(
        tmp_path,
        [user(1, "ann"), user(2, "bob", email=""), user(None, "eve")],
        {"a": 1},
        answer([]),
        [],
    )
    assert [each.id for each in of(found, "Person")] == ["ann@corp.example", "vw:user/2"]
    assert [each.why for each in found if isinstance(each, Rejected)] == [
        "nothing in '1.json' is known. Take the file out.",
        "nothing in '3.json' is known. Take the file out.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "there is nothing of VerifyWise"),
        ('{"data": [', "this is no JSON"),
        ('{"data":' * 100_000, "stand in one another"),
    ],
)
def test_other_files_fail_the_source(tmp_path, text, told):
    with pytest.raises(SourceError, match=told):
        read(tmp_path, text)


def test_it_is_recognised_and_names_its_files(tmp_path):
    read(tmp_path, *ALL)
    (tmp_path / FILE / "package.json").write_text('{"provider": 1}')
    [found] = VERIFYWISE.recognise(look_round(tmp_path))
    assert (found.path, len(found.also)) == (tmp_path / FILE, 5)
    for sure in ("1.json", "2.json"):
        (tmp_path / FILE / sure).unlink()
    assert not list(VERIFYWISE.recognise(look_round(tmp_path)))
    assert VERIFYWISE.files(path=tmp_path / FILE / "0.json") == (tmp_path / FILE / "0.json",)


ANY = st.none() | st.booleans() | st.floats(-9, 9) | st.text(max_size=5) | st.lists(st.text())
KEYS = st.sampled_from(
    ["steps", "owner", "status", "projects", "approver", "sla_hours", "created_at", "id", "data"]
)


@settings(max_examples=40)
@given(st.lists(st.dictionaries(KEYS, ANY), max_size=3))
def test_whatever_stands_where_something_else_should_is_survived(tmp_path_factory, changes):
    folder = tmp_path_factory.mktemp("vw")
    changed = [
        each | change
        for change in changes
        for each in (use_case(), model(), workflow(LEGAL), request(DONE, OPEN), LEGAL, DONE)
    ]
    read(folder, [user(1, "ann"), *changed, *changes, workflow(*changed), request(*changed)])
