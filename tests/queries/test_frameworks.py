"""The clauses that questions may name, and how the shipped questions name them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ownership_graph.errors import QueryError, SettingsError
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.queries.frameworks import (
    FILE_NAME,
    controls_of,
    find_control,
    load_frameworks,
    shipped_controls,
)
from ownership_graph.queries.question import Control

ROOT = Path(__file__).parents[2]
HOUSE = """\
[framework.House]
title = "Our rules"
publisher = "Risk committee"
version = "3"
text = "2026-05"
applies_from = 2026-07-01
note = "For all."

[framework.House.clauses]
"R 4" = { title = "Every model has an owner" }
"R 9" = { title = "Somebody can stop it", applies_from = 2027-01-01, note = "Tier 3 first." }
"""


@pytest.fixture
def folder(tmp_path):
    def write(text):
        (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def refused(folder, kind=QueryError):
    with pytest.raises(kind) as caught:
        load_frameworks([folder])
    return str(caught.value).removeprefix(str(folder))


def test_the_days_of_the_shipped_texts():
    found = load_frameworks()
    assert {name: each.text for name, each in found.items()} == {
        "NIST": "2023-01-26",
        "ISO 42001": "2023-12",
        "EU AI Act": "2024-06-13",
        "OMB M-25-21": "2025-04-03",
    }
    act = found["EU AI Act"]
    assert act.control("4").applies_from == "2025-02-02"
    high_risk = [act.control(clause) for clause in ("14", "17", "26(2)")]
    assert {each.applies_from for each in high_risk} == {"2027-12-02"}
    assert all("heck the date" in each.note for each in high_risk)
    assert {found[name].control(clause).applies_from for name, clause in (
        ("NIST", "GOVERN 2.1"), ("ISO 42001", "A.3.2"))} == {""}  # fmt: skip


def test_a_clause_is_found_however_it_is_spelt():
    found = find_control(shipped_controls(), "nist  Govern 2.1")
    assert (found.text, found.framework, found.clause) == (
        "NIST GOVERN 2.1", "NIST", "GOVERN 2.1",
    )  # fmt: skip
    with pytest.raises(
        QueryError, match=r"'NIST GOVERN 2\.9' is no clause.*Did you mean 'NIST GOV"
    ):
        find_control(shipped_controls(), "NIST GOVERN 2.9")


def test_a_folder_adds_a_framework(folder):
    found = load_frameworks([folder(HOUSE)])
    assert list(found) == [*load_frameworks(), "House"]
    assert found["House"].control("R 4") == Control(
        "House", "R 4", "Every model has an owner", "2026-05", "2026-07-01"
    )
    nine = controls_of(found.values())["house r 9"]
    assert (nine.applies_from, nine.note) == ("2027-01-01", "Tier 3 first.")


def test_a_folder_says_more_of_a_framework_or_something_else(folder):
    text = """\
[framework."EU AI Act"]
note = "Ask Legal."
[framework."EU AI Act".clauses.14]
applies_from = 2028-01-01
[framework."EU AI Act".clauses.9]
title = "Risk management"
"""
    before, now = load_frameworks()["EU AI Act"], load_frameworks([folder(text)])["EU AI Act"]
    assert (now.note, now.title) == ("Ask Legal.", before.title)
    assert now.control("14").title == before.control("14").title
    assert now.control("14").applies_from == "2028-01-01"
    assert list(now.clauses) == [*before.clauses, "9"]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("[framework.House]", "[frame.House]", ":2: reading the frameworks: 'frame' is no key"),
        ("publisher", "publsher", ":3: .*'publsher' is none of .*Did you mean 'publisher'"),
        ('version = "3"\n', "", ":2: .*'House' has no version. Write: version ="),
        ('version = "3"', "version = 3", ":4: .*'version' is a text between quotes"),
        ('"2026-05"', '"May 2026"', ":5: .*'text' is a day, as in text = 2023-01-26"),
        ("2026-07-01", "2026-07-01T00:00:00", ":6: .*'applies_from' is a text"),
        ('{ title = "Every model has an owner" }', '"Every model"', ":10: .*'R 4' is a table"),
        ('title = "Every model has an owner"', 'note = "x"', ":10: .*'R 4' has no title"),
        ('title = "Somebody', 'titel = "Somebody', ":11: .*'titel' .*Did you mean 'title'"),
    ],
)
def test_a_mistake_is_told_with_its_line(folder, right, wrong, told):
    assert right in HOUSE
    assert re.search(told, refused(folder(HOUSE.replace(right, wrong))))


def test_what_is_no_table_or_no_toml_is_told(folder):
    assert "'framework' is a table, as in [framework]" in refused(folder("framework = 3"))
    assert "this is not TOML" in refused(folder("[framework"), SettingsError)


def test_the_field_names_clauses_that_are_known(folder, tmp_path):
    file = folder(HOUSE) / "ours" / "models.cypher"
    file.parent.mkdir()
    text = """\
// Models of ours
//
// Why.
//
// code: OUR-01
// severity: info
// control: house r 4; NIST GOVERN 2.1;
//   House R 4
// column model: Model -- the model
MATCH (m:Model) RETURN m.id AS model ORDER BY model
"""
    file.write_text(text, encoding="utf-8")
    assert [each.text for each in load_questions([tmp_path])[-1].controls] == [
        "House R 4", "NIST GOVERN 2.1",
    ]  # fmt: skip
    file.write_text(text.replace("GOVERN 2.1", "GOVREN 2.1"), encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        load_questions([tmp_path])
    assert str(caught.value) == (
        f"{file}:7: reading the field 'control': 'NIST GOVREN 2.1' is no clause of a framework"
        " that is known. Did you mean 'NIST GOVERN 2.1'? Known are clauses of EU AI Act, House,"
        f" ISO 42001, NIST, OMB M-25-21; a {FILE_NAME} beside your questions adds to them."
        " Right is `// control: NIST GOVERN 2.1; ISO 42001 A.3.2`."
    )


CLAIMS = re.compile(
    r"\bSR[\s-]*11|\bcompl(?:y|ies|iant)\b|\b(?:in|of|proof of|ensures?) compliance\b",
    re.IGNORECASE,
)
TEXTS = [
    *ROOT.glob("*.md"),
    *(ROOT / "cypher").rglob("*.*"),
    *(ROOT / "docs").rglob("*.md"),
    *(
        path
        for path in (ROOT / "src").rglob("*")
        if path.suffix in {".py", ".js", ".html", ".toml", ".css"}
    ),
]


def test_nothing_says_more_than_evidence_towards():
    claims = {
        str(path.relative_to(ROOT)): found[0]
        for path in TEXTS
        if (found := CLAIMS.search(path.read_text(encoding="utf-8")))
    }
    assert len(TEXTS) > 200
    assert claims == {}
