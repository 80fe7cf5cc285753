"""What follows from where things stand: laws that hold whoever owns what."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rights.told import entitled, gate, people, row

from ownership_graph.measures.implied_decisions import measure
from ownership_graph.rights.holders import fault
from ownership_graph.rights.implied import OF_OWNERS, Situation

TEAMS = "abcd"
MODELS = ("m1", "m2", "m3", "m4", "m5")


def team(own_id, above=""):
    facts = {"name": own_id, "status": None, "above": above.split(), "leads": []}
    return row("team", own_id, facts)


def owner(own_id, *, gone=False):
    return row("owner", own_id, {"name": own_id, "team": True, "gone": gone, "teams": []})


def answering(models, owners):
    return row("answering", models[0], {"models": list(models), "owners": owners})


def right(own_id, kind, about=(), here=("p",)):
    deciders = {"deciders": [["p", 1, list(here), False, []]], "consents": []}
    told = {"name": own_id, "rule": None, "quorum": None, "served": []}
    return row("right", own_id, {"kind": kind, "about": list(about)} | deciders | told)


def known(**what):
    return row("known", "", {"models": True, "gates": True, "use_cases": True} | what)


@st.composite
def situations(draw):
    """Models with owners of some line, some of them gone, and standing rights."""
    above = {each: draw(st.sampled_from(["", *TEAMS])) for each in TEAMS}
    gone = draw(st.sets(st.sampled_from(TEAMS)))
    rows = [known(), *(team(each, above[each]) for each in TEAMS)]
    rows += [owner(each, gone=each in gone) for each in TEAMS]
    claims = st.tuples(st.sampled_from(TEAMS), st.sampled_from(["", "use", "data"]))
    for model in MODELS:
        owners = [list(each) for each in sorted(draw(st.sets(claims, max_size=3)))]
        rows.append(answering([model], owners))
    for number in range(draw(st.integers(0, 2))):
        about = draw(st.sets(st.sampled_from(MODELS), max_size=2))
        rows.append(right(f"r{number}", draw(st.sampled_from(OF_OWNERS)), sorted(about)))
    return rows


def states(rows):
    """The state of every decision, by kind and model."""
    return {
        (each.kind, model): each.outlook.state
        for each in Situation(rows).implied()
        for model in each.models
    }


@given(situations())
def test_every_live_model_implies_each_kind_once(rows):
    found = Counter(
        (each.kind, model) for each in Situation(rows).implied() for model in each.models
    )
    assert found == dict.fromkeys(((kind, m) for kind in OF_OWNERS for m in MODELS), 1)


@given(situations())
def test_every_decision_that_is_not_open_is_told_in_one_row(rows):
    told = measure(rows, {})
    closed = Counter(state for state in states(rows).values() if state != "open")
    assert Counter({each["state"]: 0 for each in told}) + closed == sum(
        (Counter({each["state"]: each["decisions"]}) for each in told), Counter()
    )
    assert len({(each["state"], each["behind"], each["rival"]) for each in told}) == len(told)


@given(situations(), st.sampled_from(OF_OWNERS))
def test_a_right_to_a_kind_opens_all_of_it_and_nothing_else(rows, kind):
    before, after = states(rows), states([*rows, right("new", kind)])
    for (each, model), state in after.items():
        assert state == ("open" if each == kind else before[each, model])


@given(situations(), st.sampled_from(TEAMS))
def test_who_goes_never_makes_a_decision_possible(rows, team_id):
    went = [
        each | {"facts": each["facts"] | {"gone": True}}
        if (each["part"], each["id"]) == ("owner", team_id)
        else each
        for each in rows
    ]
    before, after = states(rows), states(went)
    assert all(after[each] == "impossible" for each in before if before[each] == "impossible")


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    shuffled = [*rows]
    random.shuffle(shuffled)
    assert measure(shuffled, {}) == measure(rows, {})


def test_where_nothing_is_recorded_only_rights_are_asked_about():
    rows = [known(models=False, gates=False, use_cases=False), answering(["m1", "m2"], [])]
    rows += [gate("g1", owners=[]), right("r1", "stop", ["m2"]), right("r2", "change_policy")]
    rows.append(row("merging", "u1", {"models": ["m1"], "teams": [], "owners": [], "name": "u1"}))
    found = [(each.kind, each.models, each.about) for each in Situation(rows).implied()]
    assert found == [("stop", ("m2",), ""), ("change_policy", (), "g1")]


def test_the_nearer_owner_settles_a_metric():
    """Of two owners one sits in the line of the first gate."""
    facts = {"gates": ["g1"], "owners": [["a", "data"], ["b", "model"]]}
    rows = [
        known(),
        team("a"),
        team("b", "top"),
        team("top"),
        owner("a"),
        owner("b"),
        owner("top"),
    ]
    rows += [gate("g1", "p1", owners=["top"]), *people("p1"), row("metric", "m1", facts)]
    [metric] = [each for each in Situation(rows).implied() if each.kind == "choose_metric"]
    assert metric.outlook.state == "open"


def test_a_metric_is_the_owners_own_where_no_gate_is_known():
    rows = [known(), team("a"), owner("a"), entitled("p1")]
    rows.append(row("metric", "m1", {"gates": [], "owners": [["a", ""]]}))
    [metric] = [each for each in Situation(rows).implied() if each.kind == "choose_metric"]
    assert metric.outlook.deciders == ("a",)


@pytest.mark.parametrize("total", range(3))
@pytest.mark.parametrize("rule", [None, "one", "any", "all", "k_of_n"])
def test_all_who_are_named_and_here_can_decide(total, rule):
    assert fault(rule, total, (total, total), (0, 0)) == (
        "" if total else "nobody is named to decide"
    )
