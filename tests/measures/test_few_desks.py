"""CEN-09: on how few desks half of all ends, against trying out every few."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.few_desks import GIVES, measure

DESKS = "abcdef"
OWNED = st.dictionaries(st.sampled_from(DESKS), st.integers(1, 6), min_size=1)


def owned(models, deciding=()):
    """Teams that nobody leads, with so many models each, and what else is known."""
    claims = [
        {"part": "claim", "id": team, "facts": {"models": [f"{team}{at}" for at in range(many)]}}
        for team, many in models.items()
    ]
    teams = [
        {"part": "team", "id": team, "facts": {
            "name": team, "status": None, "kind": None, "above": ["top"] if team != "top" else [],
            "leads": ["boss"] if team == "top" else [],
        }}
        for team in (*DESKS, "top")
    ]  # fmt: skip
    deciders = [
        {"part": "decider", "id": team, "facts": {"models": list(about)}}
        for team, about in deciding
    ]
    return [*claims, *teams, *deciders]


def asked(rows, max_desks=9, min_claims=1):
    found = measure(rows, {"max_desks": max_desks, "min_claims": min_claims})
    assert all(tuple(each) == GIVES for each in found)
    return found


@given(OWNED)
def test_no_fewer_desks_hold_half(models):
    [found] = asked(owned(models))

    half = sum(models.values()) / 2
    fewest = next(
        many
        for many in range(1, len(models) + 1)
        if any(sum(few) >= half for few in combinations(models.values(), many))
    )
    assert found["claim_desks"] == fewest == len(found["desks"])
    assert found["claims_there"] == sum(Counter(models)[desk] for desk in found["desks"]) >= half
    assert asked(owned(models), max_desks=fewest - 1) == []
    assert asked(owned(models), min_claims=sum(models.values()) + 1) == []


def test_each_pair_of_an_owner_and_a_decider_counts_for_each_model():
    rows = owned({"a": 2, "b": 1}, [("b", ["a0", "a1", "b0", "unowned"]), ("c", ["a0"])])
    [found] = asked(rows)

    assert (found["disputes"], found["disputes_there"], found["dispute_desks"]) == (3, 3, 1)
    assert found["what"] == ["3 of 3 disputes on 1 desk", "2 of 3 claims on 1 desk"]
    assert found["desks"] == ["boss", "a"]
    assert asked(rows[::-1]) == [found]
