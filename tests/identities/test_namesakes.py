"""Teams and models of one name are suggested, and never what one source tells apart."""

from __future__ import annotations

from itertools import permutations

import pytest

from ownership_graph.identities.namesakes import MOST_ALIKE, Something, namesakes
from ownership_graph.importing.statements import statement_hash


def told(*things):
    return [(each.alias, each.id, each.score) for each in namesakes(things)]


CATALOGUE = Something("component:default/fraud-score", "Fraud score", ("backstage",), 3)
CODE = Something("model:fraud-score", "model:fraud-score", ("codeowners",), 5)
CARD = Something("hf:shop/models/Fraud_Score", "FRAUD SCORE", ("cards",), 1)
STUB = Something("fraud-score", "fraud-score", (), 1)


def test_the_same_name_under_ids_of_several_systems():
    # The one that somebody named and that most facts use counts.
    for things in permutations((CATALOGUE, CODE, CARD, STUB)):
        assert told(*things) == [
            ("fraud-score", CATALOGUE.id, 90.0),
            (CARD.id, CATALOGUE.id, 90.0),
            (CODE.id, CATALOGUE.id, 90.0),
        ]
    assert told(CODE, STUB) == [("fraud-score", CODE.id, 80.0)]


def test_what_one_source_tells_apart_is_two_things():
    other = Something("component:other/fraud-score", "Fraud score 2", ("backstage",), 3)

    assert told(CATALOGUE, other) == []
    assert told(CATALOGUE, other, CODE) == []
    assert told(CATALOGUE, other, CODE, STUB) == [("fraud-score", CODE.id, 80.0)]


def test_names_that_a_source_only_mentions_are_not_told_apart():
    spoken = Something("Data Science", "Data Science", ("mlflow",), 3, ("mlflow",))
    tag = Something("data-science", "data-science", ("mlflow",), 1, ("mlflow",))
    team = Something("team:data-science", "Data Science", ("hr", "mlflow"), 9, ("mlflow",))
    here = Something("team:data-science", "Data Science", ("mlflow",), 9)

    assert told(spoken, tag) == [("data-science", spoken.id, 80.0)]
    for described in (team, here):
        assert told(spoken, tag, described) == [
            (spoken.id, described.id, 90.0),
            (tag.id, described.id, 90.0),
        ]


def test_names_in_two_folders_are_told_apart_also_where_they_are_only_mentioned():
    one = Something("gh:acme/risk", "gh:acme/risk", ("code",), 3, ("code",))
    other = Something("gh:umbrella/risk", "gh:umbrella/risk", ("code",), 1, ("code",))

    assert told(one, other) == []
    assert told(one, other, Something("risk", "risk", ("code",), 1, ("code",))) == []
    assert told(one, Something("risk", "risk", ("code",), 1, ("code",))) == [
        ("risk", one.id, 80.0)
    ]


@pytest.mark.parametrize(
    ("own_id", "last"),
    [
        ("dbt:exposure.norvik.churn", "churn"),
        ("dbt:model.norvik.churn.v2", "churnv2"),
        ("dbt:churn", "churn"),
        ("dbt:exposure.churn", "exposurechurn"),
        ("exposure.norvik.churn", "exposurenorvikchurn"),
        ("mail:octo.cat.churn@corp.churn", "octocatchurncorpchurn"),
        ("hf:google/gemma-2.1.churn", "gemma21churn"),
    ],
)
def test_only_the_ids_of_dbt_have_their_name_behind_dots(own_id, last):
    churn = Something("churn", "churn", ("mlflow",), 9)
    thing = Something(own_id, own_id, ("dbt",), 1)

    assert thing.last == last
    assert told(thing, churn) == ([(own_id, "churn", 80.0)] if last == "churn" else [])


def test_what_is_alike_in_nothing_is_not_suggested():
    assert told(CATALOGUE, Something("x:other", "Other")) == []
    assert told(Something("a:ab", "a:ab"), Something("b:ab", "b:ab")) == []
    assert told() == []


def test_a_word_that_many_share_is_no_name():
    many = [Something(f"s{number}:model", f"s{number}:model") for number in range(MOST_ALIKE)]

    assert len(told(*many)) == MOST_ALIKE - 1
    assert told(*many, Something("more:model", "more:model")) == []


def test_a_thing_without_a_name_in_its_row_has_its_id_for_one():
    row = {"id": "gh:acme/risk", "name": None, "sources": None, "hashes": None, "facts": 2}

    assert Something.of(row) == Something("gh:acme/risk", "gh:acme/risk", (), 2)


def test_a_source_that_states_the_id_alone_only_mentions_it():
    hashes = [statement_hash({}), statement_hash({"name": "Risk"})]
    row = {"id": "risk", "name": "Risk", "sources": ["code", "hr"], "hashes": hashes, "facts": 2}

    assert Something.of(row) == Something("risk", "Risk", ("code", "hr"), 2, ("code",))


def test_an_alias_of_one_name_is_no_id_of_another():
    things = [
        Something("b:churn", "Leavers", ("b",), 5), Something("a:x1", "Churn", ("a",), 9),
        Something("c:leavers", "c:leavers", ("c",), 1),
    ]  # fmt: skip

    assert told(*things) == [("b:churn", "a:x1", 90.0), ("c:leavers", "a:x1", 90.0)]
    same = Something("c:leavers", "c:leavers", ("a",), 1)
    assert told(*things[:2], same) == []
