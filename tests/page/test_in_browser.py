"""The page in a real browser: findings, search, legend, details, table, keys, address."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from page.looking import places_of, visit
from page.told import (
    TODAY,
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

from ownership_graph.findings.answer import Answer, Checked
from ownership_graph.page import write_page
from ownership_graph.queries.question import Actor, Cause
from ownership_graph.records import NodeKey

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page):
    return open_page(company(), checked_company())


def rows(page):
    """The names that the table lists, in its order."""
    page.click("#view-table")
    return page.locator("#table-body td:first-child").all_inner_texts()


def hash_of(page):
    return page.evaluate("location.hash")


def go(page, steps):
    """Go back (-1) or forward in the browser's history."""
    page.evaluate(
        """(steps) => new Promise((done) => {
          addEventListener("hashchange", done, { once: true });
          history.go(steps);
        })""",
        steps,
    )


def by_question(page):
    """Order the findings by question."""
    page.click("#by-question")


def test_the_page_tells_what_it_holds_and_draws_it(page):
    assert page.locator("#title").inner_text() == "Example"
    assert page.locator("#holds").inner_text() == "16 nodes · 23 relationships · as of 2026-11-24"
    assert page.locator("#map-count").inner_text().startswith("Showing 16 of 16 nodes.")
    assert all(places_of(page, "56B4E9", "0072B2", "D55E00", "CC79A7"))


def test_findings_stand_first_best_first_with_denominator_and_first_step(page):
    assert page.locator("#findings-sum").inner_text() == (
        "3 findings from 2 of 7 questions. 1 did not answer in time. 1 cannot be assessed yet."
    )
    first = page.locator(".first > li").all_inner_texts()
    assert [each.split("\n") for each in first] == [
        [
            "1", "Models nobody owns", "2 of 3 live models · design", "Name one owner this week.",
            "By the lead of the nearest team",
        ],
        [
            "2", "Gates with too few deciders", "1 of 1 gates · design",
            "Name one owner this week.", "By the lead of the nearest team",
        ],
    ]  # fmt: skip


def gate_stands_behind():
    """A gate behind three findings of two questions, one of them implied, and one more alone."""
    gate, behind = ("Gate", "g1"), {"behind": (NodeKey("Gate", "g1"),), "urgency": "A"}
    late = question(
        "LAT-02", "Requests that wait", severity=3, cause=Cause("gate", "gate"),
        actor=Actor("the owner of the gate"), columns=(column("a", "Approval"),),
    )  # fmt: skip
    few = question("CEN-03", "Too few deciders", cause=Cause("gate", "gate"), implies=("CEN-01",),
        columns=(column("a", "Gate"),))  # fmt: skip
    most = question("CEN-01", "Few decide most", severity=1, cause=Cause("gate", "gate"),
        columns=(column("a", "Gate"),))  # fmt: skip
    alone = question("OWN-01", "Models nobody owns", columns=(column("a", "Model"),))
    answers = (
        Answer(
            late, "assessed",
            findings=tuple(finding("LAT-02", ("Approval", own), **behind) for own in ("a1", "a2")),
        ),
        Answer(few, "assessed", findings=(finding("CEN-03", gate, **behind),)),
        Answer(most, "assessed", findings=(finding("CEN-01", gate, severity=1, **behind),)),
        Answer(alone, "assessed", findings=(finding("OWN-01", ("Model", "m3")),)),
    )  # fmt: skip
    checked = in_groups(Checked("x", TODAY, answers))
    owned = tuple(
        replace(each, actors=(NodeKey("Team", "t1"),)) if each.thing else each
        for each in checked.groups
    )
    return replace(checked, groups=owned, first=owned[:1])


