import pytest

from ownership_graph.importing.guarding import Loss, losses, refusal
from ownership_graph.importing.planning import Difference
from ownership_graph.importing.statements import Statement, statement_hash
from ownership_graph.records import Fact, Node, node_key, relationship_key


def persons(count):
    return [node_key("Person", f"p{n}") for n in range(count)]


def teams(count):
    return [node_key("Team", f"t{n}") for n in range(count)]


def owners(count):
    return [relationship_key("OWNS", "Team", "t0", "Model", f"m{n}") for n in range(count)]


def stopped(had, gone, share=0.25, mode="full"):
    """The guard's sentence where `gone` of the keys `had` would go."""
    difference = Difference((), (), tuple(gone), len(had) - len(gone))
    lost = losses("hr", difference, {}, dict.fromkeys(had, ""), {})
    left = len(had) - len(gone)
    return refusal("hr", mode, share, lost, said=left, had=len(had))


def test_a_quarter_may_go_and_no_more():
    assert stopped(persons(100), persons(25)) == ""

    assert stopped(persons(100), persons(26)) == (
        "importing 'hr': 26 of 100 Person facts (26%) would go, more than 25%. The graph stays"
        " as it was. Look whether the source is whole; if it is, import once with"
        " --allow-removals."
    )


def test_ten_may_always_go_and_eleven_not():
    assert stopped(persons(12), persons(10)) == ""
    assert "11 of 12 Person facts" in stopped(persons(12), persons(11))


def test_each_label_and_relationship_is_reckoned_by_itself():
    supplied = [relationship_key("SUPPLIED_BY", "Model", "m0", "Team", "t0")]
    had = [*persons(1_000), *teams(20), *owners(20), *supplied]

    said = stopped(had, [*persons(100), *teams(11), *owners(12), *supplied])

    assert "12 of 20 OWNS facts (60%), 11 of 20 Team facts (55%) would go" in said
    assert "Person" not in said


def test_the_share_is_the_users():
    assert stopped(persons(100), persons(26), share=0.5) == ""
    assert "more than 0%" in stopped(persons(100), persons(11), share=0)
    assert stopped(persons(100), persons(99), share=1) == ""


def test_a_source_that_says_nothing_though_it_did_is_stopped():
    assert "it says nothing now, and stated 3 facts before" in stopped(persons(3), persons(3))
    assert stopped([], []) == ""
    assert stopped(persons(3), [], mode="delta") == ""
    assert refusal("hr", "delta", 0.25, (), said=0, had=3) == ""


def emptied(before, after):
    """What is lost where persons with the properties `before` now have those of `after`."""
    keys = persons(len(before))
    said = {key: Statement(statement_hash(new), new) for key, new in zip(keys, after, strict=True)}
    known = {
        key: Fact(key, old, ("hr",), (statement_hash(old),))
        for key, old in zip(keys, before, strict=True)
    }
    altered = [key for key in keys if known[key].properties != said[key].properties]
    difference = Difference((), tuple(altered), (), len(keys) - len(altered))
    return losses("hr", difference, said, dict.fromkeys(keys, ""), known)


FILLED, BLANK = {"name": "x", "function": "risk"}, {"name": "x"}


def test_a_property_that_goes_blank_is_reckoned_as_well():
    assert emptied([FILLED] * 40, [BLANK] * 11 + [FILLED] * 29) == (
        Loss("values of Person.function", 11, 40),
    )


def test_what_is_new_was_never_filled_before():
    key = node_key("Person", "new")
    said = {key: Statement("x", FILLED)}
    for each in persons(20):
        said[each] = Statement("b", BLANK)
    known = {each: Fact(each, FILLED, ("hr",), ("a",)) for each in persons(20)}
    difference = Difference((key,), tuple(persons(20)), (), 0)

    lost = losses("hr", difference, said, dict.fromkeys(persons(20), "a"), known)

    assert lost == (Loss("values of Person.function", 20, 20),)


def test_ten_values_may_always_go_blank():
    assert emptied([FILLED] * 12, [BLANK] * 10 + [FILLED] * 2) == ()


def test_what_is_filled_elsewhere_makes_up_for_what_goes_blank():
    before, after = [FILLED] * 20 + [BLANK] * 20, [BLANK] * 20 + [FILLED] * 20

    assert emptied(before, after) == ()


def test_of_a_fact_with_several_sources_only_the_own_statement_counts():
    key = node_key("Person", "p0")
    fact = Fact(key, FILLED, ("cmdb", "hr"), ("a", "b"), {"cmdb": FILLED, "hr": BLANK})
    said = {key: Statement("c", {"name": "y"})}

    assert losses("hr", Difference((), (key,), (), 0), said, {key: "b"}, {key: fact}) == ()


def test_an_alteration_and_a_removal_are_both_told(graph):
    def said(function, count):
        blank = {} if function is None else {"function": function}
        return [Node("Person", f"p{n}", {"name": f"P{n}", **blank}) for n in range(count)]

    graph.load("hr", said("risk", 40))
    facts, had = dict(graph.facts), graph.stated("hr")
    graph.load("hr", said(None, 20))
    statements = {
        key: Statement(fact.hashes[0], fact.properties) for key, fact in graph.facts.items()
    }

    lost = losses("hr", graph.difference, statements, had, facts)

    assert lost == (Loss("Person facts", 20, 40), Loss("values of Person.function", 20, 20))


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_whether_a_loss_is_too_much_depends_on_the_share(share):
    lost = (Loss("Person facts", 50, 100),)

    assert bool(refusal("hr", "events", share, lost, said=50, had=100)) == (share < 0.5)
