"""What of persons gets into a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page.told import company, node, tie

from ownership_graph.page.cleaning import LONGEST_TEXT, clean
from ownership_graph.page.graph import Statement, read_graph
from ownership_graph.page.privacy import privacy_for


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("octo.cat@corp.example", "octo.cat@…"),
        ("octo.cat@corp", "octo.cat@…"),
        ("ask <octo+cat@corp.example.>", "ask <octo+cat@….>"),
        ("mailto:octo@corp.example?subject=x", "mailto:octo@…?subject=x"),
        ("octo%40corp.example", "octo@…"),
        ("octo\N{FULLWIDTH COMMERCIAL AT}corp.example", "octo@…"),
        ("jürgen@bücher.example", "jürgen@…"),
        ("a@xn--bcher-kva.xn--p1ai", "a@…"),
        ("a@192.168.0.1", "a@…"),
        ("a@b.example, c@d.example", "a@…, c@…"),
        ("neo4j://neo4j:s3cret@graph.example:7687", "neo4j://graph.example:7687"),
        ("https://token@git.example/x", "https://git.example/x"),
        ("llama@3.1", "llama@3.1"),
        ("model@v2", "model@v2"),
        ("image@sha256", "image@sha256"),
        ("@octocat", "@octocat"),
        ("Sam (@sam)", "Sam (@sam)"),
        ("at 3 @ noon", "at 3 @ noon"),
        ("", ""),
    ],
)
def test_no_email_address_is_left(text, shown):
    assert clean(text) == shown


@given(st.from_regex(r"[a-z0-9.]{1,80}@[a-z]{1,20}(\.[a-z]{1,10}){0,3}", fullmatch=True))
def test_no_domain_of_an_address_is_left_in_whatever_surrounds_it(address):
    _, _, domain = address.partition("@")
    for text in (address, f"x {address} y", f"({address})", f"{address},", f"é{address}"):
        assert f"@{domain}" not in clean(text)


def test_what_turns_or_breaks_text_is_shown_as_unshowable():
    assert clean("a\u202egpj.exe\x00\x1b[31m\u2066") == "a\ufffdgpj.exe\ufffd\ufffd[31m\ufffd"
    assert clean("two\nlines\tand tabs") == "two\nlines\tand tabs"
    assert clean("half of a \ud800 pair") == "half of a ? pair"


def test_a_text_without_end_is_cut_and_says_so():
    shown = clean("x" * 10_000)
    assert shown.startswith("x" * LONGEST_TEXT)
    assert shown.endswith("… (10,000 characters, cut here)")
    assert len(clean("a" * 10_000_000)) < LONGEST_TEXT + 50


def shown(facts, people):
    """The graph and the privacy that shows it."""
    graph = read_graph(facts)
    privacy = privacy_for(graph, people)
    return privacy, privacy.shown(graph)


def test_named_persons_keep_names_and_ids():
    _, graph = shown(company(), "named")
    assert [(each.id, each.name) for each in graph.nodes[:2]] == [
        ("p1", "Ada Lind"),
        ("p2", "Ben Okoye"),
    ]


def test_pseudonyms_are_stable_distinct_and_tell_nothing():
    _, graph = shown(company(), "pseudonyms")
    aliases = [(each.id, each.name) for each in graph.nodes[:4]]
    assert all(own_id == name and name.startswith("person-") for own_id, name in aliases)
    assert len(set(aliases)) == 4
    _, alone = shown([node("Person", "p1", "Someone else")], "pseudonyms")
    assert alone.nodes[0].name == aliases[0][0]


def test_pseudonyms_of_many_persons_are_as_long_as_it_takes():
    _, graph = shown([node("Person", f"p{number}") for number in range(2000)], "pseudonyms")
    assert len({each.name for each in graph.nodes}) == 2000
    assert {len(each.name) for each in graph.nodes} > {len("person-1f3a")}


def test_roles_say_what_a_person_is_and_number_those_who_are_the_same():
    facts = [*company(), node("Person", "p5", "Eve Abel")]
    _, graph = shown(facts, "roles")
    assert [each.name for each in graph.nodes[:5]] == [
        "lead of Model Risk",
        "member of Model Risk",
        "member of Claims 1",
        "member of Claims 2",
        "person without a team",
    ]
    assert all(each.id.startswith("person-") for each in graph.nodes[:5])


def test_a_team_called_after_a_person_does_not_bring_the_name_back():
    facts = [
        node("Team", "t1", "Ada Lind's office"),
        node("Person", "ada.lind", "Ada Lind"),
        tie("MEMBER_OF", ("Person", "ada.lind"), ("Team", "t1"), role="lead"),
    ]
    for people in ("roles", "pseudonyms"):
        _, graph = shown(facts, people)
        assert "Ada" not in str(graph.nodes)


@pytest.mark.parametrize("people", ["roles", "pseudonyms"])
def test_no_name_or_id_of_a_person_is_left_anywhere(people):
    facts = [
        node(
            "Person", "gh:octocat", "Octo Cat", status="active", email="octo@corp.example",
            login="octocat77", sources=("a", "b"), disputed=("name", "status"),
            claims={
                "a": {"name": "Octo Cat", "status": "active"},
                "b": {"name": "O. Cat", "status": "left"},
            },
        ),
        node("Person", "p7", "Will"),
        node("Model", "m1", "The model of Octo Cat", classified_by="gh:octocat",
             goal="ask octo  CAT or gh:octocat; p7 will know", owner="p7", asked="Will"),
        tie("JUDGED_BY", ("Model", "m1"), ("Criterion", "c1"), agreed_by=["gh:octocat", "p7"]),
    ]  # fmt: skip
    _, graph = shown(facts, people)
    text = str((graph.nodes, graph.relationships)).casefold()
    for secret in ("octo", "cat'", "gh:", "octocat77", "'will'", "'p7'"):
        assert secret not in text
    assert "p7 will know" in text, "a short id inside a text may be anything"
    person = graph.nodes[0].said
    assert person.properties == {"status": "active"}
    assert (person.disputed, dict(person.claims)) == (
        ("status",),
        {"a": {"status": "active"}, "b": {"status": "left"}},
    )


def test_two_ids_that_become_one_are_told_apart():
    facts = [node("Person", "octo@a.example"), node("Person", "octo@b.example")]
    _, graph = shown(facts, "named")
    assert [each.id for each in graph.nodes] == ["octo@…", "octo@…~2"]


def test_values_become_what_a_browser_can_hold():
    privacy, _ = shown([], "named")
    values = [
        None,
        True,
        3,
        2**60,
        0.5,
        float("nan"),
        float("inf"),
        "x",
        ["a@b.example", 1],
        ("y",),
        {"z": 1},
    ]
    assert [privacy.value(value) for value in values] == [
        None, True, 3, str(2**60), 0.5, "nan", "inf", "x", ["a@…", "1"], ["y"], "{'z': 1}",
    ]  # fmt: skip


def test_names_and_sources_of_properties_are_cleaned_too():
    privacy, _ = shown([], "named")
    said = Statement(
        {"a@b.example": "x"}, ("import:c@d.example",), {"c@d.example": {"q": 1}}, ("q",)
    )
    assert privacy.statement(said) == Statement(
        {"a@…": "x"}, ("import:c@…",), {"c@…": {"q": 1}}, ("q",)
    )


def test_a_name_across_the_cut_is_still_found():
    privacy, _ = shown([node("Person", "ada.lind", "Ada Lind")], "pseudonyms")
    text = privacy.text("x" * (LONGEST_TEXT - 5) + " Ada Lind")
    assert "Ada" not in text
    assert privacy.text("Ada Lind", 3).startswith("person-")
