"""Approval lanes in a real browser: who waits where, for how long, and against which promise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page.told import TODAY, column, finding, in_groups, node, nothing_asked, question, tie

from ownership_graph.findings.answer import Answer

pytestmark = pytest.mark.browser


def request(own_id, model, gate, status, *, since=None, decided=None, **more):
    """An approval with its gate and its model; `since` and `decided` are days ago."""
    days = {"requested_day": since, "decided_day": decided}
    told = {name: TODAY - ago for name, ago in days.items() if ago is not None}
    approval = ("Approval", own_id)
    return [
        node(*approval, own_id, status=status, **told, **more),
        tie("AT", approval, ("Gate", gate)),
        tie("CONCERNS", approval, ("Model", model)),
    ]


def asked():
    """Two gates, one without a promise; three models with requests and one without."""
    return [
        node("Gate", "legal", "Legal review", sla_days=10, seq=2),
        node("Gate", "data", "Data use", seq=1),
        *(node("Model", f"m{number}", f"Model {number}") for number in range(1, 5)),
        *request("a1", "m1", "legal", "pending", since=15),
        *request("a2", "m2", "legal", "pending", since=31),
        *request("a3", "m2", "data", "approved", since=60, decided=40),
        *request("a4", "m3", "legal", "rejected", since=50, decided=49),
        *request("a5", "m3", "legal", "returned", since=9, round=2),
        *request("a6", "m3", "data", "pending"),
    ]


def lanes(page):
    """The lanes as they read: the model, and what stands in each column."""
    rows = page.locator("#lanes-body tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def kinds(page):
    bars = page.locator("#lanes-body .bar").all()
    return [bar.get_attribute("class").removeprefix("bar ") for bar in bars]


def test_the_longest_wait_against_its_promise_stands_first(open_page):
    page = open_page(asked(), nothing_asked(), "#view=lanes")
    assert page.locator("#lanes-head th").all_inner_texts() == [
        "Model",
        "Data use",
        "Legal review",
    ]
    assert lanes(page) == [
        ["Model 2", "approved 20 days", "pending 31 days"],
        ["Model 1", "\u2013", "pending 15 days"],
        ["Model 3", "pending", "returned 9 days, round 2"],
    ]
    assert kinds(page) == ["settled", "overdue", "late", "waiting"]
    assert page.locator("#lanes-count").inner_text() == (
        "Showing 3 of 3 models with requests, the longest wait against its promise first;"
        " of 1 request the days are not recorded."
    )


@pytest.mark.parametrize(
    ("days", "kind"), [(10, "waiting"), (11, "late"), (20, "late"), (21, "overdue")]
)
def test_colours_change_one_day_after_the_promise_and_after_twice_it(open_page, days, kind):
    facts = [
        node("Gate", "legal", "Legal review", sla_days=10),
        node("Model", "m1"),
        *request("a1", "m1", "legal", "pending", since=days),
    ]
    assert kinds(open_page(facts, nothing_asked(), "#view=lanes")) == [kind]


def test_a_request_shows_its_details_and_what_the_map_shows_is_what_the_lanes_show(open_page):
    page = open_page(asked(), nothing_asked(), "#view=lanes")
    request = page.locator(".lane-request", has_text="pending 31 days")
    assert request.get_attribute("data-tip") == "promised in 10 days"
    request.click()
    assert page.locator("#details h2").inner_text() == "a2"
    page.evaluate("location.hash = '#node=Gate:data&hops=2&view=lanes'")
    page.wait_for_selector("#lanes-body tr:nth-child(2):last-child")
    assert [row[0] for row in lanes(page)] == ["Model 2", "Model 3"]
    page.evaluate("location.hash = '#view=lanes&hide=Approval'")
    page.wait_for_selector("#lanes-body:empty", state="attached")
    assert page.locator("#lanes-count").inner_text() == (
        "No request for a model that is shown is in this graph."
    )


def test_what_waits_in_a_circle_is_marked(open_page):
    circle = question("CEN-06", columns=(column("a", "Approval"), column("b", "Approval")))
    found = finding("CEN-06", ("Approval", "a1"), ("Approval", "a2"))
    checked = replace(nothing_asked(), answers=(Answer(circle, "assessed", findings=(found,)),))
    page = open_page(asked(), in_groups(checked), "#view=lanes")
    marked = page.locator(".lane-request", has_text="in a circle").all_inner_texts()
    assert marked == ["pending 31 days ⟲ in a circle", "pending 15 days ⟲ in a circle"]


def test_many_models_come_in_steps_and_gates_with_few_requests_are_counted(open_page):
    facts = [node("Gate", f"g{number}", f"Gate {number}", seq=number) for number in range(12)]
    facts += [node("Model", f"m{number}", f"Model {number}") for number in range(70)]
    for number in range(70):
        facts += request(f"a{number}", f"m{number}", f"g{number % 12}", "pending", since=number)
    page = open_page(facts, nothing_asked(), "#view=lanes")
    # Of 70 requests at 12 gates the last two have five each, the others six.
    assert page.locator("#lanes-head th").count() == 1 + 10
    assert page.locator("#lanes-count").inner_text() == (
        "Showing 60 of 70 models with requests, the longest wait against its promise first;"
        " 2 gates with fewer requests left out."
    )
    page.click("#lanes-more")
    assert (len(lanes(page)), page.locator("#lanes-more").is_hidden()) == (70, True)
