"""Which questions are asked, and with which values."""

from __future__ import annotations

import pytest

from ownership_graph.errors import UsageError
from ownership_graph.findings import choose, with_defaults
from ownership_graph.findings.choosing import values_in_force
from ownership_graph.queries.catalogue import load_questions

QUESTIONS = load_questions()
MODELS = "MATCH (m:Model) RETURN m.id AS model ORDER BY model"
COLUMN = "column model: Model -- the model"


def codes(*words):
    return [each.code for each in choose(QUESTIONS, words)]


def test_without_words_all_are_chosen():
    assert choose(QUESTIONS, ()) == QUESTIONS


def test_a_name_a_code_or_a_theme_chooses_in_the_order_of_the_catalogue():
    assert codes("OWN-01") == codes("own-01") == codes("ownership/unowned-models") == ["OWN-01"]
    assert codes("OWN-01", "LAT-02", "OWN-01") == ["OWN-01", "LAT-02"]
    assert codes("decisions") == [e.code for e in QUESTIONS if e.theme == "decisions"]


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("OWN-99", "Did you mean 'OWN-"),
        ("ownershp", "Did you mean 'ownership'?"),
        ("ownership/unowned-model", "Did you mean 'ownership/unowned-models'?"),
        ("", "`ownership-graph queries` lists them"),
    ],
)
def test_an_unknown_word_is_told_with_the_nearest(word, nearest):
    with pytest.raises(UsageError) as caught:
        choose(QUESTIONS, ["OWN-01", word])
    assert nearest in str(caught.value)
    assert f"'{word}'" in str(caught.value)


@pytest.fixture
def two(question):
    gap = 'parameter gap: int = 2 -- the gap\n// parameter name: text = "a" -- the name'
    day = "parameter since: day = 3 -- the day\n// parameter gap: float = 0.5 -- the gap"
    return (
        question("ONE-01", 1, (COLUMN, gap), MODELS.replace(" RET", " WHERE $gap = $name RET")),
        question("TWO-01", 1, (COLUMN, day), MODELS.replace(" RET", " WHERE $gap = $since RET")),
    )


def test_values_are_the_defaults_and_the_day(two):
    assert values_in_force(two, {}, today=9) == [
        {"today": 9, "gap": 2, "name": "a"},
        {"today": 9, "since": 3, "gap": 0.5},
    ]


def test_a_value_reaches_every_question_that_has_the_parameter(two):
    given = {"gap": 7, "name": 12, "since": "1970-01-03"}
    assert values_in_force(two, given, today=9) == [
        {"today": 9, "gap": 7, "name": "12"},
        {"today": 9, "since": 2, "gap": 7.0},
    ]


def test_what_settings_say_takes_the_place_of_a_default(two):
    changed = with_defaults(two, {"gap": 7, "other": 1})
    assert values_in_force(changed, {"since": 5}, today=9) == [
        {"today": 9, "gap": 7, "name": "a"},
        {"today": 9, "since": 5, "gap": 7.0},
    ]
    with pytest.raises(UsageError, match="setting 'gap' of ONE-01: 'wide' is no int"):
        with_defaults(two, {"gap": "wide"})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"gp": 1}, "none of these questions has such a parameter. Did you mean 'gap'?"),
        ({"today": 1}, "the day is set by --today"),
        ({"gap": "wide"}, "setting 'gap' of ONE-01: 'wide' is no int. Right is gap=2."),
        ({"gap": 1.5}, "setting 'gap' of ONE-01: 1.5 is no int."),
        ({"name": ["a"]}, "setting 'name' of ONE-01: ['a'] is no text. Right is name=\"a\"."),
        ({"since": "soon"}, "setting 'since' of TWO-01: 'soon' is no day. Right is since=3."),
    ],
)
def test_a_value_that_cannot_be_is_told(two, given, told):
    with pytest.raises(UsageError) as caught:
        values_in_force(two, given, today=9)
    assert told in str(caught.value)
