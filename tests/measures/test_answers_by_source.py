from __future__ import annotations

import json
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.answers_by_source import GIVES, different, measure


def row(model="m", ties=(), bars=(), lines=(), **claims):
    found = {"model": model, "claims": json.dumps(claims), "lines": list(lines)}
    return found | {"ties": list(ties), "bars": list(bars)}


def owner(answer, *sources, part=None, above=()):
    tie = {"about": "owner", "part": part, "answer": answer}
    return {**tie, "sources": list(sources), "above": list(above)}


def asked(*rows, min_answers=2):
    return measure(rows, {"min_answers": min_answers})


def test_a_row_tells_how_many_answers_of_how_many_sources_and_who_says_what():
    [found] = asked(
        row(hr={"stage": "pilot"}, cmdb={"stage": "idea", "risk_tier": 1}, x={"risk_tier": 1})
    )
    assert tuple(found) == GIVES
    assert found == {
        "model": "m",
        "answers": 2,
        "sources": 2,
        "about": ["stage"],
        "said": ["cmdb: stage idea", "hr: stage pilot"],
    }


def test_the_most_different_model_comes_first_then_the_one_of_most_sources():
    three = [owner("t1", "a"), owner("t2", "b"), owner("t3", "c")]
    many = [owner("t1", "a", "d"), owner("t2", "b")]
    two = [owner("t1", "a"), owner("t2", "b")]
    rows = [row("m4", two), row("m3", two), row("m2", many), row("m1", three)]
    assert [found["model"] for found in asked(*rows)] == ["m1", "m2", "m3", "m4"]
    assert [found["model"] for found in asked(*rows, min_answers=3)] == ["m1"]


def test_an_owner_of_all_of_it_answers_for_each_part():
    ties = [owner("t1", "a"), owner("t2", "b", part="data"), owner("t1", "c", part="use")]
    [found] = asked(row(ties=ties))
    assert found["about"] == ["owner"]
    assert found["said"] == ["a: owner t1", "b: owner t2"]


def test_a_bar_is_asked_for_its_metric_and_its_threshold():
    claims = json.dumps({"a": {"metric": "x", "threshold": 1.0}, "b": {"metric": "y"}})
    [found] = asked(row(bars=[{"id": "c", "claims": claims}]))
    assert found["about"] == ["metric of c"]


def test_who_stands_above_another_answer_is_no_other_answer():
    assert asked(row(ties=[owner("t1", "a", above=["t"]), owner("t", "b")])) == []
    siblings = [owner("t1", "a", above=["t"]), owner("t2", "b", above=["t"]), owner("t", "c")]
    assert asked(row(ties=siblings))[0]["answers"] == 2


ANSWERS = st.lists(st.frozensets(st.sampled_from("abcd"), min_size=1), max_size=7)


@given(ANSWERS)
def test_different_is_the_largest_choice_of_which_each_two_differ(answers):
    distinct = sorted(set(answers), key=sorted)
    largest = max(
        size
        for size in range(len(distinct) + 1)
        for some in combinations(distinct, size)
        if all(not one <= other and not other <= one for one, other in combinations(some, 2))
    )
    assert different(answers) == largest
