"""Measures are found by name, and fit the question that names them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ownership_graph.errors import QueryError
from ownership_graph.measures import find_measure, fitting_measure, measure_names
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.queries.question import Parameter

QUESTIONS = load_questions()


def question(code):
    return next(each for each in QUESTIONS if each.code == code)


def test_every_measure_says_what_it_does_takes_and_gives():
    asked = {each.then: each for each in QUESTIONS}
    for name in measure_names():
        found = find_measure(name)
        defaults = {each.name: each.default for each in asked[name].parameters}
        assert found.__doc__
        assert found.TAKES
        assert found.GIVES
        assert found.measure([], {"today": 20_781, **defaults}) == []


def test_an_unknown_measure_is_told_with_the_nearest():
    with pytest.raises(QueryError, match="Did you mean 'decisions_nobody_can_make'"):
        find_measure("decision_nobody_can_make")


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.code)
def test_every_shipped_question_fits_its_measure(asked):
    assert (fitting_measure(asked) is None) == (asked.then == "")


def test_a_question_that_does_not_fit_is_told():
    asked = question("DEC-03")
    with pytest.raises(
        QueryError, match=r"nobody-can-make.cypher:\d+: .* the query returns decision"
    ):
        fitting_measure(replace(asked, returns=("decision",)))
    with pytest.raises(QueryError, match="the header declares decision, and the measure"):
        fitting_measure(replace(asked, columns=asked.columns[:1]))
    with pytest.raises(QueryError, match="looking for the measure 'odd'"):
        fitting_measure(replace(asked, then="odd"))


def test_a_parameter_that_nobody_uses_or_declares_is_told():
    asked = question("DEC-03")
    spare = Parameter("spare", "int", 2, "of no use")
    with pytest.raises(QueryError, match=r"neither the query uses `\$spare` nor the measure"):
        fitting_measure(replace(asked, parameters=(spare,)))
    assert fitting_measure(replace(asked, parameters=(spare,), uses=frozenset({"spare"})))


def test_a_parameter_that_the_measure_uses_is_declared(monkeypatch):
    asked = question("DEC-03")
    monkeypatch.setattr(find_measure(asked.then), "USES", ("spare",), raising=False)
    with pytest.raises(QueryError, match="uses the parameter 'spare', and the header does not"):
        fitting_measure(asked)
    assert fitting_measure(replace(asked, parameters=(Parameter("spare", "int", 2, "x"),)))
