"""What relies on a thing, on small graphs whose answer is known."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import fill

from ownership_graph.errors import StoreTimeoutError, UsageError
from ownership_graph.stores import open_store
from ownership_graph.tracing import impact, ways_between

CHAIN = """\
Model base name=Base stage=production
Model near name=Near stage=production risk_tier=2
Model far stage=pilot risk_tier=3
Model old stage=retired
Model behind stage=production
Model alone stage=production
Service api
UseCase u1 name=Claims
Team t1 name=Risk
Person p1 name=Ada status=left
Model near DEPENDS_ON Model base kind=calls
Model near DEPENDS_ON Model base kind=trained_on
Service api DEPENDS_ON Model base
Model far DEPENDS_ON Model near
Model far DEPENDS_ON Service api
Model old DEPENDS_ON Model base
Model behind DEPENDS_ON Model old
Model far SERVES UseCase u1
Team t1 OWNS Model far role=responsible
Team t1 OWNS Model near role=accountable
Person p1 OWNS Model far role=accountable
"""


def told(found):
    return [
        (each.distance, each.thing.id, each.how, each.through.id, each.stage, each.tier)
        for each in found.relying
    ]


def test_it_is_told_by_distance_with_stage_tier_and_owners(store):
    found = impact(fill(store, CHAIN), "base")
    assert told(found) == [
        (1, "near", "stands on", "base", "production", 2),
        (1, "api", "stands on", "base", "", None),
        (2, "far", "stands on", "near", "pilot", 3),
        (3, "u1", "is served by", "far", "", None),
    ]
    assert [str(owner) for owner in found.relying[2].owners] == [
        "Risk (responsible)", "Ada (accountable, gone)",
    ]  # fmt: skip
    assert [(each.name, each.things, each.in_production, each.tier) for each in found.to_tell] == [
        ("Risk", 2, 1, 3)
    ]
    assert found.headline() == (
        "4 rely on Base (base): 2 directly, 2 through others; 1 in production."
    )
    assert list(found.statement()) == [
        "3 of 5 live models have stated dependencies; on what the other 2 stand is unknown.",
        "Dependencies are stated by test (7, last imported 2026-01-01).",
        "2 above without a known owner who is still here.",
        "1 retired, passed over with what stands on them alone.",
    ]


def test_a_team_a_person_and_a_gate_have_what_relies_on_them(store):
    graph = """\
Team t1 OWNS Model m1
Team t1 CAN_DECIDE Gate g1
Model m2 DEPENDS_ON Model m1
Dataset d1 SUPPLIED_BY Team t1
Person p1 OWNS Gate g1
Model m3 SUBJECT_TO Gate g1
"""
    fill(store, graph)
    assert [(each.thing.id, each.how, each.distance) for each in impact(store, "t1").relying] == [
        ("d1", "is supplied by", 1),
        ("g1", "may be decided by", 1),
        ("m1", "is owned by", 1),
        ("m2", "stands on", 2),
        ("m3", "has to pass", 2),
    ]
    assert [each.thing.id for each in impact(store, "p1").relying] == ["g1", "m3"]
    gate = impact(store, "g1")
    assert [each.thing.id for each in gate.relying] == ["m3"]
    assert "Which models have to pass it is not written down as a tier alone." in list(
        gate.statement()
    )


def test_of_a_gate_those_that_wait_there_are_told_and_how_many_its_rule_is_for(store):
    fill(store, """\
