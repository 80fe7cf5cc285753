"""DEC-07: how free committees are to act. `statistics.voting` has the published examples."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.freedom_of_committees import GIVES, TAKES, measure


def committee(functions, rule, quorum=None):
    [found] = measure([dict(zip(TAKES, ("c", functions, rule, quorum), strict=True))], {})
    assert tuple(found) == GIVES
    return found


def test_who_has_a_seat_and_no_power():
    """The same four seats, once with a majority and once with unanimity: risk has two of them."""
    seats = ["risk", "risk", "risk", "legal"]

    assert committee(seats, "majority")["functions"] == ["risk 100%", "legal 0%"]
    assert committee(seats, "unanimous")["functions"] == ["legal 50%", "risk 50%"]


@given(
    st.lists(st.sampled_from(["risk", "legal", ""]), max_size=7),
    st.sampled_from(["single", "majority", "unanimous"]),
    st.sampled_from([None, 1, 2, 5, 9]),
)
def test_it_decides_where_the_rule_is_met_and_so_is_the_quorum(functions, rule, quorum):
    found, members = committee(functions, rule, quorum), len(functions)

    def decides(way):
        met = {"single": sum(way) > 0, "majority": 2 * sum(way) > members, "unanimous": all(way)}
        return met[rule] and sum(way) >= max(quorum or 1, 1)

    ways = list(product((0, 1), repeat=members))
    assert found["power_to_act"] == round(sum(map(decides, ways)) / len(ways), 3)
    assert found["members"] == members
    assert found["can_be_away"] == (None if quorum is None else members - quorum)


@given(st.integers(1, 9), st.sampled_from(["single", "majority", "unanimous"]), st.integers(1, 9))
def test_a_higher_quorum_never_makes_it_freer(members, rule, quorum):
    lower, higher = (committee([""] * members, rule, each) for each in (quorum, quorum + 1))

    assert higher["power_to_act"] <= lower["power_to_act"]
