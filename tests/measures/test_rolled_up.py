"""LST-07: what a team carries with all that is below it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.rolled_up import GIVES, measure

ABOVE = {"c": [], "f": ["c"], "t": ["f", "c"], "u": ["f", "c"]}
CARRIED = st.fixed_dictionaries({team: st.sets(st.sampled_from("mnopq")) for team in ABOVE})


def rows(models, before):
    """Four teams in a tree, with models and requests of their own."""
    return [
        *(
            {"part": "team", "id": team, "facts": {"here": True, "above": above}}
            for team, above in ABOVE.items()
        ),
        *(
            {"part": "models", "id": team, "facts": {"models": [
                {"id": each, "live": each < "o", "tier": None, "pending": [f"a{each}"]}
                for each in sorted(those)
            ]}}
            for team, those in models.items()
        ),
        *(
            {"part": "before", "id": team, "facts": {"requests": [
                {"id": each, "days": ord(each)} for each in sorted(those)
            ]}}
            for team, those in before.items()
        ),
    ]  # fmt: skip


@given(CARRIED, CARRIED)
def test_a_team_carries_what_it_and_those_below_it_carry_each_thing_once(models, before):
    found = measure(rows(models, before), {"min_carried": 0})

    assert [tuple(each) for each in found] == [GIVES] * len(ABOVE)
    for each in found:
        below = [team for team, above in ABOVE.items() if each["team"] in (team, *above)]
        carried = set().union(*(models[team] for team in below))
        waiting = set().union(*(before[team] for team in below))
        assert (each["models"], each["pending"]) == (len(carried), len(carried))
        assert each["in_production"] == len(carried & {"m", "n"})
        assert each["before_it"] == len(waiting)
        assert each["oldest_days"] == (max(map(ord, waiting)) if waiting else None)
    assert measure(rows(models, before)[::-1], {"min_carried": 0}) == found
