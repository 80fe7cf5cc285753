"""The survey: each function's answers as a source of its own, and where they differ."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ownership_graph.cli.starter import SURVEY
from ownership_graph.errors import SourceError
from ownership_graph.findings import check
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.known import Known
from ownership_graph.importing.surroundings import look_round
from ownership_graph.loading import Order, load
from ownership_graph.queries import load_questions
from ownership_graph.records import Node, Rejected, Relationship

IMPORTER = find_importer("survey")
NOW = datetime(2026, 11, 26, tzinfo=UTC)
FILE = "survey.csv"
KNOWN = Known(
    lambda label: {
        "Model": [Node("Model", "m1", {"name": "Claims triage"})],
        "Team": [Node("Team", "t1", {"name": "Product"}), Node("Team", "x:a"),
                 Node("Team", "y:a")],
        "Person": [Node("Person", "p1", {"name": "Ada Lovelace"})],
    }.get(label, ())
)  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def read(rows, function="legal", header=SURVEY, known=KNOWN, **options):
        (tmp_path / FILE).write_text(header + rows)
        return list(IMPORTER.read(known, path=tmp_path / FILE, function=function, **options))

    return read


def node(label, own_id, line=2, **properties):
    return Node(label, own_id, properties, FILE, line)


def test_the_smallest_true_input(read):
    said = read(
        "legal,claims-triage,product,Pilot,High,recall at least 95 %,Ada Lovelace\n"
        "risk,claims-triage,Risk,live,2,,\n"
        "Legal,Fraud score,,,,,AI board\n"
    )

    model, bar = ("Model", "m1"), ("Criterion", "good-enough:m1")
    assert said == [
        node("Model", "m1", stage="pilot", risk_tier="3", next_decided_by="p1"),
        Relationship("OWNS", "Team", "t1", *model, {"role": "accountable"}, FILE, 2),
        node(*bar, metric="recall", direction="max", threshold=0.95),
        Relationship("JUDGED_BY", *model, *bar, {"status": "proposed"}, FILE, 2),
        node("Model", "fraud score", 4, name="Fraud score", next_decided_by="team:ai-board"),
    ]
    assert read("risk,m1,,live,tier 1,,", "RISK") == [
        node("Model", "m1", stage="production", risk_tier="1")
    ]


@pytest.mark.parametrize("answer", ["", "?", "TBD", "n/a", "Don't know", "nobody", "unknown"])
def test_an_answer_that_says_nothing_is_none(read, answer):
    assert read(f'legal,m1,{answer},{answer},{answer},{answer},"{answer}"') == [
        node("Model", "m1")
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Recall >= 0.9", {"metric": "recall", "direction": "max", "threshold": 0.9}),
        ("false  alarms below 3%", {"metric": "false alarms", "direction": "min",
                                     "threshold": 0.03}),
        ("as good as a clerk", {"threshold_text": "as good as a clerk"}),
        ("> 3", {"threshold_text": "> 3"}),
    ],
)  # fmt: skip
def test_what_is_good_enough_is_a_number_or_words(read, written, said):
    assert read(f"legal,m1,,,,{written},")[1] == node("Criterion", "good-enough:m1", **said)


def test_the_columns_may_have_short_names_and_stand_in_any_order(read):
    said = read("pilot;x;legal;m1", header="Stage;comment;FUNCTION;Model\n", delimiter=";")

    assert said == [node("Model", "m1", stage="pilot")]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("legal,,product,,,,", "the column 'model' is blank. Fill it in."),
        (",m1,product,,,,", "the column 'function' is blank. Fill it in."),
        ("legal,m1,a,,,,", "'a' can be Team x:a, Team y:a. Write the id."),
        ("legal,m1", "the row holds 2 cells, and the header names 7: it is cut off, or a"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told(read, row, why):
    told = [each for each in read(f"legal,m1,,,,,\n{row}\n\n") if isinstance(each, Rejected)]

    assert [(each.file, each.line) for each in told] == [(FILE, 3)]
    assert told[0].why.startswith(why)


def test_a_function_that_did_not_answer_is_told_who_did(read):
    with pytest.raises(SourceError, match=r"of the function 'leagl'\. .* of 'legal', 'risk'\."):
        read("legal,m1,,,,,\nrisk,m1,,,,,", "leagl")
    with pytest.raises(SourceError, match="Answers are there of nobody"):
        read("")
    with pytest.raises(SourceError, match="the column 'model' is missing"):
        read("", header="function,owner\n")


def test_each_function_that_answered_is_recognised_as_a_source(tmp_path):
    for name, text in {
        "survey.csv": f"{SURVEY}legal,m1,,,,,\nLegal,m2,,,,,\nrisk,m1,,,,,\n,m1,,,,,\n",
        "b.csv": "function;model;owner\nops;m1;\n",
        "empty.csv": SURVEY,
        "broken.csv": f"{SURVEY}\0",
        "other.csv": "function,model\nlegal,m1",
        "third.csv": "a,b\n",
    }.items():
        (tmp_path / name).write_text(text)

    (tmp_path / "coded.csv").write_bytes(SURVEY.encode() + b"legal,m1,\x81,,,,\n")

    found = IMPORTER.recognise(look_round(tmp_path))

    assert [(each.path.name, each.name, each.options, bool(each.ask)) for each in found] == [
        ("b.csv", "survey of ops", {"function": "ops", "delimiter": ";"}, False),
        ("broken.csv", "survey of legal", {"function": "legal"}, True),
        ("coded.csv", "survey of legal", {"function": "legal"}, True),
        ("empty.csv", "survey of legal", {"function": "legal"}, True),
        ("survey.csv", "survey of legal", {"function": "legal"}, False),
        ("survey.csv", "survey of risk", {"function": "risk"}, False),
    ]


def test_four_functions_three_answers(tmp_path, store):
    (tmp_path / FILE).write_text(
        f"{SURVEY}legal,Claims triage,Product,pilot,3,recall >= 0.9,Risk\n"
        "product,claims triage,Product,production,2,recall at least 90%,Product\n"
        "risk,CLAIMS TRIAGE,Risk,experiment,3,recall above 0.99,Risk\n"
        "data,claims-triage,Product,pilot,3,,\n"
    )
    for function in ("legal", "product", "risk", "data"):
        options = {"path": tmp_path / FILE, "function": function}
        load(store, Order(IMPORTER.called(options), IMPORTER, options), now=NOW)

    [question] = [each for each in load_questions() if each.code == "CLR-02"]
    [answer] = check(store, [question], today=20_000).answers
    [row] = answer.rows.dicts()

    assert (row["model"], row["answers"], row["sources"]) == ("claims triage", 3, 4)
    assert set(row["about"]) == {
        "stage", "risk tier", "next decider", "owner", "threshold of good-enough:claims triage",
    }  # fmt: skip
    assert "survey of risk: stage experiment" in row["said"]
