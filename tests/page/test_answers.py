"""Answers as the page holds them."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from page.told import (
    TODAY,
    checked_company,
    column,
    company,
    finding,
    in_groups,
    nothing_asked,
    question,
)

from ownership_graph.findings.answer import Answer, Checked
from ownership_graph.page.answers import (
    LONGEST_QUERY,
    MOST_ROWS,
    ShownAnswers,
    in_words,
)
from ownership_graph.page.graph import read_graph
from ownership_graph.page.privacy import privacy_for
from ownership_graph.queries.question import Cause, Need
from ownership_graph.records import NodeKey, Rows


def shown(checked, people="named", facts=None):
    """The answers on the company, by code."""
    graph = read_graph(company() if facts is None else facts)
    return ShownAnswers(checked, graph.places, privacy_for(graph, people)).questions()


def place_of(label, own_id):
    return read_graph(company()).places[label, own_id]


def test_themes_stand_by_their_best_finding_and_questions_likewise():
    assert [each["code"] for each in shown(checked_company())] == [
        "OWN-01", "OWN-02", "WHO-01", "CRI-03", "LAT-02", "CEN-03", "RSK-01",
    ]  # fmt: skip


def test_a_finding_names_nodes_by_number_and_texts_where_there_is_none():
    by_code = {each["code"]: each for each in shown(checked_company())}
    (found,) = by_code["CEN-03"]["findings"]
    assert found["subject"] == [place_of("Gate", "g1")]
    assert found["row"] == [place_of("Gate", "g1"), [place_of("Person", "p1"), "Somebody gone"]]
    assert found["identity"] == "CEN-03|g1"
    assert by_code["OWN-01"]["findings"][0]["row"] == [place_of("Model", "m3"), 20_000]


def test_a_question_tells_what_it_was_asked_with_and_what_is_missing():
    by_code = {each["code"]: each for each in shown(checked_company())}
    assert by_code["OWN-01"]["parameters"] == [
        {"name": "least", "meaning": "leave out fewer", "value": 2}
    ]
    assert (by_code["CEN-03"]["asOf"], by_code["OWN-01"]["asOf"]) == ("19 days ago", None)
    assert by_code["OWN-01"]["among"] == {"what": "live models", "count": 3}
    assert by_code["RSK-01"]["missing"] == [
        (
            "risk appetite of teams: declared appetite for risk, from averse to eager"
            " (Team.risk_appetite)"
        )
    ]
    assert (by_code["CRI-03"]["recorded"], by_code["CRI-03"]["among"]["count"]) == (3, 171)
    assert by_code["LAT-02"]["reason"] == "not answered in 30 s"
    assert by_code["WHO-01"]["rows"] == [[place_of("Model", "m1"), 2], ["m9", 1]]


def test_a_long_listing_is_cut_and_its_length_told():
    asked = question("WHO-01", severity=None, columns=(column("n", type_="int"),))
    rows = Rows(("n",), [(number,) for number in range(MOST_ROWS + 7)])
    (told,) = shown(Checked("x", TODAY, (Answer(asked, "assessed", rows=rows),)))
    assert (len(told["rows"]), told["rowCount"]) == (MOST_ROWS, MOST_ROWS + 7)


def test_a_query_is_kept_whole():
    cypher = "\n".join(["RETURN 1"] * 1000)
    (told,) = shown(Checked("x", TODAY, (Answer(question("A-01", cypher=cypher), "assessed"),)))
    assert told["cypher"] == cypher
    assert len(cypher) < LONGEST_QUERY


def test_hidden_persons_are_hidden_in_findings_too():
    asked = question("P-01", "Ask Ada Lind", columns=(column("a", "Person"), column("said")))
    found = finding("P-01", ("Person", "p1"), row={"said": "Ada Lind said so"})
    checked = Checked("x", TODAY, (Answer(asked, "assessed", findings=(found,)),))
    for people in ("roles", "pseudonyms"):
        text = msgspec.json.encode(shown(checked, people)).decode()
        assert "Ada" not in text
        assert '"P-01|p1"' not in text
    (told,) = shown(checked, "pseudonyms")
    assert told["findings"][0]["identity"] == f"P-01|{told['title'].removeprefix('Ask ')}"


def test_an_identity_keeps_its_signs_apart():
    asked = question("P-01", columns=(column("a", "Model"), column("b", "Model")))
    found = finding("P-01", ("Model", "a|b\\"), ("Model", "c"))
    (told,) = shown(Checked("x", TODAY, (Answer(asked, "assessed", findings=(found,)),)))
    assert told["findings"][0]["identity"] == found.identity == "P-01|a\\|b\\\\|c"


def test_a_finding_about_the_whole_has_no_subject_and_blanks_stay_blank():
    asked = question("P-01", columns=(column("a", "Model"), column("many", "Model", many=True)))
    found = finding("P-01", row={"many": ["m1", None]})
    (told,) = shown(Checked("x", TODAY, (Answer(asked, "assessed", findings=(found,)),)))
    assert told["findings"][0]["subject"] == []
    assert told["findings"][0]["row"] == [None, [place_of("Model", "m1")]]


def test_nothing_asked_is_nothing_shown():
    assert shown(nothing_asked()) == []


@pytest.mark.parametrize(
    ("need", "words"),
    [
        (
            Need("Dataset", "Dataset"),
            "datasets: data that a model is trained on or reads (Dataset)",
        ),
        (Need("Model", "Model"), "models: any AI system: model, agent, prompt application"),
        (Need("CAN_DECIDE", "CAN_DECIDE"), "who is entitled to decide at a gate (CAN_DECIDE)"),
        (
            Need(
                "OWNS from Team role accountable",
                "OWNS",
                "",
                "Team",
                value=("role", "accountable"),
            ),
            "who answers for what (OWNS from Team role accountable)",
        ),
        (
            Need("OWNS.since_day", "OWNS", "since_day"),
            "since day of: who answers for what (OWNS.since_day)",
        ),
        (Need("Team.own", "Team", "own"), "own of teams (Team.own)"),
        (Need("LIKES", "LIKES"), "a relationship (LIKES)"),
        (
            Need("LIKES or Dataset", "LIKES", others=(Need("Dataset", "Dataset"),)),
            "a relationship (LIKES), or datasets: data that a model is trained on",
        ),
    ],
)
def test_missing_data_is_told_in_words(need, words):
    assert in_words(need).startswith(words)


def test_what_stands_behind_a_group_is_called_what_it_is_as_in_the_terminal():
    graph = read_graph(company())
    few = question("CEN-06", cause=Cause("policy", "a"), columns=(column("a", "UseCase"),))
    case = NodeKey("UseCase", "u1")
    findings = tuple(
        finding("CEN-06", ("UseCase", "u1"), ("Person", own), behind=(case,)) for own in ("p", "q")
    )
    checked = in_groups(Checked("x", TODAY, (Answer(few, "assessed", findings=findings),)))
    (told,) = ShownAnswers(checked, graph.places, privacy_for(graph, "named")).groups()
    assert (told["key"], told["kind"]) == ("policy:u1", "use case")


def test_a_group_names_what_stands_behind_it_its_findings_and_who_can_act():
    graph = read_graph(company())
    few = question("CEN-03", cause=Cause("gate", "a"), columns=(column("a", "Gate"),))
    gate = NodeKey("Gate", "g1")
    findings = tuple(
        finding("CEN-03", ("Gate", "g1"), ("Person", own), behind=(gate,)) for own in ("p1", "p2")
    )
    checked = in_groups(Checked("x", TODAY, (Answer(few, "assessed", findings=findings),)))
    (group,) = checked.groups
    acting = replace(group, actors=(NodeKey("Person", "p1"),))
    checked = replace(checked, groups=(acting,), first=(acting,))
    (told,) = ShownAnswers(checked, graph.places, privacy_for(graph, "named")).groups()
    assert told == {
        "key": "gate:g1",
        "thing": place_of("Gate", "g1"),
        "kind": "gate",
        "question": "CEN-03",
        "findings": ["CEN-03|g1|p1", "CEN-03|g1|p2"],
        "left": 0,
        "count": 2,
        "codes": ["CEN-03"],
        "pattern": False,
        "urgency": "D",
        "severity": 3,
        "actors": [place_of("Person", "p1")],
        "first": True,
    }
    (hidden,) = ShownAnswers(checked, graph.places, privacy_for(graph, "pseudonyms")).groups()
    assert not {"CEN-03|g1|p1", "CEN-03|g1|p2"} & set(hidden["findings"])
