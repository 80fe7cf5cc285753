"""The page of a part: what goes in, what is left out, and that the page says so."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from page.told import (
    checked_company,
    column,
    company,
    finding,
    in_groups,
    node,
    nothing_asked,
    question,
    tie,
)

from ownership_graph.errors import UsageError
from ownership_graph.findings.answer import Answer, Checked
from ownership_graph.page import Chosen, LeftOut, write_page
from ownership_graph.page.graph import read_graph
from ownership_graph.page.homes import homes
from ownership_graph.page.network import ExplorerNetwork
from ownership_graph.page.part import part_of
from ownership_graph.records import Rows


def kept(chosen, facts=None, checked=None):
    """The ids in the part."""
    graph = read_graph(company() if facts is None else facts)
    part = part_of(graph, lambda: checked or checked_company(), chosen)
    assert [part.graph.places[each.label, each.id] for each in part.graph.nodes] == list(
        range(len(part.graph.nodes))
    )
    return sorted(each.id for each in part.graph.nodes)


def test_without_a_choice_everything_is_kept():
    graph = read_graph(company())
    part = part_of(graph, nothing_asked, Chosen(hops=3))
    assert (part.graph, part.home_of, part.cut) == (graph, tuple(homes(graph)), {})


def test_each_step_goes_one_farther_in_both_directions():
    alone = ["m3"]
    assert kept(Chosen("letter", hops=0)) == alone
    near = kept(Chosen("letter", hops=1))
    assert near == ["m1", "m3", "t0", "t2"]
    assert kept(Chosen("letter", hops=2)) == sorted([*near, "a1", "a2", "a3", "a4"])


def test_owners_and_all_above_come_along_so_that_nothing_looks_unowned():
    assert kept(Chosen("fraud", hops=0)) == ["m2", "t0", "t2"]
    graph = read_graph(company())
    part = part_of(graph, nothing_asked, Chosen("case a1", hops=0))
    names = [node.id for node in part.graph.nodes]
    assert names == ["t0", "t2", "a1"]
    assert part.home_of[2].team == names.index("t2")
    assert part.cut == {0: 1, 1: 4, 2: 3}


def test_a_circle_of_teams_ends():
    facts = [node("Team", own) for own in "abc"]
    facts += [tie("PART_OF", ("Team", a), ("Team", b)) for a, b in ("ab", "bc", "ca")]
    assert kept(Chosen("id:a", hops=0), facts, nothing_asked()) == ["a", "b", "c"]


def test_what_findings_name_is_kept_with_their_neighbours():
    named = ["g1", "m2", "m3", "p1", "t0", "t1", "t2"]
    assert kept(Chosen(findings_only=True, hops=0)) == named
    around = kept(Chosen(findings_only=True))
    assert set(named) | {"a1", "d1", "m1"} <= set(around)
    assert "p3" not in around
    assert kept(Chosen("kind:gate", findings_only=True, hops=0)) == ["g1", "t0", "t1"]


def test_a_choice_of_nothing_is_refused():
    with pytest.raises(UsageError, match="--only 'team:rsik': nothing among 16 nodes matches"):
        kept(Chosen("team:rsik"))
    with pytest.raises(UsageError, match="nothing that a finding names among"):
        kept(Chosen("triage", findings_only=True))
    with pytest.raises(UsageError, match="no finding names a node"):
        kept(Chosen(findings_only=True), checked=nothing_asked())


def test_the_choice_in_words():
    assert Chosen("a", hops=0).words() == "what the search 'a' finds"
    assert Chosen(findings_only=True).words() == (
        "what a finding names, and what is within 1 step of it"
    )
    assert Chosen("a", findings_only=True, hops=2).words() == (
        "what the search 'a' finds among what a finding names, and what is within 2 steps of it"
    )


def listed():
    """The company's check with a listing of three models and a row that names nothing."""
    checked = checked_company()
    columns = (column("model", "Model"), column("count", type_="int"))
    rows = Rows(("model", "count"), [("m1", 1), ("m2", 2), ("gone", 3), (None, 4)])
    listing = Answer(question("LST-01", severity=None, columns=columns), "assessed", rows=rows)
    return in_groups(replace(checked, answers=(*checked.answers, listing)))


def data_of(chosen):
    """The network, and the data that its page holds."""
    network = ExplorerNetwork(company(), listed(), chosen=chosen)
    text = network.generate_html().partition('id="data">')[2].partition("</script>")[0]
    return network, json.loads(text)


