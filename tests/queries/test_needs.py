"""Needs: how they are written, and whether a store meets them."""

from __future__ import annotations

import pytest
from small_graphs import fill

from ownership_graph.errors import QueryError
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.queries.needs import bound, missing, parse_need
from ownership_graph.queries.question import Need


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Model", Need("Model", "Model")),
        (" Model ", Need("Model", "Model")),
        ("Model.stage_day", Need("Model.stage_day", "Model", "stage_day")),
        ("Model.cost_centre", Need("Model.cost_centre", "Model", "cost_centre")),
        ("OWNS", Need("OWNS", "OWNS")),
        ("OWNS.since_day", Need("OWNS.since_day", "OWNS", "since_day")),
        ("OWNS from Person", Need("OWNS from Person", "OWNS", from_label="Person")),
        ("DEPENDS_ON to Model", Need("DEPENDS_ON to Model", "DEPENDS_ON", to_label="Model")),
        (
            "OWNS  from Team to Model role accountable",
            Need(
                "OWNS from Team to Model role accountable",
                "OWNS",
                from_label="Team",
                to_label="Model",
                value=("role", "accountable"),
            ),
        ),
        ("Model by  $record", Need("Model by $record", "Model", parameter="record")),
        (
            "OWNS from Team role risk beside $hr",
            Need(
                "OWNS from Team role risk beside $hr",
                "OWNS",
                from_label="Team",
                value=("role", "risk"),
                parameter="hr",
                beside=True,
            ),
        ),
        (
            "DEPENDS_ON kind made_up",
            Need("DEPENDS_ON kind made_up", "DEPENDS_ON", value=("kind", "made_up")),
        ),
        (
            "AT  or Model.stage or OWNS",
            Need(
                "AT or Model.stage or OWNS",
                "AT",
                others=(Need("Model.stage", "Model", "stage"), Need("OWNS", "OWNS")),
            ),
        ),
    ],
)
def test_a_need_is_read(text, need):
    assert parse_need(text) == need


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a need is like `Model`"),
        ("OWNS from", "a need is like `Model`"),
        ("OWNS.role from Team", "a need is like `Model`"),
        ("Model.stage by $record", "a need is like `Model`"),
        ("Model by record", "a label takes neither from, to nor a value"),
        ("Model from Team", "a label takes neither from, to nor a value"),
        ("Modle", "neither a label nor a relationship. Did you mean 'Model'?"),
        ("OWNS from Gate", "OWNS goes from Team or Person, not Gate"),
        ("MEMBER_OF to Person", "MEMBER_OF goes to Team, not Person"),
        ("Model.stage_dya", "'stage_dya' is no property of it. Did you mean 'stage_day'?"),
        ("OWNS.sinceday", "Did you mean 'since_day'?"),
        ("OWNS role acountable", "role is one of accountable, responsible"),
        ("OWNS role acountable", "Did you mean 'accountable'?"),
        ("OWNS kind hard", "'kind' is no property with such values; role, scope"),
        ("AT kind hard", "'kind' is no property with such values"),
        ("OWNS since_day 3", "'since_day' is no property with such values"),
        ("AT or", "the need 'AT or': a need is like `Model`"),
        ("AT or OWNSS", "the need 'OWNSS': 'OWNSS' is neither a label nor a relationship."),
    ],
)
def test_a_need_that_cannot_be_is_refused_with_what_can(text, told):
    with pytest.raises(QueryError) as caught:
        parse_need(text)
    assert told in str(caught.value)


def test_every_shipped_need_names_what_the_model_knows():
    from ownership_graph.model import LABELS, RELATIONSHIPS  # noqa: PLC0415

    for question in load_questions():
        for need in (each for known in question.needs for each in known.any_of()):
            known = LABELS.get(need.name) or RELATIONSHIPS[need.name]
            assert not need.property or need.property in known.properties


GRAPH = """
Model m1 stage=unknown stage_day=3 vendor="" own=7
Model m2 described=false
Gate g1 described=false
Team t1 OWNS Model m1 role=accountable
Person p1 OWNS Dataset d1 role=risk since_day=5
Model m1 DEPENDS_ON Model m2
"""


