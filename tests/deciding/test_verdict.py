"""Whether a model can get through, why not, what would free it, and who has the right to."""

from __future__ import annotations

import pytest
from deciding.asked import ONE_GATE, asked, ids, offered, step, taken
from small_graphs import fill

from ownership_graph.errors import UsageError

STUCK = """
Model m1 name=Triage stage=pilot risk_tier=2
Gate legal name=Legal min_tier=1
Person p status=left
Person p CAN_DECIDE Gate legal
"""
GONE = "nobody can decide at 'Legal': of 1 entitled none can: 1 has left"
ENTITLE = "entitle one more at 'Legal'"


@pytest.mark.parametrize(
    ("also", "by"),
    [
        ("", "nobody owns the gate 'Legal'"),
        ("Gate g\nTeam t OWNS Gate g", "nobody owns the gate 'Legal'"),
        ("Team t OWNS Gate legal", ["t"]),
        ("Team t status=archived\nTeam t OWNS Gate legal", "whoever answers for it has gone"),
        ("Decision k kind=change_policy\nDecision k NEEDS Person q role=decide", ["q"]),
        (
            (
                "Team t OWNS Gate legal\nTeam u OWNS Gate legal\nTeam t PART_OF Team v\n"
                "Team u PART_OF Team v\nPerson lee MEMBER_OF Team v role=lead"
            ),
            ["lee"],
        ),
        (
            "Team t OWNS Gate legal\nTeam u OWNS Gate legal",
            "2 answer for it, no rule says who decides, and nobody known stands above",
        ),
    ],
)
def test_who_has_the_right_to_change_a_gate(embedded_store, also, by):
    found = asked(fill(embedded_store, STUCK + also))
    assert found.state == "stuck"
    assert found.verdict == (
        "No: as rights are written today, nobody can take Triage through 'Legal'."
    )
    assert found.why == GONE
    assert offered(found) == [(ENTITLE, by)]
    assert (found.assignment, found.hangs_on) == ((), ())


COMMITTEE = """
Model m1 name=Triage stage=pilot risk_tier=2
Gate release name=Release min_tier=1
Team board name=Board kind=committee quorum=2
Team board CAN_DECIDE Gate release
Person p MEMBER_OF Team board
"""
SEAT = "take one more into the Board, which decides at 'Release'"


@pytest.mark.parametrize(
    ("also", "by"),
    [
        ("Person q MEMBER_OF Team board role=lead\nPerson q status=left", "nobody owns"),
        ("Team board PART_OF Team up\nPerson q MEMBER_OF Team up role=lead", ["q"]),
        (
            "Team board PART_OF Team up\nTeam up PART_OF Team board\nTeam t OWNS Gate release",
            ["t"],
        ),
        (
            (
                "Team board PART_OF Team up\nTeam up status=archived\n"
                "Person q MEMBER_OF Team up role=lead\nTeam up PART_OF Team top\n"
                "Person r MEMBER_OF Team top role=lead"
            ),
            ["r"],
        ),
    ],
)
def test_who_has_the_right_to_a_seat_in_a_committee(embedded_store, also, by):
    change, who = offered(asked(fill(embedded_store, COMMITTEE + also)))[0]
    assert change == SEAT
    assert who[: len(by)] == by


def test_a_rule_between_two_gates_is_its_owners_to_lift(embedded_store):
    graph = """
        Model m1 name=Triage stage=pilot risk_tier=2
        Gate legal name=Legal seq=1 min_tier=1
        Gate risk name=Risk seq=2 min_tier=1
        Gate legal SEPARATE_FROM Gate risk
        Person p CAN_DECIDE Gate legal
        Person p CAN_DECIDE Gate risk
        Team t OWNS Gate legal
        Team u OWNS Gate risk
    """
    found = asked(fill(embedded_store, graph))
    assert found.verdict == (
        "No: as rights are written today, nobody can take Triage through its gates 'Legal' and"
        " 'Risk'."
    )
    assert offered(found) == [
        (ENTITLE, ["t"]),
        ("entitle one more at 'Risk'", ["u"]),
        ("let the same person decide at 'Legal' and 'Risk'", ["t", "u"]),
    ]


def test_independence_may_be_given_up(embedded_store):
    graph = ONE_GATE + "Person ann OWNS Model m1 role=accountable"
    assert [each.kind for each in asked(fill(embedded_store, graph)).changes] == [
        "entitle", "waive",
    ]  # fmt: skip


def test_where_no_single_change_is_enough(embedded_store):
    graph = """
        Model m1 stage=pilot risk_tier=2
        Gate legal name=Legal seq=1 min_tier=1
        Gate risk name=Risk seq=2 min_tier=1
        Person p CAN_DECIDE Gate other
    """
    [change] = asked(fill(embedded_store, graph)).changes
    assert change.change == ("no single change: entitle one more each at 'Legal' and 'Risk'")
    assert (change.alone, ids(change.gates), change.by) == (False, ["legal", "risk"], ())


