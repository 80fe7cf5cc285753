"""The page on accuracy names every rule; what it says of them is measured by `dev.py proof`."""

from __future__ import annotations

import re
from pathlib import Path

from proof.organisations import JUDGED, QUESTIONS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "accuracy.md"

SINCE: set[str] = set()
"""Codes of questions that came after it was measured; `dev.py proof` takes them in."""


def test_the_page_names_every_rule():
    text = PAGE.read_text(encoding="utf-8")
    parts = text.partition("\n## Rules that no oracle judged")
    judged, _, unjudged = (set(re.findall(r"^\| \[(.*?)\]", each, re.MULTILINE)) for each in parts)

    assert judged <= set(JUDGED)
    assert not judged & unjudged
    assert judged | unjudged | SINCE == {each.code for each in QUESTIONS}
