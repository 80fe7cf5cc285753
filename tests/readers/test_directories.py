"""Accounts and groups, as persons and teams."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.readers.directories import Account, Directory, Group
from ownership_graph.readers.ldap.names import comparable
from ownership_graph.records import Node, Promise, Rejected, Relationship


def records(accounts, groups=()):
    return list(Directory(accounts, groups).records())


def persons(said):
    return {
        each.id: each.properties for each in said if type(each) is Node and each.label == "Person"
    }


def ties(said):
    return {(each.type, each.from_id, each.to_id) for each in said if type(each) is Relationship}


def test_two_accounts_of_one_person_are_one_who_is_here_while_one_is_open():
    said = records([
        Account("a", "A", "Jane Doe (Admin)", "J@b.org", "adm-j", "left", manager="c"),
        Account("b", "B", "Jane  Doe", "j@b.org", "j", "active", manager="d"),
        Account("c", "C", "Cy", login="cy"),
        Account("d", "D", "Di", login="di"),
    ])  # fmt: skip

    assert persons(said)["j@b.org"] == {"name": "Jane  Doe", "status": "active", "login": "j"}
    assert ties(said) == {("REPORTS_TO", "j@b.org", "di")}


def test_who_left_keeps_teams_and_manager():
    said = records(
        [
            Account("a", "A", login="a", status="left", manager="b", teams=("Claims",)),
            Account("b", "B", login="b", teams=("Claims", "Risk")),
        ],
        [Group("g", "G", "risk", ("b",))],
    )

    assert ties(said) == {
        ("REPORTS_TO", "a", "b"),
        ("MEMBER_OF", "a", "team:claims"),
        ("MEMBER_OF", "b", "team:claims"),
        ("MEMBER_OF", "b", "team:risk"),
    }
    assert [each.id for each in said if type(each) is Node and each.label == "Team"] == [
        "team:risk",
        "team:claims",
    ]


def test_groups_inside_each_other_and_inside_themselves():
    said = records(
        [Account("a", "A", login="a")],
        [Group("g", "G", "G", ("h", "g", "a")), Group("h", "H", "H", ("g",))],
    )

    assert ties(said) == {
        ("PART_OF", "team:h", "team:g"),
        ("PART_OF", "team:g", "team:h"),
        ("MEMBER_OF", "a", "team:g"),
    }


def test_who_has_no_id_is_told_once_and_counts_nowhere():
    said = records(
        [Account("a", "A", "Ada"), Account("b", "B", login="b", manager="a")],
        [Group("g", "G", "G", ("a", "b"), ("a",))],
    )

    assert [each.file for each in said if type(each) is Rejected] == ["A"]
    assert ties(said) == {("MEMBER_OF", "b", "team:g")}


def test_an_empty_directory_promises_that_there_is_nobody():
    assert records([]) == [Promise("Person")]


ACCOUNTS = st.lists(
    st.builds(
        Account,
        ref=st.sampled_from("abcdef"),
        place=st.just("here"),
        name=st.sampled_from(["Ada", "Bo", ""]),
        email=st.sampled_from(["", "a@b.org", "c@d.org", "none"]),
        login=st.sampled_from(["", "x", "y"]),
        status=st.sampled_from(["", "active", "left"]),
        manager=st.sampled_from(["", "a", "b", "z"]),
    ),
    unique_by=lambda each: each.ref,
)
GROUPS = st.lists(
    st.builds(
        Group,
        ref=st.sampled_from("ghi"),
        place=st.just("there"),
        name=st.sampled_from(["G", "H", "I"]),
        members=st.lists(st.sampled_from("abcghiz"), max_size=4).map(tuple),
        leads=st.lists(st.sampled_from("ab"), max_size=1).map(tuple),
    ),
    unique_by=lambda each: each.ref,
)


@given(ACCOUNTS, GROUPS)
def test_the_order_does_not_matter_and_every_end_is_described(accounts, groups):
    said = records(accounts, groups)

    assert said == records(accounts[::-1], groups[::-1])
    described = {each.id for each in said if type(each) is Node}
    assert {end for _, *ends in ties(said) for end in ends} <= described


@given(st.text(st.sampled_from("aB=,;\\ #'\"+01é\0"), max_size=20))
def test_a_name_that_was_made_comparable_stays_as_it_is(name):
    once = comparable(name)

    assert comparable(once) == once