def test_what_stands_behind_several_findings_is_one_entry_that_shows_them(open_page):
    page = open_page(company(), gate_stands_behind(), "#view=table")
    entry = page.locator(".first > li > button")
    assert entry.inner_text().split("\n") == [
        "1", "Legal review (gate)", "3 findings · design", "Name one owner this week.",
        "By Model Risk (the lead of the nearest team)",
    ]  # fmt: skip
    entry.click()
    assert hash_of(page) == "#cause=gate%3Ag1&view=table"
    assert page.locator("#map-what").text_content() == "Legal review (gate)3 findings"
    assert sorted(rows(page)) == [
        "Legal review", "Legal review of case a1", "Legal review of case a2",
    ]  # fmt: skip
    parts = page.locator(".part").all_inner_texts()
    assert [each.split("\n")[0] for each in parts] == [
        "Too few deciders", "Few decide most", "Requests that wait",
    ]  # fmt: skip
    assert page.locator(".finding-row", has_text="follows from the others").count() == 1
    page.locator(".finding-row", has_text="case a2").click()
    assert hash_of(page) == "#cause=gate%3Ag1&finding=LAT-02%7Ca2&view=table"
    page.keyboard.press("Escape")
    assert hash_of(page) == "#cause=gate%3Ag1&view=table"
    entry.click()
    assert (hash_of(page), page.locator(".entry-body").count()) == ("#view=table", 0)


def test_one_finding_alone_opens_its_question_and_leads_to_it(open_page):
    page = open_page(company(), gate_stands_behind())
    page.click("[data-cause='OWN-01']")
    assert (
        page.locator("#map-what").inner_text()
        == "Models nobody owns\n1 of 16 nodes ringed on the map"
    )
    assert "Why OWN-01 matters." in page.locator(".entry-body").inner_text()
    page.click("[data-cause='gate:g1']")
    page.click(".part button >> nth=0")
    assert hash_of(page) == "#question=CEN-03"
    assert page.locator("#causes").is_hidden()
    page.click("#by-cause")
    assert (hash_of(page), page.locator("#causes").is_hidden()) == ("", False)


def test_by_question_themes_stand_by_their_best_finding(page):
    by_question(page)
    themes = page.locator("#questions section h3").all_inner_texts()
    assert [each.lower() for each in themes] == ["ownership", "centralisation"]
    button = page.locator("[data-question='OWN-01']")
    assert button.inner_text().split("\n") == ["high", "Models nobody owns", "2 of 3"]


def test_an_open_question_tells_why_first_step_who_thresholds_and_its_query(page):
    by_question(page)
    page.click("[data-question='OWN-01']")
    body = page.locator(".entry-body").inner_text()
    for text in (
        "Why OWN-01 matters.",
        "First step. Name one owner this week.",
        "the lead of the nearest team",
        "OWNS",
        "least = 2: leave out fewer",
        "2 FINDINGS OF 3 LIVE MODELS",
        "days 2024-10-04",
        "open",
    ):
        assert text in body
    page.click(".cypher summary")
    assert page.locator(".cypher pre").inner_text().startswith("// Models nobody owns\nMATCH")
    page.click(".cypher button")
    page.wait_for_selector(".cypher button:has-text('Copied')")
    assert (
        page.locator("#map-what").inner_text()
        == "Models nobody owns\n2 of 16 nodes ringed on the map"
    )
    page.click("[data-question='OWN-01']")
    assert page.locator(".entry-body").count() == 0


def test_what_cannot_be_assessed_says_what_data_is_missing(page):
    by_question(page)
    page.click("text=Not assessable: data is missing (1)")
    page.click("[data-question='RSK-01']")
    assert "risk appetite of teams" in page.locator(".entry-body").inner_text()
    assert page.locator("[data-question='RSK-01'] .count").inner_text() == "no data"


def test_a_rollout_an_unanswered_question_and_a_clear_one_say_so(page):
    by_question(page)
    assert page.locator("[data-question='CRI-03'] .count").inner_text() == "3 of 171 recorded"
    page.click("[data-question='LAT-02']")
    assert "not answered in 30 s" in page.locator(".entry-body").inner_text()
    page.click("text=Nothing found (1)")
    assert page.locator("[data-question='OWN-02'] .count").inner_text() == "0"


