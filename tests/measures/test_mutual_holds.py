"""INC-05: teams that hold each other up, against trying out every order of every few teams."""

from __future__ import annotations

import time
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.mutual_holds import GIVES, LONGEST, TAKES, measure

USUAL = {"times_sla": 1.0, "times_slower": 2.0, "min_requests": 5}
TEAMS = "abcde"
PAIRS = st.sets(st.tuples(st.sampled_from(TEAMS), st.sampled_from(TEAMS)), max_size=14)


def request(name, owner, *, took=None, so_far=None, model="m"):
    return {
        "owner": owner, "request": name, "model": model, "took": took, "so_far": so_far,
        "promised": [10] if took is None else [],
    }  # fmt: skip


def held(pairs, above=()):
    """Everybody answers the team z within a day, and keeps those in pairs waiting."""
    return [
        dict(
            zip(
                TAKES,
                (
                    holder,
                    [up for low, up in above if low == holder],
                    [
                        *(request(f"{holder}{at}", "z", took=1) for at in range(20)),
                        *(
                            request(f"{one}{two}", two, so_far=50, model=f"m{two}")
                            for one, two in sorted(pairs)
                            if one == holder
                        ),
                    ],
                ),
                strict=True,
            )
        )
        for holder in TEAMS
    ]


def rings(rows, **parameters):
    return [each["ring"] for each in measure(rows, USUAL | parameters)]


def test_a_row_tells_who_holds_whom_and_what_waits():
    [found] = measure(held({("b", "a"), ("a", "b")}), USUAL)

    assert tuple(found) == GIVES
    assert found == {
        "team": "a", "other": "b", "ring": ["a", "b"], "models": ["ma", "mb"], "waiting": 2,
        "days": 50, "slower": 50.0,
    }  # fmt: skip


def test_of_rings_that_begin_with_the_same_hold_the_shortest_is_told():
    both = {("a", "b"), ("b", "c"), ("c", "d"), ("d", "a"), ("b", "e"), ("e", "a")}

    assert rings(held(both)) == [["a", "b", "e"]]


def test_one_line_is_no_two_parties_from_either_side():
    both = {("a", "b"), ("b", "a")}

    assert rings(held(both, [("a", "b")])) == rings(held(both, [("b", "a")])) == []


def test_the_ring_that_waits_longest_comes_first():
    rows = held({("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")})
    rows[2]["requests"][-1]["so_far"] = 60

    assert rings(rows) == [["c", "d"], ["a", "b"]]
    assert rings(rows[::-1]) == rings(rows)


def test_a_team_that_keeps_everybody_waiting_is_slow_and_holds_nobody():
    rows = held({("a", "b"), ("b", "a")})
    rows[0]["requests"] += [request(f"w{at}", "y", so_far=50) for at in range(30)]

    assert rings(rows) == []


def test_thousands_of_teams_take_no_longer_each_than_a_few():
    teams = [f"t{at}" for at in range(3_000)]
    rows = [
        dict(
            zip(
                TAKES,
                (
                    holder,
                    [],
                    [request(f"{at}-{k}", teams[at - k], so_far=50) for k in range(1, 16)],
                ),
                strict=True,
            )
        )
        for at, holder in enumerate(teams)
    ]
    begun = time.process_time()
    measure(rows, USUAL)
    assert time.process_time() - begun < 5


def by_trial(pairs):
    """The shortest ring of up to four teams for each first hold."""
    found = [
        order
        for size in range(2, LONGEST + 1)
        for few in combinations(TEAMS, size)
        for order in permutations(few)
        if order[0] == few[0]
        and all(pair in pairs for pair in zip(order, order[1:] + order[:1], strict=True))
    ]
    longest_first = sorted(found, key=lambda each: (len(each), each), reverse=True)
    return {one[:2]: one for one in longest_first}


@given(PAIRS)
def test_it_finds_the_rings_that_trying_finds(drawn):
    pairs = {(one, two) for one, two in drawn if one != two}
    found = measure(held(pairs), USUAL)

    assert {(each["team"], each["other"]): tuple(each["ring"]) for each in found} == by_trial(
        pairs
    )


@given(PAIRS, st.floats(0, 60), st.floats(0, 60))
def test_a_harder_threshold_finds_no_more(drawn, one, two):
    rows = held({pair for pair in drawn if pair[0] != pair[1]})
    softer, harder = sorted((one, two))

    for name in ("times_sla", "times_slower", "min_requests"):
        first = {tuple(ring[:2]) for ring in rings(rows, **{name: harder})}
        assert first <= {tuple(ring[:2]) for ring in rings(rows, **{name: softer})}
