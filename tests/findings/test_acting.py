"""Who has the right to take the first step: owners, deciders, leads, superiors, by name."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from findings.told import answer, finding, question
from small_graphs import fill

from ownership_graph.findings.acting import with_actors
from ownership_graph.findings.grouping import grouped
from ownership_graph.findings.weighing import Stakes
from ownership_graph.queries.fields import actor
from ownership_graph.queries.question import Column

GRAPH = """
Team company
Team risk PART_OF Team company
Team product PART_OF Team company
Team claims PART_OF Team product
Team sales PART_OF Team product
Team gone status=archived
Person boss MEMBER_OF Team company role=lead
Person pia MEMBER_OF Team product role=lead
Person cleo MEMBER_OF Team claims role=lead
Person carl MEMBER_OF Team claims
Person sam MEMBER_OF Team sales role=lead
Person left status=left
Person left MEMBER_OF Team sales role=lead
Person carl REPORTS_TO Person cleo
Person cleo REPORTS_TO Person pia
Person sam REPORTS_TO Person pia
Person pia REPORTS_TO Person boss
Person loop REPORTS_TO Person loop
Team claims OWNS Model m1 role=accountable
Person sam OWNS Model m2 role=accountable
Person carl OWNS Model m2 role=technical
Person pia OWNS Model m2 role=accountable confidence=0.2
Team gone OWNS Model m3 role=accountable
Team risk OWNS Gate g1 role=accountable
Person carl CAN_DECIDE Gate g1
Person left CAN_DECIDE Gate g1
Team sales CAN_DECIDE Gate g1
"""
ENDS = {
    "m1": "Model", "m2": "Model", "m3": "Model", "g1": "Gate", "claims": "Team", "sales": "Team",
    "product": "Team", "risk": "Team", "carl": "Person", "cleo": "Person", "sam": "Person",
    "pia": "Person", "loop": "Person", "nobody": "Model", "company": "Team",
}  # fmt: skip
ANY = ("Model", "Gate", "Team", "Person")


def acting(store, words, *ids, timeout=30):
    columns = (Column("things", "list of any", "them", ANY, many=True),)
    columns += (Column("one", "any", "it", ANY),)
    asked = question("ANY-01", columns=columns, actor=actor(words))
    found = finding(asked, "m1", things=list(ids), one=ids[0] if ids else None)
    _, groups = grouped([answer(asked, found)], Stakes())
    names = {(ENDS[each], each): each for each in ids if each in ENDS and each != "nobody"}
    (group,) = with_actors(store, groups, {found.identity: found}, names, timeout=timeout)
    return [each.id for each in group.actors]


@pytest.fixture
def graph(store):
    return fill(store, GRAPH)


@pytest.mark.parametrize(
    ("words", "ids", "who"),
    [
        ("the owner of {things}", ["m1"], ["claims"]),
        ("the owners of {things}", ["m2", "m1"], ["claims", "sam"]),
        ("the owner of {one}", ["g1"], ["risk"]),
        ("the owner of {things}", ["m3"], []),
        ("those who decide at {things}", ["g1"], ["sales", "carl"]),
        ("the lead of {things}", ["claims"], ["cleo"]),
        ("the lead of {things}", ["carl"], ["cleo"]),
        ("the lead of the nearest common parent of {things}", ["claims", "sales"], ["pia"]),
        ("the lead of the nearest common parent of {things}", ["claims", "risk"], ["boss"]),
        ("the lead of the nearest common parent of {things}", ["claims", "product"], ["pia"]),
        ("the lead of the nearest common parent of {things}", ["claims"], ["pia"]),
        ("the lead of the nearest common parent of {things}", ["company"], []),
        ("the nearest common superior of {things}", ["carl", "sam"], ["pia"]),
        ("the nearest common superior of {things}", ["carl", "cleo"], ["cleo"]),
        ("the nearest common superior of {things}", ["cleo"], ["pia"]),
        ("the nearest common superior of {things}", ["cleo", "sales"], ["pia"]),
        ("the nearest common superior of the owners of {things}", ["m1", "m2"], ["pia"]),
        ("the nearest common superior of {things}", ["loop"], []),
        ("{things: those who decided}", ["carl", "sam"], ["carl", "sam"]),
        ("the owner of {things}, else the lead of {one}", ["claims"], ["cleo"]),
        ("whoever keeps the register", ["m1"], []),
        ("the owner of {things}", ["nobody"], []),
        ("the owner of {things}", [], []),
    ],
)
def test_the_header_tells_whom_a_row_names(graph, words, ids, who):
    assert acting(graph, words, *ids) == who


def test_who_has_gone_is_no_superior_and_whoever_is_above_them_is(store, monkeypatch):
    monkeypatch.setitem(ENDS, "pricing", "Team")
    monkeypatch.setitem(ENDS, "sue", "Person")
    gone = """
Team old status=archived
Team old PART_OF Team company
Team pricing PART_OF Team old
Person olga MEMBER_OF Team old role=lead
Person sue REPORTS_TO Person left
Person left REPORTS_TO Person boss
"""
    fill(store, GRAPH + gone)

    assert acting(store, "the nearest common superior of {things}", "sue") == ["boss"]
    assert acting(store, "the lead of the nearest common parent of {things}", "pricing") == [
        "boss"
    ]


def test_more_than_three_are_no_address(store):
    fill(store, "\n".join(f"Person p{n} OWNS Model m1 role=accountable" for n in range(5)))
    assert acting(store, "the owner of {things}", "m1") == ["p0", "p1", "p2"]


def test_where_it_takes_too_long_nobody_is_named(embedded_store, monkeypatch):
    """Four at each of twelve steps report to all four above them: 16 million ways up.

    Neo4j leaves out those that are no shorter, and has the answer at once.
    """
    monkeypatch.setitem(ENDS, "p0", "Person")
    fill(embedded_store, lines_up(steps=12, wide=4))
    began = time.monotonic()
    assert (
        acting(embedded_store, "the nearest common superior of {things}", "p0", timeout=0.2) == []
    )
    assert time.monotonic() - began < 15


def test_of_several_as_near_the_first_is_named(store, monkeypatch):
    monkeypatch.setitem(ENDS, "p0", "Person")
    fill(store, lines_up(steps=2, wide=4))
    assert acting(store, "the nearest common superior of {things}", "p0") == ["p1-0"]


def lines_up(*, steps, wide):
    """`p0` and those above: at each step so many, who all report to all of the next."""
    levels = [["p0"], *([f"p{step}-{n}" for n in range(wide)] for step in range(1, steps + 1))]
    return "\n".join(
        f"Person {one} REPORTS_TO Person {other}"
        for lower, upper in pairwise(levels)
        for one in lower
        for other in upper
    )