def test_an_answer_that_rests_on_a_stale_source_says_so(page):
    by_question(page)
    page.click("[data-question='CEN-03']")
    assert "As of 19 days ago." in page.locator(".entry-body .stale").inner_text()
    page.click("[data-question='OWN-01']")
    assert page.locator(".entry-body .stale").count() == 0


def test_a_listing_shows_its_rows(page):
    by_question(page)
    page.click("text=Listings (1)")
    page.click("[data-question='WHO-01']")
    body = page.locator(".entry-body").inner_text()
    assert ("Claims triage" in body, "m9" in body, "2 ROWS" in body) == (True, True, True)


def test_a_finding_shows_exactly_its_nodes_and_what_is_next_to_them(page):
    page.click(".first > li:nth-child(2) > button")
    page.click(".finding-row")
    assert page.locator("#map-what strong").inner_text() == "Legal review"
    assert sorted(rows(page)) == [
        "Ada Lind",
        "Legal review",
        "Legal review of case a1",
        "Legal review of case a2",
        "Legal review of case a3",
        "Legal review of case a4",
        "Model Risk",
    ]
    assert hash_of(page) == "#cause=CEN-03&finding=CEN-03%7Cg1&view=table"
    details = page.locator("#details").inner_text()
    assert ("Somebody gone" in details, "Ada Lind" in details) == (True, True)


def test_a_finding_alone_is_its_subject_and_its_neighbours(open_page):
    page = open_page(company(), checked_company(), "#finding=OWN-01|m3&view=table")
    assert sorted(rows(page)) == ["Claims triage", "Letter draft"]
    assert page.locator("[data-finding='OWN-01|m3'][aria-current='true']").count() == 1


def test_of_two_things_wrong_the_first_has_its_neighbours_shown_and_a_pair_both(open_page):
    asked = question("L-01", columns=(column("a", "Approval"), column("b", "Gate")))
    pair = question("L-02", columns=(column("a", "Team"), column("b", "Team")))
    late = finding("L-01", ("Approval", "a1"), ("Gate", "g1"))
    teams = finding("L-02", ("Team", "t1"), ("Team", "t2"), rank=2)
    answers = (
        Answer(asked, "assessed", findings=(late,)),
        Answer(pair, "assessed", findings=(teams,)),
    )
    page = open_page(company(), Checked("x", TODAY, answers), "#finding=L-01|a1|g1")
    case = "Legal review of case a1"
    assert sorted(rows(page)) == ["Ada Lind", "Claims triage", "Legal review", case]
    visit(page, "#finding=L-02|t1|t2&view=table")
    assert len(rows(page)) == 10
    visit(page, "#node=Team:t1")
    told = page.locator("#details h3:text('Findings') + ul li").inner_text()
    assert told.split("\n") == ["medium", "A question", "Claims"]


def test_too_many_neighbours_are_counted_and_can_be_shown(open_page):
    gate = ("Gate", "g1")
    facts = [node(*gate, "Gate")]
    facts += [tie("AT", ("Approval", f"a{number}"), gate) for number in range(120)]
    asked = question("G-01", columns=(column("a", "Gate"),))
    checked = Checked("x", TODAY, (Answer(asked, "assessed", findings=(finding("G-01", gate),)),))
    page = open_page(facts, checked, "#finding=G-01|g1")
    assert (
        page.locator("#map-count")
        .inner_text()
        .startswith("Showing 40 of 121 nodes (121 are near). 39 of 120 relationships.")
    )
    page.click("text=Show all 121")
    assert page.locator("#map-count").inner_text().startswith("Showing 121 of 121 nodes.")
    assert page.locator("#map-all").is_hidden()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("triage", ["Claims triage"]),
        ("kind:model", ["Claims triage", "Fraud score", "Letter draft"]),
        ("kind:Model stage:pilot", ["Claims triage"]),
        ("team:risk kind:person", ["Ada Lind", "Ben Okoye"]),
        ('team:"model risk" okoye', ["Ben Okoye"]),
        ("risk_tier:3", ["Fraud score"]),
        ("kind:committee", ["Model Risk"]),
        ("id:g1", ["Legal review"]),
        ("name:draft", ["Letter draft"]),
        ("stage_day:2024-10", ["Claims triage"]),
        ("LÉGAL kind:gate", ["Legal review"]),
        ("nothing-like-that", []),
    ],
)
def test_search_by_words_and_by_facts(page, query, names):
    page.fill("#search", query)
    assert page.locator("#search-list li bdi:nth-child(2)").all_inner_texts() == names
    count = page.locator("#search-count").inner_text()
    assert count.startswith(f"Showing {len(names)} of {len(names)}" if names else "Nothing found.")


