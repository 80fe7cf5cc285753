# ruff: noqa: E501 -- a table of answers reads better a line a row
"""One check with an answer of every kind, for whole-output snapshots."""

from __future__ import annotations

from pathlib import Path

import pytest

from ownership_graph.findings.answer import Answer, Checked, Finding
from ownership_graph.queries.question import Actor, Among, Column, Need, Question
from ownership_graph.records import ImportRun, Rows


def question(code, title, *, severity=4, columns=(), **more):
    return Question(
        name=f"ownership/{code.lower()}",
        theme="ownership",
        title=title,
        why="Because.",
        code=code,
        severity=severity,
        columns=columns,
        cypher="RETURN 1",
        file=Path("x.cypher"),
        remedy="Name one owner." if severity else "",
        actor=Actor("the lead") if severity == 4 else Actor(),
        **more,
    )


MODEL = Column("model", "Model", "the model", ("Model",))
TEAMS = Column("teams", "list of Team", "the teams", ("Team",), many=True)
COUNT = Column("dependents", "int", "how many")


def finding(own_id, rank, severity=4, teams=("t1",), dependents=2):
    return Finding(
        identity=f"OWN-01|{own_id}",
        subject=(own_id,),
        labels=("Model",),
        severity=severity,
        row={"model": own_id, "teams": list(teams), "dependents": dependents},
        rank=rank,
        cause="owner",
        actor="the lead",
    )


@pytest.fixture
def checked():
    need = Need("CAN_DECIDE", "CAN_DECIDE")
    unowned = question(
        "OWN-01",
        "Models nobody owns",
        columns=(MODEL, TEAMS, COUNT),
        among=Among("live models", "…"),
    )
    evil = (
        finding("m1", 1),
        finding("m2", 2, teams=("t1", "t9")),
        finding("=cmd()", 3),
        finding("m4\x1b[31m", 4),
    )
    rows = Rows(
        ("model", "teams", "dependents"),
        [("m1", ["t1"], 1.5), ("m2", [], 0.25), ("m4", None, True)],
    )
    listing = question("WHO-01", "Who decides what", severity=None, columns=(MODEL, TEAMS, COUNT))
    return Checked(
        store="ownership.kgl",
        today=20781,
        answers=(
            Answer(unowned, "assessed", among=351, findings=evil, seconds=0.021, parameters={"min": 0}),
            Answer(
                question("OWN-02", "Two owners", severity=2, columns=(MODEL,)),
                "assessed",
                findings=(Finding("OWN-02|m1", ("m1",), ("Model",), 2, {"model": "m1"}, rank=5),),
            ),
            Answer(question("OWN-03", "Gone owners", columns=(MODEL,)), "assessed"),
            Answer(question("CEN-03", "Few deciders", columns=(MODEL,)), "not assessable", missing=(need,)),
            Answer(
                question("CRI-03", "No bar", columns=(MODEL,), among=Among("pilots and live models", "…")),
                "rollout", among=171, recorded=3,
            ),
            Answer(question("LAT-01", "Slow", columns=(MODEL,)), "not answered", reason="not answered in 30 s"),
            Answer(listing, "assessed", rows=rows),
        ),
        runs=(ImportRun("r1", 1, "inventory", "tables", "2026-11-23T06:00:00Z", finished="2026-11-23T06:00:04Z", state="done"),),
        names={("Model", "m1"): "Claims triage", ("Team", "t1"): "Risk \x1b[2J EMEA"},
    )  # fmt: skip