def test_requests_that_wait_for_each_other(embedded_store):
    graph = (
        ONE_GATE
        + """
        Gate risk name=Risk seq=2 min_tier=1
        Team t OWNS Gate legal
        Person ann CAN_DECIDE Gate risk
        Approval a status=pending
        Approval b status=pending
        Approval a CONCERNS Model m1
        Approval b CONCERNS Model m1
        Approval a AT Gate legal
        Approval b AT Gate risk
        Approval a AFTER Approval b
        Approval b AFTER Approval a
    """
    )
    found = asked(fill(embedded_store, graph))
    assert found.state == "stuck"
    assert found.why == "the requests at 'Legal' and 'Risk' wait for each other"
    assert offered(found) == [
        ("let the request at 'Legal' wait for no other", ["t"]),
        ("let the request at 'Risk' wait for no other", "nobody owns the gate 'Risk'"),
    ]


def test_where_one_request_waits_for_no_other_the_circle_is_gone(embedded_store):
    graph = TWO_CIRCLES.replace("Approval c AFTER Approval b", "")
    assert asked(fill(embedded_store, graph)).state == "clear"


TWO_CIRCLES = (
    ONE_GATE
    + """
    Gate old name=Old min_tier=9 retired_day=1
    Model m2 stage=pilot
    Approval a status=pending
    Approval b status=pending
    Approval c status=pending
    Approval a CONCERNS Model m1
    Approval b CONCERNS Model m2
    Approval c CONCERNS Model m2
    Approval a AT Gate legal
    Approval b AT Gate old
    Approval c AT Gate old
    Approval a AFTER Approval b
    Approval b AFTER Approval c
    Approval c AFTER Approval b
"""
)


def test_a_request_behind_a_circle_of_another_model(embedded_store):
    found = asked(fill(embedded_store, TWO_CIRCLES))
    assert (found.state, found.why) == ("stuck", "the requests at 'old' wait for each other")
    assert offered(found) == [
        (
            "let the request at 'old' about 'm2' wait for no other",
            "the gate is no longer in force",
        ),
        (
            "let the request at 'old' about 'm2' wait for no other",
            "the gate is no longer in force",
        ),
    ]


def test_of_two_circles_none_alone_frees(embedded_store):
    graph = (
        TWO_CIRCLES
        + """
        Gate data seq=3 min_tier=1
        Person ann CAN_DECIDE Gate data
        Approval d status=pending
        Approval e status=pending
        Approval d CONCERNS Model m1
        Approval d AT Gate data
        Approval e CONCERNS Model m2
        Approval e AT Gate old
        Approval d AFTER Approval e
        Approval e AFTER Approval d
    """
    )
    [change] = asked(fill(embedded_store, graph)).changes
    assert (change.kind, change.alone) == ("several", False)


def test_a_gate_that_is_already_to_be_changed_has_its_owner_all_the_same(embedded_store):
    graph = (
        STUCK
        + """
        Team t OWNS Gate legal
        Decision k kind=change_policy status=open
        Decision k ABOUT Gate legal
    """
    )
    assert offered(asked(fill(embedded_store, graph))) == [(ENTITLE, ["t"])]


def test_a_standing_right_is_enough_where_nobody_else_can(embedded_store):
    graph = STUCK + "Decision k kind=promote\nDecision k NEEDS Person boss role=decide"
    found = asked(fill(embedded_store, graph))
    assert found.verdict == (
        "Yes: Triage can get through the one gate left, at 'Legal' only by a standing right."
    )
    assert ids(step(found, "legal").by_right) == ["boss"]
    assert (found.why, found.changes) == ("", ())
    [needed] = found.hangs_on
    assert (needed.person.id, ids(needed.gates)) == ("boss", ["legal"])


def test_a_standing_right_of_somebody_who_is_away_is_of_no_use(embedded_store):
    graph = STUCK + "Decision k kind=promote\nDecision k NEEDS Person boss role=decide"
    found = asked(fill(embedded_store, graph), away=["boss"])
    assert (found.state, ids(step(found, "legal").by_right)) == ("stuck", [])


def test_a_standing_right_is_not_told_where_others_can(embedded_store):
    graph = ONE_GATE + "Decision k kind=promote\nDecision k NEEDS Person boss role=decide"
    found = asked(fill(embedded_store, graph))
    assert found.verdict == "Yes: Triage can get through the one gate left."
    assert found.hangs_on == ()