def test_search_by_keyboard_alone(page):
    page.keyboard.press("/")
    page.keyboard.type("kind:model")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert hash_of(page) == "#node=Model%3Am2&hops=1"
    assert page.locator("#details h2").inner_text() == "Fraud score"
    assert page.locator("#search-results").is_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert hash_of(page) == ""
    assert page.locator("#details").inner_text() == ""


def test_a_click_on_a_result_shows_it_and_escape_closes_the_results(page):
    page.fill("#search", "fraud")
    page.keyboard.press("Escape")
    assert page.locator("#search-results").is_hidden()
    page.fill("#search", "fraud ")
    page.click("#search-list li")
    assert page.locator("#map-what strong").inner_text() == "Fraud score"


def test_the_legend_counts_and_filters(page):
    label = page.locator("#legend label", has_text="Approval")
    assert label.inner_text().split("\n") == ["Approval", "4"]
    label.click()
    assert page.locator("#map-count").inner_text().startswith("Showing 12 of 16 nodes.")
    page.locator("#legend label", has_text="Person").click()
    assert hash_of(page) == "#hide=Approval,Person"
    assert "Ada Lind" not in rows(page)
    page.click("#legend-all")
    assert len(rows(page)) == 16


def test_a_relationship_that_is_filtered_out_leads_nowhere(open_page):
    page = open_page(company(), checked_company(), "#finding=CEN-03|g1&hide=AT,OWNS&view=table")
    assert sorted(rows(page)) == ["Ada Lind", "Legal review"]


def test_details_tell_facts_who_states_them_and_where_sources_differ(open_page):
    page = open_page(company(), checked_company(), "#node=Model:m1")
    details = page.locator("#details").inner_text()
    for text in (
        "Model · m1",
        "stage day\n2024-10-04",
        "Sources differ.\ninventory says pilot\nbackstage says production",
        "stated by\ninventory, backstage",
        "← CONCERNS (4)",
        "DEPENDS_ON → (1)",
        "role accountable · since day 2025-01-12",
    ):
        assert text in details
    page.click("#details .terms button:has-text('Ben Okoye')")
    assert page.locator("#details h2").inner_text() == "Ben Okoye"
    go(page, -1)
    page.click("#details li button:has-text('Letter draft')")
    page.click("#details li button:has-text('Models nobody owns')")
    assert page.locator("#map-what").inner_text() == "Letter draft\nModels nobody owns"


def test_details_begin_with_what_is_wrong_and_who_can_act(open_page):
    page = open_page(company(), checked_company(), "#node=Model:m2")
    captions = page.locator("#details h3").all_inner_texts()
    assert [each.split(" ")[0] for each in captions[:2]] == ["FINDINGS", "IS"], captions
    assert captions[1].lower().startswith("is owned by \u00b7 \u2190 owns (")


def test_who_confirmed_a_relationship_is_told_by_name(open_page):
    owner, model = ("Team", "t2"), ("Model", "m1")
    facts = [*company(), tie("WORKED_ON", owner, model, confirmed_by="p2")]
    details = open_page(facts, nothing_asked(), "#node=Team:t2").locator("#details").inner_text()
    assert "confirmed by Ben Okoye" in details


