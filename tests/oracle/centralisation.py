"""The oracle's rules of centralisation."""

from __future__ import annotations

from collections import defaultdict

from oracle.granted import deciders, here, live, people_of
from oracle.rules import rule

SAFE = 2
"""A committee counts as two people when one more than its quorum is here."""

OPEN = {"pending", "returned"}


def desks(gate):
    """The requests at the gate that each decider decided, or has to decide."""
    found = defaultdict(set)
    for approval in gate.before("AT", "Approval"):
        for who in deciders(approval):
            found[who].add(approval)
    return found


@rule("CEN-01")
def few_deciders(graph, _, concentration=0.18, min_decisions=20):
    found = set()
    for gate in graph.all("Gate"):
        counts = [len(each) for each in desks(gate).values()]
        total = sum(counts)
        if total >= max(min_decisions, 1):
            index = sum((each / total) ** 2 for each in counts)
            if index > concentration:
                found.add((gate.id,))
    return found


@rule("CEN-02")
def one_decider(graph, _, max_share=0.5, min_decisions=20):
    found = set()
    for gate in graph.all("Gate"):
        by_desk = desks(gate)
        total = sum(map(len, by_desk.values()))
        for who, approvals in by_desk.items():
            if (
                who.label == "Person"
                and total >= min_decisions
                and len(approvals) > max_share * total
            ):
                found.add((who.id, gate.id))
    return found


def in_force(gate, today):
    """Whether the gate is described, and holds today."""
    return (
        gate.described
        and gate.get("since_day", today) <= today
        and gate.get("retired_day", today + 1) > today
    )


def able_at(gate):
    """The people here who may decide at the gate, and the bodies that decide as one.

    The bodies come with as how many people each counts. A body whose members nobody wrote down is
    one voice, as a person is.
    """
    people, bodies = set(), {}
    recused = set(gate.before("RECUSED_FROM", "Person"))
    for entitled in gate.before("CAN_DECIDE"):
        if not here(entitled):
            continue
        if entitled.label == "Person":
            people |= {entitled} - recused
            continue
        members = people_of(entitled)
        present = set(filter(here, members)) - recused
        if not members:
            people.add(entitled)
        elif is_committee(entitled):
            quorum = max(entitled.get("quorum", 1), 1)
            bodies[entitled] = min(max(len(present) - quorum + 1, 0), SAFE)
        else:
            people.update(present)
    return people, bodies


def is_committee(team):
    """Whether the team decides as one: by its kind, by a quorum, or by how it decides."""
    rule_ = team.get("decision_rule", "single")
    return team.get("kind") == "committee" or team.get("quorum") is not None or rule_ != "single"


@rule("CEN-03")
def too_few_able(graph, today, min_able=2):
    found = set()
    for gate in graph.all("Gate"):
        people, bodies = able_at(gate)
        if in_force(gate, today) and len(people) + sum(bodies.values()) < min_able:
            found.add((gate.id,))
    return found


@rule("CEN-04")
def low_risk_on_the_long_path(graph, _, low_tier=1, min_gates=4):
    found = set()
    for model in graph.all("Model"):
        requests = model.before("CONCERNS", "Approval")
        gates = {gate for each in requests for gate in each.after("AT", "Gate")}
        tier = model.get("risk_tier")
        if live(model) and tier is not None and tier <= low_tier and len(gates) >= min_gates:
            found.add((model.id,))
    return found


@rule("CEN-06")
def waiting_in_a_circle(graph, _):
    """Open requests from which waiting leads back to them, through open requests alone."""
    opened = {each for each in graph.all("Approval") if each.get("status", "pending") in OPEN}
    waits_for = {each: opened.intersection(each.after("AFTER", "Approval")) for each in opened}
    return {(each.id,) for each in on_circles(waits_for)}


def on_circles(follows):
    """The nodes that lie on a circle of two or more, in a graph of sets.

    By Kosaraju: the order in which a walk forth leaves the nodes, then a walk back.
    """
    before = {each: [] for each in follows}
    for each, others in follows.items():
        for other in others:
            before[other].append(each)
    left, seen = [], set()
    for start in follows:
        walk(start, follows, seen, left)
    found, seen = set(), set()
    for start in reversed(left):
        component = []
        walk(start, before, seen, component)
        if len(component) > 1:
            found.update(component)
    return found


def walk(start, follows, seen, left):
    """Walk from the start to what was not seen; `left` gets the nodes as they are left."""
    if start in seen:
        return
    seen.add(start)
    way = [(start, iter(follows[start]))]
    while way:
        here_, others = way[-1]
        onward = next((each for each in others if each not in seen), None)
        if onward is None:
            left.append(here_)
            way.pop()
        else:
            seen.add(onward)
            way.append((onward, iter(follows[onward])))
