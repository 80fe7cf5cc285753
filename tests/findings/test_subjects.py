"""Rows made into findings: subject, identity, severity, cause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.errors import QueryError
from ownership_graph.findings.subjects import findings_of, identity_of, ids_of
from ownership_graph.records import NodeKey, Rows

PAIR = (
    "cause: owner",
    "actor: the lead",
    "column approval: Approval -- the thing",
    "column team: Team -- one of two",
    "column other: Team -- the other",
    "column owner: Person or Team -- a third",
    "column models: list of Model -- evidence",
    "column severity: int -- its own",
)
QUERY = """\
MATCH (a:Approval)
RETURN a.id AS approval, '' AS team, '' AS other, '' AS owner, [] AS models, 1 AS severity
ORDER BY approval"""
COLUMNS = ("approval", "team", "other", "owner", "models", "severity")


@pytest.fixture(scope="module")
def pair(question):
    return question("OWN-77", 3, PAIR, QUERY)


def found(asked, *rows, names=()):
    return findings_of(asked, Rows(COLUMNS, list(rows)), dict.fromkeys(names, ""))


def test_neighbours_of_one_label_are_sorted_and_the_thing_stays_first(pair):
    (one,) = found(pair, ("z", "t2", "t1", "a", ["m1"], None))
    assert one.subject == ("z", "t1", "t2", "a")
    assert one.labels == ("Approval", "Team", "Team", "Person")
    assert one.identity == "OWN-77|z|t1|t2|a"
    assert one.row == dict(zip(COLUMNS, ("z", "t2", "t1", "a", ["m1"], None), strict=True))


def test_the_names_tell_which_of_two_labels_an_id_has(pair):
    (one,) = found(pair, ("z", "t2", "t1", "a", [], None), names=[("Team", "a")])
    assert one.labels == ("Approval", "Team", "Team", "Team")


def test_evidence_is_no_identity_and_the_same_pair_is_one_finding(pair):
    rows = [("z", "t2", "t1", "a", ["m1"], 4), ("z", "t1", "t2", "a", ["m2"], 2)]
    (one,) = found(pair, *rows)
    assert one.row["models"] == ["m1"]


def test_a_row_may_have_its_own_severity(pair):
    rows = [("a", "", "", "", [], None), ("b", "", "", "", [], 1), ("c", "", "", "", [], 4)]
    assert [each.severity for each in found(pair, *rows)] == [3, 1, 4]


@pytest.mark.parametrize("wrong", [0, 5, "4", 2.5, True])
def test_a_severity_that_is_none_is_told(pair, wrong):
    with pytest.raises(QueryError, match=r"own.cypher: .* OWN-77: the severity .* is not 1, 2"):
        found(pair, ("a", "", "", "", [], wrong))


def test_a_blank_in_the_subject_stays_a_blank_at_its_place(pair):
    (one,) = found(pair, ("a", None, "t1", None, [], None))
    assert one.subject == ("a", "t1", "", "")


def test_the_cause_is_the_first_part_that_may_stand_behind_it(pair, question):
    (one,) = found(pair, ("a", "t2", "t1", "p", [], None))
    assert (one.behind, one.actor) == ((NodeKey("Team", "t1"),), "the lead")
    policy = question("POL-01", 3, ("cause: policy", *PAIR[1:]), QUERY)
    assert found(policy, ("a", "t2", "t1", "p", [], None))[0].behind == ()
    nothing = question("POL-01", 3, PAIR[1:], QUERY)
    assert found(nothing, ("a", "t2", "t1", "p", [], None))[0].behind == ()


def test_a_column_in_braces_holds_what_may_stand_behind_it(question):
    rows = ("a", "t2", "t1", "p", ["m1", None, "m2"], None)
    for column, behind in (
        ("models", (NodeKey("Model", "m1"), NodeKey("Model", "m2"))),
        ("approval", (NodeKey("Approval", "a"),)),
    ):
        named = question("POL-01", 3, (f"cause: policy {{{column}}}", *PAIR[1:]), QUERY)
        assert found(named, rows)[0].behind == behind


def test_a_finding_about_the_whole_has_no_subject(question):
    whole = question(
        "ALL-01", 2, ("cause: data", "column n: int -- how many"), "MATCH (m) RETURN count(m) AS n"
    )
    (one,) = findings_of(whole, Rows(("n",), [(3,)]), {})
    assert (one.subject, one.identity, one.behind) == ((), "ALL-01", ())


def test_all_ids_are_told_with_the_labels_that_they_may_have(pair):
    rows = Rows(
        COLUMNS, [("a", "t1", None, "p", ["m1", None], 1), ("b", "t1", "t2", "p", None, 1)]
    )
    assert list(ids_of(pair, rows)) == [
        (("Approval",), "a"),
        (("Approval",), "b"),
        (("Team",), "t1"),
        (("Team",), "t1"),
        (("Team",), "t2"),
        (("Person", "Team"), "p"),
        (("Person", "Team"), "p"),
        (("Model",), "m1"),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ((3, "", "", "", [], 1), "'approval' is Approval, and holds 3"),
        (("a", "", "", "", "m1", 1), "'models' is list of Model, and holds 'm1'"),
        (("a", "", "", "", [{}], 1), "'models' is list of Model, and holds {}"),
        (("a", ["t1"], "", "", [], 1), "'team' is Team, and holds ['t1']"),
    ],
)
def test_a_column_of_ids_holds_ids(pair, row, told):
    with pytest.raises(QueryError) as caught:
        list(ids_of(pair, Rows(COLUMNS, [row])))
    assert told in str(caught.value)


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_subjects_have_different_identities(one, other):
    assert (identity_of("OWN-01", one) == identity_of("OWN-01", other)) == (one == other)
