"""The charts in a real browser: who decides, how long it takes, how old the open ones are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page.test_lanes import request
from page.told import column, node, nothing_asked, question, tie

from ownership_graph.findings.answer import Answer
from ownership_graph.page import Recorded
from ownership_graph.records import FindingRecord, Rows

pytestmark = pytest.mark.browser


def decided(number, gate, decider, **role):
    """A decided request with who decided it."""
    return [
        *request(f"d{number}", "m1", gate, "approved", since=30, decided=10),
        tie("DECIDED_BY", ("Approval", f"d{number}"), decider, **role),
    ]


def chart(page, title):
    """The rows of the chart of that title."""
    rows = page.locator(f"#charts h2:text-is('{title}') + p + table tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def titles(page):
    return page.locator("#charts h2").all_inner_texts()


def test_shares_are_told_as_so_many_who_decide_alike_the_most_concentrated_first(open_page):
    facts = [
        node("Gate", "even", "Even gate"),
        node("Gate", "one", "One desk"),
        node("Model", "m1"),
        *(node("Person", f"p{number}", f"Person {number}") for number in range(4)),
        tie("CAN_DECIDE", ("Person", "p0"), ("Gate", "one")),
        tie("CAN_DECIDE", ("Person", "p1"), ("Gate", "one")),
    ]
    for number in range(4):
        facts += decided(number, "even", ("Person", f"p{number % 2}"))
        facts += decided(10 + number, "one", ("Person", "p0"), role="agree")
    facts += decided(20, "one", ("Person", "p3"), role="input")  # advises, and does not decide
    facts += request("open", "m1", "one", "pending", since=3)
    page = open_page(facts, nothing_asked(), "#view=charts")
    assert chart(page, "Who decides at each gate") == [
        ["One desk", "4", "", "1", "2"],
        ["Even gate", "4", "", "2", "\u2013"],
    ]
    assert page.locator(".shares >> nth=1").locator("rect").count() == 2
    page.click("#charts tbody button >> nth=0")
    assert page.locator("#details h2").inner_text() == "One desk"


def test_of_many_deciders_the_last_share_a_part(open_page):
    facts = [node("Gate", "g1"), node("Model", "m1")]
    for number in range(15):
        facts += [node("Person", f"p{number}"), *decided(number, "g1", ("Person", f"p{number}"))]
    page = open_page(facts, nothing_asked(), "#view=charts")
    kinds = [each.get_attribute("class") for each in page.locator(".shares rect").all()]
    assert (len(kinds), kinds[-1], set(kinds[:-1])) == (13, "rest", {""})


def days(*row):
    """The listing of days per gate with one row."""
    names = ("gate", "requests", "median_days", "p85_days", "p95_days", "promised", "in_time")
    columns = (column("gate", "Gate"), *(column(name, type_="int") for name in names[1:]))
    asked = question("LST-10", severity=None, columns=columns)
    answer = Answer(asked, "assessed", rows=Rows(names, [row]))
    return replace(nothing_asked(), answers=(answer,))


@pytest.mark.parametrize(
    ("row", "text", "drawn"),
    [
        (
            ("g1", 40, 5, 9, 20, 7, 0.625),
            "half within 5 days, 85 of 100 within 9 days; promised in 7, kept for 63 %",
            (2, 1),
        ),
        (("g1", 40, 1, None, None, None, None),
         "half within 1 day, 85 of 100 nobody can know yet", (1, 1)),
        (("gone", 3, None, None, None, 7, None),
         "half nobody can know yet, 85 of 100 nobody can know yet; promised in 7, kept for 0 %",
         (1, 0)),
    ],
)  # fmt: skip
def test_days_are_drawn_and_told_and_what_nobody_can_know_says_so(open_page, row, text, drawn):
    page = open_page([node("Gate", "g1", "Legal review")], days(*row), "#view=charts")
    name = "Legal review" if row[0] == "g1" else "gone"
    assert chart(page, "How many days a request takes") == [[name, str(row[1]), "", text]]
    lines, dots = page.locator(".days line").count(), page.locator(".days circle").count()
    assert (lines, dots) == drawn


def test_open_requests_stand_by_age_and_by_what_was_promised(open_page):
    facts = [node("Gate", "g1", sla_days=10), node("Model", "m1")]
    for number, age in enumerate((0, 7, 8, 14, 15, 30, 31, 90, 91, 181, 400)):
        facts += request(f"a{number}", "m1", "g1", "pending", since=age)
    page = open_page(facts, nothing_asked(), "#view=charts")
    assert titles(page) == ["How old the open requests are"]
    assert [row[:2] for row in chart(page, "How old the open requests are")] == [
        ["up to 7", "2"], ["8 to 14", "2"], ["15 to 30", "2"], ["31 to 60", "1"],
        ["61 to 90", "1"], ["91 to 180", "1"], ["181 and more", "2"],
    ]  # fmt: skip
    kinds = [each.get_attribute("class") for each in page.locator(".ages .bar").all()]
    assert kinds[:4] == ["bar waiting", "bar waiting", "bar late", "bar late"]
    assert kinds[4:] == ["bar overdue"] * 5


def test_decisions_over_all_gates_are_a_curve_from_the_least_to_the_most(open_page):
    facts = [node("Gate", "g1"), node("Gate", "g2"), node("Model", "m1")]
    facts += [node("Person", f"p{number}") for number in range(4)]
    facts += [tie("CAN_DECIDE", ("Person", "p3"), ("Gate", "g1"))]
    for number, decider in enumerate((0, 0, 0, 0, 0, 0, 1, 2)):
        facts += decided(number, f"g{1 + number % 2}", ("Person", f"p{decider}"))
    page = open_page(facts, nothing_asked(), "#view=charts")
    assert "How decisions are shared out over all gates" in titles(page)
    busiest = "Of 4 who decided or may, the busiest made 75 % of 8 decisions"
    told = page.locator("#charts svg.lorenz + p").inner_text()
    assert told == f"{busiest}; 1 of them decided nothing."
    points = page.locator(".lorenz .own").get_attribute("points")
    assert points == "0,220 55,220 110,192.5 165,165 220,0"


def test_one_who_decides_alone_is_no_curve(open_page):
    facts = [node("Gate", "g1"), node("Model", "m1"), node("Person", "p1")]
    facts += decided(1, "g1", ("Person", "p1"))
    assert titles(open_page(facts, nothing_asked(), "#view=charts")) == [
        "Who decides at each gate"
    ]


def test_findings_over_time_are_steps_by_severity(open_page):
    known = (
        FindingRecord("a", "A", "open", 4, 20_700, 20_781, 20_700),
        FindingRecord("b", "A", "resolved", 2, 20_700, 20_750, 20_760),
        FindingRecord("c", "A", "new", 1, 20_781, 20_781, 20_781),
        FindingRecord("A", "A", "asked", 4, 20_690, 20_781, 20_760),
    )
    told = Recorded(findings=known)
    page = open_page([node("Team", "t1")], nothing_asked(), "#view=charts", told=told)
    assert titles(page) == ["Findings over time"]
    assert page.locator("#charts svg.trend + p").inner_text() == (
        "On 2026-08-25 0 findings, 0 of high severity;"
        " on 2026-11-24 2 findings, 1 of high severity."
    )
    high = page.locator(".trend path.high").get_attribute("d")
    assert high == "M0 150L0 150H61.54V75H430.77V75H560V75H560V150Z"
    once = Recorded(findings=known[-1:])
    page = open_page([node("Team", "t1")], nothing_asked(), "#view=charts", told=once)
    assert titles(page) == []


def test_what_the_legend_hides_is_in_no_chart_and_an_empty_graph_has_none(open_page):
    facts = [node("Gate", "g1"), node("Model", "m1")]
    facts += request("a1", "m1", "g1", "pending", since=3)
    assert titles(open_page(facts, nothing_asked(), "#view=charts&hide=Approval")) == []
    undated = [*facts[:2], *request("a2", "m1", "g1", "approved")]
    page = open_page(undated, nothing_asked(), "#view=charts")
    assert page.locator("#charts").inner_text() == (
        "Nothing here can be drawn: of 1 request at gates neither the days nor who decided is"
        " recorded."
    )
    page = open_page([], nothing_asked(), "#view=charts")
    assert (
        page.locator("#charts").inner_text()
        == "Nothing here can be drawn: no request at a gate is in this graph."
    )
