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


def test_where_nothing_is_known_to_wait_what_is_open_stands_first_and_then_what_took_longest(
    open_page,
):
    gate, models = node("Gate", "legal", "Legal"), [node("Model", f"m{at}") for at in range(3)]
    done = [*request("a0", "m0", "legal", "approved", since=9, decided=5)]
    done += request("a1", "m1", "legal", "approved", since=99, decided=5)
    undated = request("a2", "m2", "legal", "pending")
    page = open_page([gate, *models, *done, *undated], nothing_asked(), "#view=lanes")
    assert [name for name, _ in lanes(page)] == ["m2", "m1", "m0"]
    assert "those with open requests first" in page.locator("#lanes-count").inner_text()
    page = open_page([gate, *models[:2], *done], nothing_asked(), "#view=lanes")
    assert [name for name, _ in lanes(page)] == ["m1", "m0"]
    assert (
        "what took longest against its promise first" in page.locator("#lanes-count").inner_text()
    )


def test_one_very_long_wait_does_not_make_all_others_vanish(open_page):
    facts = [node("Gate", "legal", "Legal"), *(node("Model", f"m{at}") for at in range(20))]
    for at in range(20):
        facts += request(f"a{at}", f"m{at}", "legal", "pending", since=4000 if at == 7 else 40)
    page = open_page(facts, nothing_asked(), "#view=lanes")
    bars = page.locator("#lanes-body .bar")
    assert lanes(page)[0] == ["m7", "pending 4,000 days"]
    assert bars.nth(0).evaluate("(bar) => bar.tagName") == "path"  # it ends in a point
    assert float(bars.nth(1).get_attribute("width")) > 40


def test_long_names_of_gates_without_a_request_in_sight_do_not_push_the_lanes_down(open_page):
    facts = [node("Gate", f"g{at}", "gate:very-long-name-" * 3 + str(at)) for at in range(9)]
    facts += [node("Model", "m1"), *request("a1", "m1", "g0", "pending", since=9)]
    facts += [
        each for at in range(9) for each in request(f"b{at}", f"m{at}", f"g{at}", "approved")
    ]
    facts += [node("Model", f"m{at}") for at in range(9) if at != 1]
    page = open_page(facts, nothing_asked(), "#view=lanes")
    assert page.locator("#lanes-head").bounding_box()["height"] < 120


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
    words = "Approval of Model 2 at Legal review, asked 2026-10-24"
    assert page.locator("#details h2").inner_text() == words
    page.evaluate("location.hash = '#node=Gate:data&hops=2&view=lanes'")
    page.wait_for_selector("#lanes-body tr:nth-child(2):last-child")
    assert [row[0] for row in lanes(page)] == ["Model 2", "Model 3"]
    page.evaluate("location.hash = '#view=lanes&hide=Approval'")
    page.wait_for_selector("#lanes-body:empty", state="attached")
    assert page.locator("#lanes-count").inner_text() == (
        "No request for a model that is shown is in this graph."
    )
    assert page.locator("#lanes-key").is_hidden()


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


def sideways(page, box):
    """How many pixels of a box stand out at its side."""
    return page.locator(box).evaluate("(box) => box.scrollWidth - box.clientWidth")


LINES_OF_A_WORD = """(button) => {
  const range = document.createRange();
  const text = document.createTreeWalker(button, NodeFilter.SHOW_TEXT).nextNode();
  range.setStart(text, 0);
  range.setEnd(text, "approved".length);
  return range.getClientRects().length;
}"""


def test_six_gates_fit_a_usual_window_and_many_scroll_with_the_models_in_sight(open_page):
    def gates(count):
        facts = [node("Gate", f"g{at}", f"Privacy and legal review {at}") for at in range(count)]
        facts += [node("Model", "m1", "Motor damage estimate from photos")]
        for at in range(count):
            facts += request(f"a{at}", "m1", f"g{at}", "approved", since=90, decided=9)
        return facts

    page = open_page(gates(6), nothing_asked(), "#view=lanes")
    page.set_viewport_size({"width": 1360, "height": 850})
    assert (sideways(page, "#lanes .box"), sideways(page, "#lanes")) == (0, 0)
    page = open_page(gates(10), nothing_asked(), "#view=lanes")
    page.set_viewport_size({"width": 1360, "height": 850})
    assert (sideways(page, "#lanes .box") > 0, sideways(page, "#lanes")) == (True, 0)
    assert page.locator(".lane-request >> nth=0").evaluate(LINES_OF_A_WORD) == 1
    before = page.locator("#lanes-body th").bounding_box()["x"]
    page.locator("#lanes-body button >> nth=-1").scroll_into_view_if_needed()
    assert page.locator("#lanes .box").evaluate("(box) => box.scrollLeft") > 0
    assert page.locator("#lanes-body th").bounding_box()["x"] == before


def test_the_name_of_a_gate_that_may_be_cut_is_told_whole_to_the_keyboard(open_page):
    name = "Review by the group's committee for models and their risks"
    facts = [node("Gate", "g", name), node("Model", "m1"), *request("a", "m1", "g", "pending")]
    page = open_page(facts, nothing_asked(), "#view=lanes")
    page.focus("#lanes-head .hint")
    assert page.locator("#tip").inner_text() == name
