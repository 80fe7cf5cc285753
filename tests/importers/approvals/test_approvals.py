"""Our own table of approvals: the smallest true input, its rules, and what is wrong with rows."""

from __future__ import annotations

import json
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.loading import Order, load
from ownership_graph.model import LABELS
from ownership_graph.readers.approvals.requests import Answer, outcome
from ownership_graph.readers.approvals.rows import COLUMNS
from ownership_graph.records import Node, Promise, Rejected, Relationship

APPROVALS = find_importer("approvals")
HEAD = "model,version,gate,step,decider,rule,requested_at,decided_at,result"
DAY = 20_513  # 2026-03-01


@pytest.fixture
def read(tmp_path):
    def read(text, **options):
        (tmp_path / "a.csv").write_text(text, encoding="utf-8")
        return list(APPROVALS.read(path=tmp_path / "a.csv", **options))

    return read


def approvals(records):
    return {each.id: each.properties for each in records if isinstance(each, Node)}


def ties(records, type_):
    return [
        (each.from_id, each.to_label, each.to_id, each.properties)
        for each in records
        if isinstance(each, Relationship) and each.type == type_
    ]


def rejected(records):
    return [(each.line, each.why) for each in records if isinstance(each, Rejected)]


def test_the_smallest_true_input(read):
    said = read(
        "model,version,gate,step,after,decider,decider_type,rule,requested_by,requested_at,"
        "assigned_at,decided_at,result,forum,due_at,valid_until,cites\n"
        "m1,1.2,legal,,,jane,,,Team claims,2026-03-01,2026-03-02T09:00:00Z,2026-03-04,approved,,"
        "2026-03-15,2027-03-04,r1;r2\n"
    )
    own = "approval:m1@1.2/legal/2026-03-01"

    def tie(type_, *end):
        return Relationship(type_, "Approval", own, *end, {}, "a.csv", 2)

    assert said == [
        Promise("DECIDED_BY"),
        Promise("REQUESTED_BY"),
        Promise("AFTER"),
        Promise("CITES"),
        Node(
            "Approval",
            own,
            {
                "status": "approved",
                "name": "legal: m1 1.2",
                "version": "1.2",
                "round": 1,
                "requested_day": DAY,
                "assigned_day": DAY + 1,
                "due_day": DAY + 14,
                "valid_until_day": DAY + 368,
                "decided_day": DAY + 3,
            },
            "a.csv",
            2,
        ),
        tie("CONCERNS", "Model", "m1"),
        tie("AT", "Gate", "legal"),
        tie("REQUESTED_BY", "Team", "claims"),
        tie("CITES", "Result", "r1"),
        tie("CITES", "Result", "r2"),
        tie("DECIDED_BY", "Person", "jane"),
    ]
    assert APPROVALS.provides == ("Approval", "CONCERNS", "AT")
    assert APPROVALS.mode == "events"


@pytest.mark.parametrize(
    ("rule", "answers", "status", "day", "deciders"),
    [
        ("any", "approved,", "approved", 3, "a"),
        ("any", "rejected,", "pending", None, "b"),
        ("any", "rejected,rejected", "rejected", 4, "ab"),
        ("all", "approved,", "pending", None, "b"),
        ("all", "approved,approved", "approved", 4, "ab"),
        ("all", "approved,rejected", "rejected", 4, "ab"),
        ("all", "approved,conditional", "conditional", 4, "ab"),
        ("all", "approved,waived", "approved", 4, "ab"),
        ("all", "approved,withdrawn", "approved", 3, "a"),
        ("all", "withdrawn,withdrawn", "withdrawn", 4, "ab"),
        ("all", "approved,returned", "returned", None, "ab"),
        ("2 of", "approved,,approved", "approved", 5, "ac"),
        ("2-of-3", "rejected,approved,", "pending", None, "c"),
        ("2 of 3", "rejected,approved,rejected", "rejected", 5, "abc"),
        ("", "approved,approved", "approved", 4, "ab"),
        ("", ",", "pending", None, "ab"),
    ],
)
def test_where_a_request_stands_after_several_answers(read, rule, answers, status, day, deciders):
    days = [f"2026-03-0{4 + place}" for place in range(3)]
    rows = [
        f"m1,,legal,,{who},{rule},2026-03-01,{decided if said else ''},{said}"
        for who, decided, said in zip("abc", days, answers.split(","), strict=False)
    ]
    said = read("\n".join([HEAD, *rows]) + "\n")
    (found,) = approvals(said).values()
    assert (found["status"], found.get("decided_day")) == (status, day and DAY + day)
    asked = ties(said, "DECIDED_BY")
    assert "".join(who for _, _, who, how in asked if not how) == deciders
    assert all(how["absent"] and how["why"] for _, _, _, how in asked if how)
    assert len(asked) == len(rows)


