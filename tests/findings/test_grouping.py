"""Findings by what stands behind them: groups, patterns, nesting, order, the first five."""

from __future__ import annotations

from findings.told import answer, finding, question
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from ownership_graph.findings.grouping import FIRST, MOST, first_of, grouped
from ownership_graph.findings.weighing import Stakes

GATES = [("Gate", "g1"), ("Gate", "g2")]


def groups_of(*answers, **stakes):
    return grouped(answers, Stakes(**stakes))[1]


def by_cause(groups):
    return {each.cause: each.findings for each in groups}


def test_what_stands_behind_two_findings_is_a_group_and_the_rest_go_by_question():
    late = question("LAT-01", cause="gate")
    own = question("OWN-01")
    groups = groups_of(
        answer(late, finding(late, "a", behind=GATES[:1]), finding(late, "b", behind=GATES[1:])),
        answer(own, finding(own, "a"), finding(own, "b", behind=GATES[:1])),
        answer(question("OWN-02", cause="gate"), finding(own, "c", behind=GATES[:1])),
    )
    assert by_cause(groups) == {
        "gate:g1": ("LAT-01|a", "OWN-01|c"),
        "LAT-01": ("LAT-01|b",),
        "OWN-01": ("OWN-01|a", "OWN-01|b"),
    }
    gate = next(each for each in groups if each.thing)
    assert (gate.thing.label, gate.thing.id, gate.count) == ("Gate", "g1", 2)
    assert gate.codes == {"LAT-01": 1, "OWN-02": 1}


def test_of_several_causes_the_one_that_stands_behind_most_counts():
    late = question("LAT-01", cause="gate")
    groups = groups_of(
        answer(
            late,
            finding(late, "a", behind=GATES),
            finding(late, "b", behind=GATES[1:]),
            finding(late, "c", behind=GATES[1:]),
        )
    )
    assert by_cause(groups) == {"gate:g2": ("LAT-01|a", "LAT-01|b", "LAT-01|c")}


def test_the_same_thing_as_another_kind_of_cause_is_another_cause():
    person = [("Person", "p")]
    decider, owner = question("APR-01", cause="decider"), question("OWN-01", cause="owner")
    groups = groups_of(
        answer(
            decider, finding(decider, "a", behind=person), finding(decider, "b", behind=person)
        ),
        answer(owner, finding(owner, "a", behind=person), finding(owner, "b", behind=person)),
    )
    assert set(by_cause(groups)) == {"decider:p", "owner:p"}


def test_a_question_that_hits_most_is_one_pattern_whatever_stands_behind():
    bar = question("CRI-03", cause="gate")
    found = [finding(bar, f"m{n}", behind=GATES[:1]) for n in range(10)]
    for among, pattern in ((33, True), (34, False), (None, False)):
        (group,) = groups_of(answer(bar, *found, among=among))
        assert group.pattern is pattern
        assert group.cause == ("CRI-03" if pattern else "gate:g1")
    (few,) = groups_of(answer(bar, *found[:9], among=9))
    assert not few.pattern


def test_a_weaker_finding_stands_behind_the_one_that_implies_it():
    none_able = question("CEN-03", severity=4, implies=("CEN-02", "CEN-01"))
    one = question("CEN-02", severity=3, implies=("CEN-01",))
    few = question("CEN-01", severity=3)
    g1, g2, p = ("Gate", "g1"), ("Gate", "g2"), ("Person", "p")
    answers, groups = grouped(
        [
            answer(few, finding(few, g1), finding(few, g2)),
            answer(one, finding(one, p, g1), finding(one, p, g2)),
            answer(none_able, finding(none_able, g1)),
        ],
        Stakes(),
    )
    above = {
        each.identity: each.implied_by
        for answer_ in answers
        for each in answer_.findings
        if each.implied_by
    }
    assert above == {
        "CEN-01|g1": "CEN-03|g1",
        "CEN-02|p|g1": "CEN-03|g1",
        "CEN-01|g2": "CEN-02|p|g2",
    }
    assert by_cause(groups) == {
        "CEN-03": ("CEN-03|g1", "CEN-01|g1", "CEN-02|p|g1"),
        "CEN-02": ("CEN-02|p|g2", "CEN-01|g2"),
    }
    assert [each.count for each in groups] == [1, 1]


def test_two_about_other_things_at_one_place_imply_nothing():
    strong, weak = question("AAA-01", implies=("BBB-01",)), question("BBB-01")
    g1, p, q = ("Gate", "g1"), ("Person", "p"), ("Person", "q")
    groups = groups_of(answer(strong, finding(strong, p, g1)), answer(weak, finding(weak, q, g1)))
    assert [each.count for each in groups] == [1, 1]