def test_on_a_phone_a_link_to_a_view_or_a_finding_shows_it(open_page):
    page = open_page(company(), checked_company())
    page.set_viewport_size({"width": 390, "height": 800})
    file = page.url.partition("#")[0]
    for address in ("#view=lanes", "#finding=OWN-01%7Cm3"):
        page.goto("about:blank")
        page.goto(f"{file}{address}")
        page.wait_for_selector("html[data-usable]")
        page.wait_for_function("document.querySelector('#centre').getBoundingClientRect().top < 5")


def test_f6_goes_from_pane_to_pane_and_back_to_where_one_was(open_page):
    page = open_page(company(), gate_stands_behind())
    inside = "document.activeElement.closest('#left, #centre, #right')?.id"
    seen = []
    page.focus("[data-cause='gate:g1']")
    page.keyboard.press("Enter")
    for key in ("F6", "F6", "Shift+F6", "Shift+F6"):
        page.keyboard.press(key)
        seen.append(page.evaluate(inside))
    assert seen == ["centre", "right", "centre", "left"]
    focused = "document.activeElement.dataset.cause"
    assert page.evaluate(focused) == "gate:g1"


def test_a_stub_says_that_nobody_describes_it(open_page):
    page = open_page(company(), checked_company(), "#node=Dataset:d1")
    details = page.locator("#details").inner_text()
    assert "No source describes it" in details
    assert "stated by\nnobody" in details


def test_a_neighbourhood_grows_by_steps(open_page):
    page = open_page(company(), checked_company(), "#node=Dataset:d1&view=table&hops=1")
    sizes = []
    for steps in (1, 2, 3):
        page.click(f"#details .hops button:has-text('{steps}')")
        sizes.append(len(rows(page)))
    assert sizes == [2, 3, 7]
    assert page.locator("#details .hops [aria-pressed='true']").inner_text() == "3"
    page.click("#details .close")
    assert len(rows(page)) == 16


def test_the_table_lists_all_what_has_findings_first_and_sorts(page):
    names = rows(page)
    assert len(names) == 16
    counts = page.locator("#table-body td:last-child").all_inner_texts()
    found = sum(map(bool, counts))
    assert counts == ["1"] * found + [""] * (16 - found)
    assert names[:found] == ["Fraud score", "Legal review", "Letter draft"]
    assert names[found:] == sorted(names[found:], key=str.casefold)
    assert page.locator("#table-count").inner_text().startswith("Showing 16 of 16 rows")
    page.click("#table-head button:has-text('Relationships')")
    assert rows(page)[0] == "Claims triage"
    assert page.locator("#table-head th[aria-sort='descending']").count() == 1
    page.click("#table-head button:has-text('Relationships')")
    assert page.locator("#table-head th[aria-sort='ascending']").count() == 1
    page.click("#table-body button:has-text('Letter draft')")
    assert page.locator("#details h2").inner_text() == "Letter draft"
    page.click("#view-map")
    assert page.locator("#table").is_hidden()


def test_a_long_table_comes_in_steps(open_page):
    page = open_page([node("Model", f"m{number}") for number in range(700)], nothing_asked())
    assert len(rows(page)) == 300
    page.click("text=Show the next 300 of 400 more")
    page.click("text=Show the next 100 of 100 more")
    assert len(rows(page)) == 700
    assert page.locator("#table-more").is_hidden()


def test_back_undoes_each_step_and_escape_leaves_them(page):
    by_question(page)
    page.click("[data-question='OWN-01']")
    page.click(".finding-row >> nth=0")
    page.click("#details dd button")
    assert hash_of(page) == "#finding=OWN-01%7Cm3&question=OWN-01&node=Model%3Am3"
    go(page, -1)
    assert page.locator("#map-what strong").inner_text() == "Letter draft"
    go(page, -1)
    assert page.locator("#map-what strong").inner_text() == "Models nobody owns"
    go(page, -1)
    assert page.locator("#map-what").inner_text() == ""
    go(page, 1)
    go(page, 1)
    go(page, 1)
    seen = []
    for _ in range(4):
        page.keyboard.press("Escape")
        seen.append(hash_of(page))
    assert seen == [
        "#finding=OWN-01%7Cm3&question=OWN-01",
        "#question=OWN-01",
        *["#by=question"] * 2,
    ]