def test_a_forum_alone_decides_and_beside_a_decider_it_is_where(read):
    head = "model,gate,decider,decider_type,forum,result,conditions,days_with_requester"
    said = read(
        f"{head}\n"
        "m1,risk,,,board,approved,,\n"
        "m2,risk,jane,,board,conditional,retrain; tell,5\n"
        "m3,risk,squad;Person joe,team,,pending,,\n"
        "m4,risk,TBD,,n/a,,,\n"
    )
    assert [(own, label, who) for own, label, who, _ in ties(said, "DECIDED_BY")] == [
        ("approval:m1/risk", "Team", "board"),
        ("approval:m2/risk", "Person", "jane"),
        ("approval:m3/risk", "Team", "squad"),
        ("approval:m3/risk", "Person", "joe"),
    ]
    of = approvals(said)
    assert of["approval:m2/risk"] == {
        "forum": "board",
        "days_with_requester": "5",
        "conditions": "retrain; tell",
        "status": "conditional",
        "name": "risk: m2",
        "round": 1,
    }
    assert [each["status"] for each in of.values()] == [
        "approved",
        "conditional",
        "pending",
        "pending",
    ]


def test_rounds_are_counted_until_a_yes_and_only_where_the_days_are_known(read):
    said = read(
        "model,version,gate,requested_at,decided_at,result,round\n"
        "m1,2,legal,2026-03-20,2026-03-21,approved,\n"
        "m1,2,legal,2026-03-01,2026-03-02,rejected,\n"
        "m1,2,legal,2026-03-10,2026-03-11,rejected,\n"
        "m1,2,legal,2026-05-01,,pending,\n"
        "m1,3,legal,2026-05-01,,pending,\n"
        "m2,,legal,,,pending,\n"
        "m2,,legal,2026-05-01,,pending,4\n"
    )
    rounds = {
        own.removeprefix("approval:"): each.get("round") for own, each in approvals(said).items()
    }
    assert rounds == {
        "m1@2/legal/2026-03-20": 3,
        "m1@2/legal/2026-03-01": 1,
        "m1@2/legal/2026-03-10": 2,
        "m1@2/legal/2026-05-01": 1,
        "m1@3/legal/2026-05-01": 1,
        "m2/legal": None,
        "m2/legal/2026-05-01": 4,
    }


def test_what_a_request_waits_for(read):
    said = read(
        "id,model,gate,step,after,requested_at,decided_at,result\n"
        "a1,m1,legal,,,2026-03-01,2026-03-02,rejected\n"
        "a2,m1,legal,,,2026-03-09,,pending\n"
        "b1,m1,security,scan,legal,2026-03-03,2026-03-04,approved\n"
        "b2,m1,security,sign,scan;legal,2026-03-03,,pending\n"
        "c1,m2,legal,,release,2026-03-03,,pending\n"
        "d1,m3,risk,,legal,2026-03-01,2026-03-02,approved\n"
        "d2,m3,legal,,,2026-03-05,,pending\n"
    )
    assert [(own[9:], before[9:]) for own, _, before, _ in ties(said, "AFTER")] == [
        ("b1", "a1"),  # decided before legal was asked again
        ("b2", "b1"),
        ("b2", "a2"),  # still open: it waits for what was asked last
        ("d1", "d2"),
    ]
    ((line, why),) = rejected(said)
    assert line == 6
    assert why.startswith(
        "it comes after 'release', which is neither a step nor a gate of another"
    )


