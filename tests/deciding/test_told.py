"""What the terminal shows: the verdict first, and every kind of line below it."""

from __future__ import annotations

import io

import pytest
from deciding.asked import ONE_GATE, TODAY, asked
from small_graphs import fill

from ownership_graph.reports import find_format


def told(found):
    out = io.StringIO()
    find_format("table").write_decisions(found, out)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_a_way_with_rules_committees_and_deputies(embedded_store):
    graph = """
        Model m1 name=Triage stage=pilot risk_tier=2
        Gate legal name=Legal seq=1 min_tier=1
        Gate risk name=Risk seq=2 min_tier=1 quorum=2
        Gate release name=Release seq=3 min_tier=1
        Gate legal SEPARATE_FROM Gate risk
        Person ann name=Ann
        Person ben name=Ben
        Person cy name=Cy
        Person dee name=Dee
        Person ann CAN_DECIDE Gate legal
        Person ann DELEGATES_TO Person dee scope=legal
        Person ann CAN_DECIDE Gate risk
        Person ben CAN_DECIDE Gate risk
        Person cy CAN_DECIDE Gate risk
        Team board name=Board kind=committee quorum=2
        Team board CAN_DECIDE Gate release
        Person ann MEMBER_OF Team board
        Person ben MEMBER_OF Team board
        Team small name=Small kind=committee quorum=2
        Team small CAN_DECIDE Gate release
        Person cy MEMBER_OF Team small
        Decision k kind=promote
        Decision k NEEDS Person boss role=decide
        Decision k ABOUT Gate risk
        Approval a status=returned requested_day=today
        Approval a CONCERNS Model m1
        Approval a AT Gate legal
    """.replace("today", str(TODAY))
    assert told(asked(fill(embedded_store, graph))) == [
        "Yes: Triage can get through the 3 gates left.",
        "    Next: Legal, returned to the requester, before nobody named",
        "    Hangs on: Ann (Release), Ben (Release)",
        "    Rule: different people must decide at 'Legal' and 'Risk'",
        "    One way: Legal by Ann; Risk by Ben, Cy; Release by Board: Ann, Ben",
        "",
        "From where it stands (pilot, risk tier 2) to production",
        "",
        "  ● Legal  returned to the requester, before nobody named",
        "    can: Ann, Dee for Ann",
        "  ○ Risk  not asked for yet",
        "    can: 2 of Ann, Ben, Cy; or boss by a standing right",
        "  ○ Release  not asked for yet",
        (
            "    can: Board with 2 of its 2 members: 2 can; or Small with 2 of its 1 members: 1"
            " can, too few"
        ),
        "",
        "Other decisions about it",
        "",
        "  stop, roll back, retire, accept risk  nothing says who is accountable for models",
    ]


def test_nobody_can_and_nobody_may_change_it(embedded_store):
    graph = """
        Model m1 name=Triage version=3
        Gate legal name=Legal min_tier=1
        Model m1 SUBJECT_TO Gate legal
        Person p status=left
        Person p CAN_DECIDE Gate legal
        Person p DELEGATES_TO Person d
        Team t OWNS Model m1 role=accountable
        Team u OWNS Model m1 role=accountable
        Approval a status=pending
        Approval a CONCERNS Model m1
        Approval a AT Gate legal
        Approval a DECIDED_BY Person p
        Approval a DECIDED_BY Person q
        Approval b status=rejected
        Approval b CONCERNS Model m1
        Approval b AT Gate legal
    """
    assert told(asked(fill(embedded_store, graph))) == [
        "No: as rights are written today, nobody can take Triage through 'Legal'.",
        "    Because nobody can decide at 'Legal': of 1 entitled none can: 1 has left.",
        (
            "    To free it: entitle one more at 'Legal'  (nobody may, nobody owns the"
            " gate 'Legal')"
        ),
        "",
        "From where it stands (stage unknown, not classified, version 3) to production",
        "",
        "  ● Legal  waiting, nobody knows since when, before p (has left), q",
        "    earlier: rejected",
        "    can: nobody",
        "    cannot: d stands in for p, who cannot; p has left",
        "",
        "Other decisions about it",
        "",
        (
            "  stop, roll back, retire, accept risk  nobody, because 2 answer for it, no rule"
            " says who decides, and nobody"
        ),
        "                                        known stands above",
    ]


