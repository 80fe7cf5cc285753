"""The path of a model, gate by gate: what is passed, what waits, who can decide and who cannot."""

from __future__ import annotations

import pytest
from deciding.asked import TODAY, asked, can, cannot, ids, step
from small_graphs import fill

from ownership_graph.errors import UsageError

TIED = """
Model m1 name=Triage stage=pilot risk_tier=2 version=2
Gate legal name=Legal seq=1 min_tier=1 sla_days=10
Gate risk name=Risk seq=2 min_tier=1
Gate release name=Release seq=3 min_tier=1
Person ann CAN_DECIDE Gate legal
Person ben CAN_DECIDE Gate legal
Person ben CAN_DECIDE Gate risk
Team board name=Board kind=committee quorum=2
Team board CAN_DECIDE Gate release
Person ann MEMBER_OF Team board
Person ben MEMBER_OF Team board
Person cy MEMBER_OF Team board
Gate legal SEPARATE_FROM Gate risk
Approval a1 status=pending requested_day=today-41 days_with_requester=4
Approval a1 CONCERNS Model m1
Approval a1 AT Gate legal
Approval a1 DECIDED_BY Person ann
Approval a0 status=approved decided_day=today-90 version=1
Approval a0 CONCERNS Model m1
Approval a0 AT Gate legal
""".replace("today-41", str(TODAY - 41)).replace("today-90", str(TODAY - 90))


def test_the_whole_path_on_every_store(store):
    found = asked(fill(store, TIED))
    assert found.state == "clear"
    assert found.verdict == "Yes: Triage can get through the 3 gates left."
    assert [(each.gate.name, each.state) for each in found.path] == [
        ("Legal", "waiting"), ("Risk", "ahead"), ("Release", "ahead"),
    ]  # fmt: skip
    request = step(found, "legal").request
    assert (request.days, request.promised, ids(request.before)) == (37, 10, ["ann"])
    assert step(found, "legal").note.endswith("for version 1, and this is version 2")
    assert can(found, "legal") == ["ann"]
    assert cannot(found, "legal") == [("ben", "separate", "risk")]
    [board] = step(found, "release").committees
    assert (board.body.name, board.wanted, board.members, len(board.able)) == ("Board", 2, 3, 3)
    assert found.rules == ("different people must decide at 'Legal' and 'Risk'",)
    assert [(ids(each.who for each in chosen.people)) for chosen in found.assignment] == [
        ["ann"], ["ben"], ["ann", "ben"],
    ]  # fmt: skip
    assert [(each.person.name, ids(each.gates)) for each in found.hangs_on] == [
        ("ann", ["legal", "risk"]), ("ben", ["risk"]),
    ]  # fmt: skip


def gate(also, model="", gate_says=""):
    """A model before one gate, `legal`."""
    return f"""
        Model m1 stage=pilot risk_tier=2 {model}
        Gate legal name=Legal min_tier=1 {gate_says}
        {also}
    """


@pytest.mark.parametrize(
    ("graph", "able", "outs"),
    [
        ("Person p CAN_DECIDE Gate legal", ["p"], []),
        ("Person p status=left\nPerson p CAN_DECIDE Gate legal", [], [("p", "gone", "")]),
        ("Team t status=archived\nTeam t CAN_DECIDE Gate legal", [], [("t", "gone", "")]),
        ("Team t CAN_DECIDE Gate legal", ["t"], []),
        ("Team t CAN_DECIDE Gate legal\nPerson p MEMBER_OF Team t", ["p"], []),
        (
            "Person p CAN_DECIDE Gate legal\nPerson p RECUSED_FROM Model m1",
            [], [("p", "recused", "")],
        ),
        (
            "Person p CAN_DECIDE Gate legal\nPerson p RECUSED_FROM Gate legal",
            [], [("p", "recused", "")],
        ),
        (
            ("Person p CAN_DECIDE Gate legal\nPerson p MEMBER_OF Team t\n"
            "Team t OWNS Model m1 role=accountable"),
            [], [("p", "owner", "")],
        ),
        (
            "Person p CAN_DECIDE Gate legal\nPerson p DELEGATES_TO Person d",
            ["p", "d"], [],
        ),
        (
            ("Person p status=left\nPerson p CAN_DECIDE Gate legal\n"
            "Person p DELEGATES_TO Person d"),
            [], [("d", "deputy", "p"), ("p", "gone", "")],
        ),
        (
            "Person p CAN_DECIDE Gate legal\nPerson p DELEGATES_TO Person d scope=stop", ["p"], [],
        ),
    ],
)  # fmt: skip
def test_who_can_decide_and_why_others_cannot(embedded_store, graph, able, outs):
    found = asked(fill(embedded_store, gate(graph)))
    assert can(found, "legal") == able
    assert cannot(found, "legal") == outs
    assert found.state == ("clear" if able else "stuck")


def test_who_stands_in_is_named_with_whose_right_it_is(embedded_store):
    graph = gate("Person p CAN_DECIDE Gate legal\nPerson p DELEGATES_TO Person d")
    own, lent = step(asked(fill(embedded_store, graph)), "legal").able
    assert own.in_place_of is None
    assert lent.in_place_of.id == "p"


