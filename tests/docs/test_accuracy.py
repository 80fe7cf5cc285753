"""The page on accuracy names every rule; what it says of them is measured by `dev.py proof`."""

from __future__ import annotations

import re
from pathlib import Path

from proof.organisations import JUDGED, QUESTIONS, UNJUDGED

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "accuracy.md"


def test_the_page_names_every_rule():
    text = PAGE.read_text(encoding="utf-8")
    parts = text.partition("\n## Rules that no oracle judges")
    judged, _, unjudged = (set(re.findall(r"^\| \[(.*?)\]", each, re.MULTILINE)) for each in parts)

    assert judged == set(JUDGED)
    assert judged | unjudged | UNJUDGED >= {each.code for each in QUESTIONS}
    assert unjudged <= UNJUDGED
