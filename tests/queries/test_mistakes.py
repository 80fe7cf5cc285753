"""All that is wrong with a question at once, each mistake with the line that it is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from ownership_graph.errors import QueryError
from ownership_graph.queries.header import parse_question, read_question
from ownership_graph.queries.mistakes import LONGEST, marked, place_of
from ownership_graph.queries.template import template

FILE = Path("ours/pilots/late.cypher")
TEXT = template("OUR-01")


def lines_of(*changes):
    """What is told of the template with those changes: the place, then the first words."""
    text = TEXT
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    question, mistakes = read_question(text, FILE, "pilots/late")
    assert (question is None) == bool(mistakes)
    for each in mistakes:
        assert each.__notes__[0] == f"{each.line} | {text.splitlines()[each.line - 1][:LONGEST]}"
    return [str(each).removeprefix(f"{FILE}:") for each in mistakes]


def number_of(start):
    return next(n for n, line in enumerate(TEXT.splitlines(), 1) if line.startswith(start))


def test_the_template_is_well_and_its_remarks_are_no_part_of_it():
    question, mistakes = read_question(TEXT, FILE, "pilots/late")
    assert mistakes == ()
    assert question == parse_question(TEXT, FILE, "pilots/late")
    assert (question.code, question.title) == ("OUR-01", "Pilots that no day is set for")
    assert not any("#" in text for text in (question.why, question.remedy, question.actor.words))
    assert question.among.line == number_of("//   MATCH")


def test_every_mistake_is_told_at_once_by_its_line():
    told = lines_of(
        ("// severity: 2", "// severty: 2"),
        ("// effect: design", "// effect: desing"),
        ("//   MATCH (m:Model) WHERE", "//   MATCH (m:Modell) WHERE"),
        ("MATCH (m:Model)\n", "MATCH (m:Model) WHERE date() > 1\n"),
        ("m.target_day IS NULL", "m.targt_day IS NULL"),
    )
    places = [text.partition(" ")[0] for text in told]
    assert places == [
        f"{number_of('// severity')}:",
        f"{number_of('// effect')}:",
        f"{number_of('//   MATCH')}:15:",
        f"{number_of('MATCH')}:",
        f"{number_of('WHERE')}:31:",
    ]
    assert [
        word
        for text, word in zip(
            told, ("'severity'?", "'design'?", "'Model'?", "$today", "'target_day'?"), strict=True
        )
        if word in text
    ] == ["'severity'?", "'design'?", "'Model'?", "$today", "'target_day'?"]


def test_what_follows_from_another_mistake_is_not_told():
    own = "a property is the user's own where `needs` says so, and nobody can tell here"
    (told,) = lines_of(("needs: Model.stage", "needs: Model,,stage"), ("target_day IS", "own IS"))
    assert "an entry of" in told, own
    (told,) = lines_of(("$min_days", "$min_dys"))
    assert "'$min_dys' is not declared. Did you mean 'min_days'?" in told
    (told,) = lines_of(("MATCH (m:Model)\n", "MATCH (m:Modle)\n"))
    assert "'Modle' is no label" in told


@pytest.mark.parametrize(
    ("right", "wrong", "start", "told"),
    [
        ("count(m) AS n", "count(m AS n", "//   MATCH", "the ( that begins here has no end"),
        ("AND m.target_day", "AND 'm.target_day", "WHERE", "that begins here with ' has no end"),
        ("AND m.target_day", "AND {m.target_day", "WHERE", "the { that begins here has no end"),
        ("RETURN m.id", "WITH m.id", "ORDER BY coalesce", "it ends with RETURN and ORDER BY"),
        ("count(m) AS n", "count(m) AS m", "//   MATCH", "it returns one number, `n`"),
    ],
)
def test_a_query_that_cannot_be_read_is_told_where(right, wrong, start, told):
    (found,) = lines_of((right, wrong))
    assert found.startswith(f"{number_of(start)}:")
    assert told in found


def test_both_a_wrong_name_and_a_wrong_text_are_told():
    _, mistakes = read_question(TEXT.replace("// code", "// cod"), FILE, "Pilots/late")
    assert ["Rename the file" in str(each) for each in mistakes] == [True, False]


def test_the_word_that_is_meant_is_marked_or_the_whole_line():
    assert marked("a\n  bc de\n", 2) == ("2 |   bc de", "  |   ^^^^^")
    assert marked("a\n\tbc $de f", 2, 5) == ("2 |  bc $de f", "  |     ^^^")
    assert marked("abc", 1, 3) == ("1 | abc", "  |   ^")
    assert marked("a +", 1, 3) == ("1 | a +", "  |   ^")
    assert marked("abc", 2) == marked("abc", 0) == ()
    assert marked("", 1) == ("1 | ", "  | ^")


def test_of_a_long_line_the_part_is_shown_that_is_meant():
    text = "x" * 300 + " here " + "y" * 300
    line, arrows = marked(text, 1, 302)
    assert line[arrows.index("^") :].startswith("here")
    assert arrows.count("^") == 4
    assert len(line) <= LONGEST + len("1 | ")
    line, arrows = marked(" " * 5 + "z" * 300, 1)
    assert line == f"1 | {'z' * LONGEST}"
    assert arrows == f"  | {'^' * LONGEST}"


def test_what_a_store_names_without_a_place_is_looked_for():
    cypher = "MATCH (m:Model)\nWITH m.id AS x\nRETURN m.id AS model"
    assert place_of(QueryError("Undefined variable 'm'."), cypher) == (3, 8)
    assert place_of(QueryError("Undefined variable 'y'."), cypher) == (0, 0)
    assert place_of(QueryError("wrong 'm'", line=2, column=5), cypher) == (2, 5)
