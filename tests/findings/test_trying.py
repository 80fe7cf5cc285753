"""A question put to a store before it is relied on: what only shows then, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_graphs import fill

from ownership_graph.findings import check
from ownership_graph.findings.trying import made_up_store, mistakes_in_answers
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.queries.header import parse_question
from ownership_graph.queries.template import template

TODAY = 20_780
FILE = Path("ours/pilots/late.cypher")


def asked(*changes):
    text = template("OUR-01")
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    return parse_question(text, FILE, "pilots/late")


@pytest.fixture(scope="module")
def made_up():
    return made_up_store(today=TODAY)


def told(store, question):
    (error,) = mistakes_in_answers(store, [question], today=TODAY)
    lines = question.cypher.splitlines()
    return str(error).removeprefix(f"{FILE}:"), lines[error.line - 1], error


def test_every_shipped_question_and_the_template_can_be_asked(made_up):
    questions = [*load_questions(), asked()]
    assert list(mistakes_in_answers(made_up, questions, today=TODAY)) == []
    (answer,) = check(made_up, [asked()], today=TODAY).answers
    assert answer.findings
    assert answer.among > len(answer.findings)


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("RETURN m.id AS model", "RETURN m.id AS AS model", "RETURN m.id AS AS model"),
        ("AS days, owners", "AS days, ownres AS owners", "RETURN m.id"),
        ("WHERE m.stage = 'pilot' AND", "WHERE m.stage = AND", "WHERE m.stage = AND"),
        ("WHERE m.stage = 'pilot' RETURN", "WHERE m.stage = RETURN", "//   MATCH (m:Model)"),
        ("owner ORDER BY owner", "owner ORDRE BY owner", "WITH m, o.id AS owner ORDRE"),
    ],
)
def test_a_mistake_in_the_syntax_is_told_with_the_line_of_the_file(store, right, wrong, line):
    message, at, error = told(fill(store, "Model m1 stage=pilot"), asked((right, wrong)))
    assert "asking OUR-01: the store cannot answer the query" in message
    assert at.startswith(line)
    assert error.__notes__[0] == f"{error.line} | {at[:100]}"


@pytest.mark.parametrize(
    ("right", "wrong", "line", "why"),
    [
        ("RETURN m.id AS model", "RETURN m AS model", "// column model", "Return ids"),
        ("// control", "// then: what_source_say\n// control", "// then", "'what_sources_say'?"),
        ("// control", "// then: what_sources_say\n// control", "// then", "the query returns"),
        ("RETURN count(m) AS n", "RETURN m.id AS n", "//   MATCH", "one whole number"),
    ],
)
def test_what_the_answer_holds_is_told_with_the_line_that_says_otherwise(
    made_up, right, wrong, line, why
):
    message, at, _ = told(made_up, asked((right, wrong)))
    assert why in message
    assert at.startswith(line)