Gate g1 name=Legal min_tier=2
Gate g2 min_tier=1 applies_when=acts_alone
Model m1 risk_tier=2 stage=pilot
Model m2 risk_tier=3 stage=production
Model m3 risk_tier=1 stage=pilot
Model m4 risk_tier=3 stage=retired
Model m5 stage=pilot
Approval a1 status=pending
Approval a1 AT Gate g1
Approval a1 CONCERNS Model m1
Approval a2 status=approved
Approval a2 AT Gate g1
Approval a2 CONCERNS Model m2
Approval a3 status=returned
Approval a3 AT Gate g1
Approval a3 CONCERNS Model m5
""")  # fmt: skip
    found = impact(store, "g1")
    assert [(each.thing.id, each.how) for each in found.relying] == [
        ("m1", "waits at"), ("m5", "waits at"),
    ]  # fmt: skip
    assert found.by_tier == (2, 2)
    assert (
        "By their tier (2 or higher) 2 live models have to pass it or had to; only those that"
        " wait there, or are named for it, are above." in list(found.statement())
    )
    assert impact(store, "g2").by_tier is None


def test_a_source_that_promised_them_all_is_told(store):
    fill(store, "Model m1 DEPENDS_ON Model m2", provides=["DEPENDS_ON"])
    assert "test (1, last imported 2026-01-01, says that these are all)" in (
        " ".join(impact(store, "m2").statement())
    )


def test_nothing_that_relies_is_no_proof_that_there_is_nothing(store):
    found = impact(fill(store, "Model m1"), "m1")
    assert found.headline() == "Nothing is known to rely on m1."
    assert list(found.statement()) == [
        "0 of 1 live models have stated dependencies; on what the other 1 stand is unknown.",
        "No source states any dependency.",
    ]


def test_who_must_be_told_answers_for_it_and_is_here(store):
    graph = """\
