"""Lines that can stand together: one id for each alias, no chain, no circle."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from ownership_graph.identities import read_aliases
from ownership_graph.identities.choosing import Pair, chosen

FACTS = {"a": 9, "b": 5, "c": 1, "d": 0}


def lines(*pairs, described_by=None):
    found = chosen([Pair(*each) for each in pairs], FACTS.__getitem__, described_by or {})
    return [(each.alias, each.id, each.score, each.reason) for each in found]


def test_of_all_who_are_one_one_counts():
    pairs = [("a", "b", 90, "name"), ("a", "c", 90, "name"), ("b", "c", 90, "name")]

    assert lines(*pairs) == [("b", "a", 90, "name"), ("c", "a", 90, "name")]


def test_who_is_like_it_only_by_way_of_a_third_says_so():
    pairs = [("c", "b", 95, "login"), ("b", "a", 90, "name")]

    assert lines(*pairs) == [("b", "a", 90, "name"), ("c", "a", 90, "login, by way of b")]


def test_the_likelier_of_two_whom_a_source_tells_apart():
    apart = {"a": ["hr"], "b": ["hr"]}

    assert lines(("a", "c", 90, "name"), ("b", "c", 95, "login"), described_by=apart) == [
        ("c", "b", 95, "login")
    ]


def test_as_like_to_both_whom_a_source_tells_apart_is_left_open():
    apart = {"a": ["hr"], "b": ["hr"]}
    pairs = [("a", "c", 90, "name"), ("b", "c", 90, "name"), ("c", "d", 90, "name")]

    assert lines(*pairs[:2], described_by=apart) == []
    assert lines(*pairs, described_by=apart) == [("d", "c", 90, "name")]


def test_a_source_that_spells_one_id_twice_tells_nobody_apart():
    assert lines(("a", "b", 100, "same"), described_by={"a": ["hr"], "b": ["hr"]}) == [
        ("b", "a", 100, "same")
    ]


IDS = st.sampled_from([f"p{number}" for number in range(7)])
PAIRS = st.lists(st.builds(Pair, IDS, IDS, st.sampled_from([85.0, 90.0, 95.0]), st.just("r")))


@settings(max_examples=60)
@given(
    PAIRS.map(lambda pairs: [each for each in pairs if each.one != each.other]),
    st.dictionaries(IDS, st.sets(st.sampled_from(["hr", "scim"]))),
)
def test_whatever_is_alike_the_lines_can_be_read_and_join_nobody_who_is_two(
    tmp_path_factory, pairs, described_by
):
    found = chosen(pairs, len, described_by)

    file = tmp_path_factory.mktemp("lines") / "identities.csv"
    rows = "".join(f"{each.alias},Person,{each.id}\n" for each in found)
    file.write_text(f"alias,label,id\n{rows}", encoding="utf-8")
    read_aliases(file)
    assert len({each.alias for each in found}) == len(found)
    assert not {each.alias for each in found} & {each.id for each in found}
    said = defaultdict(list)
    for each in found:
        said[each.id] += described_by.get(each.alias, ())
    for kept, sources in said.items():
        together = [*sources, *described_by.get(kept, ())]
        assert len(set(together)) == len(together)
