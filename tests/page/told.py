"""Facts told by name, and a check with answers of every kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ownership_graph.findings.answer import Answer, Checked, Finding
from ownership_graph.findings.grouping import first_of, grouped
from ownership_graph.findings.weighing import Stakes
from ownership_graph.model import RELATIONSHIPS
from ownership_graph.queries.question import Actor, Among, Column, Need, Parameter, Question
from ownership_graph.records import Fact, ImportRun, Rows, node_key, relationship_key

TODAY = 20_781


def node(label, own_id, name=None, *, sources=("inventory",), **more):
    """A node's fact."""
    claims, disputed = more.pop("claims", {}), more.pop("disputed", ())
    properties = {"name": name or own_id} | more
    return Fact(
        node_key(label, own_id),
        properties,
        sources=sources,
        hashes=("h",) * len(sources),
        claims=claims,
        disputed=disputed,
        described=bool(sources),
    )


def tie(type_, start, end, *, sources=("inventory",), **properties):
    """A relationship's fact; `start` and `end` are (label, id)."""
    identity = tuple(str(properties.get(name, "")) for name in RELATIONSHIPS[type_].identity)
    key = relationship_key(type_, *start, *end, identity)
    return Fact(key, properties, sources=sources, hashes=("h",) * len(sources))


def question(code, title="A question", *, severity=3, theme="ownership", **more):
    """A question, with what a test does not care about filled in."""
    given = {
        "name": f"{theme}/{code.lower()}",
        "why": f"Why {code} matters.",
        "columns": (),
        "cypher": f"// {title}\nMATCH (n) RETURN n.id AS {code.replace('-', '_').lower()}",
        "file": Path("x.cypher"),
        "remedy": "Name one owner this week." if severity else "",
        "actor": Actor("the lead of the nearest team" if severity else ""),
    }
    return Question(theme=theme, title=title, code=code, severity=severity, **(given | more))


def finding(code, *subject, rank=1, severity=3, row=None, **more):
    """A finding about (label, id) pairs; its row names them in the columns `a`, `b`."""
    identity = "|".join(
        [code, *(own_id.replace("\\", "\\\\").replace("|", "\\|") for _, own_id in subject)]
    )
    named = dict(zip("abc", (own_id for _, own_id in subject), strict=False))
    return Finding(
        identity,
        tuple(own_id for _, own_id in subject),
        tuple(label for label, _ in subject),
        severity,
        named | (row or {}),
        rank=rank,
        **more,
    )


def column(name, *labels, many=False, type_="text"):
    """A column that holds ids of `labels`, or plain values."""
    shown = " or ".join(labels) or type_
    return Column(name, f"list of {shown}" if many else shown, f"what {name} means", labels, many)


def company():
    """Two teams below one, their people and models, one gate; m3 has no owner."""
    risk, claims, group = ("Team", "t1"), ("Team", "t2"), ("Team", "t0")
    persons = [("Person", f"p{number}") for number in range(1, 5)]
    models = [("Model", f"m{number}") for number in range(1, 4)]
    gate = ("Gate", "g1")
    approvals = [("Approval", f"a{number}") for number in range(1, 5)]
    return [
        node(*group, "Example Group"),
        node(*risk, "Model Risk", function="risk", kind="committee"),
        node(*claims, "Claims", function="operations"),
        node(*persons[0], "Ada Lind", kind="human", status="active"),
        node(*persons[1], "Ben Okoye", kind="human"),
        node(*persons[2], "Cleo Marsh"),
        node(*persons[3], "Dai Evans"),
        node(
            *models[0],
            "Claims triage",
            sources=("inventory", "backstage"),
            stage="pilot",
            stage_day=20_000,
            classified_by="p2",
            claims={"inventory": {"stage": "pilot"}, "backstage": {"stage": "production"}},
            disputed=("stage",),
        ),
        node(*models[1], "Fraud score", stage="production", risk_tier=3),
        node(*models[2], "Letter draft", stage="production"),
        node("Dataset", "d1", sources=()),
        node(*gate, "Legal review", sla_days=14),
        *(node(*each, f"Legal review of case {each[1]}", status="pending") for each in approvals),
        tie("PART_OF", risk, group),
        tie("PART_OF", claims, group),
        tie("MEMBER_OF", persons[0], risk, role="lead"),
        tie("MEMBER_OF", persons[1], risk, role="member"),
        tie("MEMBER_OF", persons[2], claims, role="member"),
        tie("MEMBER_OF", persons[3], claims, role="member"),
        tie("OWNS", claims, models[0], role="accountable", since_day=20_100),
        tie("OWNS", claims, models[1], role="accountable"),
        tie("DEPENDS_ON", models[0], models[2], kind="calls"),
        tie("DEPENDS_ON", models[1], ("Dataset", "d1"), kind="trained_on"),
        tie("OWNS", risk, gate, role="accountable"),
        *(tie("CONCERNS", each, models[0]) for each in approvals),
        *(tie("AT", each, gate) for each in approvals),
        *(tie("DECIDED_BY", each, persons[0]) for each in approvals),
    ]


