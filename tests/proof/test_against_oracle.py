"""On generated organisations every rule finds exactly what the oracle finds.

Larger ones are compared by `python3 dev.py proof`, which writes what it finds on a page.
"""

from __future__ import annotations

from proof.organisations import (
    JUDGED,
    QUESTIONS,
    UNJUDGED,
    Made,
    asked,
    disagreements,
    imported,
    reckoned,
)

SMALLEST, SMALL = Made(100, story=False), Made(1_000, defects=1)


def test_the_oracle_judges_every_question_that_finds():
    assert {each.code for each in QUESTIONS} - set(JUDGED) <= UNJUDGED
    assert not UNJUDGED & set(JUDGED)


def test_each_finds_the_same_in_an_organisation_without_its_story(embedded_store, tmp_path):
    tables = SMALLEST.write(tmp_path)

    assert disagreements(asked(imported(embedded_store, tables)), reckoned(tables)) == {}


def test_each_finds_the_same_on_every_store(store, tmp_path):
    tables = SMALL.write(tmp_path)

    assert disagreements(asked(imported(store, tables)), reckoned(tables)) == {}