def test_an_address_opens_what_it_says_and_survives_what_it_cannot_mean(open_page):
    page = open_page(company(), checked_company(), "#node=Team:t2&hops=2&view=table&hide=Approval")
    assert "Legal review of case a1" not in rows(page)
    for address in ("#finding=GONE-01|x", "#node=Model:none"):
        visit(page, address)
        assert "This page holds nothing called" in page.locator("#details").inner_text()
    for address in ("#%%%&=&hops=99&view=no&team=%E0%A4%A", "#__proto__=1&constructor", "#a"):
        visit(page, address)
        assert page.locator("#map-count").inner_text().startswith("Showing 16 of 16 nodes.")


def test_the_map_by_keyboard_and_by_mouse(page):
    page.focus("#map-canvas")
    page.keyboard.press("ArrowRight")
    first = page.locator("#details h2").inner_text()
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight", "+", "-", "0"):
        page.keyboard.press(key)
    assert page.locator("#details h2").inner_text()
    page.keyboard.press("Enter")
    assert "hops=1" in hash_of(page)
    page.click("#map-out")
    assert hash_of(page) == ""
    ((x, y),) = places_of(page, "D55E00")
    page.mouse.move(x + 1, y + 3)
    page.wait_for_selector("#map-tip:not([hidden])")
    assert "Model · " in page.locator("#map-tip").inner_text()
    page.mouse.click(x + 1, y + 3)
    page.wait_for_selector("#details h2")
    assert page.locator("#details p").first.inner_text().startswith("Model · ")
    page.mouse.dblclick(x + 1, y + 3)
    page.wait_for_selector("#map-out:not([hidden])")
    assert "hops=1" in hash_of(page)
    assert first


def test_zoom_buttons_and_single_relationships_when_near(page):
    before = page.evaluate("document.querySelector('#map-canvas canvas').toDataURL().length")
    for _ in range(3):
        page.click("#zoom-in")
    page.click("#zoom-out")
    after = page.evaluate("document.querySelector('#map-canvas canvas').toDataURL().length")
    assert before != after
    page.click("#zoom-fit")


def test_a_node_that_is_looked_at_is_brought_into_sight(page):
    for _ in range(9):
        page.click("#zoom-in")
    visit(page, "#node=Gate:g1")
    assert places_of(page, "CC79A7")[0]


def test_the_policy_refuses_what_gets_past_everything_else(browser, tmp_path):
    path = tmp_path / "page.html"
    write_page(path, company(), checked_company(), title="x", generated="now")
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(path.as_uri())
    refused = opened.evaluate(
        """async () => {
          const failed = [];
          const attempt = async (name, work) => {
            try { await work(); } catch { failed.push(name); }
          };
          await attempt("markup", () => { document.body.innerHTML = "<b>x</b>"; });
          await attempt("fetch", () => fetch("data:text/plain,x"));
          const script = document.createElement("script");
          await attempt("script", () => { script.text = "window.ran = true"; });
          const image = new Image();
          await attempt("image", () => new Promise((good, bad) => {
            image.onload = good; image.onerror = bad; image.src = "https://example.org/x.png";
          }));
          return failed;
        }"""
    )
    context.close()
    assert refused == ["markup", "fetch", "script", "image"]


