"""Why there is no assignment, what would make one, and whose absence takes the last."""

from __future__ import annotations

from itertools import combinations

import pytest
from assignments.workflows import can_be_shared_out, pairs, step, workflow, workflows
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from ownership_graph.assignments import (
    Change,
    Reason,
    indispensable,
    reasons,
    single_changes,
    smallest_help,
    smallest_reason,
)


def changes(flow):
    return single_changes(flow, smallest_reason(flow))


def test_where_there_is_an_assignment_there_is_no_reason():
    assert smallest_reason(workflow(step("x", "a"))) is None


@pytest.mark.parametrize(
    ("flow", "reason"),
    [
        (workflow(step("x", "a"), step("y", "")), Reason(("y",))),
        (
            workflow(step("x", "a"), step("y", "a"), step("z", "b"), separate=["xy", "yz"]),
            Reason(("x", "y"), pairs("xy")),
        ),
        (
            workflow(step("x", "a"), step("y", "b"), same=["xy"]),
            Reason(("x", "y"), frozenset(), pairs("xy")),
        ),
        (
            # Any two can be shared out, and all three cannot.
            workflow(*(step(each, "ab") for each in "xyz"), separate=["xy", "yz", "xz"]),
            Reason(("x", "y", "z"), pairs("xy", "yz", "xz")),
        ),
        (
            workflow(step("x", "a"), separate=["xd", "xe"], d="a", e="b"),
            Reason(("x",), pairs("xd")),
        ),
        (
            workflow(step("x", "a"), same=["xd"], d="b"),
            Reason(("x",), frozenset(), pairs("xd")),
        ),
    ],
)
def test_the_reason_names_what_cannot_hold_together(flow, reason):
    assert smallest_reason(flow) == reason


def test_of_many_steps_none_is_named_that_could_be_left_out():
    ids = [chr(ord("a") + number) for number in range(reasons.MANY + 3)]
    steps = [step(each, "p") for each in ids]
    assert smallest_reason(workflow(*steps, separate=["kn"])) == Reason(("k", "n"), pairs("kn"))


@given(workflows())
@hypothesis_settings(max_examples=300)
def test_the_reason_is_the_smallest_and_nothing_in_it_can_be_left_out(flow):
    reason = smallest_reason(flow)
    if can_be_shared_out(flow):
        assert reason is None
        return
    core = workflow(*flow.only(reason.steps).steps, separate=reason.separate, same=reason.same)
    core = type(core)(core.steps, core.separate, core.same, flow.done)
    assert not can_be_shared_out(core)
    ids = [each.id for each in flow.steps]
    for fewer in range(1, len(reason.steps)):
        assert all(can_be_shared_out(flow.only(some)) for some in combinations(ids, fewer))
    for pair in reason.separate:
        assert can_be_shared_out(core.lifting("separate", pair))
    for pair in reason.same:
        assert can_be_shared_out(core.lifting("same", pair))


def test_the_gentlest_change_comes_first():
    assert changes(workflow(step("x", "a"), step("y", "a"), separate=["xy"])) == [
        Change("entitle", ("x",), 1),
        Change("entitle", ("y",), 1),
        Change("separate", ("x", "y")),
    ]
    assert changes(workflow(step("x", "a"), step("y", "b"), same=["xy"])) == [
        Change("same", ("x", "y"))
    ]
    assert changes(workflow(step("x", "", "3:ab", wanted=2))) == [
        Change("seat", ("x",), 1, "3:ab"),
        Change("entitle", ("x",), 2),
    ]


def test_no_single_change_may_be_enough():
    flow = workflow(step("x", ""), step("y", ""), step("z", "a"))
    assert changes(flow) == []
    assert smallest_help(flow) == ("x", "y")


def test_no_help_may_be_known():
    assert smallest_help(workflow(*(step(each, "") for each in "wxyz"))) == ()
    assert smallest_help(workflow(step("x", ""), step("y", ""), same=["xy"])) == ()


@given(workflows())
def test_each_change_makes_an_assignment_and_no_smaller_one_does(flow):
    reason = smallest_reason(flow)
    for change in [] if reason is None else single_changes(flow, reason):
        match change.kind:
            case "entitle" | "seat":
                [own_id] = change.steps
                assert can_be_shared_out(joined(flow, own_id, change.body, change.more))
                assert not can_be_shared_out(joined(flow, own_id, change.body, change.more - 1))
            case rule:
                assert can_be_shared_out(flow.lifting(rule, frozenset(change.steps)))


def joined(flow, own_id, body, more):
    """The workflow with so many more people in one way of one step."""
    from ownership_graph.assignments import Step, Voice, Way  # noqa: PLC0415

    new = {Voice(f"new{number}", f"new{number}") for number in range(more)}
    return type(flow)(
        tuple(
            Step(
                each.id,
                tuple(
                    Way(way.wanted, way.voices | new, way.body)
                    if (each.id, way.body) == (own_id, body)
                    else way
                    for way in each.ways
                ),
            )
            for each in flow.steps
        ),
        flow.separate,
        flow.same,
        flow.done,
    )


def test_whoever_is_the_last_is_indispensable():
    assert indispensable(workflow(step("x", "a"), step("y", "ab"))) == ("a",)
    assert indispensable(workflow(step("x", "ab"), step("y", "ab"), separate=["xy"])) == ("a", "b")
    assert indispensable(workflow(step("x", ""), step("y", "a"))) == ()
    assert indispensable(workflow(step("x", "", "2:abc"))) == ()


def test_while_somebody_is_away_the_deputy_stands_in():
    assert indispensable(workflow(step("x", "a", lent=["ba"]))) == ()


@given(workflows())
def test_indispensable_are_those_without_whom_trying_all_finds_nothing(flow):
    people = {each.person for step in flow.steps for way in step.ways for each in way.voices}
    expected = [who for who in sorted(people) if not can_be_shared_out(flow.without(who))]
    assert indispensable(flow) == tuple(expected if can_be_shared_out(flow) else ())