@pytest.mark.parametrize(
    ("graph", "verdict"),
    [
        (
            "Model m1 stage=retired risk_tier=2\nGate g min_tier=1\nPerson p CAN_DECIDE Gate g",
            "Nothing is ahead: m1 is retired.",
        ),
        (
            "Model m1 stage=pilot\nGate g min_tier=1\nPerson p CAN_DECIDE Gate g",
            "No gate is known to be ahead: nobody classified m1.",
        ),
        (
            "Model m1 risk_tier=1\nGate g min_tier=2\nPerson p CAN_DECIDE Gate g",
            "No gate is ahead: none is set for m1, of risk tier 1.",
        ),
        (
            (
                "Model m1 risk_tier=1\nGate g min_tier=1\nPerson p CAN_DECIDE Gate g\n"
                "Approval a status=approved\nApproval a CONCERNS Model m1\nApproval a AT Gate g"
            ),
            "Nothing is ahead: m1 has passed the one gate on its way.",
        ),
    ],
)
def test_nothing_is_ahead(embedded_store, graph, verdict):
    found = asked(fill(embedded_store, graph))
    assert (found.state, found.verdict) == ("nothing ahead", verdict)


def test_where_nobody_wrote_down_who_decides_nothing_is_claimed(embedded_store):
    found = asked(fill(embedded_store, "Model m1 risk_tier=1\nGate legal min_tier=1"))
    assert found.state == "not known"
    assert found.why == "nothing says who may decide at the gates: no data on CAN_DECIDE"
    assert found.missing == ("CAN_DECIDE", "CAN_DECIDE or OWNS role accountable")
    assert (found.changes, found.others) == ((), ())


def test_what_takes_too_long_to_tell_is_not_known(embedded_store):
    """Gates that all exclude each other, with one person too few and all of them different."""
    gates = [f"g{number:02}" for number in range(14)]
    lines = ["Model m1 risk_tier=1", *(f"Gate {each} min_tier=1" for each in gates)]
    for number in range(13):
        lines += [
            f"Person p{number:02} CAN_DECIDE Gate {each}"
            for at, each in enumerate(gates)
            if at != number
        ]
    lines += [f"Gate {a} SEPARATE_FROM Gate {b}" for a in gates for b in gates if a < b]
    found = asked(fill(embedded_store, "\n".join(lines)))
    assert found.state == "not known"
    assert "tried without an end" in found.why


OTHERS = """
Model m1 name=Triage stage=pilot risk_tier=2
Model m2 stage=pilot
UseCase u name=Letters
Model m1 SERVES UseCase u
Model m2 SERVES UseCase u
Gate legal name=Legal min_tier=1
Team t OWNS Model m1 role=accountable
Team t OWNS Gate legal
Person p CAN_DECIDE Gate legal
"""


def test_the_other_decisions_and_who_may_take_them(store):
    graph = (
        OTHERS
        + """
        Decision k kind=stop
        Decision k NEEDS Person boss role=decide
        Person boss name=Boss
        Decision open kind=retire status=open
        Decision open ABOUT Model m1
        Decision change kind=change_policy status=open
        Decision change ABOUT Gate legal
        Team t PART_OF Team up
    """
    )
    assert taken(asked(fill(store, graph))) == {
        "stop": ["boss", "t"],
        "roll back": ["t"],
        "retire": "it is raised, and open as 'open'",
        "accept risk": ["t"],
        "merge pilots: 'Letters'": ["t"],
        "fund: 'Letters'": "nobody has the right to fund it",
        "change policy: 'Legal'": "it is raised, and open as 'change'",
    }


def test_others_that_nobody_can_take(embedded_store):
    found = asked(fill(embedded_store, OTHERS + "Team t status=archived"))
    assert taken(found)["stop"] == "whoever answers for it has gone"
    assert taken(found)["change policy: 'Legal'"] == "whoever answers for it has gone"


def test_where_nobody_says_who_is_accountable(embedded_store):
    assert taken(asked(fill(embedded_store, ONE_GATE)))["stop"] == (
        "nothing says who is accountable for models"
    )


def test_a_model_is_named_by_id_or_by_name(embedded_store):
    store = fill(embedded_store, ONE_GATE + "Model m2 name=triage2\nModel m3 name=TRIAGE2")
    assert asked(store, "triage").model.id == "m1"
    with pytest.raises(UsageError, match=r"no model has .* Did you mean 'Triage'"):
        asked(store, "Triaeg")
    with pytest.raises(UsageError, match=r"2 are called that. Name one: 'Model m2', 'Model m3'."):
        asked(store, "Triage2")
    assert asked(store, "Model m2").model.id == "m2"


WAITING = """
Model m1 name=Triage stage=pilot risk_tier=2
Gate legal described=false
Approval a status=pending requested_day=20700
Approval a CONCERNS Model m1
Approval a AT Gate legal
"""


def test_a_request_waits_at_its_gate_though_no_source_describes_that(embedded_store):
    found = asked(fill(embedded_store, WAITING))
    assert found.state == "not known"
    assert ids(each.gate for each in found.path) == ["legal"]
    assert "who may decide at the gates" in found.why


def test_where_rights_are_known_nobody_has_one_at_a_gate_that_no_source_describes(embedded_store):
    rights = "Gate risk min_tier=3\nPerson ann\nPerson ann CAN_DECIDE Gate risk\n"
    found = asked(fill(embedded_store, WAITING + rights))
    assert found.state == "stuck"
    assert found.verdict == (
        "No: as rights are written today, nobody can take Triage through 'legal'."
    )