def test_what_is_wrong_rejects_the_whole_request_and_no_other(read):
    said = read(
        "Model,Gate,Decider,Decider Type,Rule,Requested-At,Decided At,Result,Round,Comment\n"
        "m1,legal,a,,,2026-03-01,2026-03-02,approved,,fine\n"
        "m2,legal,a,,all,2026-03-01,2026-03-02,approved,,\n"
        "m2,legal,b,,all,2026-03-01,2026-03-02,yess,,\n"
        "m3,legal,a,,most,2026-03-01,,,,\n"
        "m4,legal,a,robot,,2026-03-01,,,,\n"
        "m5,legal,a,,,2026-03-01,2026-03-02,,,\n"
        "m6,legal,a,,,2023-14-05,,,,\n"
        "m7,legal,a,,,2026-03-01,2026-03-02,approved,,\n"
        "m7,legal,b,,,2026-03-01,2026-03-02,rejected,,\n"
        "m8,legal,a,,any,2026-03-01,,,,\n"
        "m8,legal,b,,all,2026-03-01,,,,\n"
        "m9,legal,a,,,2026-03-01,,,third,\n"
        " ,legal,a,,,2026-03-01,,,,\n"
        "m10,,a,,,2026-03-01,,,,\n"
        "m11,legal\n"
        "m12,legal,a,,0 of,2026-03-01,,,,\n"
        ",,,,,,,,,\n"
        "m13,legal,a,,all,2026-03-01,2026-02-28,approved,,\n"
        "m13,legal,b,,all,2026-03-01,2026-03-01,approved,,\n"
    )
    assert list(approvals(said)) == ["approval:m1/legal/2026-03-01"]
    assert sorted((line, why[:61]) for line, why in rejected(said)) == [
        (3, "the result 'yess' is not one of pending, returned, approved, "),
        (4, "the result 'yess' is not one of pending, returned, approved, "),
        (5, "the rule 'most' is not any, all, or such as 2 of."),
        (6, "the decider_type 'robot' is not one of person, team."),
        (7, "decided_at is '2026-03-02', and the result is blank. Say what"),
        (8, "requested_at is '2023-14-05', which is no day. Write it as 20"),
        (9, "of 2 deciders some have answered, or differently, and the col"),
        (10, "of 2 deciders some have answered, or differently, and the col"),
        (11, "the rows of one request differ in the column 'rule': 'any' an"),
        (12, "the rows of one request differ in the column 'rule': 'any' an"),
        (13, "the round 'third' is not a whole number from 1 to 9999."),
        (14, "the column 'model' is blank. Fill it in."),
        (15, "the column 'gate' is blank. Fill it in."),
        (16, "the row holds 2 cells, and the header names 10: it is cut off"),
        (17, "the rule '0 of' is not any, all, or such as 2 of."),
        (19, "decided_at is 2026-02-28, before requested_at, 2026-03-01. Me"),
        (20, "decided_at is 2026-02-28, before requested_at, 2026-03-01. Me"),
    ]


def test_other_dates_delimiters_and_prefixes(read):
    said = read(
        "model;gate;requested_at;result\nm1;legal;1.3.2026;pending\n",
        delimiter=";",
        dates=("%d.%m.%Y",),
        prefix="ours:",
    )
    assert approvals(said)["ours:m1/legal/2026-03-01"]["requested_day"] == DAY


SHEET = """Model name,Approval stage,Approver,Requested on,Decision date,Decision,Comments
Churn model,Legal review,Ann Smith,01.03.2026,12.03.2026,Approved with conditions,ok
Churn model,Security,Bob Jones,05.03.2026,,In progress,waiting
"""


def test_a_table_with_the_usual_names_and_words(read):
    said = read(SHEET, dates=("%d.%m.%Y",))
    assert not rejected(said)
    found = approvals(said)
    legal = found["approval:Churn model/Legal review/2026-03-01"]
    assert (legal["status"], legal["decided_day"]) == ("conditional", DAY + 11)
    assert found["approval:Churn model/Security/2026-03-05"]["status"] == "pending"
    assert [who for _, _, who, _ in ties(said, "DECIDED_BY")] == ["Ann Smith", "Bob Jones"]


