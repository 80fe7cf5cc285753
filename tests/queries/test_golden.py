"""Every saved query, on small graphs, on every store: the fault, no fault, just inside."""

from __future__ import annotations

import pytest
from queries.golden import FOLDER, TODAY, cases
from small_graphs import fill

from ownership_graph.findings import check
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.queries.catalogue import load_questions

QUESTIONS = {each.name: each for each in load_questions()}
CASES = cases()
BARE = "\n".join(
    [
        *(f"{label} {label.lower()}" for label in LABELS),
        *(
            f"{each.starts[0]} {each.starts[0].lower()} {each.name}"
            f" {each.ends[0]} {each.ends[0].lower()}"
            for each in RELATIONSHIPS.values()
        ),
    ]
)
"""One node of each label, without properties, and one relationship of each type."""


def asked(store, name, **parameters):
    [answer] = check(store, [QUESTIONS[name]], today=TODAY, parameters=parameters).answers
    return answer


@pytest.mark.parametrize("name", sorted({case.question for case in CASES}))
def test_rows_are_those_reckoned_by_hand(place, name):
    # One test a question: a server plans its query once, and not again for each case.
    for case in (each for each in CASES if each.question == name):
        with place.fresh() as store:
            check_case(store, case, QUESTIONS[name])


def check_case(store, case, question):
    fill(store, case.graph, provides=[need.text for need in question.needs])

    answer = asked(store, question.name, **case.parameters)

    assert answer.state == "assessed", case.name
    assert answer.rows.dicts() == case.rows, case.name
    assert case.among in {None, answer.among}, case.name
    if question.severity is not None:
        assert len(answer.findings) == len(case.rows), case.name
        things = {each.subject[:1] for each in answer.findings}
        assert not question.subject or answer.among is None or len(things) <= answer.among


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_question_has_a_fault_a_sound_graph_and_one_just_inside(name):
    names = {case.file.stem for case in CASES if case.question == name}
    wanted = {"fault", "none"}

    assert wanted <= names
    if QUESTIONS[name].parameters:
        assert any(each.startswith("inside-") for each in names)


def test_fault_finds_something_and_none_and_inside_nothing():
    for case in CASES:
        kind = case.file.stem.partition("-")[0]
        if kind == "fault":
            assert case.rows, case.file
        elif kind in {"none", "inside"}:
            assert not case.rows, case.file


def test_every_folder_of_cases_belongs_to_a_question():
    folders = {file.parent.relative_to(FOLDER).as_posix() for file in FOLDER.glob("*/*/*.graph")}

    assert folders <= QUESTIONS.keys()


def test_without_data_nothing_is_assessable_and_nothing_found(store):
    fill(store, "")

    for answer in check(store, tuple(QUESTIONS.values()), today=TODAY).answers:
        if answer.question.needs:
            assert answer.state == "not assessable", answer.question.name
        assert not answer.findings


def test_every_question_runs_on_an_empty_graph_and_on_one_bare_node_of_each_label(store):
    promised = sorted({need.text for each in QUESTIONS.values() for need in each.needs})

    for graph in ("", BARE):
        fill(store, graph, provides=promised)
        for answer in check(store, tuple(QUESTIONS.values()), today=TODAY).answers:
            question = answer.question
            if any(need.parameter for need in question.needs):
                # No promise meets a need for what one source says: the query is run by itself.
                assert answer.state == "not assessable", question.name
                values = {each.name: each.default for each in question.parameters}
                store.read(question.cypher, {"today": TODAY, **values})
                store.read(question.among.cypher, {"today": TODAY, **values})
            else:
                assert answer.state in {"assessed", "rollout"}, question.name
            assert graph or not answer.findings