def test_who_is_away_cannot_and_a_deputy_can(embedded_store):
    graph = """
        Person p name=Pia
        Person p CAN_DECIDE Gate legal
        Person q CAN_DECIDE Gate legal
        Person p DELEGATES_TO Person d
    """
    store = fill(embedded_store, gate(graph))
    found = asked(store, away=["pia", "q"])
    assert (can(found, "legal"), cannot(found, "legal")) == (
        ["d"], [("p", "away", ""), ("q", "away", "")],
    )  # fmt: skip
    found = asked(store, away=["p", "q", "d"])
    assert found.why == "nobody can decide at 'Legal': of 2 entitled none can: 2 are away"
    with pytest.raises(UsageError, match="no person has that id or name"):
        asked(store, away=["nobody"])


def test_whoever_decided_at_a_gate_that_is_passed(embedded_store):
    passed = """
        Gate intake seq=0 min_tier=1
        Approval a status=approved
        Approval a CONCERNS Model m1
        Approval a AT Gate intake
        Approval a DECIDED_BY Person ann
        Person ann CAN_DECIDE Gate legal
        Person ben CAN_DECIDE Gate legal
    """
    found = asked(fill(embedded_store, gate(passed + "\nGate intake SEPARATE_FROM Gate legal")))
    assert [each.state for each in found.path] == ["passed", "ahead"]
    assert ids(step(found, "intake").request.before) == ["ann"]
    assert can(found, "legal") == ["ben"]
    assert cannot(found, "legal") == [("ann", "separate", "intake")]


def test_the_same_person_as_at_a_gate_that_is_passed(embedded_store):
    found = asked(
        fill(
            embedded_store,
            gate(
                """
        Gate intake seq=0 min_tier=1
        Approval a status=approved
        Approval a CONCERNS Model m1
        Approval a AT Gate intake
        Approval a DECIDED_BY Person ann
        Person ann CAN_DECIDE Gate legal
        Person ben CAN_DECIDE Gate legal
        Gate intake SAME_AS Gate legal
                """
            ),
        )
    )
    assert can(found, "legal") == ["ann"]
    assert cannot(found, "legal") == [("ben", "same", "intake")]


def test_the_same_person_at_two_gates_that_are_ahead(embedded_store):
    graph = """
        Gate release seq=2 min_tier=1
        Person ann CAN_DECIDE Gate legal
        Person ben CAN_DECIDE Gate legal
        Person ann CAN_DECIDE Gate release
        Gate legal SAME_AS Gate release
    """
    found = asked(fill(embedded_store, gate(graph)))
    assert can(found, "legal") == ["ann"]
    assert cannot(found, "legal") == [("ben", "same", "release")]


@pytest.mark.parametrize(
    ("request_says", "state", "note"),
    [
        ("status=rejected decided_day=20000", "ahead", "rejected on 2024-10-04"),
        (
            "status=approved decided_day=20000 valid_until_day=20100", "ahead",
            "approved on 2024-10-04, which held until 2025-01-12",
        ),
        (
            "status=waived version=1", "ahead",
            "waived for version 1, and this is version 2",
        ),
        ("status=approved version=2", "passed", ""),
        ("status=conditional", "passed", ""),
        ("decided_day=20000", "ahead", "decided on 2024-10-04"),
    ],
)  # fmt: skip
def test_what_was_decided_before(embedded_store, request_says, state, note):
    graph = f"""
        Person p CAN_DECIDE Gate legal
        Approval a {request_says}
        Approval a CONCERNS Model m1
        Approval a AT Gate legal
    """
    found = step(asked(fill(embedded_store, gate(graph, "version=2"))), "legal")
    assert (found.state, found.note) == (state, note)


def test_of_several_open_requests_the_oldest_before_the_gate_is_told(embedded_store):
    requests = "".join(
        f"""
        Approval a{number} {says}
        Approval a{number} CONCERNS Model m1
        Approval a{number} AT Gate legal
        """
        for number, says in enumerate(
            [
                "status=returned requested_day=1",
                "status=pending",
                "status=pending requested_day=20780",
                "status=pending requested_day=20781",
                "status=approved decided_day=20000",
            ]
        )
    )
    found = step(asked(fill(embedded_store, gate(requests))), "legal")
    assert (found.state, found.request.approval, found.request.days) == ("waiting", "a2", 3)
    assert found.note == "approved on 2024-10-04, and asked for again"


def test_of_whom_there_are_too_few_no_rule_keeps_out(embedded_store):
    """Two single people would have to agree; a committee decides, and another gate is tied."""
    graph = """
        Gate risk seq=2 min_tier=1
        Gate legal SEPARATE_FROM Gate risk
        Person ann CAN_DECIDE Gate legal
        Team board kind=committee
        Team board CAN_DECIDE Gate legal
        Person ben MEMBER_OF Team board
        Person cy CAN_DECIDE Gate risk
    """
    found = asked(fill(embedded_store, gate(graph, gate_says="quorum=2")))
    assert (can(found, "legal"), cannot(found, "legal")) == (["ann"], [])
    assert found.state == "clear"
