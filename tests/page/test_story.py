"""What runs did to the nodes of a page."""

from __future__ import annotations

import json

import pytest
from days_of_imports import Days, model, owns, person, team
from page.test_hostile import EVIL
from page.told import nothing_asked

from ownership_graph.page import recorded
from ownership_graph.page.data import embedded
from ownership_graph.page.graph import read_graph
from ownership_graph.page.network import ExplorerNetwork
from ownership_graph.page.part import Chosen, part_of
from ownership_graph.page.privacy import privacy_for
from ownership_graph.page.story import LONGEST_VALUE, MOST_RUNS, Recorded, Story


def story_of(store, people="named"):
    """What is told of each node, by its id."""
    graph = read_graph(store.facts())
    data = Story(graph, privacy_for(graph, people), recorded(store)).data()
    json.loads(embedded(data))
    days = [run["day"][-2:] for run in data["runs"]]
    return {
        node.id: (
            days[data["added"][place]] if data["added"][place] >= 0 else None,
            [(days[step[0]], *step[1:]) for step in data["steps"].get(str(place), ())],
        )
        for place, node in enumerate(graph.nodes)
    }


def test_a_node_that_came_with_its_relationships_says_only_when(embedded_store):
    days = Days(embedded_store)
    days.bring(team("t1"), model("m1"), owns("t1", "m1"))
    assert story_of(embedded_store) == {"t1": ("01", []), "m1": ("01", [])}


def test_what_was_altered_is_told_newest_first_with_its_values(embedded_store):
    days = Days(embedded_store)
    days.bring(team("t1"), team("t2"), model("m1", stage="idea"), owns("t1", "m1"))
    days.bring(team("t1"), team("t2"), model("m1", stage="pilot"), owns("t2", "m1"))
    days.bring(team("t1"), team("t2"), model("m1", stage="pilot", goal="g" * 99), owns("t2", "m1"))
    cut = f"{'g' * LONGEST_VALUE}… (99 characters, cut here)"
    assert story_of(embedded_store) == {
        "t1": ("01", [("02", "", [], 0, 0, 1, 0)]),
        "t2": ("01", [("02", "", [], 1, 0, 0, 0)]),
        "m1": (
            "01",
            [
                ("03", "changed", [["goal", None, cut]], 0, 0, 0, 0),
                ("02", "changed", [["stage", "idea", "pilot"]], 1, 0, 1, 0),
            ],
        ),
    }


def test_what_went_and_came_again_is_told_and_a_changed_relationship_at_both_ends(embedded_store):
    days = Days(embedded_store)
    days.bring(team("t1"), model("m1"), owns("t1", "m1", role="accountable"))
    days.bring(team("t1"))
    days.bring(team("t1"), model("m1"), owns("t1", "m1", role="accountable"))
    days.bring(team("t1"), model("m1"), owns("t1", "m1", role="accountable", since_day=20_000))
    assert story_of(embedded_store) == {
        "t1": (
            "01",
            [
                ("04", "", [], 0, 1, 0, 0),
                ("03", "", [], 1, 0, 0, 0),
                ("02", "", [], 0, 0, 1, 0),
            ],
        ),
        "m1": (
            "01",
            [
                ("04", "", [], 0, 1, 0, 0),
                ("03", "new", [], 1, 0, 0, 0),
                ("02", "gone", [], 0, 0, 1, 0),
            ],
        ),
    }


def test_where_persons_are_not_named_no_value_gets_in(embedded_store):
    days = Days(embedded_store)
    days.bring(person("p1", name="Ada Lind", kind="human"), model("m1", goal="asked by Zed Old"))
    days.bring(person("p1", name="Ada Marsh", kind="service"), model("m1", goal="asked by nobody"))
    told = story_of(embedded_store, "pseudonyms")
    assert [step[2] for _, steps in told.values() for step in steps] == [[["kind"]], [["goal"]]]
    assert "Zed Old" not in json.dumps(told)
    assert "Ada Lind" in json.dumps(story_of(embedded_store))


