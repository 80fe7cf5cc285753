"""LST-08: which teams have to coordinate, as the product of the matrices that define it."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.coordination import GIVES, measure

TEAMS, MODELS, USUAL = "abcd", "mnop", {"min_needs": 1}
WORK = st.sets(st.tuples(st.sampled_from(TEAMS), st.sampled_from(MODELS)))
STANDS = st.sets(st.tuples(st.sampled_from(MODELS), st.sampled_from(MODELS)))
HANDED = st.sets(st.sampled_from(list(combinations(TEAMS, 2))))


def rows(work, stands, handed):
    return [
        *(
            {"part": "model", "id": model, "facts": {
                "live": False, "owners": [team for team, own in sorted(work) if own == model],
                "workers": [], "stands_on": [below for up, below in stands if up == model],
            }}
            for model in MODELS
        ),
        *(
            {"part": "team", "id": team, "facts": {"name": None, "kind": "team", "above": []}}
            for team in TEAMS
        ),
        *(
            {"part": "handover", "id": two, "facts": {"other": one, "count": 2}}
            for one, two in handed
        ),
    ]  # fmt: skip


def required(work, stands):
    """Task assignment times task dependency times task assignment, each tie once."""
    ties = {(model, model) for model in MODELS} | {tie for tie in stands if tie[0] != tie[1]}
    return {
        (one, two): many
        for one, two in combinations(TEAMS, 2)
        if (
            many := sum(
                ((one, m) in work and (two, n) in work) or ((two, m) in work and (one, n) in work)
                for m, n in ties
            )
        )
    }


@given(WORK, STANDS, HANDED)
def test_it_requires_what_the_product_of_the_matrices_does(work, stands, handed):
    found = measure(rows(work, stands, handed), USUAL)
    wanted = required(work, stands)

    assert [tuple(each) for each in found] == [GIVES] * len(wanted)
    assert {(each["team"], each["other"]): each["needs"] for each in found} == wanted
    met = sum(many for pair, many in wanted.items() if pair in handed)
    assert {each["congruence"] for each in found} <= {round(met / (sum(wanted.values()) or 1), 2)}
    assert {(each["team"], each["other"]) for each in found if each["has"]} == handed & set(wanted)
    assert measure(rows(work, stands, handed)[::-1], USUAL) == found
    assert [each["needs"] for each in measure(rows(work, stands, handed), {"min_needs": 3})] == [
        each["needs"] for each in found if each["needs"] >= 3
    ]


def test_up_to_five_models_are_named_those_in_production_first():
    models = [
        {"part": "model", "id": f"m{at:02}", "facts": {
            "live": at == 11, "owners": ["a"], "workers": ["b"], "stands_on": [],
        }}
        for at in range(12)
    ]  # fmt: skip
    teams = [each for each in rows(set(), set(), set()) if each["part"] == "team"]

    [found] = measure([*models, *teams], USUAL)

    assert found["needs"] == 12
    assert found["models"] == ["m11", *(f"m{at:02}" for at in range(4))]