def test_a_table_in_another_language(read):
    text = (
        "Modell;Stelle;Gate;Wer;Ergebnis\nchurn;recht;A;ann;genehmigt\nkyc;recht;A;ann;Offen\n"
        "kyc;sicher;A;ann;Open\n"
    )
    named = {"Modell": "model", "stelle": "gate", "Wer": "decider", "Ergebnis": "result"}
    said = read(
        text,
        delimiter=";",
        columns=[f"{theirs}={ours}" for theirs, ours in named.items()],
        results=["Genehmigt=Approved", "offen = pending"],
    )
    assert not rejected(said)
    assert {own: each["status"] for own, each in approvals(said).items()} == {
        "approval:churn/recht": "approved",
        "approval:kyc/recht": "pending",
        "approval:kyc/sicher": "pending",
    }


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"columns": ["Approver"]}, "option 'columns': 'Approver' has no a=b"),
        ({"columns": ["Approver=desider"]}, "'desider' is not one of .* mean 'decider'"),
        ({"columns": ["Wer=decider"]}, "no column is called 'Wer'. The header names 'Model name'"),
        ({"results": ["=approved"]}, "option 'results': '=approved' has no a=b"),
        ({"results": ["ja=approve"]}, "'approve' is not one of .* mean 'approved'"),
    ],
)
def test_an_option_at_fault_is_told(read, options, why):
    with pytest.raises(UsageError, match=why):
        read(SHEET, **options)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("01.03.2026", "is no day as 2026-03-01. Say how yours are written: --dates %d.%m.%Y."),
        ("01/03/2026", "--dates %d/%m/%Y, or %m/%d/%Y where the month stands first."),
        ("46082", "as Excel counts days: 2026-03-01. Give the column the format of a date"),
        ("soon", "say how yours are written with --dates"),
    ],
)
def test_a_day_in_another_writing_is_rejected_with_what_to_do(read, written, why):
    [(_, told)] = rejected(read(f"model,gate,result,requested_at\nm1,legal,,{written}\n"))
    assert why in told


def test_tables_of_approvals_are_recognised_also_by_usual_names(tmp_path):
    (tmp_path / "ours.csv").write_text("gate,model,result\n", encoding="utf-8")
    (tmp_path / "theirs.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "models.csv").write_text("Use case,Review,Status\n", encoding="utf-8")
    found = APPROVALS.recognise(look_round(tmp_path))
    assert [each.path.name for each in found] == ["ours.csv", "theirs.csv"]


def test_a_workbook(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"default_date_format": "dd/mm/yy"}) as book:
        book.add_worksheet("About").write_row(0, 0, ["Approvals", "of", "2026"])
        sheet = book.add_worksheet("Requests")
        sheet.write_row(0, 0, ["Model", "Gate", "Decider", "Requested at", "Result"])
        sheet.write_row(1, 0, ["m1", "legal", "jane"])
        sheet.write_datetime(1, 3, datetime(2026, 3, 1))  # noqa: DTZ001 -- a sheet has no zones
        sheet.write(1, 4, "pending")
    said = list(APPROVALS.read(path=tmp_path / "a.xlsx"))
    assert approvals(said)["approval:m1/legal/2026-03-01"]["requested_day"] == DAY
    with pytest.raises(UsageError, match="no sheet 'Request'"):
        list(APPROVALS.read(path=tmp_path / "a.xlsx", sheet="Request"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "model,gate\nm1,legal\n",
            "no column was found for result. The header names 'model', 'gate'",
        ),
        ("model,gate,result,decidr\n", "'decidr' is not known. Did you mean 'decider'"),
        ("model,gate,result,Result\n", "both called 'result'"),
        ("model;gate;result\n", "parted by ';'"),
    ],
)
def test_a_header_at_fault_fails_the_source(read, text, why):
    with pytest.raises(SourceError, match=why) as caught:
        read(text)
    assert caught.value.line == 1


def test_whoever_was_asked_and_did_not_answer_is_no_decider_any_more(embedded_store, tmp_path):
    table = tmp_path / "a.csv"
    order = Order("approvals", APPROVALS, {"path": table})
    now = datetime(2026, 3, 5, tzinfo=UTC)

    def deciders(*rows):
        table.write_text("\n".join([HEAD, *rows]) + "\n")
        load(embedded_store, order, now=now)
        found = embedded_store.read(
            "MATCH (:Approval)-[:DECIDED_BY]->(p) RETURN p.id AS id ORDER BY id"
        )
        return [id_ for (id_,) in found.rows]

    a, b = "m1,,legal,,a,any,2026-03-01,", "m1,,legal,,b,any,2026-03-01,"
    assert deciders(f"{a},", f"{b},") == ["a", "b"]
    assert deciders(f"{a}2026-03-02,approved", f"{b},") == ["a"]
    assert deciders(f"{a},", f"{b},") == ["a", "b"]