@pytest.mark.parametrize(
    "need",
    [
        "Model", "Model.stage_day", "Model.own", "OWNS", "OWNS from Team", "OWNS from Person",
        "OWNS from Person to Dataset", "OWNS role accountable", "OWNS from Person role risk",
        "OWNS.since_day", "OWNS.role", "DEPENDS_ON to Model",
        "OWNS or AT", "AT or OWNS", "AT or Gate or Model",
    ],
)  # fmt: skip
def test_one_such_fact_meets_a_need(store, need):
    fill(store, GRAPH)
    assert missing(store, [parse_need(need)], ()) == ()


@pytest.mark.parametrize(
    "need",
    [
        "Gate",  # only one that nobody describes
        "Model.stage",  # only an unknown one
        "Model.vendor",  # only a blank one
        "Model.risk_tier", "Model.never_seen", "Approval", "Approval.status", "AT",
        "OWNS from Person to Model", "OWNS from Person role accountable", "OWNS.scope",
        "OWNS role oversight", "DEPENDS_ON kind calls", "DEPENDS_ON to Service",
        "AT or Gate", "Model.stage or OWNS role oversight",
    ],
)  # fmt: skip
def test_without_such_a_fact_a_need_is_missing(store, need):
    fill(store, GRAPH)
    assert missing(store, [parse_need(need)], ()) == (parse_need(need),)


def test_a_promise_of_the_same_text_meets_a_need_and_a_wider_one_does_not(store):
    fill(store, GRAPH)
    narrow, wide = parse_need("AT"), parse_need("NEEDS role decide")
    assert missing(store, [narrow, wide], {"AT", "NEEDS"}) == (wide,)


@pytest.mark.parametrize("promise", ["AT or Gate", "AT", "Gate"])
def test_one_promise_is_enough_where_one_of_several_is_needed(store, promise):
    fill(store, GRAPH)
    either = parse_need("AT or Gate")
    assert missing(store, [either], {promise}) == ()
    assert missing(store, [either], {"OWNS"}) == (either,)


def test_a_need_that_is_asked_twice_is_missing_once(store):
    fill(store, GRAPH)
    assert missing(store, [parse_need("AT"), parse_need(" AT")], ()) == (parse_need("AT"),)


def by(text, source):
    return bound([parse_need(text)], {"record": source})


def test_many_needs_are_asked_for_together_and_each_is_told_by_itself(store):
    fill(store, GRAPH + "Model m3 " + " ".join(f"own_{number}=1" for number in range(0, 120, 2)))
    needs = [parse_need(f"Model.own_{number}") for number in range(120)]
    values = [parse_need("OWNS role risk"), parse_need("OWNS role oversight")]
    sources = [*by("OWNS by $record", "nobody"), *by("Model beside $record", "nobody")]
    found = missing(store, [*needs, *values, *sources], ())
    assert found == (*needs[1::2], values[1], sources[0])


STATED = """
Model m1 cmdb:stage=pilot registry:stage=idea
Model m2 manual:stage=pilot
Team t1 OWNS Model m1 hr:
"""


@pytest.mark.parametrize(
    ("need", "source"),
    [
        ("Model by $record", "registry"),
        ("Model beside $record", "cmdb"),
        ("Model beside $record", "hr"),
        ("OWNS from Team by $record", "hr"),
        ("OWNS beside $record", "cmdb"),
    ],
)
def test_a_fact_of_the_source_or_of_another_meets_a_need_for_it(store, need, source):
    fill(store, STATED)
    assert missing(store, by(need, source), ()) == ()


@pytest.mark.parametrize(
    ("need", "source"),
    [
        ("Model by $record", "hr"),
        ("Model by $record", ""),
        ("OWNS from Person by $record", "hr"),
        ("OWNS beside $record", "hr"),
    ],
)
def test_without_a_fact_of_it_no_promise_meets_a_need_for_a_source(store, need, source):
    fill(store, STATED)
    assert missing(store, by(need, source), {need}) == by(need, source)


def test_what_people_state_themselves_is_no_other_system(store):
    fill(store, "Model m1 manual:stage=pilot cmdb:stage=pilot\nModel m2 manual:stage=pilot")
    need = by("Model beside $record", "cmdb")
    assert missing(store, need, ()) == need


def test_a_need_names_the_source_that_is_meant():
    assert [each.text for each in by("Model by $record", "cmdb")] == ["Model by 'cmdb'"]
    assert [each.text for each in by("Model by $record", "")] == ["record (not set)"]