def test_findings_and_rows_about_what_is_left_out_are_counted_alone():
    network, data = data_of(Chosen("fraud", hops=0))
    assert network.left_out == LeftOut(13, 21, 2)
    assert data["part"] == {
        "words": "what the search 'fraud' finds", "nodes": 13, "relationships": 21, "findings": 2,
    }  # fmt: skip
    by_code = {each["code"]: each for each in data["questions"]}
    assert [each["identity"] for each in by_code["OWN-01"]["findings"]] == ["OWN-01|m2"]
    assert (by_code["OWN-01"]["left"], by_code["CEN-03"]["left"]) == (1, 1)
    assert by_code["CEN-03"]["findings"] == []
    place = network.graph.places["Model", "m2"]
    assert by_code["LST-01"]["rows"] == [[place, 2], [None, 4]]
    assert by_code["LST-01"]["rowCount"] == 4
    (group,) = data["groups"]
    assert (group["findings"], group["left"], group["count"]) == (["OWN-01|m2"], 1, 2)


def test_a_finding_about_the_whole_or_about_no_node_stays():
    asked = question("CAP-01")
    about = (finding("CAP-01"), finding("CAP-01", ("Model", "gone")))
    checked = in_groups(Checked("x", 0, (Answer(asked, "assessed", findings=about),)))
    network = ExplorerNetwork(company(), checked, chosen=Chosen("fraud"))
    assert network.left_out.findings == 0


def test_the_whole_leaves_nothing_out():
    network, data = data_of(None)
    assert (network.left_out, data["part"]) == (LeftOut(), None)
    assert {each["left"] for each in data["questions"]} == {0}


def test_whom_a_finding_names_beside_what_is_kept_is_counted_too(tmp_path):
    path = tmp_path / "page.html"
    given = {"title": "x", "generated": "now", "chosen": Chosen("kind:gate", hops=0)}
    checked = replace(checked_company(), names={("Person", "p1"): "Ada Lind"})
    assert write_page(path, company(), checked, **given).persons == 1
    hidden = write_page(path, company(), checked, people="pseudonyms", **given)
    assert (hidden.persons, "Ada" in path.read_text(encoding="utf-8")) == (1, False)


def test_who_is_left_out_is_hidden_in_texts_too():
    facts = [*company(), node("Model", "m9", "Scoring by Ben Okoye")]
    chosen = Chosen("kind:model scoring", hops=0)
    network = ExplorerNetwork(facts, nothing_asked(), people="roles", chosen=chosen)
    assert [each.name for each in network.graph.nodes] == ["Scoring by member of Model Risk"]


@pytest.mark.browser
def test_the_page_says_what_it_leaves_out(open_page):
    page = open_page(company(), listed(), chosen=Chosen("fraud", hops=0))
    assert page.locator("#holds").inner_text().startswith("part of the graph · 3 nodes · 2 rel")
    assert page.locator("#findings-sum").inner_text().startswith("1 of 3 findings from 2 of 8")
    assert page.locator("#findings-part").inner_text() == (
        "A part of the graph: what the search 'fraud' finds. Left out: 13 nodes,"
        " 21 relationships, 2 findings about them. Counts of findings are those of the whole."
    )
    assert page.locator("#map-count").inner_text().startswith("Showing 3 of 3 nodes in this page.")
    page.click("[data-cause='OWN-01']")
    left = "1 more finding about what this page leaves out."
    assert left in page.locator(".entry-body").inner_text()
    page.click("#by-question")
    assert page.locator("[data-question='OWN-01'] .count").inner_text() == "2 of 3"
    page.click("[data-question='OWN-01']")
    assert left in page.locator(".entry-body").inner_text()
    page.click("text=Found only in what is left out (1)")
    page.click("[data-question='CEN-03']")
    assert left in page.locator(".entry-body").inner_text()
    page.click("text=Listings (2)")
    page.click("[data-question='LST-01']")
    assert "4 ROWS, 2 IN THIS PAGE" in page.locator(".entry-body").inner_text()
    page.fill("#search", "fraud")
    page.keyboard.press("Enter")
    assert "1 more relationship with what this page leaves out." in (
        page.locator("#details").inner_text()
    )


@pytest.mark.browser
def test_charts_say_that_they_are_of_a_part(open_page):
    page = open_page(company(), listed(), "#view=charts", chosen=Chosen("legal", hops=1))
    assert page.locator("#charts .part-note").count() == 0
    facts = [
        node("Gate", "g", "Legal"), node("Model", "m"), node("Person", "p"),
        node("Approval", "a", status="approved"), tie("AT", ("Approval", "a"), ("Gate", "g")),
        tie("CONCERNS", ("Approval", "a"), ("Model", "m")),
        tie("DECIDED_BY", ("Approval", "a"), ("Person", "p")),
    ]  # fmt: skip
    whole = open_page(facts, nothing_asked(), "#view=charts")
    assert whole.locator("#charts .part-note").count() == 0
    part = open_page(facts, nothing_asked(), "#view=charts", chosen=Chosen("kind:approval"))
    assert "a part of all" in part.locator("#charts .part-note").inner_text()
