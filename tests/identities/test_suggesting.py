"""Likely doubles: what is suggested and why, what is not, and how many are compared."""

import random
from dataclasses import replace

import pytest

from ownership_graph.identities import suggesting
from ownership_graph.identities.suggesting import Someone, suggest
from ownership_graph.importing.statements import statement_hash

SAME_ID = "the same id but for case, blanks and @"
SAME_LOGIN = "the same login in two systems"
STATED = "the login that a source states is the other's name"
MAILBOX = "the login is the mailbox of the address"
SAME_MAILBOX = "the same mailbox at two domains"
SIGNS = " but for signs and accents"
NEARLY_LOGIN = "the same login but for signs and accents"
LOGIN_IS_NAME = "the login is the name"
NEARLY = "nearly the same name"
ADDRESS = "the address that a source states is the other's name"


def pairs(*persons):
    return [(each.alias, each.id, each.reason) for each in suggest(persons)]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (Someone("octo", "octo", 9), Someone("@Octo", "@Octo"), SAME_ID),
        (Someone("hr:octocat", "A", 9), Someone("gh:octocat", "B"), SAME_LOGIN),
        (Someone("octocat", "A", 9), Someone("gh:OctoCat", "B"), SAME_LOGIN),
        (Someone("1014", "A", 9, "octocat"), Someone("o@corp", "B", 1, "OctoCat"), SAME_LOGIN),
        (Someone("gh:octo-cat", "A", 9), Someone("octocat", "B"), NEARLY_LOGIN),
        (Someone("gh:octo", "A", 9), Someone("Octo@corp", "B"), MAILBOX),
        (Someone("octocat", "A", 9), Someone("octo.cat@corp", "B"), MAILBOX + SIGNS),
        (Someone("octo@corp", "A", 9), Someone("octo@home", "B"), SAME_MAILBOX),
        (Someone("octo@corp", "A", 9), Someone("óc.to@home", "B"), SAME_MAILBOX + SIGNS),
        (Someone("tom.becker@x.org", "A", 9, "TBecker"), Someone("gh:tbecker", "B"), STATED),
        (Someone("gh:tbecker", "B", 9), Someone("tom.becker@x.org", "A", 1, "@tbecker"), STATED),
        (Someone("1014", "A", 9, "tom@x.org"), Someone("tom@x.org", "B"), STATED),
        (Someone("octo@x.org", "A", 9), Someone("gh:x7", "B", email="Octo@x.org"), ADDRESS),
        (Someone("gh:x7", "B", 9, email="octo@x.org"), Someone("octo@x.org", "A"), ADDRESS),
        (
            Someone("gh:x7", "B", 9, email="octo@x.org"),
            Someone("1014", "A", email="OCTO@x.org"),
            "the same address",
        ),
        (Someone("p1", "Octo Cat", 9), Someone("p2", "Cat, Octo"), "the same name"),
        (Someone("p1", "Ócto Cat (ext)", 9), Someone("p2", "octo cat"), "the same name"),
        (Someone("p1", "Octo Cat", 9), Someone("gh:octocat", "gh:octocat"), LOGIN_IS_NAME),
        (Someone("gh:octocat", "gh:octocat", 9), Someone("p1", "Octo Cat"), LOGIN_IS_NAME),
        (Someone("p1", "Katherine Smith", 9), Someone("p2", "Katharine Smith"), NEARLY),
    ],
)  # fmt: skip
def test_two_who_are_likely_one_are_suggested_with_the_reason(one, other, reason):
    assert pairs(one, other) == pairs(other, one)
    assert pairs(one, other) == [(other.id.removeprefix("@"), one.id, reason)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Someone("p1", "Ann"), Someone("p2", "Ann")),
        (Someone("p1", "Ann Lee"), Someone("p2", "Ann Moore")),
        (Someone("al", "A"), Someone("gh:al", "B")),
        (Someone("p1", "Ann Lee"), Someone("gh:lee", "gh:lee")),
        (Someone("p1", "Ann"), Someone("p2", "Ann Lee")),
        (Someone("p1", "A", 1, "al"), Someone("gh:al", "B")),
        (Someone("p1", "A", 1, "al"), Someone("p2", "B", 1, "al")),
        (Someone("p1", "A"), Someone("@", "B")),
        (Someone("p1", "A", 1, "t.becker"), Someone("gh:tbecker", "B")),
    ],
)
def test_a_first_name_or_a_short_login_is_no_sign(one, other):
    assert pairs(one, other) == []


def test_the_likeliest_come_first():
    persons = [
        Someone("p1", "Octo Cat", 5), Someone("p2", "Cat Octo"),
        Someone("hr:bob", "B", 5), Someone("gh:bob", "C"),
    ]  # fmt: skip

    assert [each.score for each in suggest(persons)] == [95.0, 90.0]


def test_an_alias_has_one_id_and_that_is_no_alias():
    persons = [
        Someone("Claire Dubois", "Claire D", 1), Someone("claire.dubois@x", "Claire Dubois", 9),
        Someone("1014", "Claire Dubois", 2), Someone("gh:clairedubois", "gh:clairedubois", 1),
    ]  # fmt: skip

    assert {(each.alias, each.id) for each in suggest(persons)} == {
        ("Claire Dubois", "claire.dubois@x"),
        ("1014", "claire.dubois@x"),
        ("gh:clairedubois", "claire.dubois@x"),
    }


def test_two_whom_one_source_tells_apart_are_two():
    one = Someone("anna@x", "Anna Lindqvist", 9, "anna", ("hr", "scim"))
    other = Someone("anna2@x", "Anna Lindqvist", 5, "anna", ("scim",))
    third = Someone("a7", "Anna Lindqvist", 1, "", ("jira",))

    assert pairs(one, other) == []
    assert pairs(one, third) == [("a7", "anna@x", "the same name")]
    assert pairs(one, other, third) == []
    assert pairs(one, replace(one, id="@Anna@x", facts=1)) == [("Anna@x", "anna@x", SAME_ID)]


def test_what_a_source_only_mentions_it_does_not_describe():
    row = {"id": "gh:octo", "name": None, "facts": 2, "login": None, "email": None}
    hashes = [statement_hash({}), statement_hash({"name": "Octo"})]

    assert Someone.of({**row, "sources": ["code", "hr"], "hashes": hashes}) == Someone(
        "gh:octo", "gh:octo", 2, "", ("hr",)
    )
    assert Someone.of({**row, "sources": None, "hashes": None}).described_by == ()


def test_a_word_that_many_share_makes_no_block():
    persons = [Someone(f"p{number}", f"Ann Name{number:03}") for number in range(200)]

    assert suggest(persons) == []


def test_of_many_persons_each_is_compared_with_few():
    random.seed(1)
    first = [f"first{number}" for number in range(500)]
    last = [f"last{number}" for number in range(5_000)]
    persons = [
        Someone(f"p{number}", f"{random.choice(first)} {random.choice(last)}")
        for number in range(20_000)
    ]

    compared = list(suggesting._pairs(persons))  # noqa: SLF001 -- seconds would say nothing

    assert len(compared) < 30 * len(persons)