def test_of_many_runs_the_newest_are_told_and_the_others_counted(embedded_store):
    days = Days(embedded_store)
    for tier in range(MOST_RUNS + 4):
        days.bring(model("m1", goal=f"{tier}"))
    graph = read_graph(embedded_store.facts())
    data = Story(graph, privacy_for(graph, "named"), recorded(embedded_store)).data()
    assert (len(data["steps"]["0"]), data["left"]) == (MOST_RUNS, {"0": 3})
    assert data["steps"]["0"][0][2] == [["goal", "22", "23"]]


def test_a_stub_a_forgotten_run_and_what_the_page_leaves_out_are_no_trouble(embedded_store):
    days = Days(embedded_store)
    days.bring(owns("t1", "m1"), team("t3"))
    days.bring(owns("t1", "m1"), team("t3", function="risk"), owns("t3", "m9"))
    facts = list(embedded_store.facts())
    told = recorded(embedded_store)
    graph = read_graph(facts)
    privacy = privacy_for(graph, "named")
    part = part_of(graph, nothing_asked, Chosen("function:risk", hops=0)).graph
    assert Story(part, privacy, told).data()["added"] == [0]
    forgot = Story(graph, privacy, Recorded(told.runs[1:], told.steps)).data()
    assert set(forgot["added"]) == {-1}


def test_without_what_runs_did_nothing_is_told(embedded_store):
    Days(embedded_store).bring(team("t1"))
    network = ExplorerNetwork(embedded_store.facts(), nothing_asked())
    told = '"story":{"runs":[],"added":[-1],"steps":{},"left":{}}'
    assert told in network.generate_html()


@pytest.mark.browser
def test_the_details_tell_a_nodes_history(embedded_store, open_page):
    days = Days(embedded_store)
    days.bring(team("t1"), model("m1", stage="idea", stage_day=20_000))
    days.bring(team("t1"), model("m1", stage="pilot", stage_day=20_001, risk_tier=2))
    days.bring(team("t1"), model("m1", stage="pilot", stage_day=20_001), owns("t1", "m1"))
    for tier in range(MOST_RUNS):
        days.bring(team("t1", purpose=f"{tier}"), source="more")
    told, facts = recorded(embedded_store), list(embedded_store.facts())
    page = open_page(facts, nothing_asked(), "#node=Model:m1", told=told)
    second = "2026-11-02 hr\nrisk tier: nothing → 2\nstage: idea → pilot"
    second += "\nstage day: 2024-10-04 → 2024-10-05"
    assert page.locator("#details .story li").all_inner_texts() == [
        "2026-11-03 hr\nrisk tier: 2 → nothing\n1 relationship new",
        second,
        "2026-11-01 hr\ncame",
    ]  # fmt: skip
    page = open_page(facts, nothing_asked(), "#node=Model:m1", told=told, people="roles")
    assert "stage changed" in page.locator("#details .story").inner_text()
    page = open_page(facts, nothing_asked(), "#node=Team:t1", told=told)
    assert page.locator("#details .story li").all_inner_texts()[-2:] == [
        "and 1 older run", "2026-11-01 hr\ncame",
    ]  # fmt: skip
    page = open_page(facts, nothing_asked(), "#node=Team:t1")
    assert page.locator("#details .story").count() == 0


@pytest.mark.browser
def test_whatever_a_value_was_is_shown_as_text(embedded_store, open_page):
    days = Days(embedded_store)
    for text in EVIL[:MOST_RUNS]:
        days.bring(model("m1", goal=f"{text}."))
    told, facts = recorded(embedded_store), list(embedded_store.facts())
    page = open_page(facts, nothing_asked(), "#node=Model:m1", told=told)
    assert EVIL[0] in page.locator("#details .story").inner_text()
    assert page.locator("img, svg[onload], iframe, object, embed, link, base").count() == 0
    assert "corp.example" not in page.content()
