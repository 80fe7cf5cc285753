"""The page of two graphs: what is new, gone and changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page.looking import places_of, visit
from page.test_hostile import EVIL, evil_checked, evil_facts
from page.told import checked_company, company, finding, in_groups, node, nothing_asked, tie

from ownership_graph.findings.answer import Checked
from ownership_graph.page import Chosen, Other
from ownership_graph.page.comparing import Comparison
from ownership_graph.page.graph import read_graph
from ownership_graph.page.network import ExplorerNetwork
from ownership_graph.records import Fact, node_key

EVA = node("Person", "p8", "Eva Gone", kind="human")


def earlier():
    """The company with a person who is gone, another stage of m2, and t1 as owner of m3."""
    facts = [each for each in company() if each.key != node_key("Model", "m1")]
    changed = {
        node_key("Model", "m2"): node("Model", "m2", "Fraud score", stage="pilot", risk_tier=3)
    }
    facts = [changed.get(each.key, each) for each in facts]
    member, owned = ("Person", "p8"), ("Team", "t1")
    return [
        *facts,
        node("Model", "m1", "Claims triage", stage="pilot", stage_day=20_000, classified_by="p2"),
        EVA,
        tie("MEMBER_OF", member, ("Team", "t2"), role="member"),
        tie("OWNS", owned, ("Model", "m3"), role="accountable"),
    ]


def later():
    """The company with a new model, and m2 owned since another day."""
    owns = tie("OWNS", ("Team", "t2"), ("Model", "m2"), role="accountable", since_day=20_500)
    facts = [each for each in company() if each.key != owns.key]
    return [*facts, owns, node("Model", "m4", "New one")]


def checked_earlier():
    """Then g1 was fine, a finding of OWN-01 was about t1, and RSK-01 could be assessed."""
    answers = {each.question.code: each for each in checked_company().answers}
    own = answers["OWN-01"]
    found = (own.findings[1], finding("OWN-01", ("Person", "p8"), rank=2))
    answers["OWN-01"] = replace(own, findings=found)
    answers["CEN-03"] = replace(answers["CEN-03"], findings=())
    answers["RSK-01"] = replace(answers["RSK-01"], state="assessed", missing=())
    return in_groups(Checked("then", 20_700, tuple(answers.values())))


def other(**more):
    given = {"facts": earlier(), "checked": checked_earlier(), "words": "since 2026-11-01"}
    return Other(**(given | more))


def differing(present=None, **more):
    facts = later() if present is None else present
    return ExplorerNetwork(facts, checked_company(), other=other(**more)).differing


def test_what_is_new_changed_and_gone_is_counted():
    found = differing()
    assert found.nodes == {"new": 1, "changed": 1, "gone": 1}
    assert found.relationships == {"new": 0, "changed": 1, "gone": 2}
    assert found.findings == {"new": 2, "gone": 1}
    assert found.unknown == ("LAT-02", "RSK-01")


def test_a_graph_beside_itself_differs_in_nothing():
    found = differing(facts=later(), checked=checked_company())
    assert set((found.nodes | found.relationships | found.findings).values()) == {0}


def test_new_one_way_is_gone_the_other_way():
    there = differing()
    back = ExplorerNetwork(
        earlier(), checked_earlier(), other=Other("", later(), checked_company())
    ).differing
    for one, two in ((there.nodes, back.nodes), (there.relationships, back.relationships)):
        assert (one["new"], one["changed"], one["gone"]) == (
            two["gone"], two["changed"], two["new"],
        )  # fmt: skip
    assert (there.findings["new"], there.findings["gone"]) == (
        back.findings["gone"], back.findings["new"],
    )  # fmt: skip


def test_what_is_gone_comes_last_and_what_is_there_keeps_its_number_and_its_home():
    present = read_graph(later())
    comparison = Comparison(present, read_graph(earlier()))
    both = comparison.graph
    assert both.nodes[: both.node_count] == present.nodes
    assert [each.id for each in both.nodes[both.node_count :]] == ["p8"]
    assert both.relationships[: both.relationship_count] == present.relationships
    names = [
        None if home.team is None else both.nodes[home.team].id for home in comparison.home_of
    ]
    assert names[both.places["Person", "p8"]] == "t2"
    assert names[both.places["Model", "m3"]] is None


def test_who_states_a_fact_is_no_change_and_what_nobody_describes_any_more_is_one():
    told = [node("Model", "m1", "Triage"), node("Team", "t1")]
    other_source = [
        node("Model", "m1", "Triage", sources=("x",)),
        Fact(told[1].key, described=False),
    ]
    comparison = Comparison(read_graph(other_source), read_graph(told))
    model, team = (comparison.graph.nodes[comparison.graph.places[at]]
                   for at in (("Model", "m1"), ("Team", "t1")))  # fmt: skip
    assert (comparison.node(model), comparison.node(team)) == ("same", "changed")
    assert list(comparison.node_differences(team)) == [("described", True, False)]


def test_a_part_holds_what_differs_in_it_alone():
    network = ExplorerNetwork(
        later(), checked_company(), other=other(), chosen=Chosen("kind:person", hops=0)
    )
    assert network.differing.nodes == {"new": 0, "changed": 0, "gone": 1}
    assert network.differing.findings == {"new": 0, "gone": 1}
    assert network.left_out.nodes == 10
    assert network.left_out.relationships == len(read_graph(later()).relationships) - 6


@pytest.mark.parametrize("people", ["roles", "pseudonyms"])
def test_nobody_who_is_gone_or_was_renamed_is_named(people):
    then = [*earlier(), node("Model", "m9", "Once asked for by Ada Former")]
    then = [each for each in then if each.key != node_key("Person", "p1")]
    then.append(node("Person", "p1", "Ada Former", kind="human"))
    network = ExplorerNetwork(later(), checked_company(), people=people, other=other(facts=then))
    text = network.generate_html()
    assert "Eva Gone" not in text
    assert "Ada Former" not in text


def test_whom_only_a_finding_that_is_gone_names_is_counted():
    then = checked_earlier()
    own = next(each for each in then.answers if each.question.code == "OWN-01")
    pair = replace(own, findings=(finding("OWN-01", ("Model", "m3"), ("Person", "p1")),))
    names = {("Person", "p1"): "Ada Lind"}
    alone, both = (
        ExplorerNetwork(
            later(),
            checked_company(),
            chosen=Chosen("letter", hops=0),
            other=other(checked=in_groups(Checked("then", 20_700, (answer,), names=names))),
        ).persons
        for answer in (own, pair)
    )
    assert (alone, both) == (0, 1)


def test_no_secret_of_the_other_stores_address_gets_in():
    words = "beside neo4j://neo4j:hunter2@graph.example"
    network = ExplorerNetwork(later(), checked_company(), other=other(words=words))
    assert "hunter2" not in network.generate_html()
    assert network.differing.words == "beside neo4j://graph.example"


@pytest.fixture
def page(open_page):
    return open_page(later(), checked_company(), other=other())


def lines(page, heading):
    """What the changes tell below a heading that begins so."""
    list_ = page.locator(f"#changes h2:text('{heading}') + ul")
    return [" ".join(each.split()) for each in list_.locator("li").all_inner_texts()]


@pytest.mark.browser
def test_a_page_that_compares_begins_with_one_picture_of_what_changed(page):
    assert page.evaluate("location.hash") == "#colour=change"
    assert page.locator("#map-what").inner_text() == (
        "What changed since 2026-11-01\n"
        "Nodes: 1 new, 1 changed, 1 gone; relationships: 1 changed, 2 gone"
    )
    assert page.locator("#map-count").inner_text() == (
        "Showing 17 of 17 nodes and 1 that is gone. Lines: 3 of 3 relationships that changed."
    )
    told = page.locator("#legend-classes li").all_inner_texts()
    assert [each.split("\n") for each in told] == [
        ["+ new", "1"], ["~ changed", "1"], ["\N{MINUS SIGN} gone", "1"], ["as before", "15"],
    ]  # fmt: skip
    assert all(places_of(page, "009E73", "E69F00", "D55E00"))
    with page.expect_download() as saved:
        page.click("#map-svg")
    svg = saved.value.path().read_text(encoding="utf-8")
    assert ('stroke-dasharray="5 5"' in svg, ">+<" in svg, ">~<" in svg) == (True, True, True)


@pytest.mark.browser
def test_what_changed_is_listed_with_links(page):
    page.click("#view-changes")
    assert lines(page, "Findings: 2 new, 1 gone") == [
        "+ new high Models nobody owns Letter draft",
        "+ new medium Gates with too few deciders Legal review",
        "\N{MINUS SIGN} gone medium Models nobody owns Eva Gone",
    ]
    assert "Of LAT-02, RSK-01 nobody can say" in page.locator("#changes").inner_text()
    assert lines(page, "Nodes") == [
        "+ new New one Model",
        "\N{MINUS SIGN} gone Eva Gone Person",
        "~ changed Fraud score Model stage: pilot \N{RIGHTWARDS ARROW} production",
    ]
    since = "since day: nothing \N{RIGHTWARDS ARROW} 2026-02-16"
    assert lines(page, "Relationships") == [
        "\N{MINUS SIGN} gone Eva Gone is in (member) Claims",
        "\N{MINUS SIGN} gone Model Risk owns (accountable) Letter draft",
        f"~ changed Claims owns (accountable) Fraud score {since}",
    ]  # fmt: skip
    page.locator("#changes button", has_text="Models nobody owns").first.click()
    assert "finding=OWN-01%7Cm3" in page.evaluate("location.hash")


@pytest.mark.browser
def test_what_changed_is_seen_from_far(page):
    page.focus("#map-canvas")
    for _ in range(9):
        page.keyboard.press("-")
    assert all(places_of(page, "009E73", "E69F00", "D55E00"))


@pytest.mark.browser
def test_what_is_gone_can_be_looked_at_and_is_on_no_other_list(page):
    page.click("#view-table")
    assert page.locator("#table-body tr").count() == 18
    became = page.locator("#table-body .became").all_inner_texts()
    assert sorted(became) == ["+ new", "~ changed", "\N{MINUS SIGN} gone"]
    page.click("#table-body button:has-text('Eva Gone')")
    details = page.locator("#details").inner_text()
    assert "\N{MINUS SIGN} gone since 2026-11-01" in details
    page.click("#details .hops button >> nth=0")
    assert page.locator("#table-body tr").count() == 2
    visit(page, "#node=Model:m2&colour=change")
    assert "stage: pilot \N{RIGHTWARDS ARROW} production" in page.locator("#details").inner_text()
    visit(page, "#view=table")
    assert page.locator("#table-body tr").count() == 17
    assert page.locator("#table-body .became").count() == 0
    visit(page, "#finding=OWN-01|m3")
    assert "new since 2026-11-01" in page.locator("[aria-current='true']").inner_text()
    page.fill("#search", "eva gone")
    assert page.locator("#search-count").inner_text().startswith("Nothing found.")


@pytest.mark.browser
def test_where_the_map_shows_what_changed_no_pin_says_where_to_begin(open_page):
    page = open_page(later(), in_groups(checked_company()), other=other())
    pin = "17263a"
    assert places_of(page, pin) == [None]
    page.select_option("#legend-colour", "kind")
    page.wait_for_timeout(100)
    assert places_of(page, pin) != [None]


@pytest.mark.browser
def test_of_a_large_graph_only_what_differs_is_drawn(open_page):
    many = [node("Model", f"x{number}") for number in range(2100)]
    page = open_page([*later(), *many], nothing_asked(), other=other(facts=[*earlier(), *many]))
    assert (
        page.locator("#map-count")
        .inner_text()
        .startswith("Showing 5 of 2,117 nodes and 1 that is gone.")
    )
    page = open_page(later(), nothing_asked(), other=other(facts=[*earlier(), *many]))
    assert (
        page.locator("#map-count")
        .inner_text()
        .startswith(
            "Showing 5 of 17 nodes and 2,101 that are gone, gathered by team."
            " The 3 relationships that changed stand under Changes."
        )
    )


@pytest.mark.browser
def test_a_page_that_compares_with_nothing_has_no_changes(open_page):
    page = open_page(later(), checked_company(), "#view=changes&colour=change")
    assert page.locator("#view-changes").count() == 0
    assert "made without --compare" in page.locator("#changes").inner_text()
    assert "what changed" not in page.locator("#legend-colour").inner_text()


@pytest.mark.browser
def test_whatever_another_graph_says_is_shown_as_text(open_page):
    then = [*evil_facts(), *(node("Dataset", text, text, goal=text) for text in EVIL)]
    now = [node(*at, "x", **{text: 1}) for text in EVIL for at in (("Model", text),)]
    evil = Other(EVIL[0], then, evil_checked())
    page = open_page(now, nothing_asked(), "#view=changes&colour=change", other=evil)
    assert page.locator("img, svg[onload], iframe, object, embed, link, base").count() == 0
    assert EVIL[0] in page.locator("#changes").inner_text()
    assert "corp.example" not in page.content()
    page.click("#view-map")
    page.click("#view-table")


def test_an_approval_called_by_a_model_is_the_same_where_that_model_is_renamed():
    asked = [
        Fact(node_key("Approval", "a"), {}),
        tie("CONCERNS", ("Approval", "a"), ("Model", "m")),
    ]
    before, after = (
        read_graph([node("Model", "m", name), *asked]) for name in ("Triage", "Claims triage")
    )
    became = Comparison(after, before)
    approval, model = (after.places[at] for at in (("Approval", "a"), ("Model", "m")))
    assert became.node(after.nodes[approval]) == "same"
    assert became.node(after.nodes[model]) == "changed"