Model base
Model a stage=production risk_tier=3
Model b stage=production
Model c stage=pilot risk_tier=2
Model d described=false
Team t1 name=Risk
Team t2 name=Claims
Team t3 name=Gone status=archived
Team t4 name=Guessed
Person p1 name=Ada
Team t1 OWNS Model base role=accountable
Team t1 OWNS Model a role=technical
Team t2 OWNS Model a role=accountable
Team t3 OWNS Model a role=accountable
Team t4 OWNS Model b role=accountable confidence=0.4
Person p1 OWNS Model b role=business
Team t2 OWNS Model c role=accountable
Team t2 OWNS Model c role=responsible
"""
    graph += "".join(f"Model {each} DEPENDS_ON Model base\n" for each in "abcd")
    found = impact(fill(store, graph), "base")
    assert [str(each) for each in found.owners] == ["Risk (accountable)"]
    assert [(each.id, each.things, each.in_production, each.tier) for each in found.to_tell] == [
        ("t2", 2, 1, 3),
        ("p1", 1, 1, None),
    ]
    assert (found.unowned, found.undescribed) == (1, 1)
    assert found.headline().endswith("2 in production, 1 of tier 3.")
    said = list(found.statement())
    assert "1 above without a known owner who is still here." in said
    assert "1 above named by others, and described by no source." in said
    assert (
        "1 thing in the graph is named by others and described by no source; what more they are"
        " tied to is unknown." in said
    )
    owned = impact(store, "t2")
    assert [each.id for each in owned.to_tell] == []  # they need not be told what they own


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (
            ("hf:x/b",),
            "1 of them is what something stands on: hf:x/b. If such a thing has another",
        ),
        (
            ("hf:a", "hf:b", "hf:c", "hf:d", "hf:e"),
            "5 of them are what others stand on: hf:a, hf:b, hf:c and 2 more. If such",
        ),
    ],
)
def test_what_others_stand_on_outside_the_catalogue_is_named(store, names, told):
    graph = "Model base\nModel a\nModel a DEPENDS_ON Model base\nDataset lone described=false\n"
    graph += "".join(
        f"{label} {each} described=false\nModel a DEPENDS_ON {label} {each}\n"
        for each, label in zip(
            names, ("Model", "Dataset", "Service", "Model", "Model"), strict=False
        )
    )
    found = impact(fill(store, graph), "base")

    assert found.dependencies.outside == names
    [said] = [each for each in found.statement() if "stand" in each and "joins them" in each]
    assert said.startswith(told)


def test_a_circle_ends_and_does_not_rely_on_itself(store):
    found = impact(
        fill(store, "Model a DEPENDS_ON Model b\nModel b DEPENDS_ON Model a\n"
                    "Model a DEPENDS_ON Model a"), "a",
    )  # fmt: skip
    assert [(each.thing.id, each.distance) for each in found.relying] == [("b", 1)]
    assert not found.further


def test_after_so_many_steps_it_is_told_whether_there_is_more(store):
    chain = "\n".join(f"Model m{n + 1:02} DEPENDS_ON Model m{n:02}" for n in range(14))
    fill(store, chain)
    for start, hops, reached, further in (("m00", 12, 12, True), ("m02", 12, 12, False),
                                          ("m00", 3, 3, True)):  # fmt: skip
        found = impact(store, start, hops=hops)
        assert (len(found.relying), found.further) == (reached, further)
        more = "There is more, beyond the last step that was gone."
        assert (more in list(found.statement())) == further


def test_what_is_retired_beyond_the_last_step_is_not_more(store):
    fill(store, "Model old stage=retired\nModel near DEPENDS_ON Model base\n"
                "Model old DEPENDS_ON Model near")  # fmt: skip
    assert not impact(store, "base", hops=1).further


def test_a_node_is_named_by_id_name_or_label(store):
    fill(store, CHAIN + 'Model m9 name="api"\nTeam near name=Twin\nModel Risk\n')
    assert impact(store, "BASE").thing.id == "base"
    assert impact(store, "Team t1").thing.id == "t1"
    assert impact(store, "api").thing.label == "Service"  # an id comes before a name
    assert impact(store, "twin").thing.label == "Team"
    with pytest.raises(
        UsageError, match=r"2 are called that. Name one: 'Model near', 'Team near'"
    ):
        impact(store, "near")
    assert impact(store, "Model near").thing.name == "Near"
    with pytest.raises(UsageError, match=r"'ea': nothing has.* part of 'near'\. An id"):
        impact(store, "ea")
    with pytest.raises(
        UsageError, match=r"'bsae': nothing has that id or name. Did you mean 'base'"
    ):
        impact(store, "bsae")
    with pytest.raises(UsageError, match="nothing has that id or name"):
        impact(store, "Model t1")
    with pytest.raises(UsageError, match=r"Claims \(u1\).*nothing is known to rely on such"):
        impact(store, "Claims")


def test_many_of_one_name_are_not_all_listed(embedded_store):
    fill(embedded_store, "\n".join(f"Model m{n:02} name=Same" for n in range(12)))
    with pytest.raises(UsageError, match=r"12 are called that.*'Model m09' and 2 more\."):
        impact(embedded_store, "same")


def test_what_takes_too_long_is_no_answer(embedded_store):
    fill(embedded_store, "\n".join(f"Model m{number}" for number in range(20_000)))
    with pytest.raises(StoreTimeoutError):
        impact(embedded_store, "m1", timeout=1e-5)
    with pytest.raises(StoreTimeoutError):
        ways_between(embedded_store, "m1", "m2", timeout=1e-5)


PAIRS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20)


@given(pairs=PAIRS, retired=st.sets(st.integers(1, 7)), hops=st.integers(1, 5))
@settings(max_examples=60)
def test_it_is_what_networkx_says(pairs, retired, hops):
    lines = [f"Model m{n} stage={'retired' if n in retired else 'pilot'}" for n in range(8)]
    lines += [f"Model m{a} DEPENDS_ON Model m{b}" for a, b in sorted(pairs)]
    store = fill(open_store("none").copy_in_memory(), "\n".join(lines))
    known = nx.DiGraph()
    known.add_node(0)
    known.add_edges_from((b, a) for a, b in pairs if a not in retired and b not in retired)
    lengths = nx.single_source_shortest_path_length(known, 0)
    found = impact(store, "m0", hops=hops)
    assert {each.thing.id: each.distance for each in found.relying} == {
        f"m{n}": length for n, length in lengths.items() if 0 < length <= hops
    }
    assert found.further == any(length > hops for length in lengths.values())
    for each in found.relying:
        assert (int(each.thing.id[1:]), int(each.through.id[1:])) in pairs