def test_light_and_dark_follow_the_system_and_the_button(open_page):
    page = open_page(company(), checked_company(), scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(18, 23, 29)"
    page.click("#theme")
    assert page.evaluate(ground) == "rgb(251, 252, 253)"
    page.evaluate("() => { dispatchEvent(new Event('beforeprint')); }")
    page.evaluate("() => { dispatchEvent(new Event('afterprint')); }")
    assert page.locator("#theme").inner_text() == "Dark"


def test_about_tells_sources_persons_and_how_to_leave_them_out(open_page):
    texts = {
        "named": "It names 4 persons; made with --people roles",
        "roles": "Its 4 persons are shown by their roles.",
        "pseudonyms": "Its 4 persons are shown by pseudonyms.",
    }
    for people, text in texts.items():
        page = open_page(company(), checked_company(), people=people)
        page.click("#about-open")
        about = page.locator("#about").inner_text()
        assert text in about
        assert "Made 2026-11-24 12:00 UTC from ownership.kgl." in about
        assert "done 2026-11-23T06:00:04Z" in about
        page.keyboard.press("Escape")
        assert page.locator("#about").is_hidden()
        assert ("Ada Lind" in page.content()) == (people == "named")


def test_an_empty_graph_is_a_page_too(open_page):
    page = open_page([], nothing_asked())
    assert page.locator("#holds").inner_text().startswith("0 nodes · 0 relationships")
    assert page.locator("#findings-sum").inner_text() == "0 findings from 0 of 0 questions."
    assert page.locator("#map-count").inner_text() == (
        "Showing 0 of 0 nodes. Import a source first, then write this page again."
    )
    assert rows(page) == []
    page.click("#about-open")
    assert "none recorded" in page.locator("#about").inner_text()


def many_teams(teams=120, members=20):
    """More nodes than are drawn one by one."""
    for team in range(teams):
        yield node("Team", f"t{team}", f"Team {team}")
        for number in range(members):
            person = ("Person", f"p{team}-{number}")
            yield node(*person, f"Person {team}-{number}")
            yield tie("MEMBER_OF", person, ("Team", f"t{team}"))
        yield tie("HANDED_OVER", ("Team", f"t{team}"), ("Team", f"t{(team + 1) % teams}"))


def test_of_many_nodes_the_map_shows_teams_that_open(open_page):
    asked = question("T-01", columns=(column("a", "Person"),))
    found = finding("T-01", ("Person", "p7-3"))
    checked = Checked("x", TODAY, (Answer(asked, "assessed", findings=(found,)),))
    page = open_page(many_teams(), checked)
    assert re.match(
        r"Showing 2,520 of 2,520 nodes, gathered by team\. Lines: the 100 strongest of 120 ties",
        page.locator("#map-count").inner_text(),
    )
    page.focus("#map-canvas")
    page.keyboard.press("ArrowRight")
    name = page.locator("#details h2").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.locator("#details h2").inner_text() != name
    name = page.locator("#details h2").inner_text()
    page.keyboard.press("Enter")
    assert page.locator("#map-what").inner_text() == name
    assert page.locator("#map-count").inner_text() == (
        "Showing 21 of 2,520 nodes. 20 of 2,520 relationships."
    )
    assert len(rows(page)) == 21
    page.click("#view-map")
    page.keyboard.press("Escape")
    by_question(page)
    page.click("[data-question='T-01']")
    assert (
        page.locator("#map-what").inner_text() == "A question\n1 of 120 circles ringed on the map"
    )
    page.locator("#legend label", has_text="Person").click()
    assert page.locator("#map-count").inner_text().startswith("Showing 120 of 2,520 nodes")


def test_what_has_no_team_is_gathered_by_label_and_opens_too(open_page):
    facts = [node("Model", f"m{number}", f"Model {number}") for number in range(2100)]
    page = open_page(facts, nothing_asked())
    x, y = page.evaluate(
        """() => { const box = document.getElementById("map-canvas").getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2]; }"""
    )
    page.mouse.move(x, y)
    page.wait_for_selector("#map-tip:not([hidden])")
    assert page.locator("#map-tip").inner_text().startswith("Models without a team\n2,100 models")
    page.mouse.dblclick(x, y)
    page.wait_for_selector("#map-out:not([hidden])")
    assert page.locator("#map-what").inner_text() == "Models without a team"
