"""The law of `decide`: what it proposes does free the model, and where it proposes nothing
alone, nobody who is entitled at one gate would."""

from __future__ import annotations

from itertools import combinations

import pytest
from assignments.workflows import every_plan
from deciding.asked import QUESTIONS, TODAY, asked
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import fill

from ownership_graph.findings import choose
from ownership_graph.rights.passing import Passing
from ownership_graph.rights.reading import by_part, read_rights
from ownership_graph.stores import open_store

GATES = ("g1", "g2", "g3")
PEOPLE = ("p1", "p2", "p3", "p4")
ENDS = [*(f"Person {each}" for each in PEOPLE), "Team board", "Team desk"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """An empty store, of which every example has a copy in memory."""
    with open_store(str(tmp_path_factory.mktemp("empty") / "g.kgl")) as opened:
        yield opened


def some(lines, most=None):
    return st.lists(st.sampled_from(lines), unique=True, max_size=most)


@st.composite
def graphs(draw):
    """A model before gates that few can decide, tied by rules."""
    pairs = [f"Gate {a} {tie} Gate {b}" for a, b in combinations(GATES, 2)
             for tie in ("SEPARATE_FROM", "SAME_AS")]  # fmt: skip
    quorums = draw(st.lists(st.integers(1, 3), min_size=3, max_size=3))
    lines = ["Model m1 stage=pilot risk_tier=2", "Person nobody CAN_DECIDE Gate elsewhere"]
    lines += [
        f"Gate {gate} seq={at} min_tier=1" + (f" quorum={quorum}" if quorum == 2 else "")
        for at, (gate, quorum) in enumerate(zip(GATES, quorums, strict=True))
    ]
    lines += ["Team board kind=committee quorum=2", "Team desk"]
    for gate in GATES:
        ends = draw(st.lists(st.sampled_from(ENDS), unique=True, min_size=1, max_size=3))
        lines += [f"{end} CAN_DECIDE Gate {gate}" for end in ends]
    lines += draw(some([f"Person {p} MEMBER_OF Team {t}" for p in PEOPLE
                        for t in ("board", "desk")], 4))  # fmt: skip
    lines += draw(some([f"Person {p} status=left" for p in PEOPLE], 1))
    lines += draw(some([f"Person {p} RECUSED_FROM Model m1" for p in PEOPLE], 1))
    lines += draw(some(["Team desk OWNS Model m1 role=accountable",
                        "Person p1 OWNS Model m1 role=accountable"], 1))  # fmt: skip
    lines += draw(some([f"Person {a} DELEGATES_TO Person {b}"
                        for a, b in combinations(PEOPLE, 2)], 2))  # fmt: skip
    lines += draw(some(pairs, 2))
    if draw(st.booleans()):
        lines += ["Gate g0 seq=0 min_tier=1", "Approval a status=approved"]
        lines += ["Approval a CONCERNS Model m1", "Approval a AT Gate g0"]
        lines += ["Approval a DECIDED_BY Person p1"]
        lines += draw(some(["Gate g0 SEPARATE_FROM Gate g1", "Gate g0 SAME_AS Gate g2"], 1))
    return lines


def made(lines, change):
    """The graph after the change."""
    gates = [each.id for each in change.gates]
    new = [f"Person new{number}" for number in range(change.more)]
    match change.kind:
        case "entitle":
            return [*lines, *(f"{each} CAN_DECIDE Gate {gates[0]}" for each in new)]
        case "seat":
            return [*lines, *(f"{each} MEMBER_OF Team {change.body.id}" for each in new)]
        case "waive":
            waived = f"Gate {gates[0]} seq="
            return [
                f"{line} independence=not_required" if line.startswith(waived) else line
                for line in lines
            ]
        case rule:
            tie = {"separate": "SEPARATE_FROM", "same": "SAME_AS"}[rule]
            return [each for each in lines if each != f"Gate {gates[0]} {tie} Gate {gates[1]}"]


def state(empty, lines):
    with empty.copy_in_memory() as store:
        return asked(fill(store, "\n".join(lines))).state


@settings(max_examples=60)
@given(lines=graphs())
def test_each_single_change_that_is_proposed_frees_the_model(empty, lines):
    with empty.copy_in_memory() as store:
        found = asked(fill(store, "\n".join(lines)))
    assert found.state in ("clear", "stuck")
    assert bool(found.changes) == (found.state == "stuck")
    for change in found.changes:
        if change.alone:
            assert state(empty, made(lines, change)) == "clear", change
        else:
            for gate in GATES:
                more = [f"Person new{n} CAN_DECIDE Gate {gate}" for n in range(3)]
                assert state(empty, [*lines, *more]) == "stuck"


@settings(max_examples=40)
@given(lines=graphs())
def test_who_can_decide_is_never_said_to_be_unable_and_one_way_keeps_to_it(empty, lines):
    with empty.copy_in_memory() as store:
        found = asked(fill(store, "\n".join(lines)))
    for step in found.ahead:
        able = {each.who.id for each in step.able}
        able |= {each.id for body in step.committees for each in body.able}
        assert able.isdisjoint(each.who.id for each in step.cannot)
    chosen = {each.gate.id: {who.who.id for who in each.people} for each in found.assignment}
    for step in found.ahead if found.state == "clear" else ():
        body = {each.id for body in step.committees for each in body.able}
        assert chosen[step.gate.id] <= {each.who.id for each in step.able} | body


@settings(max_examples=25)
@given(lines=graphs(), away=st.sampled_from(PEOPLE))
def test_whom_it_hangs_on_must_not_be_away(empty, lines, away):
    lines = [*lines, f"Person {away}"] if f"Person {away} status=left" not in lines else lines
    with empty.copy_in_memory() as store:
        found = asked(fill(store, "\n".join(lines)))
        alone = asked(store, away=[away])
    if found.state == "clear":
        needed = {each.person.id for each in found.hangs_on}
        assert (alone.state == "stuck") == (away in needed)


def plan_of(store):
    """The gates ahead as steps, from the same rows and judged apart."""
    [question] = choose(QUESTIONS, ["DEC-05"])
    values = {each.name: each.default for each in question.parameters}
    given = values | {"today": TODAY, "model": "m1"}
    passing = Passing(read_rights(by_part(store.read(question.cypher, given).dicts())))
    return passing.workflow(passing.rights.standings[0])


@settings(max_examples=60)
@given(lines=graphs())
def test_who_can_decide_takes_part_in_one_of_all_ways(empty, lines):
    """Trying every assignment shows the same people."""
    with empty.copy_in_memory() as store:
        found = asked(fill(store, "\n".join(lines)))
        flow = plan_of(store)
    plans = list(every_plan(flow))
    assert bool(plans) == (found.state == "clear")
    for step in found.ahead if plans else ():
        single = {each.who.id for each in step.able}
        bodies = {each.id for body in step.committees if body.has_quorum for each in body.able}
        told = bodies | (single if len(single) >= step.wanted else set())
        taking_part = {who for plan in plans for who in plan[step.gate.id]}
        bound = any(step.gate.id in pair for pair in flow.same)
        if bound and (step.wanted > 1 or step.committees):
            assert taking_part <= told
        else:
            assert taking_part == told