def checked_company():
    """Answers of every kind on `company`."""
    unowned = question(
        "OWN-01",
        "Models nobody owns",
        severity=4,
        columns=(column("a", "Model"), column("days", type_="day")),
        needs=(Need("OWNS", "OWNS"),),
        among=Among("live models", "…"),
        parameters=(Parameter("least", "int", 0, "leave out fewer"),),
    )
    few = question(
        "CEN-03",
        "Gates with too few deciders",
        theme="centralisation",
        columns=(column("a", "Gate"), column("deciders", "Person", many=True)),
        needs=(Need("AT", "AT"), Need("DECIDED_BY", "DECIDED_BY")),
        among=Among("gates", "…"),
    )
    columns = (column("model", "Model"), column("how many", type_="int"))
    listing = question("WHO-01", "Who owns what", severity=None, columns=columns)
    return in_groups(Checked(
        store="ownership.kgl",
        today=TODAY,
        answers=(
            Answer(
                unowned,
                "assessed",
                among=3,
                findings=(
                    finding("OWN-01", ("Model", "m3"), severity=4, row={"days": 20_000}),
                    finding("OWN-01", ("Model", "m2"), rank=3, row={"days": None}, state="open"),
                ),
                parameters={"least": 2},
            ),
            Answer(
                few,
                "assessed",
                among=1,
                findings=(
                    finding("CEN-03", ("Gate", "g1"), rank=2, row={"deciders": ["p1", "p9"]}),
                ),
                as_of=TODAY - 19,
            ),
            Answer(question("OWN-02", "Models with two owners"), "assessed"),
            Answer(
                question("RSK-01", "Appetites that differ", theme="risk"),
                "not assessable",
                missing=(Need("Team.risk_appetite", "Team", "risk_appetite"),),
            ),
            Answer(
                question("CRI-03", "No agreed bar", among=Among("pilots", "…"), absence=True),
                "rollout",
                among=171,
                recorded=3,
            ),
            Answer(question("LAT-02", "Late"), "not answered", reason="not answered in 30 s"),
            Answer(
                listing,
                "assessed",
                rows=Rows(("model", "how many"), [("m1", 2), ("m9", 1)]),
            ),
        ),
        runs=(
            ImportRun(
                "r1", 1, "inventory", "tables", "x", finished="2026-11-23T06:00:04Z", state="done"
            ),
        ),
        names={("Person", "p9"): "Somebody gone"},
    ))  # fmt: skip


def in_groups(checked):
    """The check with its findings in groups and ranked, no model at stake."""
    answers, groups = grouped(checked.answers, Stakes())
    return replace(checked, answers=answers, groups=groups, first=first_of(groups))


def nothing_asked():
    """A check without questions."""
    return Checked("ownership.kgl", TODAY, ())
