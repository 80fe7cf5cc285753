"""What is at stake: the models behind findings, their tier, their wait, who stands on them."""

from __future__ import annotations

from findings.told import MODEL, answer, finding, question
from small_graphs import fill

from ownership_graph.findings.weighing import Stakes, stakes_of
from ownership_graph.queries.question import Column

DAY = 20_000
WAITING = """
Model m1 risk_tier=1
Model m2 risk_tier=2
Model m3 risk_tier=3 stage=production
Model m4 risk_tier=3 stage=pilot
Model m5
Gate g1 sla_days=10
Gate g2
Approval a1 status=pending requested_day=19985
Approval a1 CONCERNS Model m1
Approval a1 AT Gate g1
Approval a2 status=pending requested_day=19000
Approval a2 CONCERNS Model m2
Approval a2 AT Gate g1
Approval a3 status=pending requested_day=19970 days_with_requester=25
Approval a3 CONCERNS Model m3
Approval a3 AT Gate g1
Approval a4 status=approved requested_day=19000
Approval a4 CONCERNS Model m4
Approval a4 AT Gate g1
Approval a5 status=pending requested_day=19000
Approval a5 CONCERNS Model m5
Approval a5 AT Gate g2
"""


def stakes(store, *answers, names=()):
    names = dict.fromkeys(names or [("Model", f"m{n}") for n in range(30)], "")
    return stakes_of(store, answers, names, today=DAY, timeout=30)


def about(asked, *ids):
    return answer(asked, *(finding(asked, each, model=each) for each in ids))


def test_a_model_weighs_by_its_tier_and_by_how_late_it_is(store):
    fill(store, WAITING)
    found = stakes(store, about(question("OWN-01"), "m1", "m2", "m3", "m4", "m5"))
    # 15 of 10 days; 1,000 of 10, counted as four; 5 of 10, in time; decided; no promise.
    assert found.weight == {"m1": 1.5, "m2": 8.0, "m3": 4.0, "m4": 4.0, "m5": 2.0}
    assert found.exposed == {"m3"}


def test_a_row_without_models_stands_for_those_that_hang_on_what_it_is_about(store):
    fill(
        store,
        WAITING
        + """
    Person p1
    Team t1
    Approval a1 DECIDED_BY Person p1
    Approval a2 DECIDED_BY Team t1
    Approval a4 DECIDED_BY Person p1
    UseCase u1
    Model m3 SERVES UseCase u1
    Criterion c1
    Model m4 JUDGED_BY Criterion c1
    Decision k1
    Decision k1 ABOUT Model m5
    """,
    )
    asked = question("ANY-01", columns=())
    ends = [
        ("Approval", "a4"), ("Gate", "g1"), ("Person", "p1"), ("Team", "t1"), ("UseCase", "u1"),
        ("Criterion", "c1"), ("Decision", "k1"), ("Dataset", "d1"), ("Gate", "none"),
    ]  # fmt: skip
    found = stakes(store, answer(asked, *(finding(asked, end) for end in ends)))
    assert {identity.partition("|")[2]: models for identity, models in found.models.items()} == {
        "a4": ("m4",), "g1": ("m1", "m2", "m3"), "p1": ("m1",), "t1": ("m2",), "u1": ("m3",),
        "c1": ("m4",), "k1": ("m5",), "d1": (), "none": (),
    }  # fmt: skip


def test_models_in_a_mixed_list_are_told_by_their_names(store):
    fill(store, "Model m1\nUseCase u1")
    things = Column("about", "list of Model or UseCase", "what", ("Model", "UseCase"), many=True)
    asked = question("DEC-01", columns=(MODEL, things))
    one = finding(asked, ("Decision", "k1"), about=["m1", "u1"], model=None)
    assert stakes(store, answer(asked, one)).models == {"DEC-01|k1": ("m1",)}


def test_ten_that_stand_on_a_model_make_it_relied_on_and_nine_do_not(store):
    chain = "\n".join(f"Model m{n + 1} DEPENDS_ON Model m{n}" for n in range(10))
    fill(store, f"{chain}\nModel m0 DEPENDS_ON Model m0\nModel m3 DEPENDS_ON Model m5")
    found = stakes(store, about(question("OWN-01"), "m0", "m1"))
    assert found.relied_on == {"m0"}


def test_without_findings_nothing_is_asked():
    assert stakes_of(None, [answer(question("OWN-01"))], {}, today=DAY, timeout=30) == Stakes()


def test_what_takes_too_long_is_not_weighed(embedded_store):
    """Every request is at every gate and concerns every model: 27,000 ways from gate to model."""
    many = range(30)
    lines = [f"Approval a{a} AT Gate g{n}" for a in many for n in many]
    lines += [f"Approval a{a} CONCERNS Model m{n}" for a in many for n in many]
    lines += [f"Approval a{a} status=pending" for a in many]
    fill(embedded_store, "\n".join(lines))
    asked = question("ANY-01", columns=())
    gates = answer(asked, *(finding(asked, ("Gate", f"g{n}")) for n in many))
    assert stakes_of(embedded_store, [gates], {}, today=DAY, timeout=1e-6) == Stakes()
    known = stakes_of(embedded_store, [gates], {}, today=DAY, timeout=30)
    assert {len(models) for models in known.models.values()} == {len(many)}