def test_of_three_who_may_answer_only_those_who_did_count_as_deciders(embedded_store, tmp_path):
    rows = [
        f"m{number},,legal,,{who},any,2026-03-01,{'2026-03-02,approved' if who == one else ','}"
        for number, one in enumerate("a" * 15 + "b" * 5)
        for who in "abc"
    ]
    (tmp_path / "a.csv").write_text("\n".join([HEAD, *rows]))
    order = Order("approvals", APPROVALS, {"path": tmp_path / "a.csv"})
    load(embedded_store, order, now=datetime(2026, 3, 5, tzinfo=UTC))
    asked = (
        "MATCH (:Gate)<-[:AT]-(a:Approval)-[:DECIDED_BY]->(o) RETURN o.id AS who, count(a) AS n"
    )
    assert sorted(embedded_store.read(asked).rows) == [("a", 15), ("b", 5)]


_SAID = st.sampled_from(["pending", "returned", "approved", "conditional", "rejected", "waived"])
_ANSWERS = st.lists(st.builds(Answer, st.none(), _SAID, st.integers(DAY, DAY + 9)), min_size=1)


@given(_ANSWERS, st.integers(0, 9), st.randoms())
def test_the_order_of_answers_does_not_matter(answers, needed, dice):
    mixed = list(answers)
    dice.shuffle(mixed)
    assert outcome(mixed, needed) == outcome(answers, needed)


@given(_ANSWERS, st.integers(1, 9))
def test_a_further_yes_never_turns_a_yes_and_whoever_asks_for_fewer_gets_it_sooner(
    answers, needed
):
    before = outcome(answers, needed)
    if before.status in ("approved", "conditional", "waived"):
        more = outcome([*answers, Answer(None, "approved", DAY)], needed)
        fewer = outcome(answers, max(needed - 1, 1))
        assert more.status in ("approved", "conditional")
        assert more.day <= before.day
        assert fewer.day <= before.day


def test_the_order_of_rows_does_not_matter(read):
    rows = [
        f"m{model},,{gate},,{who},all,2026-03-0{day},,"
        for model in range(3)
        for gate in ("legal", "risk")
        for who in "ab"
        for day in (1, 2)
    ]

    def facts():
        random.Random(7).shuffle(rows)
        return {
            (each.from_id, each.type, each.to_id)
            if isinstance(each, Relationship)
            else (each.id, *sorted(each.properties.items()))
            for each in read("\n".join([HEAD, *rows]))
            if isinstance(each, Node | Relationship)
        }

    first = facts()
    assert len(first) == 12 * 5
    assert facts() == first


@pytest.mark.parametrize(
    "row",
    [
        "m1,,legal,,\x1b[2J,,2026-03-01,,pending",
        f"m1,,legal,,{'x;' * 20_000},,2026-03-01,,pending",
        f"m1,,legal,,a,{'1' * 4000} of,2026-03-01,,pending",
        f"m1,,legal,,a,,{'9' * 90_000},,pending",
        f"m1,,legal,{'s' * 90_000},a,,0001-01-01T00:00:00+23:59,,pending",
        "m1,,legal,,a\0,,2026-03-01,,pending",
    ],
    ids=["escape", "many", "rule", "day", "step", "nul"],
)
def test_hostile_rows_cost_themselves_at_most(read, row):
    began = time.monotonic()
    said = read(f"{HEAD}\n{row}\nm2,,legal,,a,,2026-03-01,,\n")
    assert "approval:m2/legal/2026-03-01" in approvals(said)
    assert time.monotonic() - began < 5


def test_the_example_and_the_description_are_what_the_importer_understands():
    root = Path(__file__).parents[3]
    said = list(APPROVALS.read(path=root / "examples" / "approvals.csv"))
    assert {own: (each["status"], each["round"]) for own, each in approvals(said).items()} == {
        "approval:claims-triage@4.0/legal/2026-09-01": ("rejected", 1),
        "approval:claims-triage@4.0/legal/2026-10-05": ("approved", 2),
        "approval:claims-triage@4.0/model-risk/2026-10-13": ("pending", 1),
    }
    assert not rejected(said)
    page = root / "docs" / "importers" / "approvals.table.json"
    fields = {each["name"]: each for each in json.loads(page.read_text())["fields"]}
    assert sorted(fields) == sorted(COLUMNS)
    assert [
        name for name, each in fields.items() if each.get("constraints", {}).get("required")
    ] == [
        "model",
        "gate",
    ]
    status = LABELS["Approval"].properties["status"].values
    assert fields["result"]["constraints"]["enum"] == ["", *status]
