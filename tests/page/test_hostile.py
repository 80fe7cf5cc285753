"""A graph, queries and answers that try everything; the page must stay quiet and whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page.told import TODAY, column, finding, in_groups, node, question, tie

from ownership_graph.findings.answer import Answer, Checked
from ownership_graph.queries.question import Actor, Among, Control, Need, Parameter
from ownership_graph.records import ImportRun, NodeKey, Rows

pytestmark = pytest.mark.browser

EVIL = (
    "</script><img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    "{{title}}{{data}}{% raw %}",
    "{{constructor.constructor('alert(3)')()}}",
    "\u202egpj.exe\u2066",
    "__proto__",
    "constructor",
    "toString",
    "javascript:alert(4)",
    '"><svg/onload=alert(5)>',
    "' onmouseover='alert(6)",
    "<!-- <script>",
    "]]>",
    "\u2028\u2029\x00\x1b[31m",
    "&lt;b&gt;&amp;",
    "a|b\\|c#d%e&f=g?h/i",
    "=cmd()|'/C calc'!A0",
    "x" * 10_000,
    " ",
    "\n\t\r",
    "日本語 עברית العربية",
    "e\u0301" * 500,
    "\U0001f600" * 50,
    "octo.cat@corp.example",
)


def evil_facts():
    """Every evil text as id, name, property, value, source and claim."""
    for number, text in enumerate(EVIL):
        model, team, person = ("Model", text), ("Team", f"{text}t"), ("Person", f"{text}p")
        yield node(
            *model,
            text,
            sources=(text, "other"),
            goal=text,
            agreed_by=[text, f"{text}p"],
            disputed=("goal", text),
            claims={text: {"goal": text, text: text}, "other": {"goal": 1, text: 2}},
            **{text: text},
        )
        yield node(*team, text)
        yield node(*person, text)
        yield tie("MEMBER_OF", person, team, role="lead", **{f"{text}x": text})
        yield tie("PART_OF", team, ("Team", f"{EVIL[number // 2]}t"))
        yield tie("OWNS", team, model, role="accountable", scope=text)
        yield tie("DEPENDS_ON", model, ("Model", EVIL[0]), kind=text)


def evil_checked():
    """Every evil text as title, why, query, need, parameter, cause, and in every cell."""
    answers = []
    for number, text in enumerate(EVIL):
        code = f"E{number:02}-{text[:20]}"
        asked = question(
            code, text, theme=text, why=text, cypher=text, remedy=text, actor=Actor(text),
            columns=(column("a", "Model"), column("b", "Person", "Team"), column(text, many=True)),
            needs=(Need(text, text, text),), among=Among(text, text),
            parameters=(Parameter(text, "text", text, text),),
            controls=(Control(text, text, text, text),),
        )  # fmt: skip
        found = finding(
            code, ("Model", text), ("Person", f"{text}p"), rank=number + 1, cause=text,
            actor=text, row={text: [text, 1, None]},
        )  # fmt: skip
        listing = question(f"L{code}", text, severity=None, columns=asked.columns)
        rows = Rows(("a", "b", text), [(text, "no such", text), (None, None, None)])
        answers += [
            Answer(asked, "assessed", among=9, findings=(found,), parameters={text: text}),
            Answer(listing, "assessed", rows=rows),
            Answer(question(f"N{code}", text), "not assessable", missing=asked.needs),
            Answer(question(f"T{code}", text), "not answered", reason=text),
        ]
    runs = tuple(ImportRun("r", 1, text, text, text, finished=text) for text in EVIL)
    names = {("Model", "x"): EVIL[0]}
    checked = in_groups(Checked(EVIL[0], TODAY, tuple(answers), runs=runs, names=names))
    behind = (NodeKey("Model", text) for text in EVIL)
    groups = tuple(
        replace(group, thing=thing, cause=f"{text}:{text}", actors=(thing,))
        for group, thing, text in zip(checked.groups, behind, EVIL, strict=True)
    )
    return replace(checked, groups=groups, first=groups[:5])


@pytest.mark.parametrize("people", ["named", "roles", "pseudonyms"])
def test_whatever_a_graph_and_its_queries_say_is_shown_as_text(open_page, people):
    page = open_page(evil_facts(), evil_checked(), title=EVIL[0], people=people)
    if people == "named":
        assert (page.locator("#title").inner_text(), page.title()) == (EVIL[0], EVIL[0])
    assert page.locator("img, svg[onload], iframe, object, embed, link, base").count() == 0
    assert "corp.example" not in page.content()
    assert "\u202e" not in page.content()


def test_every_finding_and_question_opens_and_its_address_comes_back(open_page):
    page = open_page(evil_facts(), evil_checked())
    for cause in page.locator("[data-cause]").all():
        cause.click()
        assert page.locator(".entry-body").inner_text()
    page.click("#by-question")
    for number in range(len(EVIL)):
        button = page.locator(f"[data-question^='E{number:02}-']")
        button.click()
        page.locator(".entry-body summary").click()
        page.locator(".entry-body .finding-row").click()
        address = page.evaluate("location.hash")
        name = page.locator("#map-what strong").inner_text()
        assert page.locator("#details h2").inner_text() or number
        page.evaluate(
            """(address) => new Promise((done) => {
              location.hash = "";
              location.hash = address;
              setTimeout(done, 50);
            })""",
            address,
        )
        assert page.locator("#map-what strong").inner_text() == name, EVIL[number][:40]


def test_every_view_is_shown(open_page):
    page = open_page(evil_facts(), evil_checked())
    for view in page.locator("#views button").all():
        view.click()
        assert page.locator("#centre > section:visible").count() == 1


def test_every_node_is_found_and_looked_at(open_page):
    page = open_page(evil_facts(), evil_checked())
    page.click("#view-table")
    buttons = page.locator("#table-body button")
    assert buttons.count() == 3 * len(EVIL)
    for number in range(0, buttons.count(), 3):
        buttons.nth(number).click()
        assert "stated by" in page.locator("#details").inner_text()
    for text in EVIL:
        page.fill("#search", text[:200].replace("\n", " ").replace("\r", " "))
        page.keyboard.press("Escape")
        page.fill(
            "#search", f'kind:model team:"{text[:50]}"'.replace("\n", " ").replace("\r", " ")
        )
        page.keyboard.press("Enter")
    page.click("#about-open")


def test_every_question_that_has_no_finding_opens(open_page):
    page = open_page(evil_facts(), evil_checked())
    page.click("#by-question")
    for summary in page.locator("#questions details.rest > summary").all():
        if "Not answered" not in summary.inner_text().capitalize():
            summary.click()
    for kind in ("L", "N", "T"):
        for number in range(len(EVIL)):
            page.locator(f"[data-question^='{kind}E{number:02}-']").click()
            assert page.locator(".entry-body").inner_text()
