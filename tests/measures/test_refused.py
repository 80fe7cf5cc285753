"""RSK-03 and CEN-05: which share of the requests a function, or a decider, let not pass."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures import refused_by_function as by_function
from ownership_graph.measures import rejected_by_decider as by_decider

FEW = {"min_decisions": 1}
IDS = st.lists(st.sampled_from("abcdef"), min_size=1)
ROWS = st.lists(st.tuples(st.sampled_from([3, 1, None]), st.sampled_from("xyz"), IDS, IDS))


def of_function(tier, function, decided, refused, appetite=None):
    return dict(zip(by_function.TAKES, (tier, function, appetite, decided, refused), strict=True))


def test_whoever_is_of_no_known_function_is_one_of_the_others():
    rows = [of_function(3, "legal", "ab", "a", 2), of_function(3, None, "cd", "cd")]

    [found] = by_function.measure(rows, FEW)

    assert tuple(found) == by_function.GIVES
    assert (found["function"], found["declared"], found["others"]) == ("legal", [2], 1.0)


def test_what_is_seen_lies_between_the_lowest_and_the_highest():
    [found] = by_decider.measure(
        [dict(zip(by_decider.TAKES, (2, "p", "abcde", "ab"), strict=True))], FEW
    )

    assert tuple(found) == by_decider.GIVES
    assert (found["lowest"], found["share"], found["highest"]) == (0.12, 0.4, 0.77)


@given(ROWS)
def test_a_function_has_decided_what_any_of_its_deciders_has(drawn):
    rows = [of_function(tier, name, ids, set(ids) & set(no)) for tier, name, ids, no in drawn]
    found = by_function.measure(rows, FEW)

    for each in found:
        key = each["risk_tier"], each["function"]
        own = [row for row in rows if (row["risk_tier"], row["function"]) == key]
        assert each["decided"] == len({one for row in own for one in row["decided"]})
        assert each["refused"] == len({one for row in own for one in row["refused"]})
    assert sorted(map(str, by_function.measure(rows[::-1], FEW))) == sorted(map(str, found))
    assert len(by_function.measure(rows, {"min_decisions": 3})) <= len(found)
