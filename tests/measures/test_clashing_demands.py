"""CRI-05: the fewest demands that no version meets together, against trying all sets of them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.clashing_demands import (
    GIVES,
    TAKES,
    measure,
    smallest_hitting_set,
)

REITER = [
    {"2", "4", "5"}, {"1", "2", "3"}, {"1", "3", "5"}, {"2", "4", "6"}, {"2", "4"},
    {"2", "3", "5"}, {"1", "6"},
]  # fmt: skip


def test_the_example_of_reiter():
    """Reiter 1987, section 4.2: {1, 2} is the smallest of the hitting sets of these conflicts."""
    assert smallest_hitting_set(REITER) == (["1", "2"], True)


def test_where_all_cannot_be_tried_it_still_hits_all_and_says_that_fewer_may_do():
    # What hits most is c, and then a and b are wanted all the same.
    sets = [{"a", "c"}, {"a", "c"}, {"a"}, {"b", "c"}, {"b", "c"}, {"b"}]

    assert smallest_hitting_set(sets, most_tried=3) == (["a", "b", "c"], False)
    assert smallest_hitting_set(sets) == (["a", "b"], True)


NAMES = "abcdef"
SETS = st.lists(st.frozensets(st.sampled_from(NAMES), min_size=1), min_size=1, max_size=8)


def fewest(sets):
    return next(
        list(group)
        for size in range(1, len(NAMES) + 1)
        for group in combinations(NAMES, size)
        if all(each & {*group} for each in sets)
    )


@given(SETS)
def test_it_is_the_first_of_the_smallest(sets):
    assert smallest_hitting_set(sets) == (fewest(sets), True)


@given(SETS, st.integers(1, 5))
def test_with_few_tries_it_hits_all_too(sets, most_tried):
    found, smallest = smallest_hitting_set(sets, most_tried)

    assert all(each & {*found} for each in sets)
    assert (found == fewest(sets)) if smallest else len(found) >= len(fewest(sets))


def model(measured, **more):
    """A model whose demand a wants at least 1, by version and demand what was measured."""
    demands = sorted({demand for known in measured.values() for demand in known})
    row = {
        "model": "m",
        "version": None,
        "demands": [
            {
                "demand": each, "metric": None, "unit": None, "direction": "max", "threshold": 1.0,
                "observed": None, "judges": [f"judge of {each}"],
            }
            for each in demands
        ],
        "results": [
            {
                "result": f"{version}-{demand}", "version": version, "day": None,
                "value": float(well), "demand": demand, "metric": None, "unit": None,
            }
            for version, known in measured.items()
            for demand, well in known.items()
        ],
        "trade_offs": [],
    } | more  # fmt: skip
    assert tuple(row) == TAKES
    return row


def clash(measured):
    found = measure([model(measured)], {})
    assert all(tuple(each) == GIVES for each in found)
    return found[0] if found else None


def test_who_judges_and_what_comes_closest():
    found = clash({"1": {"a": 1, "b": 0, "c": 0}, "2": {"a": 0, "b": 1}, "3": {"b": 0, "a": 1}})

    assert (found["demands"], found["judges"]) == (["a", "b"], ["judge of a", "judge of b"])
    assert (found["versions"], found["closest"], found["never_met"]) == (3, "3", ["c"])


def test_one_version_says_nothing_of_a_clash():
    assert clash({"1": {"a": 0, "b": 0}}) is None
    assert clash({"1": {"a": 1, "b": 0}}) is None


def test_what_was_not_measured_is_no_fault():
    assert clash({"1": {"a": 1, "b": 0}, "2": {"b": 1}}) is None


VERSIONS = st.dictionaries(
    st.sampled_from("1234"), st.dictionaries(st.sampled_from("abcde"), st.booleans(), min_size=1)
)


def clashing(measured, demands):
    """Whether each of these demands is met somewhere, and each version is known to miss one."""
    return all(
        any(known.get(each) is True for known in measured.values()) for each in demands
    ) and all(any(known.get(each) is False for each in demands) for known in measured.values())


@given(VERSIONS)
def test_it_is_the_smallest_clash_and_there_is_none_where_it_is_silent(measured):
    groups = [
        list(group)
        for size in range(1, 6)
        for group in combinations("abcde", size)
        if measured and clashing(measured, group)
    ]
    found = clash(measured)

    assert (found["demands"] if found else None) == (groups[0] if groups else None)
    assert not found or len(found["demands"]) > 1


@given(VERSIONS, st.sets(st.sampled_from("abcde"), min_size=1))
def test_a_version_that_misses_nothing_settles_it(measured, met):
    assert clash(measured | {"5": dict.fromkeys(met, 1)}) is None
