"""Models that nobody describes are held against the described ones, and other models are none."""

from __future__ import annotations

import random

import pytest

from ownership_graph.identities import slips as module
from ownership_graph.identities.namesakes import Something, namesakes
from ownership_graph.identities.slips import MOST_IN_A_BLOCK, Written, slips

NEARLY = "nearly the same name"


def told(stub, *described):
    found = slips([Written("stub", stub)], [Written(each, each) for each in described])
    return [(each.other, each.reason) for each in found]


@pytest.mark.parametrize(
    ("stub", "name", "reason"),
    [
        ("fraud-scroe", "Fraud score", NEARLY),
        ("fraud-detection", "Fraud detector", NEARLY),
        ("frauddetection", "fraud_detecton", ""),
        ("churnprediction", "churnpredicton", NEARLY),
        ("Kündigungsrisiken", "kundigungsrisiko", NEARLY),
        ("fraud-score-v2", "Fraud score", "the same name but for v2"),
        ("fraud_score", "fraud-score-model-prod", "the same name but for model, prod"),
        ("fraud_score_model", "fraud-score-prod", ""),
        ("fraud-score-v2", "fraud-score-v3", ""),
        ("fraud-scroe-v2", "fraud-score-v2", NEARLY),
        ("fraud-scroe-v2", "fraud-score", ""),
        ("fraud-score", "Fraud score", ""),
        ("fraud-score", "fraud-score-explainer", ""),
        ("bert-base-uncased", "bert-base-cased", ""),
        ("whisper-tiny.en", "whisper-tiny", ""),
        ("llama-3.1-8b", "llama-3.2-8b", ""),
        ("gpt-4o-mini", "gpt-4-mini", ""),
        ("model-0012", "model-0013", ""),
        ("churn", "model-v2", ""),
        ("fraud-claims", "Claim frauds", ""),
        ("v2", "model", ""),
        ("", "", ""),
    ],
)
def test_what_was_likely_meant_and_what_is_another(stub, name, reason):
    assert told(stub, name) == ([(name, reason)] if reason else [])


def test_where_two_are_as_like_none_was_meant():
    assert told("fraud-score-v2", "fraud-score", "Fraud Score") == []
    assert told("fraud-scroe", "fraud-score", "fraud-store") == [("fraud-score", NEARLY)]


def test_a_word_that_many_share_makes_no_block():
    ends = [one + other for one in "abcdefgh" for other in "abcdefgh"]
    many = [f"fraud-score-claimant{each}" for each in ends]
    assert len(many) > MOST_IN_A_BLOCK
    assert told("fraud-score-claimantzz", many[0]) == [(many[0], NEARLY)]
    assert told("fraud-score-claimantzz", *many) == []
    assert told("fruad-score-claimantab", *many) == [("fraud-score-claimantab", NEARLY)]


def test_of_many_models_each_is_compared_with_few(monkeypatch):
    random.seed(1)
    words = [f"{random.choice('abcdefgh')}word{number}" for number in range(800)]

    def some(count):
        return [Written(f"m{n}", "-".join(random.sample(words, 3))) for n in range(count)]

    compared = []
    likeness = module._likeness  # noqa: SLF001 -- seconds would say nothing
    monkeypatch.setattr(module, "_likeness", lambda *two: compared.append(1) or likeness(*two))

    list(slips(some(5_000), some(5_000)))

    assert len(compared) < 150 * 5_000


def test_a_name_that_a_dependency_names_is_joined_to_the_catalogue():
    score = Something("component:default/fraud-score", "Fraud score", ("backstage",), 3)
    churn = Something("churn", "churn", ("mlflow",), 1)
    stubs = [
        Something("fraud-scroe", "fraud-scroe", ("backstage",), 7, ("backstage",)),
        Something("churn-v2", "churn-v2", (), 5),
    ]
    found = [
        (each.alias, each.id, each.score) for each in namesakes([score, churn, *stubs], near=True)
    ]

    assert found == [("churn-v2", "churn", 76.0), ("fraud-scroe", score.id, 67.5)]
    assert namesakes([score, churn, *stubs]) == []


def test_who_has_a_namesake_is_not_held_against_others():
    one = Something("a:fraud-score", "Fraud score", ("a",), 3)
    other = Something("b:fraud-scores", "Fraud scores", ("b",), 3)
    stub = Something("fraud-score", "fraud-score", (), 1)

    found = namesakes([one, other, stub], near=True)

    assert [(each.alias, each.id) for each in found] == [("fraud-score", "a:fraud-score")]


def test_two_of_one_source_that_are_called_alike_are_not_told():
    one = Something("a:fraud-score", "Fraud score", ("a",), 3)
    other = Something("a:fraud-scores", "Fraud scores", ("a",), 3)

    assert namesakes([one, other], near=True) == []