def test_the_order_is_by_what_it_does_then_by_what_is_at_stake():
    asked = [
        question("DAT-01", effect="data"),
        question("DES-01", severity=4),
        question("FRA-01", effect="fragile"),
        question("LIV-01", effect="exposed"),
        question("LIV-02", effect="exposed"),
        question("STO-01", effect="stopped", severity=1),
        question("STO-02", effect="stopped", severity=1),
    ]
    found = [answer(each, finding(each, f"m{n}")) for n, each in enumerate(asked)]
    models = {each.findings[0].identity: each.findings[0].subject for each in found}
    weight = {"m5": 1.0, "m6": 4.0}
    groups = groups_of(*found, models=models, weight=weight, exposed=frozenset({"m3"}))
    assert [(each.urgency, each.cause) for each in groups] == [
        ("A", "STO-02"), ("A", "STO-01"), ("B", "LIV-01"), ("C", "FRA-01"),
        ("D", "DES-01"), ("D", "LIV-02"), ("E", "DAT-01"),
    ]  # fmt: skip
    assert groups[0].weight == 4.0


def test_a_model_counts_once_in_the_weight_of_a_group():
    late = question("LAT-01")
    found = (finding(late, "a"), finding(late, "b"))
    models = {"LAT-01|a": ("m1", "m2"), "LAT-01|b": ("m1",)}
    (group,) = groups_of(answer(late, *found), models=models, weight={"m1": 4.0, "m2": 1.0})
    assert group.weight == 5.0


def test_a_kind_of_decision_for_which_nobody_has_the_right_comes_first():
    right = question("DEC-08", severity=1)
    other = question("STO-01", effect="stopped", severity=4)
    groups = groups_of(answer(other, finding(other, "m")), answer(right, finding(right)))
    assert [each.cause for each in groups] == ["DEC-08", "STO-01"]


def test_the_first_five_have_at_most_two_of_a_theme():
    asked = [question(f"{theme}-0{n}") for theme in ("AAA", "BBB", "CCC") for n in range(4)]
    groups = groups_of(*(answer(each, finding(each, each.code)) for each in asked))
    first = first_of(groups)
    assert [each.cause for each in first] == ["AAA-00", "AAA-01", "BBB-00", "BBB-01", "CCC-00"]


def test_a_live_model_of_the_highest_tier_and_one_that_many_stand_on_are_graver():
    own = question("OWN-01", severity=3)
    gate = question("CEN-01", severity=3)
    found = (
        finding(own, "live"), finding(own, "base"), finding(own, "other"),
    )  # fmt: skip
    answers, _ = grouped(
        [answer(own, *found), answer(gate, finding(gate, ("Gate", "live")))],
        Stakes(exposed=frozenset({"live"}), relied_on=frozenset({"base"})),
    )
    severities = {e.identity: e.severity for each in answers for e in each.findings}
    assert severities == {
        "OWN-01|live": 4, "OWN-01|base": 4, "OWN-01|other": 3, "CEN-01|live": 3,
    }  # fmt: skip


def test_a_row_that_has_its_own_severity_keeps_it():
    own = question("OWN-04", severity=2)
    one = structs.replace(finding(own, "live"), row={"severity": 2})
    answers, _ = grouped([answer(own, one)], Stakes(exposed=frozenset({"live"})))
    assert answers[0].findings[0].severity == 2


@given(
    st.lists(
        st.tuples(
            st.integers(0, 70), st.integers(0, 300), st.lists(st.integers(0, 90), max_size=3)
        ),
        max_size=300,
        unique_by=lambda each: each[:2],
    )
)
def test_every_finding_is_in_one_group_and_groups_are_few(told):
    asked = [question(f"Q{n:02}-01", cause="gate") for n in range(71)]
    answers = [
        answer(
            each,
            *(
                finding(each, f"m{model}", behind=[("Gate", f"g{gate}") for gate in behind])
                for number, model, behind in told
                if number == n
            ),
        )
        for n, each in enumerate(asked[:50])
    ]
    given_ = sorted(each.identity for found in answers for each in found.findings)
    ranked, groups = grouped(answers, Stakes())
    assert sorted(own for group in groups for own in group.findings) == given_
    assert len(groups) <= MOST
    assert len(first_of(groups)) <= FIRST
    ranks = [each.rank for found in ranked for each in found.findings]
    assert sorted(ranks) == list(range(1, len(given_) + 1))
    for found in ranked:
        assert [each.rank for each in found.findings] == sorted(e.rank for e in found.findings)
