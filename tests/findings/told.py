"""Answers told by hand: questions with findings, each about (label, id) pairs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ownership_graph.findings.answer import Answer, Finding
from ownership_graph.queries.question import Among, Cause, Column, Question
from ownership_graph.records import NodeKey

MODEL = Column("model", "Model", "the model", ("Model",))


def question(code, *, severity=2, cause="", effect="design", **more):
    """A question with what a test does not care about filled in."""
    given = {"theme": code[:3].lower(), "columns": (MODEL,), "cypher": "RETURN 1"} | more
    return Question(
        name=f"{given['theme']}/{code.lower()}",
        title=f"Title of {code}",
        why="Because.",
        code=code,
        severity=severity,
        file=Path("x.cypher"),
        remedy="Do it.",
        cause=Cause(cause) if cause else None,
        effect=effect,
        **given,
    )


def finding(asked, *subject, behind=(), severity=None, **row):
    """A finding about models, or about (label, id) pairs; `behind` are (label, id) as well."""
    ends = [("Model", each) if isinstance(each, str) else each for each in subject]
    return Finding(
        identity="|".join([asked.code, *(own_id for _, own_id in ends)]),
        subject=tuple(own_id for _, own_id in ends),
        labels=tuple(label for label, _ in ends),
        severity=severity or asked.severity,
        row=row,
        behind=tuple(NodeKey(*end) for end in behind),
    )


def answer(asked, *findings, among=None):
    """The question's answer, with these findings of so many."""
    if among is not None:
        asked = replace(asked, among=Among("things", ""))
    return Answer(asked, "assessed", findings=findings, among=among)
