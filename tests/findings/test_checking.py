"""One check: states, counts, ranks, names, promises and faults, on every store."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest
from small_graphs import fill

from ownership_graph.errors import QueryError, StoreMissingError, UsageError
from ownership_graph.findings import check
from ownership_graph.findings.checking import last_runs, promises_of
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.records import ImportRun

DAY = 20000
COLUMN = "column model: Model -- the model"
UNOWNED = """\
MATCH (m:Model)
WHERE NOT EXISTS { (m)<-[:OWNS]-() }
RETURN m.id AS model
ORDER BY model DESC"""
ALL = "MATCH (m:Model) RETURN m.id AS model ORDER BY model"
AMONG = "among: models\n//   MATCH (m:Model) RETURN count(m) AS n"
GRAPH = """
Model m1 stage=production name=Claims
Model m2
Model m3
Team t1 name=Risk
Team t1 OWNS Model m1 role=accountable
"""
HEAVY = """\
MATCH (a:Model), (b:Model), (c:Model), (d:Model)
WHERE a.id < b.id AND b.id < c.id AND c.id < d.id
RETURN count(a) AS n"""


def shipped(code):
    return next(each for each in load_questions() if each.code == code)


def asked(store, *questions, **more):
    return check(store, questions, today=DAY, **more)


def test_rows_become_findings_with_count_names_and_rank(store, question):
    fill(store, GRAPH)
    unowned = question("UNO-01", 3, ("needs: OWNS", AMONG, COLUMN), UNOWNED)
    checked = asked(store, unowned)
    (answer,) = checked.answers
    assert (answer.state, answer.among, answer.recorded) == ("assessed", 3, None)
    assert [(each.identity, each.rank) for each in answer.findings] == [
        ("UNO-01|m3", 1),
        ("UNO-01|m2", 2),
    ]
    assert answer.rows.rows == [("m3",), ("m2",)]
    assert answer.seconds > 0
    assert checked.names == {("Model", "m2"): "m2", ("Model", "m3"): "m3"}
    assert (checked.store, checked.today) == (store.address, DAY)
    assert [run.source for run in checked.runs] == ["test"]


def test_a_listing_has_rows_and_no_findings(store, question):
    fill(store, GRAPH)
    (answer,) = (checked := asked(store, question("LST-01", "info", (COLUMN,), ALL))).answers
    assert answer.findings == ()
    assert answer.rows.rows == [("m1",), ("m2",), ("m3",)]
    assert checked.names["Model", "m1"] == "Claims"


def test_without_a_fact_that_it_needs_a_question_is_not_assessable(store, question):
    fill(store, GRAPH)
    needy = question("NEE-01", 3, ("needs: AT, OWNS, Model.stage, Gate", COLUMN), ALL)
    (answer,) = asked(store, needy).answers
    assert answer.state == "not assessable"
    assert [need.text for need in answer.missing] == ["AT", "Gate"]
    assert (answer.findings, answer.rows, answer.among) == ((), None, None)


def test_a_promise_of_the_same_text_makes_silence_mean_something(store, question):
    fill(store, GRAPH, provides=["AT", "OWNS"])
    needy = question("NEE-01", 3, ("needs: AT", COLUMN), ALL)
    narrow = question("NEE-02", 3, ("needs: OWNS from Person", COLUMN), ALL)
    states = [each.state for each in asked(store, needy, narrow).answers]
    assert states == ["assessed", "not assessable"]


def test_only_the_last_import_that_was_done_promises():
    def run(seq, source, provides, **more):
        return ImportRun(f"r{seq}", seq, source, "x", "…", provides=(provides,), **more)

    runs = [
        run(1, "a", "AT", state="done"),
        run(2, "a", "OWNS  from Team", state="done"),
        run(3, "a", "NEEDS", state="failed"),
        run(4, "a", "COVERS", state="done", kind="undo"),
        run(5, "b", "AFTER", state="undone"),
    ]
    assert promises_of(runs) == {"OWNS from Team"}
    assert [each.seq for each in last_runs(runs)] == [3, 5]


def absence(question):
    return question("ABS-01", 1, ("needs: OWNS", "absence: yes", AMONG, COLUMN), UNOWNED)


def owned(count, of):
    lines = [f"Model m{number}" for number in range(of)]
    lines += [f"Team t1 OWNS Model m{number}" for number in range(count)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("count", "state", "findings"), [(1, "rollout", 0), (2, "assessed", 8), (10, "assessed", 0)]
)
def test_while_few_have_it_recorded_an_absence_rule_is_one_line(
    store, question, count, state, findings
):
    fill(store, owned(count, 10))
    (answer,) = asked(store, absence(question)).answers
    assert (answer.state, len(answer.findings)) == (state, findings)
    assert (answer.recorded, answer.among) == (count, 10)
    assert (answer.rows is None) == (state == "rollout")


def test_without_needs_no_source_promises_what_an_absence_rule_asks_for(store, question):
    fill(store, owned(1, 10))
    (answer,) = asked(
        store, question("ABS-02", 1, ("absence: yes", AMONG, COLUMN), UNOWNED)
    ).answers
    assert (answer.state, answer.recorded) == ("rollout", 1)


def test_where_a_source_promises_it_an_absence_rule_reports_all_that_lack_it(store, question):
    fill(store, owned(1, 10), provides=["OWNS"])
    (answer,) = asked(store, absence(question)).answers
    assert (answer.state, len(answer.findings), answer.recorded) == ("assessed", 9, 1)


def test_ranks_go_by_severity_then_code_then_the_order_of_the_rows(store, question):
    fill(store, GRAPH)
    own = "RETURN m.id AS model, CASE m.id WHEN 'm2' THEN 4 END AS severity ORDER BY model"
    severity = "column severity: int -- its own"
    questions = (
        question("BBB-01", 2, (COLUMN,), UNOWNED),
        question("ZZZ-01", 3, (COLUMN, severity), f"MATCH (m:Model) {own}"),
        question("AAA-01", 2, (COLUMN,), ALL),
    )
    found = [each for answer in asked(store, *questions).answers for each in answer.findings]
    assert [each.identity for each in sorted(found, key=lambda each: each.rank)] == [
        "ZZZ-01|m2", "ZZZ-01|m1", "ZZZ-01|m3",
        "AAA-01|m1", "AAA-01|m2", "AAA-01|m3", "BBB-01|m3", "BBB-01|m2",
    ]  # fmt: skip
    assert [each.rank for each in found] == [7, 8, 1, 2, 3, 4, 5, 6]


def test_a_stronger_finding_about_the_same_implies_the_weaker(store, question):
    fill(store, GRAPH)
    strong = question("STR-01", 4, ("implies: WEA-01", COLUMN), UNOWNED)
    weak = question("WEA-01", 2, (COLUMN,), ALL)
    other = question("WEA-02", 2, (COLUMN,), ALL)
    found = [
        each for answer in asked(store, weak, strong, other).answers for each in answer.findings
    ]
    assert {each.identity: each.implied_by for each in found if each.implied_by} == {
        "WEA-01|m2": "STR-01|m2",
        "WEA-01|m3": "STR-01|m3",
    }


def test_names_tell_persons_from_teams(store, question):
    fill(store, "Person p1 OWNS Model m1\nTeam t1 OWNS Model m1\nTeam t1 name=Risk")
    who = question(
        "WHO-01",
        1,
        ("column owner: Person or Team -- who", "column models: list of Model -- what"),
        "MATCH (o)-[:OWNS]->(m:Model) WITH o, collect(m.id) AS models"
        " RETURN o.id AS owner, models ORDER BY owner",
    )
    checked = asked(store, who)
    assert [each.labels for each in checked.answers[0].findings] == [("Person",), ("Team",)]
    assert checked.names == {
        ("Person", "p1"): "p1",
        ("Team", "t1"): "Risk",
        ("Model", "m1"): "m1",
    }


def test_parameters_reach_the_query_and_its_among(store, question):
    fill(store, GRAPH)
    among = "among: models\n//   MATCH (m:Model) WHERE m.id >= $least RETURN count(m) AS n"
    fields = (among, 'parameter least: text = "m2" -- the least', COLUMN)
    some = question("SOM-01", 1, fields, ALL.replace(" RET", " WHERE m.id >= $least RET"))
    (answer,) = asked(store, some).answers
    assert (answer.among, len(answer.findings), answer.parameters) == (2, 2, {"least": "m2"})
    (answer,) = asked(store, some, parameters={"least": "m3"}).answers
    assert (answer.among, len(answer.findings), answer.parameters) == (1, 1, {"least": "m3"})
    with pytest.raises(UsageError, match="Did you mean 'least'"):
        asked(store, some, parameters={"last": "m3"})


def test_today_reaches_the_query(store, question):
    fill(store, GRAPH)
    days = question("DAY-01", "info", ("column day: int -- today",), "RETURN $today AS day")
    assert asked(store, days).answers[0].rows.rows == [(DAY,)]


@pytest.mark.parametrize("where", ["query", "among"])
def test_what_takes_too_long_is_not_answered_and_the_others_are(store, question, where):
    fill(store, "\n".join(f"Model m{number}" for number in range(400)))
    heavy = f"among: models\n//   {HEAVY.replace(chr(10), ' ')}"
    slow = (
        question("SLO-01", 1, ("column n: int -- how many",), HEAVY)
        if where == "query"
        else question("SLO-01", 1, (heavy, COLUMN), ALL)
    )
    checked = asked(store, slow, question("FAS-01", 1, (COLUMN,), ALL), timeout=1.5)
    first, second = checked.answers
    assert (first.state, first.reason) == ("not answered", "not answered in 1.5 s")
    assert first.seconds > 1.4
    assert checked.unanswered == (first,)
    assert checked.unsure
    assert checked.silence() == (
        "not answered in 1.5 s: SLO-01. What they would find is unknown; --timeout gives more"
        " time."
    )
    assert (first.findings, first.rows) == ((), None)
    assert (second.state, len(second.findings)) == ("assessed", 400)


def test_a_need_that_takes_too_long_is_no_answer_either(embedded_store, question):
    fill(embedded_store, "\n".join(f"Model m{number} stage=unknown" for number in range(20000)))
    needy = question("NEE-01", 3, ("needs: Model.stage", COLUMN), ALL)
    (answer,) = asked(embedded_store, needy, timeout=0.00001).answers
    assert (answer.state, answer.reason) == ("not answered", "not answered in 1e-05 s")


def test_where_all_needs_take_too_long_together_each_is_asked_for_by_itself(
    embedded_store, question
):
    fill(embedded_store, "\n".join(f"Model m{number} stage=unknown" for number in range(20000)))
    slow = question("NEE-01", 3, ("needs: Model.stage", COLUMN), ALL)
    other = question("NEE-02", 3, ("needs: Model.vendor", COLUMN), ALL)
    answers = asked(embedded_store, slow, other, timeout=0.00001).answers
    assert [each.state for each in answers] == ["not answered"] * 2


def test_a_measure_gets_the_rows_and_gives_the_findings(store):
    fill(
        store,
        """
        Decision k1 status=open name=Metric raised_day=19990
        Decision k2 status=open
        Decision k2 BLOCKED_BY Decision k1
        Decision k2 NEEDS Person p1 role=decide
        Decision k3 status=open
        Decision k3 NEEDS Person p1 role=decide
        Decision k1 ABOUT Model m1
        """,
    )
    (answer,) = asked(store, shipped("DEC-03")).answers
    assert answer.among == 3
    assert [(each.identity, each.row["why"]) for each in answer.findings] == [
        ("DEC-03|k1", "nobody is named to decide"),
        ("DEC-03|k2", "waits for Metric, which nobody can make"),
    ]
    assert answer.findings[0].row["about"] == ["m1"]
    assert answer.findings[0].row["days"] == 10
    assert answer.findings[0].row["frees"] == 1
    assert answer.rows.columns == tuple(each.name for each in answer.question.columns)


def test_a_measure_that_is_not_there_is_told_before_anything_is_asked(store):
    # The store is empty: to ask it would be another error.
    with pytest.raises(QueryError, match="looking for the measure 'odd'"):
        asked(store, replace(shipped("DEC-03"), then="odd"))


def test_a_query_that_a_store_refuses_names_the_question(embedded_store, question):
    fill(embedded_store, GRAPH)
    wrong = question(
        "WRO-01", 1, (COLUMN,), "MATCH (m:Model) RETURN odd(m.id) AS model ORDER BY model"
    )
    with pytest.raises(QueryError, match=r"^own.cypher: asking WRO-01: "):
        asked(embedded_store, wrong)


def test_columns_are_those_that_the_store_returns(store, question):
    fill(store, GRAPH)
    wrong = replace(question("WRO-01", 1, (COLUMN,), ALL), returns=("team",))
    with pytest.raises(
        QueryError, match="the store returned the columns model, and the query says team"
    ):
        asked(store, wrong)


@pytest.mark.parametrize("counted", ["m.id", "null"])
def test_among_is_one_number(store, question, counted):
    fill(store, GRAPH)
    fields = (f"among: models\n//   MATCH (m:Model) RETURN {counted} AS n", COLUMN)
    with pytest.raises(QueryError, match=r"WRO-01: the query of `among` returns one"):
        asked(store, question("WRO-01", 1, fields, ALL))


def test_answers_stand_in_the_order_of_their_questions(store, question):
    fill(store, GRAPH)
    codes = ["ONE-01", "TWO-01", "ONE-02", "TWO-02"]
    texts = [ALL, UNOWNED, ALL, UNOWNED]
    questions = [
        question(code, 1, (COLUMN,), text) for code, text in zip(codes, texts, strict=True)
    ]
    answers = asked(store, *questions).answers
    assert [each.question.code for each in answers] == codes
    assert [len(each.rows.rows) for each in answers] == [3, 2, 3, 2]


@pytest.mark.parametrize("collecting", [True, False])
def test_circles_of_objects_are_looked_for_afterwards_as_before(store, question, collecting):
    fill(store, GRAPH)
    wrong = question(
        "WRO-01", 1, (COLUMN,), "MATCH (m:Model) RETURN odd(m.id) AS model ORDER BY model"
    )
    looked = []
    gc.callbacks.append(lambda phase, _: looked.append(phase))
    (gc.enable if collecting else gc.disable)()
    try:
        questions = load_questions()
        looked.clear()
        check(store, questions, today=DAY)
        during = list(looked)
        with pytest.raises(QueryError):
            asked(store, wrong)
        assert gc.isenabled() == collecting
    finally:
        gc.callbacks.pop()
        gc.enable()
    assert during.count("start") <= 1  # at the very end


def test_a_store_that_is_not_there_is_told(embedded_store, question):
    with pytest.raises(StoreMissingError):
        asked(embedded_store, question("ALL-01", 1, (COLUMN,), ALL))


def test_every_shipped_question_is_asked_of_a_graph_with_one_of_each(store):
    from ownership_graph.model import LABELS, RELATIONSHIPS  # noqa: PLC0415

    ties = [
        f"{each.starts[0]} {each.starts[0]}1 {each.name} {each.ends[-1]} {each.ends[-1]}1"
        for each in RELATIONSHIPS.values()
    ]
    everything = [
        *LABELS,
        *(f"{label}.{name}" for label in LABELS for name in LABELS[label].properties),
    ]
    promises = {need.text for each in load_questions() for need in each.needs}
    fill(
        store,
        "\n".join([*(f"{label} {label}1" for label in LABELS), "Model Model2 other:", *ties]),
        provides=[*everything, *promises],
    )
    of_record = {"inventory_of_record": "test"}
    checked = check(store, load_questions(), today=DAY, parameters=of_record)
    assert {each.state for each in checked.answers} == {"assessed"}
