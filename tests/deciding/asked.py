"""Asks `decide` of a small graph, and tells the parts of its answer in few words."""

from __future__ import annotations

from ownership_graph.deciding import decide
from ownership_graph.queries.catalogue import load_questions

TODAY = 20_783
QUESTIONS = load_questions()

ONE_GATE = """
Model m1 stage=pilot risk_tier=2 name=Triage
Gate legal name=Legal seq=1 min_tier=1
Person ann name=Ann
Person ann CAN_DECIDE Gate legal
"""


def asked(store, model="m1", **more):
    return decide(store, QUESTIONS, model, today=TODAY, **more)


def ids(things):
    return [each.id for each in things]


def step(found, gate):
    return next(each for each in found.path if each.gate.id == gate)


def cannot(found, gate):
    """Who cannot decide there, why, and by whom or where."""
    outs = step(found, gate).cannot
    return [(each.who.id, each.reason, each.of.id if each.of else "") for each in outs]


def can(found, gate):
    return ids(each.who for each in step(found, gate).able)


def offered(found):
    """Each change with those who may make it, or why nobody may."""
    return [(each.change, ids(each.by) or each.nobody) for each in found.changes]


def taken(found):
    """Who may take each other decision, or why nobody may."""
    return {each.words: ids(each.by) or each.why for each in found.others}