def test_no_single_change_and_what_escalates(embedded_store):
    graph = """
        Model m1 name=Triage stage=pilot risk_tier=2
        Gate legal name=Legal seq=1 min_tier=1
        Gate risk name=Risk seq=2 min_tier=1
        Person p CAN_DECIDE Gate other
        Team t OWNS Model m1 role=accountable
        Team u OWNS Model m1 role=accountable
        Team t PART_OF Team v
        Team u PART_OF Team v
        Team v name=Retail
        Person lee name=Lee
        Person lee MEMBER_OF Team v role=lead
    """
    lines = told(asked(fill(embedded_store, graph)))
    assert "    To free it: no single change: entitle one more each at 'Legal' and 'Risk'" in lines
    assert lines[-2:] == [
        (
            "  stop, roll back, retire, accept risk  Lee: 2 answer for it, and only the lead of"
            " Retail can settle it, 1"
        ),
        "                                        level up",
    ]


def test_many_are_counted(embedded_store):
    graph = ONE_GATE + "\n".join(f"Person p{number} CAN_DECIDE Gate legal" for number in range(6))
    assert "    can: Ann, p0, p1, p2, p3 and 2 more" in told(asked(fill(embedded_store, graph)))


def test_of_many_committees_those_with_their_quorum_are_told(embedded_store):
    graph = ONE_GATE + "\n".join(
        f"Team b{number} kind=committee quorum={2 - number // 3}\n"
        f"Team b{number} CAN_DECIDE Gate legal\nPerson p{number} MEMBER_OF Team b{number}"
        for number in range(5)
    )
    said = " ".join(line.strip() for line in told(asked(fill(embedded_store, graph))))
    assert "or b3 with 1 of its 1 members: 1 can; or b4 with" in said
    assert "or b0 with 2 of its 1 members: 1 can, too few; or 2 more committees" in said


def test_too_few_are_told(embedded_store):
    graph = ONE_GATE.replace("seq=1", "seq=1 quorum=2")
    assert "    can: Ann, too few: 2 must agree" in told(asked(fill(embedded_store, graph)))


def test_who_is_kept_out_by_a_rule(embedded_store):
    graph = (
        ONE_GATE
        + """
        Gate risk name=Risk seq=2 min_tier=1
        Gate intake name=Intake seq=0 min_tier=1
        Person ben name=Ben
        Person ben CAN_DECIDE Gate risk
        Person ann CAN_DECIDE Gate risk
        Gate legal SEPARATE_FROM Gate risk
        Gate legal SAME_AS Gate intake
        Person cy name=Cy
        Person cy CAN_DECIDE Gate legal
        Approval a status=approved
        Approval a CONCERNS Model m1
        Approval a AT Gate intake
        Approval a DECIDED_BY Person ann
    """
    )
    lines = told(asked(fill(embedded_store, graph)))
    assert "  ✓ Intake  approved by Ann" in lines
    assert "    cannot: Cy would have to decide at 'Intake' as well, and cannot" in lines
    assert "    cannot: Ann must not decide both here and at 'Legal'" in lines


@pytest.mark.parametrize("also", ["", "Approval a status=approved decided_day=20000"])
def test_without_data_nothing_is_claimed(embedded_store, also):
    graph = f"Model m1 risk_tier=1\nGate legal name=Legal min_tier=1\n{also}"
    lines = told(asked(fill(embedded_store, graph)))
    assert lines[0] == "Not known: whether m1 can get through the gates left."
    assert lines[-1] == "    can: not known"


def test_all_gates_of_several_are_passed(embedded_store):
    graph = (
        ONE_GATE
        + "Gate risk seq=2 min_tier=1\n"
        + "\n".join(
            f"Approval {gate} status=waived\nApproval {gate} CONCERNS Model m1\n"
            f"Approval {gate} AT Gate {gate}"
            for gate in ("legal", "risk")
        )
    )
    assert told(asked(fill(embedded_store, graph)))[0] == (
        "Nothing is ahead: Triage has passed all 2 gates on its way."
    )


def test_a_standing_right_is_needed_where_gates_are_tied(embedded_store):
    graph = (
        ONE_GATE
        + """
        Gate risk name=Risk seq=2 min_tier=1
        Person ann CAN_DECIDE Gate risk
        Gate legal SEPARATE_FROM Gate risk
        Decision k kind=promote
        Decision k ABOUT Gate risk
        Decision k NEEDS Person boss role=decide
    """
    )
    assert told(asked(fill(embedded_store, graph)))[0] == (
        "Yes: Triage can get through the 2 gates left, only by a standing right."
    )


def test_without_gates_there_is_no_path(embedded_store):
    lines = told(asked(fill(embedded_store, "Model m1 stage=retired\nPerson p CAN_DECIDE Gate g")))
    assert lines == ["Nothing is ahead: m1 is retired."]
