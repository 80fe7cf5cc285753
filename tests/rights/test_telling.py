"""Why models cannot get through and what would free them, in words."""

from __future__ import annotations

from itertools import combinations

import pytest
from rights.told import entitled, gate, models, passing, people, person

from ownership_graph.measures.models_without_a_way_through import measure
from ownership_graph.rights import telling


def told(*rows):
    """The reason, and each change."""
    found, standing = passing(*rows)
    verdict = found.verdict(standing)
    return telling.why(found, standing, verdict), telling.changes(found, verdict)


def test_where_there_is_a_way_through_nothing_is_told():
    assert told(gate("legal", "p1"), *people("p1"), models("m1", "legal")) == ("", [])


def test_nobody_is_entitled():
    assert told(gate("legal"), models("m1", "legal")) == (
        "nobody can decide at 'Legal': nobody is entitled",
        ["entitle one more at 'Legal'"],
    )


def test_several_must_agree():
    rows = gate("legal", "p1 p2", quorum=3), *people("p1"), entitled("p2", status="left")
    assert told(*rows, person("p2", status="left"), models("m1", "legal")) == (
        "nobody can decide at 'Legal': 3 must agree, and of 2 entitled 1 can: 1 has left",
        ["entitle 2 more at 'Legal'"],
    )


def test_a_committee_and_single_people():
    rows = [gate("board", "b p3", quorum=2), entitled("b", "p1 p2", body=True, quorum=2)]
    rows += [person("p1"), person("p2", status="left"), *people("p3")]
    assert told(*rows, models("m1", "board")) == (
        (
            "nobody can decide at 'Board': 2 must agree, and of 1 entitled 1 can;"
            " the b decides with 2 members, and of 2 entitled 1 can: 1 has left"
        ),
        [
            "entitle one more at 'Board'",
            "take one more into the b, which decides at 'Board'",
        ],
    )


def test_a_committee_that_was_dissolved_has_left():
    rows = gate("board", "b"), entitled("b", "p1", body=True, status="archived"), person("p1")
    assert told(*rows, models("m1", "board"))[0] == (
        "nobody can decide at 'Board': of 1 entitled none can: 1 has left"
    )


def test_the_owner_would_be_enough_where_independence_is_not_asked_for():
    rows = gate("legal", "p1"), *people("p1"), models("m1", "legal", owners=["p1"])
    assert told(*rows) == (
        "nobody can decide at 'Legal': of 1 entitled none can: 1 belongs to the owner",
        ["entitle one more at 'Legal'", "do not ask for independence at 'Legal'"],
    )


def test_gates_for_different_people():
    rows = gate("legal", "p1", separate=["release"]), gate("release", "p1", separate=["legal"])
    assert told(*rows, *people("p1"), models("m1", "legal release")) == (
        "different people must decide at 'Legal' and 'Release': 2 are wanted, 1 can",
        [
            "entitle one more at 'Legal'",
            "entitle one more at 'Release'",
            "let the same person decide at 'Legal' and 'Release'",
        ],
    )


def test_gates_for_the_same_person():
    rows = gate("legal", "p1", same=["release"]), gate("release", "p2", same=["legal"])
    assert told(*rows, *people("p1 p2"), models("m1", "legal release")) == (
        "the same person must decide at 'Legal' and 'Release', and nobody can decide at them all",
        ["let different people decide at 'Legal' and 'Release'"],
    )


def test_rules_of_both_kinds_are_told_with_how_many_can():
    rows = [
        gate("a", "p1 p2", same=["b"], separate=["c"]),
        gate("b", "p1 p3", same=["a"]),
        gate("c", "p1", separate=["a"]),
    ]
    assert told(*rows, *people("p1 p2 p3"), models("m1", "a b c")) == (
        (
            "different people must decide at 'A' and 'C'; the same person must decide at"
            " 'A' and 'B'; 2 can at 'A', 2 can at 'B', 1 can at 'C'"
        ),
        [
            "entitle one more at 'C'",
            "let the same person decide at 'A' and 'C'",
            "let different people decide at 'A' and 'B'",
        ],
    )


def test_a_committee_among_gates_for_different_people():
    rows = [gate("a", "b", separate=["c"]), entitled("b", "p1", body=True), person("p1")]
    assert told(*rows, gate("c", "p1"), entitled("p1"), models("m1", "a c"))[0] == (
        "different people must decide at 'A' and 'C'; 1 can at 'A', 1 can at 'C'"
    )


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("separate", "whoever decided at 'A' must not decide at 'B', and nobody else can"),
        ("same", "whoever decided at 'A' must decide at 'B' as well, and cannot"),
    ],
)
def test_what_is_passed_binds(rule, reason):
    decided = [["a", ["p1" if rule == "separate" else "p9"], []]]
    rows = gate("a", "p1", **{rule: ["b"]}), gate("b", "p1", **{rule: ["a"]})
    assert told(*rows, *people("p1"), models("m1", "b", decided=decided))[0] == reason


def test_what_is_passed_and_ahead_again_binds_nobody():
    rows = gate("a", "p1", separate=["b"]), gate("b", "p1 p2", separate=["a"])
    standing = models("m1", "a b", decided=[["a", ["p2"], []]])
    assert told(*rows, *people("p1 p2"), standing) == ("", [])


def test_no_single_change_may_be_enough():
    rows = gate("a"), gate("b"), gate("c")
    assert told(*rows, models("m1", "a b"))[1] == [
        "no single change: entitle one more each at 'A' and 'B'"
    ]
    more = [gate(each) for each in "defg"]
    assert told(*rows, *more, models("m1", "a b c d"))[1] == [
        "no single change: several rights have to be written anew"
    ]


def test_who_is_named_nowhere_is_told_by_id():
    found, _ = passing(models("m1", ""))
    assert found.rights.name("p9") == "p9"


def hard(*ids, apart):
    """Ten gates for different people, and nine people of whom each is missing at another one."""
    rows = [
        gate(each, " ".join(f"{apart}{n}" for n in range(9) if n != at), separate=list(ids))
        for at, each in enumerate(ids)
    ]
    return [*rows, *people(" ".join(f"{apart}{n}" for n in range(9)))]


def test_what_takes_too_long_is_not_known_and_said_so():
    ids = "abcdefghij"
    rows = [*hard(*ids, apart="p"), *hard(*ids.upper(), apart="q"), gate("z")]
    standings = [
        models("m1", " ".join(ids)),
        models("m2", " ".join(ids.upper())),
        models("m3", "z"),
    ]
    found = measure([*rows, *standings], {})
    assert [(each["model"], each["severity"]) for each in found] == [
        ("m3", 4),
        ("m1", 1),
        ("m2", 1),
    ]
    assert (found[1]["why"], found[1]["change"], found[1]["gates"]) == (telling.NOT_KNOWN, "", [])


def test_models_that_stand_alike_are_judged_once():
    rows = gate("legal", "p1"), *people("p1")
    found, _ = passing(*rows, models("m1", "legal", owners=["t1"]), models("m2", "legal"))
    one, two = found.rights.standings
    assert found.verdict(one) is found.verdict(two)
    assert found.needed(one) is found.needed(two)
    assert found.needed(one) == {"p1": ("legal",)}
    assert len(list(combinations(found.rights.standings, 2))) == 1
